"""What a refusal or a notice of capture means and what can be done about it, in one sentence each, by code.

Codes are for machines and stay; sentences are for people. Every code that capture gives has one (a test compares).
"""

from __future__ import annotations

from collections.abc import Mapping

from merestone.ledger.terms import Refusal

REFUSED: Mapping[str, str] = {
    "archive_bomb": "It unpacks to far more than it holds packed. Ask the sender for the document itself.",
    "bad_manifest": "The manifest could not be read. It is a CSV or JSONL file with a column named path.",
    "bad_option": "The option's value cannot be used. Dates are written 2031-05-17 or 2031-05-17T08:15-02:00, languages en.",
    "broken_archive": "The container is damaged. Fetch it again from where it came from.",
    "broken_docx": "The document is damaged. Open and save it in a word processor, or fetch it again.",
    "broken_pdf": "The PDF is damaged. Fetch it again from where it came from.",
    "duplicate_id": "Another document of this batch has the same id. Give each its own.",
    "duplicate_path": "The file is named twice in this batch. It was read once.",
    "empty": "There is nothing in it.",
    "encrypted_document": "The document is locked with a password. Save it without one.",
    "encrypted_pdf": "The PDF is locked with a password. Save it without one.",
    "image_only_pdf": "The PDF holds pictures of pages and no text. Run text recognition (OCR) on it first.",
    "language_unknown": "The language could not be told. State it with --language or in the manifest.",
    "language_without_rules": "There are no reading rules for this language yet. If it was told wrongly, state it with --language or in the manifest.",
    "mail_too_deep": "Mails inside mails, or more parts than are read. Save what matters as files of their own.",
    "malformed_line": "The line could not be read as a document. The others were.",
    "missing_file": "There is no such file.",
    "no_text": "No words were found in it.",
    "not_a_file": "It is a device, pipe or socket. Give the file itself.",
    "not_permitted": "The file may not be read by this account.",
    "outside_folder": "The path leads out of the folder of the file that names it. Put the document beside or below that file.",
    "symlink": "It is a link, and links are not followed. Give the file itself.",
    "too_large": "It is over the limit. Split it, or take out what is not text.",
    "undecodable": "Its bytes are no text in any encoding known here. Save it as UTF-8.",
    "unknown_type": "It is of a kind that is not read here. Save it as text, HTML, PDF, DOCX or EML.",
    "unsafe_xml": "It declares a document type or entities, which such files never need. Open and save it in a word processor.",
}
NOTICED: Mapping[str, str] = {
    "bad_date": "A date that was stated could not be read and was not used.",
    "bad_language": "A language that was stated is no language code and was not used.",
    "bidi_controls": "The text holds invisible marks that change the direction of writing: what is shown may differ from what is stored.",
    "date_of_file": "Nobody stated when it was published: the date of the file is used and may be another.",
    "deep_html": "The page is nested so deep that all of its text was taken.",
    "encoding_guessed": "The encoding was found by statistics.",
    "hidden_text": "Words that the page or document hides were left out.",
    "language_contradiction": "The text looks like another language than the one stated; the stated one was used.",
    "lone_surrogates": "Halves of characters were replaced by the replacement character.",
    "macros_ignored": "The document holds macros. They were not run.",
    "nul_characters": "The text holds zero characters.",
    "pages_unreadable": "Some pages are damaged and were not read.",
    "pages_without_text": "Some pages are pictures and were not read: they need text recognition (OCR).",
    "protected_unclear": "It was not clear whether the document is protected, so it is.",
    "replaced_bytes": "Some bytes are no characters in this encoding and were replaced.",
    "running_lines": "Page numbers and lines that repeat on most pages were left out.",
    "type_mismatch": "The name promises another kind of file. It was read as what it is.",
}


def advice(refusal: Refusal) -> str:
    """The sentence for a code; the code itself where it is none of capture's."""
    return REFUSED.get(refusal.code) or NOTICED.get(refusal.code) or refusal.code
