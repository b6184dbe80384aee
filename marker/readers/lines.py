"""What a line of text without markup tells by itself: list item, heading, end of a sentence."""

from __future__ import annotations

import re

MAX_HEADING_WORDS = 10
LONGEST_HEADING = 25  # words: what is longer is an answer, though its style or place be a heading's
SENTENCE = 8  # words, from which on what stands there may be an answer

_SAID = re.compile(
    r"\b(?:I|we)\b|\b(?:my|our)\b.*\b(?:is|are|was|were|has|have|needs?|wants?|can|will)\b|[.!]\W*\Z", re.IGNORECASE
)
_ASKED = re.compile(
    r"\W*(?:\d[\d.]*\W+)?(?:how|what|why|when|where|who|which|task|question|unit|section|part)\b", re.IGNORECASE
)

_BULLET = re.compile(
    r"\s*(?:[-*+–—·]\s+|[•◦▪▫‣⁃●○■□◆❖➢►➤\uf0b7\uf0a7\uf0d8\uf0fc\uf02d]\s*|(?=[✓✔]\s*\S))(?=\S)(.*)$", re.DOTALL
)
_NUMBER = re.compile(r"\s*\(?(?:\d{1,2}[.)]|[a-z]\)|[ivx]{1,4}[.)])\s+(?=\S)(.*)$", re.DOTALL)
_SENTENCE_END = re.compile(r"[.!?:;…]['\"”’)\]]*$")


_SPEAKER = re.compile(r"[A-Z][\w'’.-]{0,20}(?: [\w'’().-]{1,15}){0,2}:\s")


def bullet_item(line: str) -> str | None:
    """The text behind a bullet or dash, or None where there is none; a tick is somebody's mark, and stays."""
    match = _BULLET.match(line)
    return match[1] if match else None


def numbered_item(line: str) -> str | None:
    """The text behind a number or letter such as "2." or "b)", or None where there is none."""
    match = _NUMBER.match(line)
    return match[1] if match else None


def ends_sentence(line: str) -> bool:
    """Whether the line stops where a sentence, or the lead to a list, does."""
    return bool(_SENTENCE_END.search(line.rstrip()))


def in_capitals(text: str) -> bool:
    """Whether the letters, two or more, are all capitals."""
    return text.isupper() and sum(character.isalpha() for character in text) > 1


def heads(text: str) -> bool:
    """Whether a text in a heading's style or place may be a heading, and not an answer that was written there."""
    words = len(text.split())
    return (
        words < SENTENCE
        or in_capitals(text)
        or (words <= LONGEST_HEADING and (not _SAID.search(text) or bool(_ASKED.match(text))))
    )


def capitals_heading(text: str, before: str, after: str) -> bool:
    """Whether a line in capitals is a heading: short, without punctuation, no answer, and text comes after it."""
    return (
        in_capitals(text)
        and len(text.split()) <= MAX_HEADING_WORDS
        and not re.search(r"[.,:;!?]", text)
        and not before.endswith(("?", ":"))
        and bool(after)
        and not in_capitals(after)
    )


def speaker_turn(line: str) -> bool:
    """Whether the line opens with somebody's name and a colon, as in a transcript."""
    return bool(_SPEAKER.match(line))
