"""
What lines and answers of service look like.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from typing import Any, NotRequired, TypedDict

from onhand.client.shapes.shared import Posting


class BulkRow(TypedDict):
    """Bulk row."""

    posting: NotRequired[Posting]  # What was posted.
    problem: NotRequired[dict[str, Any]]  # Why not.


class LimitsAnswer(TypedDict):
    """Limits answer."""

    body_bytes: int  # The bytes of a body.
    header_bytes: int  # The bytes of all headers of a request.
    url_bytes: int  # The bytes of the path and the query of a request.
    header_seconds: int  # Until the headers of a request are there; then the connection is closed.
    body_seconds: int  # Until the body of a request is there.
    question_seconds: int  # Until a question is answered, or the key of a request is known.
    write_seconds: int  # Until a write is answered; then whether it was done is unknown, and its key tells.
    reader_seconds: int  # Until a reader takes of what was sent; then the connection is closed.
    connections: int  # Connections that are open; one more is closed at once.
    # Requests that wait for their answer; of questions four fifths of that, so that writes are shed last.
    in_flight: int
    # For which requests are let in when more come than are served; beyond that they are shed, but never below 64 at
    # once.
    wait_milliseconds: int
    key_in_flight: int  # Requests under way of one key.
    queue_commands: int  # Commands that wait for an org's next transactions.
    key_per_second: int  # Requests a second of one key or session, with bursts of two seconds.
    org_per_second: int  # Requests a second of one org, with bursts of two seconds.
    address_per_second: int  # Requests a second from one address, of IPv6 one /64, with bursts of two seconds.
    address_failures_per_minute: int  # Requests a minute from one address, of IPv6 one /64, without a valid key.
    login_name_per_minute: int  # Logins a minute under one name.
    login_address_per_minute: int  # Logins a minute from one address, of IPv6 one /64.
    bulk_commands: int  # Commands in one call of /api/bulk.
    streams_per_key: int  # Live streams of one key.
    heartbeat_seconds: int  # Between the heartbeats of a stream that has nothing to tell.
    page_rows: int  # Rows of a page.
    query_parameters: int  # Parameters of a query.
    plans_at_once: int  # Plans of cuts and orders of one org that are made or wait.
    integer_digits: int  # Digits of a whole number in a body.


class MeAnswer(TypedDict):
    """Me answer."""

    name: str  # The name of the key.
    role: str  # Its role.
    sites: list[str]  # The sites that it is limited to; none is all.


class BulkAnswer(TypedDict):
    """Bulk answer."""

    outcomes: list[BulkRow]  # What became of each command, in order: its posting, or its problem.
