"""The refusals of pieces, in order of precedence."""

from onhand.kernel.refusal_entry import Entry

ENTRIES = (
    Entry(
        "INVALID_PIECE_ID",
        "{id} is no id of a piece.",
        ("id",),
        "An id is a UUID in any spelling, with the prefix inv_ or dsp_ or without, or a code such as ROLL-000001.",
    ),
    Entry(
        "PIECE_NOT_FOUND",
        "There is no piece {piece}.",
        ("piece",),
        "Pieces are made by producing, cutting and combining; a piece whose making was undone is no piece any more.",
    ),
    Entry(
        "PIECE_KIND_WRONG",
        "{piece} is a {kind}, not a {wanted}.",
        ("piece", "kind", "wanted"),
        "Rolls, cuts and offcuts are cut; spares are combined.",
    ),
    Entry(
        "PIECES_DIFFER",
        "The pieces do not belong together: {detail}.",
        ("detail",),
        "What goes into one act is of one item and stands at one site; what is combined is of one length.",
    ),
    Entry(
        "PIECE_IS_WHOLE",
        "{piece} has the size {size}, so {quantity} of it cannot be moved.",
        ("piece", "size", "quantity"),
        "A piece is moved whole. Cut it first.",
    ),
    Entry(
        "PIECES_RESERVED",
        "Pieces are reserved by somebody else: {pieces}.",
        ("pieces",),
        "Name the reservation that they belong to, or wait until it is released or expires.",
    ),
    Entry(
        "PIECES_NOT_THERE",
        "Pieces are not where they would have to be: {pieces}.",
        ("pieces",),
        "Somebody has used, sold or moved them. Each is told with where it stands.",
    ),
    Entry(
        "PIECE_TOO_SHORT",
        "{piece} is {length} long; the cut needs {needed}.",
        ("piece", "length", "needed"),
        "The lengths, the waste and the width of each cut are more than there is.",
    ),
    Entry(
        "PIECES_TOO_FEW",
        "{needed} pieces are needed, {given} are given.",
        ("needed", "given"),
        "Name more spares, or ask for fewer or smaller bundles.",
    ),
)
