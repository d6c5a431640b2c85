"""What runs beside a till: an outbox that loses nothing, and the sales that go into it."""
