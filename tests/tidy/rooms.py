"""
The rooms of the house: what each is for, and what it may import of ours.

This is the one table. `test_imports` holds every import against it, `test_rooms` every folder, and `make docs` writes
the tables of ARCHITECTURE.md from it.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Room(NamedTuple):
    """
    A folder or a module below `onhand`.

    `may_import` names what lies below `onhand`, beside the room itself; `*` is any one name. `onhand` alone is the
    package, without what is below it.
    """

    does: str
    may_import: tuple[str, ...] = ()


ROOMS: Mapping[str, Room] = {
    "kernel": Room(
        "what a stock ledger means: quantities, states, holdings, the book, drafts, canonical bytes; and in the folder "
        "of each family its things, its operations (command, footprint, decision), and what they refuse"
    ),
    "faults": Room("the catalogue of breakdowns, and whether a retry can help"),
    "extras": Room("says which extra brings what is not installed", ("faults",)),
    "pauses": Room("the garbage collector of a busy process"),
    "logs": Room("log lines, for the library, the command line and the service alike"),
    "config": Room("the settings of a process, read from its environment", ("faults",)),
    "cutting": Room("plans of cuts: what to cut from what, so that little is opened", ("kernel", "extras")),
    "ledger": Room(
        "the engine: batches, retries, isolation; and for each family its verbs, questions, answers, and its port, "
        "which is what it asks of a store",
        ("cutting", "kernel", "extras", "faults"),
    ),
    "store": Room(
        "PostgreSQL behind the ledger's ports: SQL files beside the modules that send them, rows, migrations, the "
        "driver's errors as ours",
        (
            "ledger.engine.ports",
            "ledger.core.wanted",
            "ledger.*.port",
            "ledger.*.*_port",
            "ledger.*.answers",
            "jobs.port",
            "kernel",
            "faults",
        ),
    ),
    "credentials": Room(
        "API keys, passwords and sessions, of which the ledger knows hashes only", ("ledger", "kernel")
    ),
    "delivery": Room(
        "webhooks: signed messages, the guard at the moment of connecting, waits after failures, one worker at a time",
        ("ledger", "kernel", "faults"),
    ),
    "planning": Room("forecasts of demand, and what to order", ("ledger", "kernel", "faults")),
    "demo": Room("the story that `onhand demo` plays", ("ledger", "kernel")),
    "embedded": Room("a PostgreSQL of one's own from a Python package", ("faults",)),
    "jobs": Room("the worker: what is due when, and its tasks", ("delivery", "ledger", "kernel", "faults")),
    "client": Room(
        "calls the service from a program: verbs made from its description, retries, pages, the stream; the outbox "
        "of a till",
        ("ledger.offline", "kernel", "extras", "faults"),
    ),
    "api": Room(
        "the service over HTTP: routes as data, keys and roles, problems, limits, the live stream",
        ("credentials", "delivery", "planning", "cutting", "ledger", "kernel", "extras", "faults", "config", "logs"),
    ),
    "cli": Room(
        "the command line: one file for each verb, or small family of verbs",
        (
            "bootstrap",
            "credentials",
            "delivery",
            "planning",
            "demo",
            "jobs",
            "embedded",
            "store.database",
            "cutting",
            "ledger",
            "kernel",
            "extras",
            "faults",
            "pauses",
            "config",
            "logs",
            "onhand",
        ),
    ),
    "bootstrap": Room(
        "puts everything together; the only place that knows everybody",
        ("api", "jobs", "delivery", "embedded", "store", "ledger", "kernel", "extras", "faults", "config", "logs"),
    ),
    "exports": Room("the names that a program imports, by the modules that have them"),
    "onhand": Room("what a program imports", ("exports",)),
}

FAMILIES: Mapping[str, str] = {
    "stock": "what is where, and what brings, takes, moves and corrects it",
    "promises": "reservations, the line of those who wait, and what becomes of both",
    "lots": "lots from intake to recall, what is known and told of them, and alerts",
    "pieces": "named pieces, what is made and cut of them, and where they came from",
    "recipes": "what products are made of, and the sales that consume it",
    "offline": "what was sold without network, and waits to be deducted",
    "commerce": "customers, invoices, orders, payments, and the receipts of the counter",
    "serials": "single items under their serial numbers, and whether they are where they should be",
    "catalog": "brands, vendors, barcodes, listings, codes, variants, and the settings of the org",
    "accounts": "users, keys and roles",
    "webhooks": "who is told of postings elsewhere",
    "planning": "what is ordered from suppliers, and when to order more",
    "worth": "what stock is worth, its totals, and the daily report",
    "trust": "proof that everything is as it was written: verification, seals, archives",
}
"""The words of the families: folders of these names, and no others, stand in every layer that has something of them."""

LAYERS = ("kernel", "ledger", "store", "cli")
"""The rooms that have a folder for each family; the service has its nouns."""

OTHER_FOLDERS: Mapping[str, frozenset[str]] = {
    "ledger": frozenset({"core", "engine"}),
    "store": frozenset({"core", "engine", "database", "migrations", "migrations/versions"}),
    "cli": frozenset({"files", "running"}),
    "api": frozenset({"entry", "http", "nouns", "openapi", "openapi/story", "routes", "stream"}),
    "client": frozenset({"shapes", "verbs"}),
}
"""The folders that are no family's; a folder within a folder is named with it."""

NEIGHBOURS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "kernel": {
        "catalog": ("stock",),
        "commerce": ("promises", "serials", "stock"),
        "lots": ("catalog", "stock"),
        "offline": ("promises", "recipes", "stock"),
        "pieces": ("catalog", "lots", "promises", "stock"),
        "promises": ("commerce", "lots", "stock"),
        "recipes": ("promises", "stock"),
        "serials": ("commerce", "promises", "stock"),
        "stock": ("catalog", "lots"),
    },
    "ledger": {
        "accounts": ("core", "engine"),
        "catalog": ("commerce", "core", "engine"),
        "commerce": ("core", "engine", "serials"),
        "lots": ("core", "engine", "recipes"),
        "offline": ("core", "engine"),
        "pieces": ("core", "engine"),
        "planning": ("catalog", "core", "engine"),
        "promises": ("core", "engine"),
        "recipes": ("core", "engine", "lots"),
        "serials": ("commerce", "core", "engine"),
        "trust": ("core", "pieces"),
        "webhooks": ("core", "engine"),
        "worth": ("catalog", "commerce", "core", "serials"),
    },
    "store": {
        "accounts": ("database", "engine"),
        "catalog": ("database",),
        "commerce": ("database",),
        "database": ("accounts", "engine"),
        "engine": ("database", "lots"),
        "lots": ("database",),
        "offline": ("database",),
        "pieces": ("database", "engine"),
        "planning": ("database",),
        "promises": ("database",),
        "recipes": ("database",),
        "serials": ("database",),
        "trust": ("database", "engine"),
        "webhooks": ("database", "engine"),
        "worth": ("database", "engine"),
    },
    "cli": {
        "catalog": ("commerce", "stock"),
        "files": ("lots",),
        "lots": ("files",),
        "offline": ("recipes",),
        "serials": ("commerce",),
        "stock": ("commerce",),
        "trust": ("pieces", "stock"),
    },
    "api": {
        "entry": ("http", "routes"),
        "http": ("entry", "routes"),
        "nouns": ("entry", "http", "routes", "stream"),
        "openapi": ("entry", "http", "routes"),
        "routes": ("entry", "http", "nouns"),
        "stream": ("entry", "http", "routes"),
    },
    "client": {"verbs": ("shapes",)},
}
"""
Which folders a folder knows in its own layer; one that is not named knows none.

What stands beside the folders of a layer may know all of them, and so may the `core` of ledger and store, of whose
ports and readings the whole is put together.
"""
MAY_KNOW_ALL = frozenset({("ledger", "core"), ("store", "core")})
"""The folders that put the others together, and are not asked which they know."""
