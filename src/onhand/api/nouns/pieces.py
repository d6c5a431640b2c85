"""Pieces: produced, cut, combined, kept, dispatched and returned, with their families."""

from onhand.api.routes import ALL, MANAGERS, TILLS, Act, Ask

ROUTES = (
    Act(path="/api/productions", operation="produce", roles=TILLS),
    Act(path="/api/cuts", operation="cut", roles=TILLS),
    Act(path="/api/combinations", operation="combine", roles=TILLS),
    Act(path="/api/piece-creations", operation="create_pieces", roles=TILLS),
    Act(path="/api/piece-reservations", operation="reserve_pieces", roles=TILLS),
    Act(path="/api/piece-reservations/{reservation}/release", operation="release_pieces", roles=TILLS),
    Act(path="/api/dispatches", operation="dispatch", roles=TILLS),
    Act(path="/api/piece-returns", operation="return_pieces", roles=TILLS),
    Act(path="/api/cuts/{number}/reversal", operation="revert", fixed={"of_kind": "cut"}, roles=MANAGERS),
    Act(path="/api/combinations/{number}/reversal", operation="revert", fixed={"of_kind": "combine"}, roles=MANAGERS),
    Ask(path="/api/pieces", question="pieces", roles=ALL),
    Ask(path="/api/pieces/offcut", question="find_offcut", roles=ALL),
    Ask(path="/api/pieces/{code}", question="piece", roles=ALL, whole_org=True),
    Ask(path="/api/pieces/{code}/family", question="family", roles=ALL, whole_org=True),
    Ask(path="/api/pieces/{code}/trail", question="piece_trail", roles=ALL, whole_org=True),
)
