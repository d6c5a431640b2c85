"""The refusals of recipes, deductions and offline sales, in order of precedence."""

from onhand.kernel.refusal_entry import Entry

ENTRIES = (
    Entry(
        "INVALID_RATIO",
        "{ratio} is not an amount.",
        ("ratio",),
        "An amount or factor is a whole number, a plain decimal, or two whole numbers as 1/70, and above zero.",
    ),
    Entry("UNKNOWN_PRODUCT", "There is no product {product}.", ("product",), "Define the product first."),
    Entry(
        "RECIPE_MISSING",
        "There is no recipe for {products}.",
        ("products",),
        "A product is deducted by the version of its recipe that was in force when it was sold; define one.",
    ),
    Entry(
        "RECIPE_CYCLE",
        "The recipe of {product} would need itself: {path}.",
        ("product", "path"),
        "A product cannot be an ingredient of itself, not even by way of others.",
    ),
    Entry(
        "UNIT_NOT_CONVERTIBLE",
        "{unit} cannot be converted to {measure}.",
        ("unit", "measure"),
        "The two do not measure the same; say how much one is of the other.",
    ),
    Entry(
        "MAPPING_MISSING",
        "At {site} there is no item for {missing}.",
        ("site", "missing"),
        "Each ingredient of a recipe, in its unit, needs a mapping to an item of the site. All that miss one are told.",
    ),
    Entry(
        "TRANSACTION_EXISTS",
        "Transaction {transaction} of {site} was deducted before.",
        ("site", "transaction"),
        "A transaction is deducted once. A retry with the key of the first call is answered from the journal.",
    ),
    Entry(
        "TRANSACTION_NOT_FOUND",
        "There is no transaction {transaction} at {site}.",
        ("site", "transaction"),
        "Transactions belong to one site; what was never deducted there cannot be voided there.",
    ),
    Entry(
        "ALREADY_VOIDED",
        "Transaction {transaction} of {site} is voided already.",
        ("site", "transaction"),
        "What a sale took is put back once, however often it is asked for.",
    ),
    Entry(
        "OFFLINE_SALE_NOT_FOUND",
        "There is no offline sale {offline_sale}.",
        ("offline_sale",),
        "The number is not one of this org.",
    ),
    Entry(
        "INSUFFICIENT_INGREDIENTS",
        "Not enough ingredients: {errors}.",
        ("errors", "shortages"),
        "Every shortage is listed, not only the first. Nothing was taken.",
    ),
)
