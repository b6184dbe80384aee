"""E-mails saved from Outlook as .msg files."""

from __future__ import annotations

from io import BytesIO

from olefile import OleFileIO
from oxmsg import Message

from marker.document import Passage, Unread
from marker.errors import UnreadableError
from marker.readers import mail

MAX_STREAMS = 5_000


def read_msg(data: bytes, name: str) -> tuple[tuple[Passage, ...], tuple[Unread, ...]]:
    """The passages of an Outlook message; raises UnreadableError, without the file's name, if it is hostile."""
    _require_honest(data)
    message = Message.load(BytesIO(data))
    sent = message.sent_date
    header = [
        ("From", message.sender or ""),
        ("To", ", ".join(one.name or one.email_address for one in message.recipients)),
        ("Date", f"{sent:%d %B %Y %H:%M}" if sent else ""),
        ("Subject", message.subject),
    ]
    attachments = [
        mail.Attachment(one.file_name or "", _picture(one.mime_type, one.file_bytes)) for one in message.attachments
    ]
    try:
        page = message.html_body or ""
    except (UnicodeDecodeError, LookupError):
        page = ""
    plain = message.body or ""
    if not plain.strip() and not page.strip():
        attachments.append(mail.Attachment("with the message's text in rich text format"))
    shown = [(label, value) for label, value in header if value]
    return mail.passages(mail.Message(shown, [mail.Body(plain, page)], attachments), name)


def _picture(kind: str | None, data: bytes | None) -> bytes:
    return data if data and kind and kind.startswith("image/") else b""


def _require_honest(data: bytes) -> None:
    """Raise UnreadableError if the streams together are larger than the file, as only forged ones are."""
    with OleFileIO(BytesIO(data)) as container:
        streams = container.listdir()
        total = sum(container.get_size(path) for path in streams[:MAX_STREAMS])
    if len(streams) > MAX_STREAMS or total > len(data):
        raise UnreadableError("not what a mail program writes; open it in Outlook and save it as .eml or .pdf")
