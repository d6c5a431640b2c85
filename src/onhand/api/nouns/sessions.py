"""Sessions of users: signing in with a password, who is signed in, and signing out."""

from typing import Any

import msgspec

from onhand.api.entry.calls import Call
from onhand.api.entry.passwords import NEW, OLD, change_own
from onhand.api.entry.sign_ins import cookie_of, no_cookie
from onhand.api.http.problems import HttpAnswer, Problem
from onhand.api.routes.commands import Schema
from onhand.api.routes.postings import POSTING
from onhand.api.routes.routes import ALL, Door, Knock, Special
from onhand.credentials.sign_ins import csrf_token
from onhand.kernel.entity import time_text

_TEXT: Schema = {"type": "string"}
_SESSION: Schema = {
    "type": "object",
    "properties": {
        "org": {**_TEXT, "description": "The code of the org; told when signing in."},
        "user": {**_TEXT, "description": "Who is signed in."},
        "role": {**_TEXT, "description": "The role."},
        "sites": {"type": "array", "items": _TEXT, "description": "The sites that it is limited to; none is all."},
        "expires_at": {**_TEXT, "format": "date-time", "description": "When it ends, whatever is done: RFC 3339."},
        "csrf_token": {**_TEXT, "description": "What each write of this session sends as X-CSRF-Token."},
    },
    "required": ["user", "role", "sites", "expires_at", "csrf_token"],
    "additionalProperties": False,
}


async def _sign_in(knock: Knock) -> HttpAnswer:
    """Open a session; one that was open before is ended."""
    signed = await knock.desk.sign_in(knock.body, knock.address)
    await knock.desk.end_earlier(knock.incoming.headers.get("cookie"))
    knock.told.org, knock.told.actor = signed.org_id, signed.told["user"]
    knock.told.cookie = cookie_of(signed.token)
    return HttpAnswer(200, msgspec.json.encode(signed.told), {})


async def _session(call: Call) -> dict[str, Any]:
    """Tell who is signed in."""
    session = call.session
    if session is None:
        raise Problem("NO_SESSION")
    return {
        "user": session.user,
        "role": session.role,
        "sites": list(session.sites),
        "expires_at": time_text(session.expires_at),
        "csrf_token": csrf_token(call.ledger.secret, session.session),
    }


async def _sign_out(call: Call) -> dict[str, Any]:
    """End the session."""
    if call.session is None:
        raise Problem("NO_SESSION")
    await call.ledger.sessions.end(call.session.session)
    call.told.cookie = no_cookie()
    return {"signed_out": True}


ROUTES = (
    Door(
        path="/api/session",
        name="sign_in",
        method="POST",
        roles=ALL,
        handle=_sign_in,
        summary="Sign in with a password.\n\nThe session is a cookie, __Host-onhand; its writes send X-CSRF-Token and "
        "come from a page of this host. Whatever is wrong, the answer is the same, and takes as long.",
        body={
            "type": "object",
            "properties": {
                "org": {**_TEXT, "description": "The code of the org."},
                "user": {**_TEXT, "description": "The name of the user."},
                "password": {**_TEXT, "minLength": 1, "maxLength": 1000, "description": "The password."},
            },
            "required": ["org", "user", "password"],
            "additionalProperties": False,
        },
        answer_schema=_SESSION,
    ),
    Special(
        path="/api/session",
        name="session",
        method="GET",
        roles=ALL,
        handle=_session,
        summary="Tell who is signed in.",
        answer_schema=_SESSION,
    ),
    Special(
        path="/api/session/password",
        name="change_password",
        method="PUT",
        roles=ALL,
        handle=change_own,
        summary="Change one's own password; this session goes on, all others of the user end within a second.\n\nThe "
        "old one is needed, and rates are those of signing in. A retry under the same key is the same act.",
        body={
            "type": "object",
            "properties": {
                "old_password": {**OLD, "description": "The password that was good until now."},
                "new_password": {**NEW, "description": "The new password."},
            },
            "required": ["old_password", "new_password"],
            "additionalProperties": False,
        },
        answer_schema=POSTING.schema,
        is_write=True,
    ),
    Special(
        path="/api/session",
        name="sign_out",
        method="DELETE",
        roles=ALL,
        handle=_sign_out,
        summary="Sign out: the session ends, for every server.",
        answer_schema={
            "type": "object",
            "properties": {"signed_out": {"type": "boolean", "description": "That it ended."}},
            "required": ["signed_out"],
            "additionalProperties": False,
        },
    ),
)
