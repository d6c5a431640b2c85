"""The description of the service, its examples, and the page that shows it."""
