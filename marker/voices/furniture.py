"""Cover sheets, declarations, word counts and what else stands on a page round the work."""

from __future__ import annotations

import re

from marker.voices.printed import FIRST_PERSON

LONGEST_COVER = 400  # characters
OPENING = 6  # passages in which a bare "Learner: Jas Patel" is a cover sheet and not a turn
_DECLARATION = re.compile(
    r".{0,80}\b(?:I|we) (?:hereby |can |also )?(?:declare|certify|confirm)\b.{0,80}\bown\b.{0,20}\bwork\b"
    r"|.{0,40}\b(?:this|that it|it|work submitted|following|all of it|above|evidence) is (?:all |"
    r"entirely )?(?:my|the learner['’]s) own (?:unaided )?work\b"
    r"|\s*(?:statement of authenticity|authenticity statement|(?:learner|candidate|"
    r"student)(?:['’]s)? declaration|declaration)\b[ :.\-–]*(?:\Z|I\b|this\b)"
    r"|.{0,80}\b(?:I have not (?:copied|plagiari[sz]ed)|(?:understand|aware) (?:that |what )?plagiarism|"
    r"no part of this work has been copied)\b"
    r"|\s*I (?:declare|confirm|certify) that (?:this|the|all)(?: \w+)? (?:work|above|evidence) is "
    r"(?:my own|a true)\b.{0,80}\Z"
    r"|\s*I have not used (?:artificial intelligence|AI|ChatGPT)\b.{0,60}\Z"
    r"|\s*(?:\w+ / )?(?:learner |candidate |student )?(?:signed|signature)\s*:\s.{0,60}\Z"
    r"|please tick to confirm|.{0,120}\b(?:all|is) my own (?:unaided )?work\b.{0,40}\Z",
    re.I | re.S,
)
_WORD_COUNT = re.compile(
    r"\s*[\[(]?(?:total |approx(?:imate)?\.? )?(?:words?(?:\s?count| limit| total)?|wordcount|"
    r"number of words)\s*(?:\([^()]{1,40}\))?\s*[:=\-–]?\s*"
    r"(?:approx\.? |about |c\. ?)?[\d,]{2,6}\b.{0,40}\Z|\s*[\[(]?(?:total:? )?[\d,]{2,6} words[\])]?.{0,40}\Z|"
    r"\s*total [\d,]{2,6} words\b.*\Z",
    re.I,
)
_FURNITURE = re.compile(
    r"\s*(?:[-–] ?)?(?:page|p\.?|pg)? ?\d{1,3}(?: ?(?:of|/) ?\d{1,3})?(?: ?[-–])?\s*\Z|\s*(?:end of|turn over|"
    r"blank page|continued)\b.{0,30}\Z"
    r"|\s*\d{1,3} ?\| ?page\s*\Z|\s*(?:©|\(c\)|copyright).{0,80}\Z|\s*(?:version|v)\.? ?\d[\d.]*\s*\Z|"
    r"\s*on .{6,60} wrote:\s*\Z"
    r"|\s*sent from my \w+.*|.{0,40}\b(?:assessor|tutor|office|centre|internal|marker)(?:['’]s)? use only\b.*|"
    r"\s*https?://\S+\s*\Z"
    r"|.{0,40}\b(?:assessor|tutor|learner|candidate|iqa|iv)(?:['’]s)? (?:initials|signature)\b.{0,40}"
    r"|\s*(?:yours (?:sincerely|faithfully|truly)|kind(?:est)? regards|best wishes|many thanks|regards)\b.{0,40}\Z",
    re.I | re.S,
)
_CAPTION = re.compile(r"\s*(?:WEBVTT|(?:\d+:)?\d\d:\d\d[.,]\d{3}\s+-->\s.{0,60})\Z")  # when it is shown
_LEADER = re.compile(r".{2,80}?(?:\.{4,}|…{2,}|\t)\s*\d{1,3}\s*\Z")
_RECORD = re.compile(
    r"\s*(?:transcript of |recorded |record of )?(?:professional|recorded|guided) discussion\b(?![^.]*\b(?:I|"
    r"we|my)\b).{0,160}\Z"
    r"|\s*(?:recorded|recording|start(?:ed)?|end(?:ed)?|duration|length|present)\b[ :]*(?:by|on|with|at|"
    r"time)?[ :]*\d.{0,60}\Z",
    re.I | re.S,
)
_FIELD = re.compile(
    r"\b(?:(?:learner|candidate|student|apprentice|assessor|tutor|centre|employer|witness|mentor|unit|"
    r"assignment|workbook|qualification|"
    r"course|evidence|verifier|iqa)(?:['’]s)?(?: (?:name|number|no|ref(?:erence)?|signature|id|title|initials|"
    r"code))*|name|date(?: \w+)?|uln|"
    r"signed|signature|countersigned|from|to|cc|sent|subject|word count|words|version|employer|work placement|"
    r"tel|d\.?o\.?b|"
    r"recorded(?: by)?|duration|level|page|email)\s*[:=][\s_.…]*",
    re.I,
)
_VERB_LIKE = re.compile(
    r"\b(?:is|are|was|were|am|be|been|has|have|had|do|does|did|don'?t|can|can'?t|will|would|should|must|could|"
    r"may|might|get|gets|got|"
    r"need|wants?|uses?|used|says?|said|tells?|told|gives?|gave|goes|go|went|makes?|made|takes?|took|keeps?|"
    r"kept|puts?|because|cos|"
    r"so|ask|asked|write|wrote|knows?|comes?|came|it'?s|they'?re|we'?re|i'?m|that'?s|there'?s|helps?|shows?|"
    r"yes|no|i|we|they|he|she)\b",
    re.I,
)
_BLANKS = re.compile(r"_{3,}|\.{6,}|…{3,}")


def furniture(text: str) -> str | None:
    """Why a whole passage is a declaration, word count, line of contents or page furniture, if it is."""
    if _DECLARATION.match(text):
        return "declaration"
    if _WORD_COUNT.match(text):
        return "word count"
    if _LEADER.match(text):
        return "contents page"
    if _FURNITURE.match(text) or _RECORD.match(text) or _CAPTION.match(text):
        return "page furniture"
    return None


def cover_sheet(text: str, opening: bool) -> bool:
    """Whether a passage is nothing but fields with short values, as in "Learner: Jas Patel  Unit: 4"."""
    fields = list(_FIELD.finditer(text)) if len(text) <= LONGEST_COVER else []
    if not fields or "?" in text or len({field.group().lower().strip() for field in fields}) < len(fields):
        return False
    ends = [field.start() for field in fields[1:]] + [len(text)]
    values = [text[field.end() : end].strip() for field, end in zip(fields, ends, strict=True)]
    named = all(len(value.split()) <= 9 and not FIRST_PERSON.search(value) for value in values)
    if not named or fields[0].start() > (40 if len(fields) > 1 else 0):
        return False
    if all(re.search(r"[a-z]{2}[.!]\Z", value) for value in values):  # turns of a talk
        return False
    blank = bool(_BLANKS.search(text)) or not any(values)
    return len(fields) > 1 or blank or (opening and fields[0].start() == 0 and _is_value(values[0]))


def _is_value(value: str) -> bool:
    words = value.split()
    if re.search(r"[a-z]{2}[.!?]\Z", value):
        return False
    return (
        len(words) <= 8 and not _VERB_LIKE.search(value) and (value[:1].isupper() or value[:1].isdigit() or not value)
    )
