"""
Signatures of webhooks, as the Standard Webhooks specification 1.0 has them.

A secret is made from what only the services of the org know, and a name that the journal may tell. So it can sign
whenever it is needed, is stored nowhere, and stands in no snapshot.
"""

import base64
import hmac
from collections.abc import Iterable
from datetime import datetime

_PREFIX = "whsec_"


def secret_text(signing_key: bytes, credential: str) -> str:
    """Give a secret as its receiver keeps it: `whsec_` and 32 bytes in base64."""
    return _PREFIX + base64.b64encode(_secret(signing_key, credential)).decode()


def signed_headers(
    signing_key: bytes, credentials: Iterable[str], message_id: str, now: datetime, body: bytes
) -> dict[str, str]:
    """
    Sign a message.

    Args:
        signing_key: What only the services of the org know.
        credentials: The names of the secrets that sign, the newest first.
        message_id: The same for each try of one posting.
        now: When it is sent, to whole seconds.
        body: What is sent.
    """
    timestamp = str(int(now.timestamp()))
    content = b".".join([message_id.encode(), timestamp.encode(), body])
    signatures = [base64.b64encode(hmac.digest(_secret(signing_key, name), content, "sha256")) for name in credentials]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(f"v1,{signature.decode()}" for signature in signatures),
    }


def _secret(signing_key: bytes, credential: str) -> bytes:
    return hmac.digest(signing_key, f"onhand webhook {credential}".encode(), "sha256")
