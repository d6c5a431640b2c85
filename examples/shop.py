"""
A web shop that never oversells, however many buyers press the button at once.

Start it with the address of a service and a clerk's key, and open the page that it names:
    ONHAND_URL=http://127.0.0.1:8000 ONHAND_KEY=ohk_live_... python examples/shop.py london
"""

import os
import sys
from decimal import Decimal
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs
from uuid import uuid4

from onhand.client import Client, ServiceProblem

if len(sys.argv) != 2 or not {"ONHAND_URL", "ONHAND_KEY"} <= os.environ.keys():  # noqa: PLR2004 - the name and a site
    sys.exit(__doc__)
SITE = sys.argv[1]
STOCK = Client(os.environ["ONHAND_URL"], os.environ["ONHAND_KEY"])
FORM = """<form method=post>{sku}: {left} left <input type=hidden name=sku value="{sku}">
<input type=hidden name=order value="{order}"><button>Buy one</button></form>"""


class Shop(BaseHTTPRequestHandler):
    """One page: what there is, and a button for each item."""

    def do_GET(self) -> None:
        """Show what may be bought now; each button has an order of its own."""
        left: dict[str, Decimal] = {}
        for holding in STOCK.every(STOCK.list_holdings, site=SITE):  # an item has one for each lot and location
            left[holding["sku"]] = left.get(holding["sku"], Decimal(0)) + Decimal(holding["balances"]["available"])
        there = {escape(sku): f"{count:f}" for sku, count in left.items() if count > 0}
        forms = [FORM.format(sku=sku, left=count, order=uuid4()) for sku, count in there.items()]
        self.answer(200, "".join(forms) or "Nothing is left.")

    def do_POST(self) -> None:
        """Sell one. The order is the key, so whoever presses twice, or tries again after an error, buys once."""
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        sku, order = form["sku"][0], form["order"][0]
        try:
            posting = STOCK.sell(
                site=SITE,
                lines=[{"sku": sku, "quantity": 1}],
                document={"type": "order", "id": order},
                key=f"shop/{order}",
            )
        except ServiceProblem as problem:
            sold_out = problem.code == "INSUFFICIENT_INVENTORY"
            self.answer(409 if sold_out else 503, "Sold out." if sold_out else "Please try again.")
        else:
            self.answer(200, f"It is yours: sale {posting['number']}.")

    def answer(self, status: int, text: str) -> None:
        """Send a page."""
        body = f"<!doctype html><title>Shop</title>{text}".encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "0"))), Shop)
    sys.stdout.write(f"The shop is open at http://127.0.0.1:{server.server_port}/\n")
    sys.stdout.flush()
    server.serve_forever()
