"""Reservations: promises of stock, their end, and their waiting lines."""

from onhand.api.routes.routes import ALL, TILLS, Act, Ask

ROUTES = (
    Act(path="/api/reservations", operation="reserve", roles=TILLS),
    Act(path="/api/split-reservations", operation="reserve_across", roles=TILLS),
    Ask(
        path="/api/reservations",
        name="list_reservations",
        question="reservations.list",
        changes_with="journal",
        roles=ALL,
    ),
    Ask(
        path="/api/reservations/{reservation}",
        name="get_reservation",
        question="reservations.get",
        changes_with="version",
        roles=ALL,
        elsewhere="RESERVATION_NOT_FOUND",
    ),
    Act(path="/api/reservations/{reservation}/release", operation="release_reservation", roles=TILLS),
    Act(path="/api/reservations/{reservation}/commit", operation="commit_reservation", roles=TILLS),
    Act(
        path="/api/reservations/{reservation}/expire",
        operation="expire_reservation",
        roles=TILLS,
        hidden=("claimant",),
    ),
    Act(path="/api/reservations/{reservation}/offer", operation="offer_reservation", roles=TILLS),
)
