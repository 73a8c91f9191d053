"""The documents' words by the plainest means (standard library, our own sources), as an oracle beside the readers of `capture`.

It knows how these very files were made and nothing more: it is no reader.
"""

from __future__ import annotations

import email
import email.policy
import html
import re

from tests.teaching.expectation import DOCUMENTS, corpora, documents, told
from tests.teaching.make_documents import SOURCES


def plain_texts() -> dict[str, str]:
    """Document id -> text. Markdown keeps its marks but for emphasis."""
    return {document["id"]: _text(document["path"], document["id"]) for document in documents()}


def _text(path: str, identity: str) -> str:
    file = DOCUMENTS / path
    source = SOURCES / f"{identity}.txt"
    if source.is_file():
        return source.read_text(encoding="utf-8")
    if file in corpora():
        return told()[identity]["text"]
    if file.suffix == ".eml":
        message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        body = message.get_body(("plain",))
        assert body is not None
        return str(body.get_content())
    words = file.read_text(encoding="utf-8")
    if words.lstrip().startswith("<"):
        article = re.search(r"<article>(.*?)</article>", words, re.DOTALL)
        assert article is not None
        return html.unescape(re.sub(r"<[^>]+>", " ", article.group(1)))
    return words.replace("**", "")
