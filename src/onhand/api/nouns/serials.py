"""Single items with serial numbers: received, graded, and followed."""

from onhand.api.routes.routes import ALL, TILLS, Act, Ask

ROUTES = (
    Act(path="/api/serials", operation="receive_serials", roles=TILLS),
    Ask(path="/api/serials", question="serials", roles=ALL, whole_org=True),
    Ask(path="/api/serials/{unit}", question="serial", roles=ALL, whole_org=True),
    Ask(path="/api/serials/{unit}/history", question="serial_history", roles=ALL, whole_org=True),
    Act(path="/api/serials/{unit}/grade", method="PUT", operation="grade", roles=TILLS, whole_org=True),
)
