"""The roles that people and keys have; what each may do is told by the edges, beside their routes."""

from onhand.kernel.command import LINES_MAX
from onhand.kernel.refusals import Refused
from onhand.kernel.text import check_code

VIEWER, CLERK, MANAGER, AUDITOR, ADMIN = ROLES = ("viewer", "clerk", "manager", "auditor", "admin")


def check_role(role: object) -> None:
    """Refuse what is no role."""
    if role not in ROLES:
        raise Refused("INVALID_COMMAND", detail=f"role is one of {', '.join(ROLES)}")


def check_sites(sites: tuple[str, ...]) -> None:
    """Check the sites that somebody is limited to; none named is all."""
    if len(sites) > LINES_MAX:
        raise Refused("TOO_MANY_LINES", lines=len(sites), lines_max=LINES_MAX)
    for site in sites:
        check_code(site, "site")
    if len(set(sites)) < len(sites):
        raise Refused("INVALID_COMMAND", detail="a site is named twice")
