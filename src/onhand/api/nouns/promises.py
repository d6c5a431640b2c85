"""Reservations: promises of stock, their end, and their waiting lines."""

from onhand.api.routes.routes import ALL, TILLS, Act, Ask

ROUTES = (
    Act(path="/api/reservations", operation="reserve", roles=TILLS),
    Act(path="/api/split-reservations", operation="reserve_across", roles=TILLS),
    Ask(path="/api/reservations", question="reservations", roles=ALL),
    Ask(path="/api/reservations/{reservation}", question="reservation", roles=ALL, elsewhere="RESERVATION_NOT_FOUND"),
    Act(path="/api/reservations/{reservation}/release", name="release_reservation", operation="release", roles=TILLS),
    Act(path="/api/reservations/{reservation}/commit", name="commit_reservation", operation="commit", roles=TILLS),
    Act(
        path="/api/reservations/{reservation}/expire",
        name="expire_reservation",
        operation="expire",
        roles=TILLS,
        hidden=("claimant",),
    ),
    Act(path="/api/reservations/{reservation}/offer", name="offer_reservation", operation="offer", roles=TILLS),
)
