"""Stretches of a document that somebody else wrote: statements, feedback, policies, letters, lists of sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from marker.document import Passage
from marker.printed import FIRST_PERSON

LONGEST_LETTER = 10  # passages

_I = re.compile(r"\b(?:I|i|[Mm]y|me)\b(?!\.)")
_FORMAL = re.compile(
    r"\b(?:shall|must|will be|is required|are required|should be|is responsible|are responsible|may be|is to be|are to be|will not|"
    r"aims? to|is committed)\b",
    re.I,
)
_OWN_VOICE = re.compile(r"\b[Mm]y (?:line )?(?:manager|supervisor|boss|assessor|tutor|witness)\b")
_TOLD_AT_ONCE = re.compile(r".{0,80}:\s*\w+\s+\w+\s+\w")
_TITLE = 12  # words that a title has at most


@dataclass(frozen=True, slots=True)
class _Section:
    """What opens a section of somebody else's, and whether a passage still belongs to it."""

    why: str
    opens: re.Pattern[str]
    belongs: Callable[[str], bool]


def _by_another(text: str) -> bool:
    return not _OWN_VOICE.search(text)


def _formal(text: str) -> bool:
    return not _I.search(text)


def _source(text: str) -> bool:
    return bool(re.search(r"https?:|www\.|\b(?:19|20)\d\d\b|\bavailable at|accessed|\.(?:com|co\.uk|org|gov)\b", text, re.I)) or (
        not FIRST_PERSON.search(text) and len(text.split()) <= 20 and not text.rstrip().endswith((".", "?"))
    )


def _entry(text: str) -> bool:
    return bool(re.search(r"(?:\.{2,}|…|\s)\s*\d{1,3}\s*\Z", text)) or (len(text.split()) <= 10 and not re.search(r"[.!?]\Z", text))


_SECTIONS = (
    _Section(
        "witness statement",
        re.compile(
            r"\s*(?:expert )?(?:witness(?:['’]s)? (?:statement|testimony|report)|(?:workplace |assessor )?observation (?:record|report|notes?|sheet)|"
            r"(?:supervisor|manager|employer|line manager|mentor|team leader)(?:['’]s)? (?:statement|testimony|report|comments?|feedback)|testimonial|"
            r"statement (?:from|by|of) (?:the |my |a )?(?:witness|supervisor|manager|employer|line manager|mentor|colleague)|observer(?:['’]s)?(?: (?:notes|comments))?\s*:)",
            re.I,
        ),
        _by_another,
    ),
    _Section(
        "assessor's comment",
        re.compile(
            r"\s*(?:(?:assessor|tutor|teacher|trainer|marker|iv|iqa|internal verifier|examiner|lecturer|mentor)(?:['’]s)? "
            r"(?:comments?|feedback|notes?|remarks?|judg?ements?|decision)|(?:comments?|feedback|notes) (?:from|by|of) (?:the |my |your )?"
            r"(?:assessor|tutor|teacher|trainer|iqa|iv)|feedback to (?:the )?(?:learner|candidate|student)|action plan from (?:the )?assessor)\b",
            re.I,
        ),
        _by_another,
    ),
    _Section(
        "pasted policy",
        re.compile(
            r"\s*(?:(?:extract|excerpt|copied|copy|taken|pasted|quoted?|section)s?\b.{0,20}\b(?:from|of|out of)\b.{0,40}\b(?:policy|procedures?|handbook|manual|intranet|"
            r"guide(?:lines)?|charter|code|website|leaflet)\b.{0,40}\Z"
            r"|(?:(?:our|the|company|staff|this is (?:our|the)|here is (?:our|the)|below is (?:our|the)|from (?:our|the))\b.{0,50}\b)?"
            r"(?:policy|procedure|handbook|manual|charter|code of practice)\b.{0,25}\b(?:says|states|reads|extract|\(extract\)|as follows|wording|copied|pasted|is below|below|in full)\b.{0,20}[:.]?\s*\Z)",
            re.I,
        ),
        _formal,
    ),
    _Section(
        "reference list",
        re.compile(r"\s*(?:\d+\.?\d*\s+)?(?:references?|bibliography|reference list|works cited|sources(?: used)?|further reading|websites(?: used)?)\s*:?\s*\Z", re.I),
        _source,
    ),
    _Section("contents page", re.compile(r"\s*(?:table of )?contents(?: page)?\s*:?\s*\Z", re.I), _entry),
)  # fmt: skip
_CLAUSE_HEADING = re.compile(r".*\b(?:policy|procedure|code of practice|charter|handbook|guidelines|terms and conditions)\b", re.I)
_LEADER = re.compile(r".{2,80}?(?:\.{4,}|…{2,}|\t)\s*\d{1,3}\s*\Z")
_LEARNER = r"(?:she|he|her|him|they|them|(?:the|this|our|my) (?:learner|candidate|student|apprentice|colleague|member of staff)|(?!Mr|Ms|Dr|Our|The|My|This|It|I\b|We)[A-Z][a-z]+)"
_CONFIRMS = re.compile(
    rf"\bI (?:can |hereby |am happy to |am able to |would like to )?(?:confirm|certify|verify|testify) (?:that )?{_LEARNER}\b"
    rf"|\bI (?:have |was able to )?(?:observed?|witnessed?|supervised?|line manage) {_LEARNER}\b"
    rf"|\bI am (?:the |her |his |their |[A-Z]\w+['’]s )?(?:line |duty |shift |branch |office )?(?:manager|supervisor|team leader|mentor|employer) (?:of|for|to) {_LEARNER}\b"
    rf"|\bI am (?:her|his|their|[A-Z]\w+['’]s) (?:line |duty |shift |branch |office )?(?:manager|supervisor|team leader|mentor|employer)\b"
)
_ASSESSOR_SAYS = re.compile(r"\s*(?:assessor|tutor|teacher|trainer|examiner|observer|iqa|iv|marker|witness)(?: \([^()]{1,20}\))?\s*:\s+\w+\W+\w", re.I)
_COMPLAINS = re.compile(
    r"\b(?:writing to (?:complain|express|make a complaint|say how)|(?:wish|want|would like) to (?:complain|make a (?:formal )?complaint)|"
    r"(?:very|extremely|so|really|bitterly) (?:disappointed|unhappy|annoyed|upset|disgusted)|your (?:staff|store|shop|company|service|driver|website|branch|team|hotel)\b|"
    r"(?:want|demand|expect|like) (?:a|my|the) (?:full )?(?:refund|money|replacement|apology)|never (?:use|shop|come|order|buy)\w*\b.{0,20}again|i (?:ordered|bought|booked|purchased)\b)",
    re.I,
)  # fmt: skip
_SERVES = re.compile(r"\b(?:i(?:['’]m| am) (?:so |very |really )?sorry|apologi[sz]e|how (?:can|may) i|let me|i (?:can )?(?:completely )?understand|thank you for|would you like|i(?:['’]ll| will) (?:look|find|speak|get|send|call|ring|check))", re.I)
_DEAR = re.compile(r"\s*[\"“]?(?:dear|to whom it may concern|hi|hello)\b.{0,40}(?:,|\Z|\n)", re.I)
_SIGN_OFF = re.compile(r"\s*(?:yours (?:sincerely|faithfully|truly)|kind regards|best wishes|regards|many thanks)\b|.*\byours (?:sincerely|faithfully)\b.{0,40}\Z", re.I | re.S)
_QUOTED = re.compile(r"\s*[\"“](?:[^\"“”]+)[\"”][.,]?\s*(?:[-–—(].{0,60})?\Z", re.S)
_POLICY_LEAD = re.compile(
    r"\b(?:our|the|company)\b[^.:!?]{0,50}\b(?:policy|procedure|handbook|charter|code of practice)\b[^.:!?]{0,30}\b(?:says|states|reads|as follows)\s*:\s*", re.I
)


def sections(passages: Sequence[Passage]) -> list[Passage]:
    """The passages with everything set aside that stands in a section of somebody else's."""
    found: list[Passage] = []
    section: _Section | None = None
    for number, passage in enumerate(passages):
        opened = _opened(passage)
        if opened and not _TOLD_AT_ONCE.match(passage.text):
            section = opened
        elif opened:
            found.append(passage.aside(opened.why) if passage.credited else passage)
            continue
        elif passage.kind == "heading" or (section and passage.credited and not section.belongs(passage.text)):
            section = None
        found.append(passage.aside(section.why) if section and passage.credited else passage)
    return _letters(_clauses(found))


def _opened(passage: Passage) -> _Section | None:
    if passage.kind in ("header", "footer", "comment"):
        return None
    for section in _SECTIONS:
        match = section.opens.match(passage.text)
        if match and (len(passage.text.split()) <= _TITLE or re.match(r".{0,80}:", passage.text)) and section.belongs(passage.text):
            return section
    return None


def _clauses(passages: Sequence[Passage]) -> list[Passage]:
    """A heading that names a policy, with nothing but formal clauses in the third person under it."""
    found = list(passages)
    starts = [n for n, p in enumerate(passages) if p.kind == "heading" and _CLAUSE_HEADING.match(p.text)]
    for start in starts:
        end = next((n for n in range(start + 1, len(passages)) if passages[n].kind == "heading"), len(passages))
        inside = [n for n in range(start + 1, end) if passages[n].credited]
        clauses = [n for n in inside if _FORMAL.search(passages[n].text)]
        personal = any(FIRST_PERSON.search(passages[n].text) for n in inside)
        if len(clauses) > 1 and not personal and len(clauses) * 3 >= len(inside) * 2:
            for n in inside:
                found[n] = passages[n].aside("pasted policy")
    return found


def _letters(passages: Sequence[Passage]) -> list[Passage]:
    """A customer's letter from "Dear Sir" to its end."""
    found = list(passages)
    for start, passage in enumerate(passages):
        if not (found[start].credited and _DEAR.match(passage.text)):
            continue
        end = next((n for n in range(start, min(start + LONGEST_LETTER, len(passages))) if _SIGN_OFF.match(passages[n].text)), start)
        end = max(end, min(start + 1, len(passages) - 1)) if len(passage.text.split()) <= 6 else end
        letter = " ".join(one.text for one in passages[start : end + 1])
        if len(_COMPLAINS.findall(letter)) > 1 and not _SERVES.search(letter):
            for n in range(start, end + 1):
                found[n] = found[n].aside("quoted customer") if found[n].credited else found[n]
    return found


def whole(text: str) -> str | None:
    """Why a single passage is somebody else's, if it is."""
    if _LEADER.match(text):
        return "contents page"
    if _ASSESSOR_SAYS.match(text):
        return "assessor's comment"
    if _CONFIRMS.search(text) and not _OWN_VOICE.search(text):
        return "witness statement"
    if _QUOTED.match(text) and len(text.split()) > 5 and not _SERVES.search(text):
        return "quoted customer"
    return None


def policy_start(text: str) -> int | None:
    """Where a policy that the learner quotes in full begins within a passage."""
    match = _POLICY_LEAD.search(text)
    if match and not _I.search(text[match.end() :]) and len(_FORMAL.findall(text[match.end() :])) > 1:
        return match.end()
    return None
