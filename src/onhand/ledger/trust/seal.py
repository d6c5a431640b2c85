"""
Signed heads: proof, kept elsewhere, of where a journal stood.

The hash of the last posting seals all before it, so whoever keeps a head finds any later rewriting of the journal. The
signature (Ed25519) says who vouched for it; what is signed is the text that `_signed_text` makes.
"""

import json
import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from onhand.faults import Fault
from onhand.kernel.canonical import canonical_json, microseconds
from onhand.kernel.entity import time_text
from onhand.kernel.strict_json import read_json
from onhand.ledger.core.answers import JournalHead
from onhand.ledger.trust.lasting import put_in_place, sync_file, sync_folder

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

# cryptography takes long to load, and few need it; so each function loads what it uses.

_VERSION = 1
_PUBLIC_KEY = re.compile(r"[0-9a-fA-F]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedHead:
    """A head with the signature over it and the public key that checks it, both raw."""

    head: JournalHead
    public_key: bytes
    signature: bytes

    def is_authentic(self) -> bool:
        """Whether the signature is that of this head by this key."""
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

        try:
            Ed25519PublicKey.from_public_bytes(self.public_key).verify(self.signature, _signed_text(self.head))
        except (InvalidSignature, ValueError):
            return False
        return True


def sign_head(head: JournalHead, key: "Ed25519PrivateKey") -> SignedHead:
    """Vouch for a head."""
    return SignedHead(head=head, public_key=key.public_key().public_bytes_raw(), signature=key.sign(_signed_text(head)))


def write_head(signed: SignedHead, path: Path) -> None:
    """Write a signed head as a JSON file, whole or not at all; it is on the disk when this returns."""
    head = signed.head
    content = {
        "version": _VERSION,
        "org": head.org_id,
        "number": head.number,
        "hash": head.hash.hex(),
        "recorded_at": time_text(head.recorded_at),
        "public_key": signed.public_key.hex(),
        "signature": signed.signature.hex(),
    }
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    draft.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    put_in_place(draft, path)


def read_head(path: Path) -> SignedHead:
    """Read a signed head; raises Fault HEAD_UNREADABLE. Whether it is authentic is another question."""
    try:
        content = read_json(path.read_text(encoding="utf-8"))
        if content["version"] != _VERSION:
            raise ValueError(f"its version is {content['version']}, not {_VERSION}")  # noqa: TRY301
        head = JournalHead(
            org_id=int(content["org"]),
            number=int(content["number"]),
            hash=bytes.fromhex(content["hash"]),
            recorded_at=datetime.fromisoformat(content["recorded_at"]),
        )
        microseconds(head.recorded_at)
        return SignedHead(
            head=head,
            public_key=bytes.fromhex(content["public_key"]),
            signature=bytes.fromhex(content["signature"]),
        )
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}."
        raise Fault(code="HEAD_UNREADABLE", message=message, retryable=False) from error
    except (ValueError, TypeError, KeyError) as error:
        raise Fault(
            code="HEAD_UNREADABLE", message=f"{path} is no signed head that can be read: {error}", retryable=False
        ) from error


def load_key(path: Path) -> "Ed25519PrivateKey":
    """Load the private key that signs heads, or make one, for its owner's eyes only; raises Fault KEY_UNREADABLE."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

    try:
        if not path.exists():
            _make_key(path)
        key = load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        message = f"{path} cannot be read or made: {error.strerror}."
        raise Fault(code="KEY_UNREADABLE", message=message, retryable=False) from error
    except (ValueError, TypeError) as error:
        raise Fault(
            code="KEY_UNREADABLE", message=f"{path} is no key that can be read: {error}", retryable=False
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise Fault(code="KEY_UNREADABLE", message=f"{path} holds a key of another kind", retryable=False)
    return key


def read_public_key(told: str) -> bytes:
    """Read a public key, told as 64 hexadecimal digits or as a file that holds them; raises Fault KEY_UNREADABLE."""
    if _PUBLIC_KEY.fullmatch(told):
        return bytes.fromhex(told)
    try:
        held = Path(told).read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        raise Fault(
            code="KEY_UNREADABLE",
            message=f"{told[:100]!a} is neither a public key of 64 hexadecimal digits nor a file that can be read",
            retryable=False,
        ) from error
    if not _PUBLIC_KEY.fullmatch(held):
        raise Fault(
            code="KEY_UNREADABLE",
            message=f"{told[:100]!a} holds no public key of 64 hexadecimal digits",
            retryable=False,
        )
    return bytes.fromhex(held)


def _make_key(path: Path) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
    try:
        sync_file(draft)
        os.link(draft, path)  # does nothing to a key that another process made meanwhile
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    sync_folder(path.parent)


def _signed_text(head: JournalHead) -> bytes:
    facts = ["onhand head", _VERSION, head.org_id, head.number, head.hash.hex(), microseconds(head.recorded_at)]
    return canonical_json(facts).encode()
