"""Users over HTTP: signing in and out, the cookie, and what a page of somebody else cannot do."""

import json
import statistics
import subprocess
import time
from collections.abc import Iterator
from typing import Any

import pytest

import onhand
from onhand.api.entry.sign_ins import COOKIE, check_origin, token_in
from onhand.api.http.problems import Problem
from onhand.credentials.keys import PREFIX, SESSION_PREFIX, make_key, read_key
from onhand.store.accounts.sign_ins import SignInTimes
from onhand.store.database.database import Database
from tests.api.pages import PASSWORD, Page, make_user
from tests.api.serving import PROGRAM, Answered, Caller, Running, serving
from tests.conftest import TestDatabase

SALE = {"site": "london", "lines": [{"sku": "A", "quantity": "1"}]}
USERS = {"ann": ("manager", ()), "ben": ("clerk", ("london",)), "eve": ("viewer", ())}


@pytest.fixture(scope="module")
def running(module_database: TestDatabase) -> Iterator[Running]:
    """A server with three users."""
    with onhand.connect_sync(module_database.engine_url) as stock:
        stock.define(sites=["london", "paris"], items=["A"], key="define")
        stock.receive(site="london", lines=[("A", 100)], key="po-1")
        stock.receive(site="paris", lines=[("A", 100)], key="po-2")
    limits = {"ONHAND_LIMIT_LOGIN_NAME_PER_MINUTE": "25", "ONHAND_LIMIT_LOGIN_ADDRESS_PER_MINUTE": "1000"}
    with serving(module_database, **limits) as server:
        for name, (role, sites) in USERS.items():
            make_user(server, name, role, *sites)
        yield server


def test_a_user_signs_in_writes_and_signs_out(running: Running) -> None:
    """S12: a session does what the user's role may, in his name; after signing out its token is refused everywhere."""
    page = Page(running, "ann")
    sale = page.write("/api/sales", SALE)
    who = page.get("/api/session")
    forbidden = page.write("/api/keys", {"name": "x", "role": "admin"})
    out = page.write("/api/session", method="DELETE")
    end = time.monotonic() + 1
    while (after := page.get("/api/session")).status == 200 and time.monotonic() < end:
        pass

    assert (sale.status, sale.body["actor"]) == (201, "ann")
    assert (who.body["user"], who.body["role"], who.body["csrf_token"]) == ("ann", "manager", page.csrf)
    assert (forbidden.status, forbidden.code) == (403, "FORBIDDEN")
    assert (out.status, f"{COOKIE}=;" in out.headers["set-cookie"], "Max-Age=0" in out.headers["set-cookie"]) == (
        200,
        True,
        True,
    )
    assert (after.status, after.code) == (401, "UNAUTHENTICATED")


def test_the_cookie_is_for_this_host_alone(running: Running) -> None:
    """T8: __Host-, Secure, HttpOnly, SameSite, for the whole path and no domain; the token is shown nowhere else."""
    page = Page(running, "ann")
    name, _, token = page.cookie.partition("=")
    attributes = {part.strip() for part in page.set_cookie.split(";")[1:]}

    assert name == "__Host-onhand"
    assert attributes == {"Path=/", "Secure", "HttpOnly", "SameSite=Lax"}
    assert read_key(token, SESSION_PREFIX) is not None
    assert token not in json.dumps(page.answer.body)
    assert token not in json.dumps(running.log_lines())
    assert PASSWORD not in json.dumps(running.log_lines())


def test_signing_in_anew_is_another_session(running: Running) -> None:
    """T8: a token that was there before signing in is good no more, so none can be foisted on anybody."""
    first = Page(running, "ann")
    second = Page(running, "ann", cookie=first.cookie)
    end = time.monotonic() + 1
    while (before := first.get("/api/session")).status == 200 and time.monotonic() < end:
        pass

    assert first.cookie != second.cookie
    assert first.csrf != second.csrf
    assert (before.status, second.get("/api/session").status) == (401, 200)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"X_CSRF_Token": None}, "CSRF_TOKEN_WRONG"),
        ({"X_CSRF_Token": "0" * 64}, "CSRF_TOKEN_WRONG"),
        ({"X_CSRF_Token": "\u00e9"}, "CSRF_TOKEN_WRONG"),
        ({"Origin": None}, "ORIGIN_REFUSED"),
        ({"Origin": "null"}, "ORIGIN_REFUSED"),
        ({"Origin": "https://evil.example"}, "ORIGIN_REFUSED"),
        ({"Origin": "http://[evil"}, "ORIGIN_REFUSED"),
        ({"Sec_Fetch_Site": "cross-site"}, "ORIGIN_REFUSED"),
        ({"Sec_Fetch_Site": "same-site"}, "ORIGIN_REFUSED"),
    ],
)
def test_another_page_cannot_write(running: Running, changed: dict[str, str | None], code: str) -> None:
    """T15: CSRF: without the token, or from a page of another host, a write of a session is refused and not done."""
    page = Page(running, "ben")
    body = {name: value.encode() if value and not value.isascii() else value for name, value in changed.items()}
    before = page.get("/api/holdings").body["rows"][0]["balances"]["available"]
    refused = page.write("/api/sales", SALE, **body)  # type: ignore[arg-type]  # bytes are sent as they are

    assert (refused.status, refused.code) == (403, code)
    assert page.get("/api/holdings").body["rows"][0]["balances"]["available"] == before
    assert page.write("/api/sales", SALE).status == 201


def test_each_unsafe_route_needs_the_token(running: Running) -> None:
    """T15: the check stands before every write, whatever the route, so none can be forgotten."""
    from tests.api.entry.test_rights import ROUTES  # noqa: PLC0415 - the table of all routes

    page = Page(running, "ann")
    answers = {
        (route.method, route.path): page.write(
            route.path.replace("{", "").replace("}", ""), {}, route.method, X_CSRF_Token=None
        )
        for route in ROUTES
        if route.method != "GET" and (route.method, route.path) != ("POST", "/api/session")
    }

    assert len(answers) > 60
    assert {answer.code for answer in answers.values()} == {"CSRF_TOKEN_WRONG"}


def test_a_user_of_one_site_touches_no_other(running: Running) -> None:
    """S12, C8: the sites of a user hold as those of a key."""
    page = Page(running, "ben")

    assert page.write("/api/sales", {**SALE, "site": "paris"}).code == "UNKNOWN_SITE"
    assert {row["site"] for row in page.get("/api/holdings").body["rows"]} == {"london"}
    assert page.get("/api/postings").code == "LIMITED_TO_SITES"


def test_wrong_users_passwords_and_orgs_are_one(running: Running) -> None:
    """T8: an unknown org, an unknown user and a wrong password: the same answer, after the same time."""
    caller = running.caller()
    wrong = {
        "password": {"org": "main", "user": "ann", "password": "incorrect horse"},
        "user": {"org": "main", "user": "nobody", "password": PASSWORD},
        "org": {"org": "nowhere", "user": "ann", "password": PASSWORD},
    }
    told: dict[str, set[str]] = {kind: set() for kind in wrong}
    seconds: dict[str, list[float]] = {kind: [] for kind in wrong}
    for _ in range(7):
        for kind, body in wrong.items():
            begun = time.perf_counter()
            answer = caller.post("/api/session", body)
            seconds[kind].append(time.perf_counter() - begun)
            plain = {name: value for name, value in answer.body.items() if name != "request_id"}
            told[kind].add(json.dumps([answer.status, sorted(answer.headers.keys()), plain], sort_keys=True))
    fastest = {kind: min(times) for kind, times in seconds.items()}

    assert told["password"] == told["user"] == told["org"]
    assert len(told["password"]) == 1
    assert max(fastest.values()) < 3 * min(fastest.values()), seconds
    assert statistics.median(seconds["user"]) > 0.01, "a password was hashed for nobody too"


def test_signing_in_too_often_is_refused(module_database: TestDatabase, running: Running) -> None:
    """T8: three tries a minute under one name, five from one address; the right password does not help then."""
    limits = {"ONHAND_LIMIT_LOGIN_NAME_PER_MINUTE": "3", "ONHAND_LIMIT_LOGIN_ADDRESS_PER_MINUTE": "5"}
    assert running.url
    with serving(module_database, **limits) as server:
        caller = server.caller()
        wrong = [_sign_in(caller, "ann", "incorrect horse") for _ in range(3)]
        right = _sign_in(caller, "ann", PASSWORD)
        other = _sign_in(caller, "eve", PASSWORD)
        sixth = _sign_in(caller, "ben", PASSWORD)

    assert [answer.status for answer in wrong] == [401] * 3
    assert (right.status, right.code) == (429, "RATE_LIMITED")
    assert int(right.headers["retry-after"]) >= 1
    assert (other.status, sixth.status) == (200, 429)


def _sign_in(caller: Caller, user: str, password: str) -> Answered:
    return caller.post("/api/session", {"org": "main", "user": user, "password": password})


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"org": "main", "user": "ann"},
        {"org": "main", "user": "ann", "password": 5},
        {"org": "main", "user": ["ann"], "password": PASSWORD},
        {"org": "main", "user": "ann", "password": ""},
        {"org": "main", "user": "ann", "password": "x" * 1001},
        {"org": "main", "user": "ann", "password": "\ud800 horse battery"},
        {"org": "nowhere", "user": "ann", "password": "\udfff horse battery"},
        {"org": "main", "user": "ann", "password": PASSWORD, "role": "admin"},
    ],
)
def test_what_is_no_sign_in_is_refused(running: Running, body: Any) -> None:  # noqa: ANN401 - whatever JSON holds
    """T15: a body of another form is refused; a page of another host cannot sign anybody in."""
    caller = running.caller()

    assert caller.post("/api/session", body).status == 422
    evil = caller.post("/api/session", {}, headers={"Origin": "https://evil.example"})
    assert evil.code == "ORIGIN_REFUSED"


def test_odd_names_are_wrong_users(running: Running) -> None:
    """T15: a name that nobody can have is answered as one that nobody has."""
    for user in ("a\nb", "\u202eann", "ann ", "' OR 1=1 --", "a" * 101):
        answer = _sign_in(running.caller(), user, PASSWORD)
        assert (answer.status, answer.code) == (401, "LOGIN_FAILED")


def test_a_retired_user_and_another_password_end_the_session(running: Running) -> None:
    """S12: within a second a session ends where its user is retired, and where he has another password."""
    make_user(running, "kim", "clerk")
    make_user(running, "lea", "clerk")
    kim, lea = Page(running, "kim"), Page(running, "lea")
    before = (kim.get("/api/session").status, lea.get("/api/session").status)
    retire = [PROGRAM, "user", "retire", "kim", "--reason", "left", "--json"]
    subprocess.run(retire, env=dict(running.environment), capture_output=True, check=True)
    make_user(running, "lea", "clerk", password="another horse battery")
    end = time.monotonic() + 1
    while time.monotonic() < end and 200 in (after := [kim.get("/api/session").status, lea.get("/api/session").status]):
        pass

    assert before == (200, 200)
    assert after == [401, 401]
    assert _sign_in(running.caller(), "kim", PASSWORD).status == 401
    assert Page(running, "lea", "another horse battery").answer.status == 200


def test_the_stream_of_a_retired_user_ends(running: Running) -> None:
    """S12: a live stream that a user has opened ends when the user is retired."""
    make_user(running, "max", "viewer")
    page = Page(running, "max")
    retire = [PROGRAM, "user", "retire", "max", "--reason", "left", "--json"]
    kinds = []
    with page.caller.http.stream("GET", "/api/events", headers={"Cookie": page.cookie}) as response:
        for line in response.iter_lines():
            if line == "retry: 1000":
                subprocess.run(retire, env=dict(running.environment), capture_output=True, check=True)
            kinds.append(line.partition(":")[0])

    assert response.status_code == 200
    assert kinds[0] == "retry"


def test_the_stream_of_a_user_who_loses_a_site_ends(running: Running) -> None:
    """S12, C8: a live stream ends when its user is limited to sites, and the next one tells of these alone."""
    make_user(running, "pia", "viewer")
    page = Page(running, "pia")
    since = Page(running, "ann").get("/api/journal").body["number"]
    kinds = []
    with page.caller.http.stream("GET", "/api/events", headers={"Cookie": page.cookie}) as response:
        for line in response.iter_lines():
            if line == "retry: 1000":
                limit = [PROGRAM, "user", "create", "pia", "--role", "viewer", "--site", "london", "--json"]
                subprocess.run(limit, env=dict(running.environment), capture_output=True, check=True)
            kinds.append(line.partition(":")[0])
    ann = Page(running, "ann")
    ann.write("/api/sales", {**SALE, "site": "paris"})
    sold = ann.write("/api/sales", SALE).body["number"]
    with page.caller.http.stream("GET", f"/api/events?since={since}", headers={"Cookie": page.cookie}) as again:
        first = next(line for line in again.iter_lines() if line.startswith("id: "))

    assert (response.status_code, kinds[0], again.status_code) == (200, "retry", 200)
    assert first == f"id: {sold}"


def test_every_refused_attempt_is_logged(running: Running) -> None:
    """S12: no key, a wrong key, a wrong password, a role that may not, another page: each is a line with its code."""
    page = Page(running, "eve")
    attempts = [
        running.caller().get("/api/me"),
        running.caller("ohk_live_1_wrong").get("/api/me"),
        _sign_in(running.caller(), "eve", "incorrect horse"),
        page.write("/api/sales", SALE),
        page.write("/api/sales", SALE, Origin="https://evil.example"),
    ]
    wanted = [attempt.headers["x-request-id"] for attempt in attempts]
    lines: dict[str, Any] = {}
    end = time.monotonic() + 30
    while not lines.keys() >= {*wanted} and time.monotonic() < end:
        lines = {line["context"]["request_id"]: line for line in running.log_lines()}
    told = [lines[request_id] for request_id in wanted]
    text = str(running.caller().get("/metrics").body)

    assert [line["error"]["code"] for line in told] == [
        "UNAUTHENTICATED",
        "UNAUTHENTICATED",
        "LOGIN_FAILED",
        "FORBIDDEN",
        "ORIGIN_REFUSED",
    ]
    assert {line["level"] for line in told} == {"warning"}
    assert {line["context"]["address"] for line in told} == {"127.0.0.1"}
    assert told[3]["context"]["actor"] == "eve"
    assert 'onhand_problems_total{code="FORBIDDEN"}' in text


async def test_a_token_is_replaced_while_what_was_under_way_goes_on(database: TestDatabase) -> None:
    """T8: a token that is due is replaced by one of those who ask at once; the old one holds a moment longer."""
    async with onhand.connect(database.engine_url) as stock:
        await stock.accounts.define_user(user="ann", role="clerk", credential="c-1", key="user")
    due, old, new, other = (make_key(1, SESSION_PREFIX).key_hash for _ in range(4))
    opened = Database(database.engine_url)
    await opened.open()
    try:
        graceful = opened.sessions(1, SignInTimes(rotate=0, grace=60))
        strict = opened.sessions(1, SignInTimes(rotate=0, grace=0))
        await graceful.open("s-1", old, "ann", "c-1")
        found = await graceful.find(old)
        won = [await graceful.rotate("s-1", new, old), await graceful.rotate("s-1", other, old)]
        still = await graceful.find(old)
        fresh = await graceful.find(new)
        lost = await graceful.find(other)
        await strict.rotate("s-1", due, new)
        gone = await strict.find(new)
        idle = await opened.sessions(1, SignInTimes(idle=0)).find(due)
        over = await opened.sessions(2, SignInTimes()).find(due)
    finally:
        await opened.close()

    assert found is not None
    assert found.is_due
    assert won == [True, False]
    assert still is not None
    assert not still.is_due, "the one that was replaced is not replaced again"
    assert fresh is not None
    assert (lost, gone, idle, over) == (None, None, None, None)


def test_keys_and_sessions_are_two(running: Running) -> None:
    """T8: a session's token is no key and a key is no session's token; both by one header each."""
    page = Page(running, "ann")
    token = page.cookie.partition("=")[2]
    key = running.make_key("till", "clerk")

    assert running.caller(token).get("/api/me").status == 401
    assert running.caller().post("/api/me", method="GET", headers={"Cookie": f"{COOKIE}={key}"}).status == 401
    assert running.caller(key).get("/api/session").code == "NO_SESSION"
    assert read_key(token) is None
    assert read_key(key, SESSION_PREFIX) is None
    assert PREFIX != SESSION_PREFIX


@pytest.mark.parametrize(
    ("origin", "host", "is_fine"),
    [
        ("https://shop.example", "shop.example", True),
        ("https://shop.example:8443", "shop.example:8443", True),
        ("http://localhost:8000", "localhost:8000", True),
        ("http://shop.example", "shop.example", False),
        ("https://shop.example", "shop.example:8443", False),
        ("https://shop.example.evil", "shop.example", False),
        ("https://user@shop.example", "shop.example", False),
        ("file://", "", False),
    ],
)
def test_origins(origin: str, host: str, *, is_fine: bool) -> None:
    """T15: an origin is ours where host and port are the same and the way is TLS, or this machine."""
    headers = {"origin": origin, "host": host}
    if is_fine:
        check_origin(headers, needed=True)
        return
    with pytest.raises(Problem, match="ORIGIN_REFUSED"):
        check_origin(headers, needed=True)


@pytest.mark.parametrize("cookies", [None, "", "a=b", "__Host-onhand", "x__Host-onhand=1", 'a="\x00; b', "\u00e9=1"])
def test_cookies_without_a_token(cookies: str | None) -> None:
    """T15: what holds no token gives none, however odd."""
    assert token_in(cookies) is None
