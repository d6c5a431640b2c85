# ruff: noqa: INP001 - docs is a folder of pages, not a package.
"""The pages of refusals, faults and environment variables."""

from docs.generating.markdown import code, page, table
from onhand.api.http.problems import STATUS
from onhand.cli.exits import exit_of_fault, exit_of_refusal
from onhand.faults import FAULTS, Fault
from onhand.kernel.refusals import CATALOGUE, Refused

VARIABLES = {
    "ONHAND_DATABASE_URL": ("A PostgreSQL server of your own, as a libpq URL.", "the embedded PostgreSQL runs"),
    "ONHAND_OWNER_URL": ("The same database, as the role that owns and migrates it.", "ONHAND_DATABASE_URL"),
    "ONHAND_HOME": (
        "The folder of the embedded PostgreSQL.",
        "the data folder of the user, such as `~/.local/share/onhand`; `/var/lib/onhand` for root",
    ),
    "ONHAND_POSTGRES": ("The version of a new embedded PostgreSQL: 18 or 16.", "18"),
    "ONHAND_ORG": ("The org to work in.", "main"),
    "ONHAND_ACTOR": ("Who acts, where nothing else is told.", "the login that runs it"),
    "ONHAND_LOG": (
        "Operations are logged, one JSON line each, from this level on: debug, info, warning, error, or off.",
        "off; `onhand serve` and `onhand worker` log from info on, what their libraries do included",
    ),
    "ONHAND_LOG_FILE": ("The file that log lines are added to.", "stderr"),
    "ONHAND_METRICS_TOKEN": (
        "Whoever sends it as a bearer token to `onhand serve` may read /metrics.",
        "only this machine may, so do not put it behind a proxy without one",
    ),
    "ONHAND_WEBHOOK_LOCAL_HOSTS": (
        "Hosts, separated by commas, that webhooks may call without TLS and on this machine: for development only.",
        "none",
    ),
    "ONHAND_TRACES": (
        "Spans of `onhand serve` for OpenTelemetry (extra `telemetry`): console, or global for the program's provider.",
        "there are none, and they cost nothing",
    ),
    "ONHAND_TRACEBACK": ("If set, the command line shows where an unforeseen error comes from.", "not set"),
}
"""What each variable says, and what holds without it."""


def refusals_page() -> str:
    """Write the page of refusals."""
    intro = (
        'A refusal is an answer "no" of a rule: a stable code and the facts. It changes nothing. In Python it is '
        "`onhand.Refused` with `code` and `facts`. On the command line it is a sentence, or with `--json` the member "
        "`refused`; the exit code tells a rule (1) from what is not well formed (2). Over HTTP it is a "
        "problem with the code and the status below.\n\n"
        "They stand in the order of precedence: what is not well formed comes before what is not known, and that "
        "before what the stock does not allow."
    )
    parts = [
        table(["", "code", "exit", "HTTP"], [_overview(number, code) for number, code in enumerate(CATALOGUE, start=1)])
    ]
    for number, entry in enumerate(CATALOGUE.values(), start=1):
        facts = ", ".join(code(fact) for fact in entry.facts) or "none"
        parts.append(
            f"## {entry.code}\n\n> {entry.sentence}\n\n{entry.explanation}\n\n"
            f"- Facts: {facts}\n- Precedence: {number}\n- Exit code: {int(exit_of_refusal(Refused(entry.code)))}\n"
            f"- HTTP status: {STATUS[entry.code]}"
        )
    return page("Refusals", "src/onhand/kernel/refusals.py", intro, *parts)


def _overview(number: int, name: str) -> tuple[object, ...]:
    return number, f"[{name}](#{name.lower()})", int(exit_of_refusal(Refused(name))), STATUS[name]


def faults_page() -> str:
    """Write the page of faults."""
    intro = (
        "A fault is a breakdown, not an answer. In Python it is `onhand.Fault` with `code`, `message`, `retryable` and "
        "`facts`. Where a retry can help, send the same request again with the same key: whether it was done before or "
        "not, it is done once."
    )
    exits = {
        name: int(exit_of_fault(Fault(code=name, message="", retryable=fault.retryable)))
        for name, fault in FAULTS.items()
    }
    overview = table(
        ["code", "retry can help", "exit"],
        [
            (f"[{fault.code}](#{fault.code.lower()})", "yes" if fault.retryable else "no", exits[fault.code])
            for fault in FAULTS.values()
        ],
    )
    parts = [f"## {fault.code}\n\n{fault.explanation}" for fault in FAULTS.values()]
    return page("Faults", "src/onhand/faults.py", intro, overview, *parts)


def environment_page() -> str:
    """Write the page of environment variables."""
    rows = [(code(name), what, without) for name, (what, without) in VARIABLES.items()]
    intro = (
        "None of them is needed. What a program or the command line says goes before them. Those that set the limits "
        "of `onhand serve` are listed [with the limits](service.md#limits)."
    )
    return page(
        "Environment variables",
        "docs/generating/catalogues.py",
        intro,
        table(["variable", "what it says", "without it"], rows),
    )
