"""Lines that only name what follows: headings typed as plain lines, heads of columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from marker.document import Passage
from marker.voices.printed import COMMAND, STRONG_LABEL, unlabelled

HEADING_WORDS = 9
LOWER_CASE_WORDS = 5  # that a heading without a capital has at most
READ = 300  # characters read of a passage
TITLE_WORDS = 16
LONGER_TEXT = 10  # words of the text that a typed heading stands over
VERB_LIKE = re.compile(
    r"\b(?:is|are|was|were|am|be|been|has|have|had|do|does|did|don'?t|can|can'?t|will|would|should|must|could|"
    r"may|might|get|gets|got|"
    r"need|wants?|uses?|used|says?|said|tells?|told|gives?|gave|goes|go|went|makes?|made|takes?|took|keeps?|"
    r"kept|puts?|because|cos|"
    r"so|ask|asked|write|wrote|knows?|comes?|came|it'?s|they'?re|we'?re|i'?m|that'?s|there'?s|helps?|shows?|"
    r"yes|no|i|we|they|he|she)\b",
    re.I,
)
_CLAUSE = re.compile(r"\b(?:how|what|why|when|who|where|which|that)\b.*", re.I | re.S)
_TOPIC = re.compile(
    r"customer|complain|\bcrm\b|needs|feedback|service|listen|empathy|confiden|privacy|\bdata|role.?play|"
    r"software|loyal|methods|"
    r"find(?:ing)? out|intro|conclusion|internal|external",
    re.I,
)
_TASK_TITLE = re.compile(
    r"[*_]*(?:(?:task|part|section|activity|criterion|(?:learning )?outcome|unit|topic|"
    r"chapter) (?:\d{1,2}(?:\.\d)*|[a-e]|one|two|three|four|five|six)\b|(?:lo|ac) ?\d(?:\.\d)*)"
    r"\s*[:.)\-–—]*\s*(?:[^.:?!=\d]{1,80}?)?[.:]?[*_]*",
    re.I,
)
_SECTION_TITLE = re.compile(
    r"(?:(?:my |the |our )?(?:introduction|conclusions?|background|context|overview|summary|reflections?|"
    r"evaluation|preamble|role.?play|"
    r"complaints?(?: procedure| handling)?|crm|feedback|confidentiality|data protection|loyalty|retention|"
    r"methods|customers?|records|"
    r"customer (?:types|needs|service|retention|relationships?)|(?:internal|external|"
    r"internal and external) customers?|(?:active )?listening(?: (?:and|&|\+) empathy)?|"
    r"core principles|about me|job|role|workplace|duties|software|mind.?map|notes|listening|privacy|"
    r"(?:our )?system))(?: (?:script|notes|software|account|system))?"
    r"(?:,? \(?(?:on )?\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+\)?)?\s*:?",
    re.I,
)
_DOCUMENT = re.compile(
    r"(?:reflective|learner|personal|written|unit|evidence|portfolio|assignment|workbook|"
    r"professional discussion|role.?play|case study|"
    r"mind.?map|report|learning (?:log|journal)|customer (?:service|relation\w*)|principles of|level \d|"
    r"my (?:notes|portfolio|evidence))\b"
    r"(?![^:]*\b(?:is|are|was|were|need|want)\b)",
    re.I,
)
_DATED = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: \d{1,2}(?:st|nd|rd|th)?)?(?:, \w+)?|weekend|w/c [\w ]{3,20}|"
    r"(?:draft|log|day|week|slide) \d{1,2}(?:[:,] [\w ]{2,20})?)",
    re.I,
)
_TOPIC_CLAUSE = re.compile(
    r"(?:What|How|Why|Where|When) (?:I|we|my|our|people|customers|the|it|happens|changed|they|these)\b[^.?!:;]*"
)
_SPEAKS_OF = re.compile(r"(?:it|they|this|that|these|which)\b")  # the line before, with no capital
_TABLE_HEAD = re.compile(
    r"(?:customers?|types?(?: of \w+)?|who|needs?|what they (?:need|want)|methods?|how it works|how|why|"
    r"stages?|steps?|examples?|dates?|"
    r"names?|ref|what happens|internal or external|issues?|what is done|components?|outlines?|reasons?|"
    r"answers?|questions?|notes?|"
    r"criteri(?:on|a)|evidence|description|action(?: taken)?|expectations?|signature|time|speaker|no\.?|page)"
    r"(?:(?: and | / |/|, | \(|\)| )(?:why|type|who|needs?|expectations?|how|reason|customers?|works?|it|ref|"
    r"page|example|done|taken|given))*",
    re.I,
)


def document_title(text: str) -> bool:
    """Whether a first line only names the document ("Reflective account: my year on the front desk")."""
    return (
        len(text) <= READ
        and bool(_DOCUMENT.match(text))
        and len(text.split()) <= TITLE_WORDS
        and not re.search(r"[.!?]\s*\Z", text)
    )


def typed_heading(passage: Passage, before: Passage | None, following: Sequence[Passage]) -> bool:
    """Whether a plain line is a heading: short, title-like, no answer to what stands before, with text after it."""
    text = passage.text[: READ + 1].strip()
    if (
        not following
        or len(text) > READ
        or passage.kind not in ("paragraph", "list item")
        or len(text.split()) > TITLE_WORDS
    ):
        return False
    if _TASK_TITLE.fullmatch(text) and not VERB_LIKE.search(_CLAUSE.sub("", text)):
        return True
    if re.search(r"[.!?;,=…]['\"”’)]*\Z", text) or _SPEAKS_OF.match(following[0].text):
        return False
    named = passage.kind == "paragraph" and _SECTION_TITLE.fullmatch(unlabelled(text))
    if named and not _asks(before, len(following[0].text.split()) < LONGER_TEXT):
        return True
    clause = _TOPIC_CLAUSE.fullmatch(text) and re.search(r"[.!?]\Z", following[0].text.rstrip())
    if (_DATED.fullmatch(text) or (clause and len(text.split()) <= HEADING_WORDS)) and not _asks(before, False):
        return passage.kind == "paragraph"
    label = STRONG_LABEL.match(text)
    if len(text.split()) > HEADING_WORDS or not title_like(unlabelled(text), bool(label)):
        return False
    after = following[0]
    titled = (
        after.kind == "paragraph"
        and len(after.text.split()) <= HEADING_WORDS
        and title_like(unlabelled(after.text[:READ]))
    )
    long = any(len(one.text.split()) >= LONGER_TEXT for one in following[: 1 + titled])
    if passage.kind == "list item":  # a numbered heading, its number taken for a list's
        return long and after.kind == "paragraph" and not _asks(before)
    return bool(label) or (not _asks(before) and (long or after.kind == "list item"))


def title_like(text: str, labelled: bool = False) -> bool:
    """Whether words read as a title: nothing is stated in them."""
    title = text.strip().rstrip(":")
    if re.search(r"[,;=:]|\s[-–—]\s", title) or (title and not title[0].isalnum()):
        return False
    if not labelled and (
        re.search(r"[\d£%]", title)
        or (title[:1].islower() and (len(title.split()) > LOWER_CASE_WORDS or not _TOPIC.search(title)))
    ):
        return False
    return not VERB_LIKE.search(_CLAUSE.sub("", title))


def _asks(passage: Passage | None, by_length: bool = True) -> bool:
    """Whether a short line after this passage may be its answer, or (told by its length) an item like it."""
    if passage is None or passage.kind == "heading":
        return False
    text = passage.text[-READ:].strip()
    if text.endswith(("?", ":")) or COMMAND.match(unlabelled(passage.text[:READ])):
        return True
    return by_length and passage.credited and len(text.split()) <= HEADING_WORDS


def table_head(texts: list[str]) -> bool:
    """Whether the cells of a first row only name the columns."""
    return bool(texts) and all(_TABLE_HEAD.fullmatch(text.strip().rstrip(":?")) for text in texts)
