"""Users and API keys."""

from onhand.api.entry.calls import Call
from onhand.api.entry.passwords import NEW, set_password
from onhand.api.routes.postings import POSTING
from onhand.api.routes.routes import ADMINS, AUDITORS, Act, Ask, Prepared, Special
from onhand.credentials.keys import make_key


def _new_key(call: Call) -> Prepared:
    """Make a key by chance; it is shown in this answer and never again."""
    key = make_key(call.ledger.org_id)
    return Prepared({"key_hash": key.key_hash}, {"api_key_text": key.text})


ROUTES = (
    Act(
        path="/api/users/{user}",
        method="PUT",
        operation="define_user",
        roles=ADMINS,
        whole_org=True,
        hidden=("credential",),
    ),
    Special(
        path="/api/users/{user}/password",
        name="set_password",
        method="PUT",
        roles=ADMINS,
        whole_org=True,
        handle=set_password,
        summary="Set the password of a user, the first one or another; his sessions end within a second.\n\nRates are "
        "those of signing in. The password stands in no posting and no log.",
        body={
            "type": "object",
            "properties": {"password": {**NEW, "description": "The new password."}},
            "required": ["password"],
            "additionalProperties": False,
        },
        answer_schema=POSTING.schema,
        is_write=True,
    ),
    Ask(path="/api/users", name="list_users", question="accounts.list_users", roles=AUDITORS, whole_org=True),
    Ask(
        path="/api/users/{user}",
        name="get_user",
        question="accounts.get_user",
        changes_with="version",
        roles=AUDITORS,
        whole_org=True,
    ),
    Act(path="/api/keys", operation="create_key", roles=ADMINS, whole_org=True, hidden=("key_hash",), prepare=_new_key),
    Ask(path="/api/keys", name="list_keys", question="accounts.list_keys", roles=AUDITORS, whole_org=True),
    Ask(
        path="/api/keys/{api_key}",
        name="get_key",
        question="accounts.get_key",
        changes_with="version",
        roles=AUDITORS,
        whole_org=True,
    ),
    Act(path="/api/keys/{api_key}/revocation", operation="revoke_key", roles=ADMINS, whole_org=True),
)
