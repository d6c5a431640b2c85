"""Errands: writes of many postings, each under a key made from the errand's, so that a retry does nothing twice."""

from onhand.api.entry.calls import Call
from onhand.api.http.problems import Problem
from onhand.api.routes.commands import Schema, wrong
from onhand.api.routes.writes import is_trial, key_of, version_of
from onhand.kernel.refusals import Refused
from onhand.kernel.text import KEY_LENGTH_MAX, check_code

TRIAL: Schema = {"type": "boolean", "description": "Whether it was computed only, and nothing written."}


def own_write(call: Call) -> bool:
    """Check the headers of an errand that takes no body and no version; tells whether it is a dry run."""
    check_code(key_of(call), "key", KEY_LENGTH_MAX)
    if version_of(call) is not None:
        raise Problem("IF_MATCH_UNUSABLE")
    if call.body not in (None, {}):
        raise wrong("the body", "is empty here")
    return is_trial(call)


def object_schema(properties: Schema, required: list[str]) -> Schema:
    """Describe an object that has these members and no others."""
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def check_site(call: Call, site: str) -> None:
    """Let a key that is limited to sites see these alone; another one is not there."""
    if call.sites is not None and site not in call.sites:
        raise Refused("UNKNOWN_SITE", site=site)
