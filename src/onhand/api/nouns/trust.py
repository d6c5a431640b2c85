"""The journal: postings, movements, trails, undoing and verification."""

from onhand.api.routes.routes import ALL, AUDITORS, MANAGERS, Act, Ask

ROUTES = (
    Ask(path="/api/journal", question="head", roles=ALL),
    Ask(path="/api/postings", question="list_postings", changes_with="journal", roles=ALL, whole_org=True),
    Ask(path="/api/postings/{number}", question="get_posting", changes_with="journal", roles=ALL),
    Act(path="/api/postings/{number}/reversals", operation="revert", roles=MANAGERS),
    Ask(path="/api/movements", question="list_movements", changes_with="journal", roles=ALL),
    Ask(path="/api/trail", question="trail", changes_with="journal", roles=ALL, whole_org=True),
    Ask(
        path="/api/verification",
        question="verify",
        roles=AUDITORS,
        whole_org=True,
        hidden=("against", "public_key", "progress"),
    ),
)
