"""Answers on their way out: as the messages of ASGI, with the headers that every answer has."""

from typing import TYPE_CHECKING, Any

from litestar import Response

from onhand.api.http.problems import HttpAnswer, problem

if TYPE_CHECKING:
    from litestar.types import Scope, Send

GUARDS = (
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"content-security-policy", b"default-src 'none'; style-src 'self'; frame-ancestors 'none'"),
)
"""Headers of every answer, unless it has its own."""
_BODILESS = frozenset({204, 304})


async def send_answer(send: "Send", answer: HttpAnswer) -> None:
    """Send an answer as a whole."""
    body = answer.body
    headers = []
    if answer.status not in _BODILESS:
        headers = [(b"content-type", answer.media_type.encode()), (b"content-length", b"%d" % len(body))]
    headers += [(name.lower().encode(), value.encode()) for name, value in answer.headers.items()]
    start: Any = {"type": "http.response.start", "status": answer.status, "headers": headers}
    await send(start)
    await send({"type": "http.response.body", "body": body, "more_body": False})


def guarded(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Add the guards that an answer has not; its headers are in lower case."""
    present = {name.lower() for name, _ in headers}
    return [*headers, *[guard for guard in GUARDS if guard[0] not in present]]


def response_of(answer: HttpAnswer) -> Response[bytes]:
    """Give an answer to the framework."""
    return Response(answer.body, status_code=answer.status, media_type=answer.media_type, headers=answer.headers)


def problem_of(scope: "Scope", error: Exception) -> HttpAnswer:
    """Answer with a problem, and leave the error for the log."""
    scope["state"]["error"] = error
    return problem(error, scope["state"]["told"].request_id)
