"""E-mails saved as .eml files, and web pages saved as .mht files, which are kept in the same way."""

from __future__ import annotations

from collections import defaultdict
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message as Part
from itertools import islice

from marker.document import Passage, Unread
from marker.errors import UnreadableError
from marker.readers import mail
from marker.readers.html import decoded

MAX_MAIL_BYTES = 50_000_000
MAX_PARTS = 1_000
_SHOWN = ("From", "To", "Cc", "Date", "Subject")


def read_eml(data: bytes, name: str) -> tuple[tuple[Passage, ...], tuple[Unread, ...]]:
    """The passages of an e-mail; raises UnreadableError, without the file's name, if it is enormous."""
    if len(data) > MAX_MAIL_BYTES:
        raise UnreadableError(
            f"an e-mail of more than {MAX_MAIL_BYTES // 1_000_000} MB; save it without its attachments"
        )
    message = message_from_bytes(data)
    header = [(label, _header(message, label)) for label in _SHOWN if message[label]]
    bodies: dict[int, dict[str, str]] = defaultdict(dict)
    attachments = []
    for part, body in islice(_leaves(message), MAX_PARTS):
        kind = part.get_content_type()
        if kind in ("text/plain", "text/html") and kind not in bodies[body] and not _is_attached(part):
            bodies[body][kind] = _text(part, kind)
        elif part is not message:
            attachments.append(_attachment(part))
    written = [mail.Body(texts.get("text/plain", ""), texts.get("text/html", "")) for texts in bodies.values()]
    return mail.passages(mail.Message(header, written, attachments), name)


def _leaves(message: Part) -> list[tuple[Part, int]]:
    """The parts that hold something, in order; an e-mail that is attached is one, whatever it holds.

    Those with the same number are forms of one body, or belong to it.
    """
    found: list[tuple[Part, int]] = []
    pending: list[tuple[Part, int | None]] = [(message, None)]
    while pending:
        part, body = pending.pop()
        inner = part.get_payload() if part.is_multipart() else None
        if isinstance(inner, list) and part.get_content_type() != "message/rfc822":
            together = part.get_content_subtype() in ("alternative", "related")
            body = id(part) if body is None and together else body
            pending += [(one, body) for one in reversed(inner) if isinstance(one, Part)]
        else:
            found.append((part, id(part) if body is None else body))
    return found


def _is_attached(part: Part) -> bool:
    return part.get_content_disposition() == "attachment" or part.get_filename() is not None


def _attachment(part: Part) -> mail.Attachment:
    content = part.get_payload(decode=True) if part.get_content_maintype() == "image" else b""
    name = part.get_filename() or part.get_content_type()
    return mail.Attachment(_unfolded(name), content if isinstance(content, bytes) else b"")


def _text(part: Part, kind: str) -> str:
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    charset = part.get_content_charset()
    try:
        return data.decode(charset or ("" if kind == "text/html" else "utf-8"))
    except (LookupError, UnicodeDecodeError):
        return decoded(data)


def _header(message: Part, label: str) -> str:
    return _unfolded(str(message[label]))


def _unfolded(value: str) -> str:
    """A header's value with its encoded words decoded."""
    try:
        return str(make_header(decode_header(value)))
    except (ValueError, LookupError):
        return value.encode("utf-8", errors="replace").decode("utf-8")
