"""
Passwords over HTTP: an admin sets one for a user, a user changes his own.

A password is hashed at once and stands nowhere else. The hash is kept under a name that is made of the key of the act,
before the posting that makes the account refer to it; so a retry is the same act, whatever broke between.
"""

from typing import Any

from onhand.api.entry.calls import Call, source_of
from onhand.api.http.problems import HttpAnswer, Problem
from onhand.api.routes.commands import CommandShape, Schema, is_whole, wrong
from onhand.api.routes.writes import act_as, is_trial, key_of
from onhand.credentials.passwords import (
    LENGTH_MAX,
    LENGTH_MIN,
    check_password,
    credential_of,
    forget_unused,
    is_hash_of,
    keep_password,
)
from onhand.kernel.accounts.set_password import SetPassword
from onhand.kernel.refusals import Refused
from onhand.kernel.text import KEY_LENGTH_MAX, check_code

_SHAPE = CommandShape(SetPassword, ("user",), left_out=("credential",))
NEW: Schema = {"type": "string", "minLength": LENGTH_MIN, "maxLength": LENGTH_MAX}
OLD: Schema = {"type": "string", "minLength": 1, "maxLength": LENGTH_MAX}


async def set_password(call: Call) -> HttpAnswer:
    """Set the password of the user that the path names."""
    (password,) = _told(call, "password")
    check_code(call.in_path["user"], "user")
    _slow_down(call, call.in_path["user"])
    return await _set(call, call.in_path["user"], password)


async def change_own(call: Call) -> HttpAnswer:
    """Change the password of whoever is signed in; this session goes on, all his others end."""
    session = call.session
    if session is None:
        raise Problem("NO_SESSION")
    old, new = _told(call, "old_password", "new_password")
    _slow_down(call, session.user)
    credential = _credential(call, session.user)
    current = await call.stock.accounts.port.credential(session.user)
    if current != credential:  # else it was done before under this key, and the old one is forgotten
        async with call.guesses.hashing:
            known = None if current is None else await call.ledger.passwords.find(current)
            if not await is_hash_of(old, known):
                raise Problem("PASSWORD_WRONG")
    answer = await _set(call, session.user, new)
    if not is_trial(call):
        await call.ledger.sessions.adopt(session.session, credential)
    return answer


async def _set(call: Call, user: str, password: str) -> HttpAnswer:
    """Keep the hash of a password and let the account refer to it; or compute the posting only."""
    check_password(password)
    credential = _credential(call, user)
    accounts, vault = call.stock.accounts.port, call.ledger.passwords
    if is_trial(call):
        return await act_as(call, _SHAPE, {}, {"user": user}, told={"credential": credential})
    earlier = await accounts.credential(user)
    async with call.guesses.hashing:
        if not await keep_password(vault, credential, password):
            raise Problem("KEY_OF_ANOTHER_PASSWORD")
    try:
        answer = await act_as(call, _SHAPE, {}, {"user": user}, told={"credential": credential})
    except Refused:
        await forget_unused(accounts, vault, user, earlier, credential)
        raise
    await forget_unused(accounts, vault, user, earlier, credential)
    return answer


def _credential(call: Call, user: str) -> str:
    key = check_code(key_of(call), "key", KEY_LENGTH_MAX)
    return credential_of(call.ledger.secret, user, key)


def _slow_down(call: Call, user: str) -> None:
    call.guesses.take((call.ledger.org_id, user), source_of(call.incoming.scope))


def _told(call: Call, *names: str) -> list[str]:
    """Read a body of some passwords, and say nothing of what they were."""
    body: Any = call.body
    if type(body) is not dict or body.keys() != {*names}:
        raise wrong("the body", f"holds {' and '.join(names)}, and nothing else")
    for name in names:
        if type(body[name]) is not str:
            raise wrong(name, "is no text")
        if not 1 <= len(body[name]) <= LENGTH_MAX:
            detail = f"it has {len(body[name])} characters, 1 to {LENGTH_MAX} are allowed"
            raise Refused("INVALID_TEXT", field=name, detail=detail)
        if not is_whole(body[name]):
            raise Refused("INVALID_TEXT", field=name, detail="it holds what is no character")
    return [body[name] for name in names]
