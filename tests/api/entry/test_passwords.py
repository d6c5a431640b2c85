"""Passwords over HTTP: who may set which, what ends by it, and that they stand nowhere."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

import onhand
from onhand.credentials.sign_ins import csrf_token
from tests.api.pages import PASSWORD, Page
from tests.api.serving import Answered, Caller, Running, serving
from tests.conftest import TestDatabase
from tests.faults.servers import query

NEW = "another horse battery staple"
TABLES = ("posting", "movement", "change", "user_account", "login_session", "password", "outside_edit")


@pytest.fixture(scope="module")
def running(module_database: TestDatabase) -> Iterator[Running]:
    """A server whose rates of signing in are not in the way."""
    with onhand.connect_sync(module_database.engine_url) as stock:
        stock.define(sites=["london"], items=["A"], key="define")
    limits = {"ONHAND_LIMIT_LOGIN_NAME_PER_MINUTE": "12", "ONHAND_LIMIT_LOGIN_ADDRESS_PER_MINUTE": "1000"}
    with serving(module_database, **limits) as server:
        yield server


@pytest.fixture(scope="module")
def admin(running: Running) -> Caller:
    """An admin's key."""
    return running.caller(running.make_key("boss", "admin"))


def sign_in(running: Running, user: str, password: str) -> Answered:
    """Try to sign in."""
    return running.caller().post("/api/session", {"org": "main", "user": user, "password": password})


def make_user(admin: Caller, name: str, role: str) -> None:
    """Make a user with a password."""
    admin.done(f"/api/users/{name}", {"role": role}, method="PUT")
    admin.done(f"/api/users/{name}/password", {"password": PASSWORD}, method="PUT")


def change(page: Page, old: str, new: str, **about: Any) -> Answered:  # noqa: ANN401 - handed on
    """Change the password of whoever is signed in."""
    headers = {"Cookie": page.cookie, "X-CSRF-Token": page.csrf, "Origin": f"http://{page.host}"}
    body = {"old_password": old, "new_password": new}
    return page.caller.put("/api/session/password", body, headers=headers, **about)


def within_two_seconds(is_so: Callable[[], bool]) -> bool:
    """Wait for something that has to come."""
    end = time.monotonic() + 2
    while not (told := is_so()) and time.monotonic() < end:
        pass
    return told


def ended(page: Page) -> Callable[[], bool]:
    """Tell whether a session is good no more."""
    return lambda: page.get("/api/session").status == 401


def test_an_admin_sets_the_first_password(running: Running, admin: Caller) -> None:
    """S12: a user who was defined over HTTP signs in with the password that an admin set there, once under its key."""
    admin.put("/api/users/ann", {"role": "manager"})
    before = sign_in(running, "ann", PASSWORD)
    trial = admin.put("/api/users/ann/password", {"password": PASSWORD}, query={"dry_run": "true"})
    still = sign_in(running, "ann", PASSWORD)
    told = [admin.put("/api/users/ann/password", {"password": PASSWORD}, key="ann/1") for _ in range(2)]
    other = admin.put("/api/users/ann/password", {"password": NEW}, key="ann/1")

    assert (before.status, trial.status, still.status) == (401, 200, 401)
    assert [(answer.status, answer.body["kind"], answer.body["actor"]) for answer in told] == [
        (201, "set_password", "boss"),
        (200, "set_password", "boss"),
    ]
    assert told[0].body["number"] == told[1].body["number"]
    assert (other.status, other.code) == (409, "KEY_OF_ANOTHER_PASSWORD")
    assert (sign_in(running, "ann", PASSWORD).status, sign_in(running, "ann", NEW).status) == (200, 401)
    assert admin.get("/api/users").body["rows"][0]["role"] == "manager"


def test_a_late_retry_brings_no_old_password_back(running: Running, admin: Caller) -> None:
    """S12: the retry of an act that was overtaken is answered as done, and the password of now stays."""
    make_user(admin, "bea", "clerk")
    first = admin.put("/api/users/bea/password", {"password": NEW}, key="bea/1")
    admin.put("/api/users/bea/password", {"password": PASSWORD}, key="bea/2")
    late = admin.put("/api/users/bea/password", {"password": NEW}, key="bea/1")

    assert (first.status, late.status, late.headers["idempotency-replayed"]) == (201, 200, "true")
    assert (sign_in(running, "bea", NEW).status, sign_in(running, "bea", PASSWORD).status) == (401, 200)


def test_sessions_end_with_the_password(running: Running, admin: Caller) -> None:
    """S12: where an admin sets another password, all sessions of the user end; others go on."""
    make_user(admin, "cid", "clerk")
    make_user(admin, "dan", "clerk")
    pages = [Page(running, "cid"), Page(running, "cid")]
    bystander = Page(running, "dan")
    admin.put("/api/users/cid/password", {"password": NEW})

    assert all(within_two_seconds(ended(page)) for page in pages)
    assert bystander.get("/api/session").status == 200


def test_a_user_changes_his_own_password(running: Running, admin: Caller) -> None:
    """S12: with the old one; this session goes on and all his others end; a retry is answered and changes nothing."""
    make_user(admin, "eve", "viewer")
    page, other = Page(running, "eve"), Page(running, "eve")
    wrong = change(page, "wrong horse battery", NEW)
    short = change(page, PASSWORD, "short")
    trial = change(page, PASSWORD, NEW, query={"dry_run": "true"})
    untouched = sign_in(running, "eve", PASSWORD)
    changed = [change(page, PASSWORD, NEW, key="eve/1") for _ in range(2)]
    others_end = within_two_seconds(ended(other))

    assert (wrong.status, wrong.code) == (400, "PASSWORD_WRONG")
    assert (short.status, short.code) == (422, "INVALID_TEXT")
    assert (trial.status, untouched.status) == (200, 200)
    assert [(answer.status, answer.body["actor"]) for answer in changed] == [(201, "eve"), (200, "eve")]
    assert others_end
    assert page.get("/api/session").status == 200
    assert (sign_in(running, "eve", PASSWORD).status, sign_in(running, "eve", NEW).status) == (401, 200)


def test_nobody_else_sets_a_password(running: Running, admin: Caller) -> None:
    """T8: only an admin sets the passwords of others, only a session its user's, and no other page in its name."""
    make_user(admin, "fay", "manager")
    page = Page(running, "fay")
    body = {"old_password": PASSWORD, "new_password": NEW}
    bare = {"operation": "set_password", "key": "k", "user": "fay", "credential": "x"}
    refused = [
        page.write("/api/users/fay/password", {"password": NEW}, method="PUT"),
        admin.put("/api/session/password", body),
        page.write("/api/session/password", body, method="PUT", X_CSRF_Token=csrf_token(b"guess", "guess")),
        page.write("/api/session/password", body, method="PUT", Origin="https://evil.example"),
        admin.put("/api/users/nobody/password", {"password": NEW}),
        admin.put("/api/users/fay/password", {"password": "x" * 1001}),
        admin.put("/api/users/fay/password", {"password": 5}),
        admin.put("/api/users/fay/password", {"password": NEW, "role": "admin"}),
        admin.post("/api/bulk", {"commands": [bare]}),
    ]

    assert [answer.code for answer in refused] == [
        "FORBIDDEN",
        "NO_SESSION",
        "CSRF_TOKEN_WRONG",
        "ORIGIN_REFUSED",
        "USER_NOT_FOUND",
        "INVALID_TEXT",
        "INVALID_COMMAND",
        "INVALID_COMMAND",
        "FORBIDDEN",
    ]
    assert Page(running, "fay").answer.status == 200


def test_guessing_an_old_password_is_slowed_down(running: Running, admin: Caller) -> None:
    """T15: whoever has somebody's session and guesses his password is refused after a few, as at signing in."""
    make_user(admin, "gus", "viewer")
    page = Page(running, "gus")
    guesses = [change(page, "guess number 0", NEW)]
    while len(guesses) < 40 and guesses[-1].code == "PASSWORD_WRONG":
        guesses.append(change(page, f"guess number {len(guesses)}", NEW))

    assert {guess.code for guess in guesses[:-1]} == {"PASSWORD_WRONG"}
    assert 11 <= len(guesses) < 40, "so many a minute are allowed, and no more"
    assert guesses[-1].code == "RATE_LIMITED"
    assert int(guesses[-1].headers["retry-after"]) >= 1


def test_a_password_stands_nowhere(running: Running, admin: Caller, module_database: TestDatabase) -> None:
    """T8: no log line, no posting, no key and no table holds a password; refused ones neither."""
    secrets = ("hush hush horse battery", "whisper horse battery", "murmur horse battery")
    admin.put("/api/users/hal", {"role": "viewer"})
    admin.put("/api/users/hal/password", {"password": secrets[0]}, key="hal/1")
    admin.put("/api/users/hal/password", {"password": secrets[1]}, key="hal/1")
    page = Page(running, "hal", secrets[0])
    change(page, secrets[2], secrets[1])
    changed = change(page, secrets[0], secrets[1])
    told = json.dumps([running.log_lines(), admin.get("/api/postings", limit=100).body, changed.body])
    with psycopg.connect(module_database.admin_url) as connection:
        rows = [row[0] for table in TABLES for row in connection.execute(f"SELECT t::text FROM {table} AS t".encode())]

    assert changed.status == 201
    assert not [secret for secret in secrets for text in (told, *rows) if secret in text]
    hashes = query(module_database.admin_url, "SELECT count(*) FROM password WHERE hash LIKE '%argon2%'")
    accounts = query(module_database.admin_url, "SELECT count(*) FROM user_account WHERE credential IS NOT NULL")
    assert hashes == accounts, "hashes that no account refers to are emptied"


@pytest.mark.parametrize("how", ["signing out", "his own change", "an admin's", "revocation"])
def test_a_live_stream_ends_with_who_listens(running: Running, admin: Caller, how: str) -> None:
    """S12: a stream that is open ends within seconds of signing out, another password or its key's revocation."""
    name = f"kit-{how.replace(' ', '-')}"
    make_user(admin, name, "viewer")
    page, other = Page(running, name), Page(running, name)
    key = admin.done("/api/keys", {"name": name, "role": "viewer"})
    ends = {
        "signing out": lambda: page.write("/api/session", method="DELETE"),
        "his own change": lambda: change(other, PASSWORD, NEW),
        "an admin's": lambda: admin.put(f"/api/users/{name}/password", {"password": NEW}),
        "revocation": lambda: admin.post(f"/api/keys/{key['api_key']}/revocation", {"reason": "lost"}),
    }
    headers = {"Authorization": f"Bearer {key['api_key_text']}"} if how == "revocation" else {"Cookie": page.cookie}
    asked_at, lines = 0.0, []
    with page.caller.http.stream("GET", "/api/events", headers=headers) as response:
        for line in response.iter_lines():
            lines.append(line)
            if line == "retry: 1000":
                asked_at = time.monotonic()
                assert ends[how]().status in {200, 201}
    taken = time.monotonic() - asked_at

    assert response.status_code == 200
    assert lines[0] == "retry: 1000"
    assert taken < 5, "before the first heartbeat, which comes after fifteen seconds"


def test_the_stream_of_the_session_that_changed_it_goes_on(running: Running, admin: Caller) -> None:
    """S12: whoever changes his own password hears on in that session."""
    make_user(admin, "lou", "viewer")
    page = Page(running, "lou")
    with page.caller.http.stream("GET", "/api/events", headers={"Cookie": page.cookie}) as response:
        lines = response.iter_lines()
        first = next(lines)
        assert change(page, PASSWORD, NEW).status == 201
        until = time.monotonic() + 1.5
        heard = []
        while time.monotonic() < until:
            admin.done("/api/sites/london", {"name": f"London {time.monotonic_ns()}"}, method="PUT")
            while not (line := next(lines)).startswith("data: "):
                pass
            heard.append(line)

    assert first == "retry: 1000"
    assert len(heard) > 1
