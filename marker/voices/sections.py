"""Sections that are told by their heading: witness statements, assessors' feedback, lists of sources, contents."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from marker.document import Passage
from marker.voices.printed import FIRST_PERSON, SINGULAR

_OWN_VOICE = re.compile(r"\b[Mm]y (?:line )?(?:manager|supervisor|boss|assessor|tutor|witness)\b")
_TOLD_AT_ONCE = re.compile(r".{0,80}:\s*\w+\s+\w+\s+\w")
LONGEST = 2_000  # characters read of a passage
OPENER = 300  # characters in which a section is opened
_TITLE = 12  # words that a title has at most


@dataclass(frozen=True, slots=True)
class _Section:
    """What opens a section of somebody else's, and whether a passage still belongs to it."""

    why: str
    opens: re.Pattern[str]
    belongs: Callable[[str], bool]


# What a witness says of himself; any other "I" is the learner's again.
_WITNESS_SAYS = re.compile(
    r"\b(?:I (?:\w+ ){0,3}?(?:confirm|certify|verify|observ\w*|witness\w*|believe|trust|manage|supervise|recommend)\b|"
    r"I (?:have |also |have also )?(?:saw|seen|watch\w*|heard|known|worked|noticed|found) "
    r"(?:him|her|them|that|how|[A-Z])|"
    r"I (?:am|was) (?:the|her|his|their|present|happy|impressed|pleased)\b|(?:she|he|they) \w+ed me\b|asset to|"
    r"I (?:listened in|sat in|looked on|shadowed)\b|I (?:think|feel|would say)(?: that)? (?:he|she|they|[A-Z]\w+)\b|"
    r"[Ii]n my (?:opinion|view))",
)
_SPEAKS_TO_LEARNER = re.compile(r"\b(?:you|your|yours|yourself)\b", re.I)


def _of_learner(text: str) -> bool:
    """Whether a passage may still be a witness's: whoever says "I" in it confirms, has seen or knows."""
    if _OWN_VOICE.search(text):
        return False
    return not SINGULAR.search(text) or bool(_WITNESS_SAYS.search(text))


def _of_assessor(text: str) -> bool:
    """Whether a passage may still be an assessor's, who says "you" to the learner where he says "I"."""
    return not SINGULAR.search(text) or bool(_SPEAKS_TO_LEARNER.search(text))


def _source(text: str) -> bool:
    return bool(
        re.search(r"https?:|www\.|\b(?:19|20)\d\d\b|\bavailable at|accessed|\.(?:com|co\.uk|org|gov)\b", text, re.I)
    ) or (not FIRST_PERSON.search(text) and len(text.split()) <= 20 and not text.rstrip().endswith((".", "?")))


def _entry(text: str) -> bool:
    return bool(re.search(r"(?:\.{2,}|…|\s)\s*\d{1,3}\s*\Z", text)) or _titled(text)


def _titled(text: str) -> bool:
    return len(text.split()) <= _TITLE and not FIRST_PERSON.search(text) and not text.rstrip().endswith((".", "?", "!"))


_SECTIONS = (
    _Section(
        "witness statement",
        re.compile(
            r"\s*(?:(?:the|my|workplace|expert|line|[\w]+['’]s?) ){0,3}(?:witness(?:['’]s)? (?:statement|"
            r"testimony|report)|(?:assessor |workplace )?observation (?:record|report|notes?|sheet|by)|"
            r"(?:supervisor|manager|employer|mentor|team leader)(?:['’]s)? (?:statement|testimony|report|"
            r"comments?|feedback)|testimonial|peer (?:feedback|review|assessment|comments?) (?:from|by|form|sheet)\b|"
            r"(?:statement|reference) (?:from|by|of) (?:the |my |a )?(?:witness|\w{0,9} ?(?:supervisor|manager|"
            r"employer|leader)|mentor|colleague)|"
            r"observer(?:['’]s)?(?: (?:notes|comments))?\s*:)",
            re.I,
        ),
        _of_learner,
    ),
    _Section(
        "assessor's comment",
        re.compile(
            r"\s*(?:(?:the|my|your|overall|general|final|written) ){0,2}(?:(?:assessor|tutor|teacher|lecturer|examiner|"
            r"marker|verifier|iqa|iv)(?:['’]s)? (?:(?:written|overall|final) )?(?:feedback|comments?|notes?|remarks?|"
            r"sign[- ]?off|summary|report)\b|"
            r"feedback (?:(?:sheet|form|record)\s*\Z|(?:sheet |form )?(?:to|for|from) (?:the |my )?(?:learner|"
            r"candidate|student|apprentice|assessor|tutor|teacher)\b))",
            re.I,
        ),
        _of_assessor,
    ),
    _Section(
        "reference list",
        re.compile(
            r"\s*(?:\d+\.?\d*\s+)?(?:references?|bibliography|reference list|works cited|sources(?: used)?|"
            r"further reading|websites(?: used)?)\s*:?\s*\Z",
            re.I,
        ),
        _source,
    ),
    _Section("contents page", re.compile(r"\s*(?:table of )?contents(?: page)?\s*:?\s*\Z", re.I), _entry),
)


def sections(passages: Sequence[Passage]) -> list[Passage]:
    """The passages with everything set aside that stands in a section of somebody else's."""
    found: list[Passage] = []
    section: _Section | None = None
    for passage in passages:
        opened = _opened(passage)
        if opened and not _TOLD_AT_ONCE.match(passage.text[:OPENER]):
            section = opened
        elif opened:
            found.append(passage.aside(opened.why) if passage.credited else passage)
            continue
        elif passage.kind == "heading" or (
            section and passage.credited and not section.belongs(passage.text[:LONGEST])
        ):
            section = None
        found.append(passage.aside(section.why) if section and passage.credited else passage)
    return found


def _opened(passage: Passage) -> _Section | None:
    told = passage.kind == "cell" and not passage.credited  # by the table's heads what stands under and behind it
    if told or passage.kind in ("header", "footer", "comment", "list item"):
        return None
    text = passage.text[:OPENER]
    for section in _SECTIONS:
        match = section.opens.match(text)
        if match and (len(text.split()) <= _TITLE or re.match(r".{0,80}:", text)) and section.belongs(text):
            return section
    return None
