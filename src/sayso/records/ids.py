"""Content ids: the same content has the same id on every machine and in every run."""

from __future__ import annotations

import hashlib

ID_HEX_CHARS = 24  # 96 bits: a collision among 10**9 records has probability below 10**-10


def make_id(prefix: str, *parts: object) -> str:
    """Return `prefix`-hex over the parts' text, each length-prefixed so that parts cannot run
    together.
    """
    digest = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return f"{prefix}-{digest.hexdigest()[:ID_HEX_CHARS]}"


def hash_text(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8 bytes, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def make_identity_id(name_key: str, label: str, number: int = 0) -> str:
    """Return the id of whoever has this name alone; number: for who comes later, if it is taken."""
    return make_id("i", name_key, label, *([number] if number else []))


def make_claim_id(record_id: str) -> str:
    """Return the id of the claim whose first saying is this statement or assertion."""
    return make_id("k", record_id)
