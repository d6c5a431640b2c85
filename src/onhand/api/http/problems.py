"""
Problems: what goes wrong as problem details (RFC 9457), and the HTTP status of each code.

Refusals of the ledger keep their codes and facts; the edge has a few of its own. Breakdowns say whether to retry.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from onhand.faults import FAULTS, Fault
from onhand.kernel.refusals import CATALOGUE, Refused

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 1

_NOT_FOUND = 404
_MALFORMED = 422
_GAVE_UP = 499
_STATUSES: Mapping[int, tuple[str, ...]] = {
    _MALFORMED: ("INVALID_COMMAND", "INVALID_TEXT", "INVALID_TIME", "INVALID_PIECE_ID", "INVALID_RATIO"),
    409: (
        "VERSION_CONFLICT",
        "IDEMPOTENCY_KEY_REUSED",
        "TRANSACTION_EXISTS",
        "UNIT_ALREADY_EXISTS",
        "KEY_EXISTS",
        "WEBHOOK_EXISTS",
    ),
    413: ("TOO_MANY_LINES",),
}
_TOLD = {code: status for status, codes in _STATUSES.items() for code in codes}


def status_of(code: str) -> int:
    """
    Give the status of a refusal.

    What is not there is 404, told by the form of its code; every other rule that says no is 400.
    """
    if code in _TOLD:
        return _TOLD[code]
    if code.endswith("_NOT_FOUND") or code.startswith("UNKNOWN_"):
        return _NOT_FOUND
    return 400


STATUS: Mapping[str, int] = {code: status_of(code) for code in CATALOGUE}
"""The status of each refusal of the ledger."""


class EdgeProblem(NamedTuple):
    """A problem that only the service has: its status, a sentence, and what to do."""

    status: int
    title: str
    explanation: str


EDGE: Mapping[str, EdgeProblem] = {
    "MALFORMED_JSON": EdgeProblem(
        400, "The body is not well-formed JSON.", "UTF-8, no member twice, no float, no number beyond 64 bits."
    ),
    "IDEMPOTENCY_KEY_MISSING": EdgeProblem(
        400,
        "The header Idempotency-Key is missing.",
        "Every write needs a key, made where the act happens; a retry with the same key is answered, not done again.",
    ),
    "IF_MATCH_UNUSABLE": EdgeProblem(
        400,
        "The header If-Match cannot be used here.",
        'It holds one version in quotes, as "3", where a thing has one.',
    ),
    "UNAUTHENTICATED": EdgeProblem(401, "A valid API key is needed.", "Send it as Authorization: Bearer ohk_live_..."),
    "LOGIN_FAILED": EdgeProblem(401, "The org, the user or the password is wrong.", "Which of them is not told."),
    "NO_SESSION": EdgeProblem(
        400, "Nobody is signed in by a session here.", "A key needs none; POST /api/session opens one."
    ),
    "PASSWORD_WRONG": EdgeProblem(
        400, "The old password is wrong.", "Nothing was changed; whoever has forgotten it asks an admin for another."
    ),
    "KEY_OF_ANOTHER_PASSWORD": EdgeProblem(
        409, "Under this key another password was set.", "Nothing was done now; make a new key for a new password."
    ),
    "ORIGIN_REFUSED": EdgeProblem(
        403,
        "A write of a session has to come from a page of this host.",
        "The header Origin tells where it comes from.",
    ),
    "CSRF_TOKEN_WRONG": EdgeProblem(
        403, "A write of a session needs its token.", "Send csrf_token of /api/session as X-CSRF-Token."
    ),
    "FORBIDDEN": EdgeProblem(
        403, "The role of this key does not allow it.", "Ask an admin of your org for a key with another role."
    ),
    "LIMITED_TO_SITES": EdgeProblem(
        403, "This key is limited to sites, and this concerns the whole org.", "Use a key without such a limit."
    ),
    "ROUTE_NOT_FOUND": EdgeProblem(404, "There is nothing at this address.", "The addresses are listed in /docs."),
    "METHOD_NOT_ALLOWED": EdgeProblem(405, "This address has no such method.", "The header Allow lists the methods."),
    "BODY_TIMEOUT": EdgeProblem(408, "The body did not arrive in time.", "Send it again with the same key."),
    "BODY_TOO_LARGE": EdgeProblem(413, "The body is larger than the limit.", "Split the request; /api/limits tells."),
    "URL_TOO_LONG": EdgeProblem(414, "The address is longer than the limit.", "/api/limits tells it."),
    "MEDIA_TYPE_UNSUPPORTED": EdgeProblem(
        415, "The body has to be application/json.", "Set Content-Type, and no Content-Encoding."
    ),
    "RATE_LIMITED": EdgeProblem(
        429, "Too many requests.", "Wait as long as Retry-After says, then send it again with the same key."
    ),
    "TOO_MANY_STREAMS": EdgeProblem(429, "Too many live streams of this key.", "Close one first."),
    "HEADERS_TOO_LARGE": EdgeProblem(431, "The headers are larger than the limit.", "/api/limits tells it."),
    "INTERNAL": EdgeProblem(500, "Something broke down that should not have.", "The id finds it in the logs."),
    "UNAVAILABLE": EdgeProblem(503, "The service cannot do it now.", "Send it again with the same key."),
}
"""Every problem of the edge by its code."""


class Problem(Exception):  # noqa: N818 - the vocabulary of the web says problem
    """A problem of the edge."""

    def __init__(self, code: str, *, retry_after: int | None = None, allow: str | None = None, **facts: object) -> None:
        """Tell it by its code and facts."""
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after
        self.allow = allow
        self.facts = facts


class HttpAnswer(NamedTuple):
    """An answer over HTTP."""

    status: int
    body: bytes
    headers: dict[str, str]
    media_type: str = "application/json"


def told(error: Exception, request_id: str) -> dict[str, Any]:
    """Give a problem as the members of its document."""
    match error:
        case Refused():
            return {
                "type": f"urn:onhand:refusal:{error.code}",
                "title": CATALOGUE[error.code].explanation,
                "status": STATUS.get(error.code, 400),
                "detail": str(error),
                "code": error.code,
                "facts": error.facts,
                "request_id": request_id,
            }
        case Problem():
            edge = EDGE[error.code]
            return {
                "type": f"urn:onhand:problem:{error.code}",
                "title": edge.title,
                "status": edge.status,
                "detail": _explained(edge, error.facts),
                "code": error.code,
                "facts": error.facts,
                "request_id": request_id,
            }
        case Fault() if error.retryable:
            return {
                "type": f"urn:onhand:fault:{error.code}",
                "title": EDGE["UNAVAILABLE"].title,
                "status": EDGE["UNAVAILABLE"].status,
                "detail": FAULTS[error.code].explanation if error.code in FAULTS else EDGE["UNAVAILABLE"].explanation,
                "code": error.code,
                "facts": {},
                "request_id": request_id,
            }
        case _:
            return told(Problem("INTERNAL"), request_id)


def _explained(edge: EdgeProblem, facts: Mapping[str, object]) -> str:
    """Say what was wrong here, where that is known, and what to do."""
    reason = str(facts.get("detail", ""))
    return f"{reason[0].upper()}{reason[1:]}. {edge.explanation}" if reason else edge.explanation


def status_of_error(error: BaseException) -> int:
    """Give the status of whatever went wrong; who gave up waiting is told apart from what broke down."""
    return int(told(error, "")["status"]) if isinstance(error, Exception) else _GAVE_UP


def problem(error: Exception, request_id: str) -> HttpAnswer:
    """Answer with a problem; what broke down inside is told by an id only."""
    document = told(error, request_id)
    headers: dict[str, str] = {}
    if document["status"] == EDGE["UNAVAILABLE"].status:
        headers["Retry-After"] = str(RETRY_SECONDS)
    if isinstance(error, Problem) and error.retry_after is not None:
        headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, Problem) and error.allow is not None:
        headers["Allow"] = error.allow
    if document["status"] == EDGE["UNAUTHENTICATED"].status:
        headers["WWW-Authenticate"] = "Bearer"
    return HttpAnswer(document["status"], msgspec.json.encode(document, enc_hook=str), headers, MEDIA_TYPE)
