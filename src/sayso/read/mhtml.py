"""Pages that a browser saved as one file (MHTML, RFC 2557): a mail whose first page is the page."""

from __future__ import annotations

import email
import email.policy
import re

from sayso.errors import ReadError
from sayso.read.text import decode

HEAD_BYTES = 4_096

_FIELD = re.compile(
    rb"\A\s*(?:From|Snapshot-Content-Location|Subject|Date|MIME-Version|Content-Type): "
)
_RELATED = re.compile(rb"^Content-Type:\s*multipart/related\b", re.I | re.M)


def is_mhtml(head: bytes) -> bool:
    """Say whether a file that begins with `head` is a page saved as one file."""
    return _FIELD.match(head) is not None and _RELATED.search(head[:HEAD_BYTES]) is not None


def read_mhtml(data: bytes) -> tuple[str, str | None]:
    """Return the markup of the first page in `data`, and its address if that is told.

    Raises ReadError if there is no page in it.
    """
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        for part in message.walk():
            if part.get_content_type() == "text/html":
                payload = part.get_payload(decode=True)
                address = part.get("Content-Location") or message.get("Snapshot-Content-Location")
                if isinstance(payload, bytes) and payload.strip():
                    markup = decode(payload, part.get_content_charset())
                    return markup, None if address is None else str(address)
    except (RecursionError, ValueError, LookupError) as error:
        raise ReadError(f"not a saved page that can be read: {type(error).__name__}") from error
    raise ReadError("no page in this file of a saved page")
