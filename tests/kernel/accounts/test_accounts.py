"""Accounts: users and keys are postings like any other, and are not undone."""

from datetime import date

import pytest

from onhand.kernel.accounts.create_key import CreateKey
from onhand.kernel.accounts.define_user import DefineUser
from onhand.kernel.accounts.revoke_key import RevokeKey
from onhand.kernel.accounts.set_password import SetPassword
from onhand.kernel.accounts.user_account import UserAccount
from onhand.kernel.command import LINES_MAX, Command
from onhand.kernel.refusals import Refused
from onhand.kernel.stock.revert import Revert
from tests.property.world import furnished

HASH = "0123456789abcdef" * 4


def test_each_change_of_a_user_is_told_with_before_and_after() -> None:
    """L13: making and changing a user are changes of postings; what is told alike changes nothing."""
    world = furnished()

    world.execute(DefineUser(key="1", user="ann", role="clerk", sites=("london",), credential="c-1"))
    promoted = world.execute(DefineUser(key="2", user="ann", role="manager"))
    again = world.execute(DefineUser(key="3", user="ann", role="manager"))

    (change,) = promoted.changes
    assert change.before is not None
    assert (change.before["role"], change.before["sites"]) == ("clerk", ["london"])
    assert (change.after["role"], change.after["sites"], change.after["credential"]) == ("manager", [], "c-1")
    assert again.changes == ()
    assert isinstance(world.book.names["user_account", "ann"], UserAccount)


def test_a_password_is_set_and_nothing_else() -> None:
    """S12: another password changes neither role nor sites, the same one nothing; nobody unknown or retired has one."""
    world = furnished()
    world.execute(DefineUser(key="1", user="ann", role="clerk", sites=("london",)))
    first = world.execute(SetPassword(key="2", user="ann", credential="c-1"))
    again = world.execute(SetPassword(key="3", user="ann", credential="c-1"))
    world.execute(DefineUser(key="4", user="ann", role="clerk", retired=True))
    codes = []
    for user in ("ann", "bob"):
        with pytest.raises(Refused) as caught:
            world.execute(SetPassword(key=f"5/{user}", user=user, credential="c-2"))
        codes.append(caught.value.code)

    (change,) = first.changes
    assert change.before is not None
    assert {name for name in change.after if change.after[name] != change.before[name]} == {"credential", "version"}
    assert again.changes == ()
    assert codes == ["USER_NOT_FOUND", "USER_NOT_FOUND"]


def test_a_key_is_revoked_for_ever() -> None:
    """L13: a key is made and revoked by postings, and neither can be undone, so no clerk brings a key back."""
    world = furnished()
    made = world.execute(CreateKey(key="1", name="till", role="clerk", key_hash=HASH, expires_at=world.now))
    number = made.made("api_key")

    revoked = world.execute(RevokeKey(key="2", api_key=number))
    again = world.execute(RevokeKey(key="3", api_key=number))

    assert (revoked.changes[0].action, revoked.changes[0].after["revoked"]) == ("revoked", True)
    assert again.changes == ()
    for posting in (made, revoked):
        with pytest.raises(Refused) as caught:
            world.execute(Revert(key=f"undo-{posting.number}", number=posting.number))
        assert caught.value.code == "NOT_REVERTIBLE"


@pytest.mark.parametrize(
    ("kind", "fields", "code"),
    [
        (DefineUser, {"user": "", "role": "clerk"}, "INVALID_TEXT"),
        (DefineUser, {"user": "ann", "role": "king"}, "INVALID_COMMAND"),
        (DefineUser, {"user": "ann", "role": "clerk", "sites": ("a", "a")}, "INVALID_COMMAND"),
        (DefineUser, {"user": "ann", "role": "clerk", "sites": ("a",) * (LINES_MAX + 1)}, "TOO_MANY_LINES"),
        (DefineUser, {"user": "ann", "role": "clerk", "sites": (" a",)}, "INVALID_TEXT"),
        (DefineUser, {"user": "ann", "role": "clerk", "credential": ""}, "INVALID_TEXT"),
        (SetPassword, {"user": "", "credential": "c-1"}, "INVALID_TEXT"),
        (SetPassword, {"user": "ann", "credential": ""}, "INVALID_TEXT"),
        (CreateKey, {"name": "till", "role": "clerk", "key_hash": "A" * 64}, "INVALID_TEXT"),
        (CreateKey, {"name": "till", "role": "", "key_hash": HASH}, "INVALID_COMMAND"),
        (
            CreateKey,
            {"name": "t", "role": "clerk", "key_hash": HASH, "expires_at": date.max},
            "INVALID_TIME",
        ),
        (RevokeKey, {"api_key": 0}, "INVALID_COMMAND"),
    ],
)
def test_what_is_not_well_formed_is_refused(kind: type[Command], fields: dict[str, object], code: str) -> None:
    """S12: roles and sites are checked before anything is decided."""
    with pytest.raises(Refused) as caught:
        kind(key="k", **fields)  # type: ignore[arg-type]  # fields of the subclass

    assert caught.value.code == code


@pytest.mark.parametrize(
    "command",
    [
        DefineUser(key="k", user="ann", role="clerk", sites=("nowhere",)),
        CreateKey(key="k", name="till", role="clerk", key_hash=HASH, sites=("nowhere",)),
    ],
)
def test_sites_have_to_be_known(command: Command) -> None:
    """S12: nobody is limited to a site that is not there."""
    with pytest.raises(Refused) as caught:
        furnished().execute(command)

    assert caught.value.code == "UNKNOWN_SITE"
