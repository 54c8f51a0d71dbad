"""Pages that a browser has saved as one file (MHTML, RFC 2557)."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage

__all__ = ["is_mhtml", "saved_page"]

_HEAD = re.compile(
    rb"\A(?:[\w-]{1,60}:[^\n]{0,500}\r?\n(?:[ \t][^\n]{0,500}\r?\n){0,20}){0,30}?"
    rb"Content-Type: ?multipart/related",
    re.IGNORECASE,
)


def is_mhtml(data: bytes) -> bool:
    """Tell whether a file is a saved page: headers of a mail, with parts that belong together."""
    return bool(_HEAD.match(data[:20_000]))


def saved_page(data: bytes) -> bytes | None:
    """Return the page itself, as HTML; None if there is none in the file."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html" and isinstance(part, EmailMessage):
            content = part.get_payload(decode=True)
            return content if isinstance(content, bytes) else None
    return None
