"""A mail: its text part (or its web page), the headers that say when and from whom, and what is enclosed.

Read with the standard library's tolerant policy and without recursion of ours; the modern one raises on broken headers.
"""

from __future__ import annotations

import email
import re
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses

from merestone.capture.decode import Decoded, decode
from merestone.capture.limits import Limits
from merestone.capture.offsets import Drawing
from merestone.capture.readers.draft import About, Draft, Enclosure, one_line
from merestone.capture.readers.webpage import read_page
from merestone.capture.terms import ByteRange, Piece
from merestone.ledger.terms import Refusal

_WRAPPED = 55
_NEW_LINE = re.compile(r"\s*(?:[-*•–—>]|\d{1,3}[.)]|\Z)")


def read_mail(data: bytes, limits: Limits) -> Draft:
    try:
        message = email.message_from_bytes(data, policy=compat32)
        parts = _parts(message, limits)
    except RecursionError as error:
        raise Refusal("mail_too_deep", found="parts nested beyond reading") from error
    enclosures = tuple(Enclosure(_file_name(part, number), _payload(part)) for number, part in parts if _enclosed(part))
    body = _body([(number, part) for number, part in parts if not _enclosed(part)], limits)
    about = About(
        title=_header(message, "Subject"),
        published=_header(message, "Date"),
        publisher=_display_name(message),
        url=body.about.url,
        language=body.about.language or _header(message, "Content-Language"),
    )
    return Draft(body.text, body.pieces, body.encoding, about, body.notices, enclosures)


def payloads(data: bytes, limits: Limits) -> dict[str, bytes]:
    """Each leaf of a mail by its number, as its bytes are once they were unpacked. Refuses as `read_mail` does."""
    try:
        return {number: _payload(part) for number, part in _parts(email.message_from_bytes(data, policy=compat32), limits)}
    except RecursionError as error:
        raise Refusal("mail_too_deep", found="parts nested beyond reading") from error


def _parts(message: Message, limits: Limits) -> list[tuple[str, Message]]:
    """The leaves with their numbers ("1.2" is the second part of the first). A mail in a mail is a leaf."""
    leaves: list[tuple[str, Message]] = []
    waiting: list[tuple[str, Message]] = [("", message)]
    while waiting:
        number, part = waiting.pop()
        if part.get_content_type() == "message/rfc822" or not part.is_multipart():
            leaves.append((number or "1", part))
        else:
            inner = [child for child in part.get_payload() if isinstance(child, Message)]
            waiting.extend((f"{number}.{index}".lstrip("."), child) for index, child in reversed(list(enumerate(inner, 1))))
        if len(leaves) + len(waiting) > limits.mail_parts:
            raise Refusal("mail_too_deep", found="more parts than are read", limit=limits.mail_parts)
    return leaves


def _enclosed(part: Message) -> bool:
    kind, place = part.get_content_type(), (part.get_content_disposition() or "")
    if kind == "message/rfc822" or place == "attachment":
        return True
    if kind.startswith("text/"):
        return bool(part.get_filename()) and kind not in ("text/plain", "text/html")
    return bool(part.get_filename()) and not part.get("Content-ID")  # an inline picture belongs to the page


def _payload(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        child = inner[0] if isinstance(inner, list) and inner else None
        return child.as_bytes() if isinstance(child, Message) else b""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _file_name(part: Message, number: str) -> str:
    """A plain name: no folder, no control character. A mail in a mail is named by its number."""
    given = _readable(part.get_filename() or "")
    name = re.split(r"[/\\]", given)[-1]
    name = "".join(point for point in name if point.isprintable()).strip(". ")
    return name or (f"part-{number}.eml" if part.get_content_type() == "message/rfc822" else f"part-{number}")


def _body(parts: list[tuple[str, Message]], limits: Limits) -> Draft:
    """All text/plain parts, else all text/html ones; an empty draft where there is neither."""
    for kind in ("text/plain", "text/html"):
        drafts = [_part(number, part, kind, limits) for number, part in parts if part.get_content_type() == kind]
        drafts = [draft for draft in drafts if draft.text.strip()]
        if drafts:
            return _together(drafts)
    return Draft("", (), "utf-8")


def _part(number: str, part: Message, kind: str, limits: Limits) -> Draft:
    decoded = decode(_payload(part), _charset(part))
    if kind == "text/html":
        return read_page(decoded, limits, number)
    drawing = Drawing()
    _unwrap(drawing, decoded, number)
    text, pieces = drawing.drawn()
    return Draft(text, pieces, decoded.encoding, notices=decoded.notices)


def _unwrap(drawing: Drawing, decoded: Decoded, number: str) -> None:
    """Lines that the mail program broke read on: their line break becomes a space."""
    text, start, byte = decoded.text, 0, decoded.byte_at(0)
    while start < len(text):
        found = text.find("\n", start)
        end = len(text) if found < 0 else found
        line = text[start:end].rstrip("\r ")
        after = text[end + 1 : text.find("\n", end + 1) if text.find("\n", end + 1) > 0 else len(text)]
        at = start + len(line)
        here = decoded.byte_at(at)
        drawing.take(line, ByteRange(number, byte, here))
        start = min(end + 1, len(text))
        byte = decoded.byte_at(start)
        if start > at:
            joins = len(line) >= _WRAPPED and not _NEW_LINE.match(after)
            drawing.take(" " if joins else "\n", ByteRange(number, here, byte), exact=not joins and byte - here == 1)


def _together(drafts: list[Draft]) -> Draft:
    if len(drafts) == 1:
        return drafts[0]
    text, pieces = "", list[Piece]()
    notices: list[Refusal] = []
    for draft in drafts:
        text += "\n" if text and not text.endswith("\n") else ""
        pieces += [Piece(len(text) + piece.start, len(text) + piece.end, piece.origin) for piece in draft.pieces]
        text += draft.text
        notices += draft.notices
    return Draft(text, tuple(pieces), drafts[0].encoding, drafts[0].about, tuple(notices))


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (LookupError, UnicodeError, ValueError):
        return None


def _header(message: Message, name: str) -> str | None:
    value = message.get(name)
    return one_line(_readable(str(value))) if value is not None else None


def _readable(value: str) -> str:
    try:
        shown = str(make_header(decode_header(value)))
    except (MessageError, LookupError, UnicodeError, ValueError):
        shown = value
    return shown.encode("utf-8", "replace").decode("utf-8")


def _display_name(message: Message) -> str | None:
    """The name beside the sender's address; the address itself is nobody's business."""
    value = message.get("From")
    pairs = getaddresses([str(value)]) if value is not None else []
    return next((one_line(_readable(name)) for name, _ in pairs if name), None)
