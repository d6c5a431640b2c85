"""API keys: their shape, their checksum, and how little of them is stored."""

import math

import pytest

from onhand.credentials.keys import PREFIX, make_key, read_key


def test_a_key_leads_to_its_org_and_hash() -> None:
    """A key of 175 bits is read back; two are never alike."""
    made = make_key(42)
    read = read_key(made.text)

    assert made.text.startswith("ohk_live_42_")
    assert read is not None
    assert (read.org_id, read.key_hash) == (42, made.key_hash)
    assert len(made.text.removeprefix(f"{PREFIX}42_")[:-7]) * math.log2(32) >= 160
    assert len({make_key(42).text for _ in range(1000)}) == 1000
    assert made.text not in made.key_hash


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda text: text[:-1],
        lambda text: text + "0",
        lambda text: text[:-1] + ("1" if text[-1] == "0" else "0"),
        lambda text: text.replace("ohk_live_", "ohk_test_"),
        lambda text: text.replace("_42_", "_43_"),
        lambda text: text.replace("_42_", "_042_"),
        lambda text: text.upper(),
        lambda text: f" {text}",
        lambda text: f"{text}\n",
        lambda _: "",
        lambda _: "ohk_live_" + "9" * 5000,
    ],
)
def test_a_key_with_a_slip_is_known_for_none(spoilt: object) -> None:
    """T15: wrong prefix, checksum or length is told without asking the database."""
    assert callable(spoilt)

    assert read_key(spoilt(make_key(42).text)) is None
