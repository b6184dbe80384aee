"""What a centre prints round an answer: questions, instructions, labels, cover sheets and page furniture."""

from __future__ import annotations

import re

from marker.document import Passage

HEADING_WORDS = 9
LONGER_TEXT = 10  # words of the text that a typed heading stands over
OPENING = 6  # passages in which a bare "Learner: Jas Patel" is a cover sheet and not a turn

_LABEL = (
    r"(?:(?:question|task|part|section|activity|exercise|assignment|criteri(?:on|a)|(?:learning )?outcome|table|unit|evidence|item)"
    r"\s(?:\d{1,3}(?:\.\d{1,2})*[a-z]?|[a-h]|one|two|three|four|five)\b|(?:q|l\.?o|a\.?c|p|m|d|[ab])\.?\s?\d{1,2}(?:\.\d{1,2})*[a-z]?\b"
    r"|(?:question|task|criterion)(?=\s*[:\-–—]))"
)
STRONG_LABEL = re.compile(rf"\s*[*_]*\(?{_LABEL}(?:\s?(?:and|&|,)?\s?{_LABEL})*\)?\s*[.:)\-–—]*[*_]*\s*", re.I)
_NUMBER = re.compile(r"\s*\(?(?:\d{1,2}(?:\.\d{1,2})*[.):]?|[a-h][.)]|[ivx]{1,4}[.)])\s+(?:and \d{1,2}[.)]? )?", re.I)
_DEEP_NUMBER = re.compile(r"\s*\d{1,2}(?:\.\d{1,2})+[.):]?\s")
ONLY_LABEL = re.compile(rf"(?:{STRONG_LABEL.pattern}|\s*\(?(?:\d{{1,2}}(?:\.\d{{1,2}})*|[a-h]|[ivx]{{1,4}})[.):]+\s*)\Z", re.I)
FIRST_PERSON = re.compile(r"\b(?:I|i|me|my|mine|myself|we|our|ours|us)(?:\b|['’])", re.I)
_ADDRESSED = re.compile(r"\b(?:you|your)\b", re.I)

_COMMAND = re.compile(
    r"(?:please |briefly |accurately |clearly |in your own words,? )*"
    r"(?:explain|describe|identify|outline|distinguish|evaluate|discuss|demonstrate|argue|analyse|compare|define|"
    r"summari[sz]e|state|list|give|name|justify|show|suggest|illustrate|assess|examine|tell us|tell me|say)s?\b(?!\s+to\b)",
    re.I,
)
_ONLY_ASSESSED = re.compile(r"(?:argue|evaluate|distinguish|outline|discuss|analyse|justify)\s+(?!with\b|it\b)\w+\s+\w", re.I)
_COMMANDED = re.compile(
    r"(?:explaining|describing|identifying|outlining|distinguishing|demonstrating|arguing|"
    r"explains|describes|identifies|outlines|distinguishes|demonstrates|argues)\b",
    re.I,
)
_ASSESSED = re.compile(
    r"\b(?:your|at least|two|three|four|2|3|4|importance|differences? between|role of|how to|ways|principles?|stages|methods|"
    r"examples?|key|main|purpose|reasons? (?:why|for)|types of|between|understanding|organisations?|organisational|procedures?|"
    r"internal and external|customers?['’]? (?:needs|requirements|complaints|data|records|interactions|service|types|relationship)|"
    r"CRM|active listening|why it is|what is meant|how (?:an?|you|customer|complaints)|effective|benefits|impact)\b",
    re.I,
)
_SURELY_ASSESSED = re.compile(
    r"\b(?:your|at least|importance|differences? between|the (?:main |key |core )?(?:role|stages|principles|components|methods) (?:of|used)|"
    r"active listening|internal and external|distinct|CRM|examples?|you|according to|organisational|(?:two|three|four|five|[2-5]) )",
    re.I,
)
_OWN_STEP = re.compile(
    r"\b(?:to|with) (?:the|a|your|our|my) (?:customer|client|guest|caller|patient|manager|person|supervisor|team)\b|"
    r"\b(?:them|they|him|her|she|he)\b|\bthe (?:customer|client|guest|caller|patient|problem|person|situation)\b",
    re.I,
)
_ACTION = re.compile(
    r"\s*(?:[\d.)\-•]+\s*)?(?:(?:first|then|next|always|and|step \d+|finally|never)[,:.]?\s+)*"
    r"(?:listen|apologi[sz]e|say|tell|ask|write|record|log|take|thank|offer|check|call|ring|pass|refer|follow|put|stay|keep|make|"
    r"let|find|get|send|acknowledge|investigate|resolve|solve|greet|smile|refund|replace|report|phone|email|note|fill|be|do|"
    r"don'?t|try|calm|look|hear|speak|enter|sort|fix|review|agree|contact|inform|reply|respond|escalate|treat|go|come|give|use|"
    r"show|learn|work|monitor|close|update|confirm|repeat|empathi[sz]e|understand)\b",
    re.I,
)
_QUESTION_WORD = re.compile(
    r"(?:(?:and|so|ok|now)[, ]+)?(?:in your own words,? )?"
    r"(?:what|how|why|who|when|where|which|whose|do|does|did|can|could|would|are|is|have|has|in what)\b",
    re.I,
)

_INSTRUCTION = re.compile(
    r"\s*(?:\w+[- ]?\w*: )?(?:please |you (?:should|must|may|will need to|are required to|need to|can|are) )*"
    r"(?:(?:complete|fill(?: in)?) (?:the|this|all|every|each|both)\b(?: \w+){0,3} (?:table|box|boxes|section|sections|form|questions?|cells?|grid|tasks?|gaps|parts?)\b|fill (?:every|each) box|draw or type|use (?:your|the (?:space|box|table|headings?)|this (?:space|box)|bullet|examples|full)|"
    r"write (?:your|up to|at least|an? (?:\w+ )?(?:report|account|paragraph|script|essay|statement|reflective)|in (?:the|your|full)|"
    r"out what|what you|about)\b|answer (?:all|every|each|the|both|in|these)\b|type your|attach|insert|"
    r"click (?:here|or tap)|tick\b|delete as|continue on|enter (?:your )?text|include (?:the|at least|examples?|your|any)\b|"
    r"provide (?:an?|evidence|examples?|at least|two|three|your)\b|think about (?:your|a time|how)|refer to (?:your|the unit)|"
    r"give (?:an? |at least |\w+ )?(?:examples?|reasons?)\b(?! of (?:when|how) (?:we|i))|do not (?:leave|write|copy)|read the (?:scenario|case)|"
    r"one answer|add (?:branches|your)|support your|expected to|look at the (?:scenario|table|case))"
    r"|all (?:questions|sections|tasks)\b.{0,20}\b(?:must|should|to) be\b"
    r"|\s*(?:the )?(?:learners?|candidates?|students?) (?:should|must|will|can|needs? to|(?:is|are) (?:able|required|expected) to)\b"
    r"|\s*(?:award credit|credit should be given|award marks|assessors should|on completion of this|by the end of this|to achieve this|"
    r"in this (?:task|unit|section),? you (?:will|should|must))\b"
    r"|\s*[\[(<]?(?:approx(?:imately)?\.?|about|min(?:imum)?\.?|max(?:imum)?\.?|up to|at least) \d+(?:\s?[-–]\s?\d+)? words[\])>.]*\s*\Z"
    r"|.*\b(?:your answers? (?:here|below|in the|should|must)|type here|space (?:below|provided)|answers? in (?:the )?box)"
    r"|to cover:|.{0,60}\(?(?:minimum|maximum|min|max) \d+ words\)?\.?\Z",
    re.I | re.S,
)
_DECLARATION = re.compile(
    r".{0,80}\b(?:I|we) (?:hereby |can |also )?(?:declare|certify|confirm)\b.{0,80}\bown\b.{0,20}\bwork\b"
    r"|.{0,40}\b(?:this|that it|it|work submitted|following|all of it|above|evidence) is (?:all |entirely )?(?:my|the learner['’]s) own (?:unaided )?work\b"
    r"|\s*(?:statement of authenticity|authenticity statement|(?:learner|candidate|student)(?:['’]s)? declaration|declaration)\b[ :.\-–]*(?:\Z|I\b|this\b)"
    r"|please tick to confirm|.{0,120}\b(?:all|is) my own (?:unaided )?work\b.{0,40}\Z",
    re.I | re.S,
)
_WORD_COUNT = re.compile(
    r"\s*[\[(]?(?:total |approx(?:imate)?\.? )?(?:words?(?:\s?count| limit| total)?|wordcount|number of words)\s*[:=\-–]?\s*"
    r"(?:approx\.? |about |c\. ?)?[\d,]{2,6}\b.{0,40}\Z|\s*[\[(]?(?:total:? )?[\d,]{2,6} words[\])]?.{0,40}\Z|\s*total [\d,]{2,6} words\b.*\Z",
    re.I,
)
_FURNITURE = re.compile(
    r"\s*(?:[-–] ?)?(?:page|p\.?|pg)? ?\d{1,3}(?: ?(?:of|/) ?\d{1,3})?(?: ?[-–])?\s*\Z|\s*(?:end of|turn over|blank page|continued)\b.{0,30}\Z"
    r"|\s*sent from my \w+.*|.{0,40}\b(?:assessor|tutor|office|centre|internal|marker)(?:['’]s)? use only\b.*|\s*https?://\S+\s*\Z"
    r"|.{0,40}\b(?:assessor|tutor|learner|candidate|iqa|iv)(?:['’]s)? (?:initials|signature)\b.{0,40}"
    r"|\s*(?:yours (?:sincerely|faithfully|truly)|kind(?:est)? regards|best wishes|many thanks|regards)\b.{0,40}\Z",
    re.I | re.S,
)
_RECORD = re.compile(
    r"\s*(?:transcript of |recorded |record of )?(?:professional|recorded|guided) discussion\b(?![^.]*\b(?:I|we|my)\b).{0,160}\Z"
    r"|\s*(?:recorded|recording|start(?:ed)?|end(?:ed)?|duration|length|present)\b[ :]*(?:by|on|with|at|time)?[ :]*\d.{0,60}\Z",
    re.I | re.S,
)
_FIELD = re.compile(
    r"\b(?:(?:learner|candidate|student|apprentice|assessor|tutor|centre|employer|witness|mentor|unit|assignment|workbook|qualification|"
    r"course|evidence|verifier|iqa)(?:['’]s)?(?: (?:name|number|no|ref(?:erence)?|signature|id|title|initials|code))*|name|date(?: \w+)?|uln|"
    r"signed|signature|countersigned|from|to|cc|sent|subject|word count|words|version|employer|work placement|tel|d\.?o\.?b|"
    r"recorded(?: by)?|duration|level|page|email)\s*[:=][\s_.…]*",
    re.I,
)
_FIELD_VALUE = re.compile(r"[^.!?]{0,70}[.]?\s*\Z|(?:[A-Z]\. ?)+[A-Z][\w'’-]+\.?\s*\Z|[_.…\s]*\Z")
_BLANKS = re.compile(r"_{3,}|\.{6,}|…{3,}")
_VERB_LIKE = re.compile(
    r"\b(?:is|are|was|were|am|be|been|has|have|had|do|does|did|don'?t|can|can'?t|will|would|should|must|could|may|might|get|gets|got|"
    r"need|wants?|uses?|used|says?|said|tells?|told|gives?|gave|goes|go|went|makes?|made|takes?|took|keeps?|kept|puts?|because|cos|"
    r"so|ask|asked|write|wrote|knows?|comes?|came|it'?s|they'?re|we'?re|i'?m|that'?s|there'?s|helps?|shows?|yes|no|i|we|they|he|she)\b",
    re.I,
)
_TITLE_CLAUSE = re.compile(r"(?:how|what|why|when|who|where|which)\b", re.I)
_TABLE_HEAD = re.compile(
    r"(?:customers?|types?(?: of \w+)?|who|needs?|what they (?:need|want)|methods?|how it works|how|why|stages?|steps?|examples?|dates?|"
    r"names?|ref|what happens|internal or external|issues?|what is done|components?|outlines?|reasons?|answers?|questions?|notes?|"
    r"criteri(?:on|a)|evidence|description|action(?: taken)?|expectations?|signature|time|speaker|no\.?|page)"
    r"(?:(?: and | / |/|, | \(|\)| )(?:why|type|who|needs?|expectations?|how|reason|customers?|works?|it|ref|page|example|done|taken|given))*",
    re.I,
)


def unlabelled(text: str) -> str:
    """The text without a leading "Q1.", "Task 2:" or "1." ."""
    match = STRONG_LABEL.match(text) or _NUMBER.match(text)
    return text[match.end() :] if match else text


def is_action(text: str) -> bool:
    """Whether a text opens like a step of the learner's ("Listen to the customer")."""
    return bool(_ACTION.match(text))


def furniture(text: str) -> str | None:
    """Why a whole passage is cover sheet, declaration, word count or page furniture, if it is."""
    if _DECLARATION.match(text):
        return "declaration"
    if _WORD_COUNT.match(text):
        return "word count"
    if _FURNITURE.match(text) or _RECORD.match(text):
        return "page furniture"
    return None


def cover_sheet(text: str, opening: bool) -> bool:
    """Whether a passage is nothing but fields with short values, as in "Learner: Jas Patel  Unit: 4"."""
    fields = list(_FIELD.finditer(text))
    if not fields or len(text) > 400:
        return False
    ends = [field.start() for field in fields[1:]] + [len(text)]
    values = [text[field.end() : end].strip() for field, end in zip(fields, ends, strict=True)]
    named = all(len(value.split()) <= 9 and not FIRST_PERSON.search(value) for value in values)
    if not named or fields[0].start() > 40:
        return False
    blank = bool(_BLANKS.search(text)) or not any(values)
    return len(fields) > 1 or blank or (opening and fields[0].start() == 0 and _is_value(values[0]))


def _is_value(value: str) -> bool:
    words = value.split()
    return len(words) <= 8 and not _VERB_LIKE.search(value) and (value[:1].isupper() or value[:1].isdigit() or not value)


def instruction(sentence: str) -> bool:
    """Whether a sentence tells the learner how to fill in the form."""
    text = unlabelled(sentence)
    return bool(_INSTRUCTION.match(text)) and not FIRST_PERSON.search(text)


def question(sentence: str, *, alone: bool, steps: bool) -> bool:
    """Whether a sentence is a printed question.

    `alone`: nothing else stands in its passage; `steps`: the learner's own steps stand beside it.
    """
    strong = STRONG_LABEL.match(sentence) or _DEEP_NUMBER.match(sentence)
    text = unlabelled(sentence).strip()
    own = bool(FIRST_PERSON.search(text))
    if strong and text and not own and (_COMMAND.match(text) or _COMMANDED.match(text) or text.endswith("?")):
        return True
    if text.endswith("?"):
        return bool(_QUESTION_WORD.match(text)) and (alone or (not own and bool(_ADDRESSED.search(text))))
    if own:
        return False
    if _ONLY_ASSESSED.match(text):
        return True
    if not _COMMAND.match(text) or not _ASSESSED.search(text):
        return False
    return bool(_SURELY_ASSESSED.search(text)) or not (steps or _OWN_STEP.search(text))


def typed_heading(passage: Passage, before: Passage | None, after: Passage | None) -> bool:
    """Whether a plain line is a heading: short, title-like, no answer to what stands before, and text comes after it."""
    text = passage.text.strip()
    label = STRONG_LABEL.match(text)
    title = unlabelled(text).strip().rstrip(":") if label else text.rstrip(":")
    if passage.kind != "paragraph" or after is None or not 0 < len(text.split()) <= HEADING_WORDS:
        return False
    if re.search(r"[.!?;,=…]['\"”’)]*\Z", text) or re.search(r"[,;=:]|\s[-–—]\s", title) or not title[:1].isalnum():
        return False
    if not label and (title[:1].islower() or FIRST_PERSON.search(title) and not _TITLE_CLAUSE.match(title)):
        return False
    if _VERB_LIKE.search(title) and not _TITLE_CLAUSE.match(title):
        return False
    if label:
        return True
    return not _asks(before) and (after.kind == "list item" or len(after.text.split()) >= LONGER_TEXT)


def _asks(passage: Passage | None) -> bool:
    """Whether a short line after this passage may be its answer, or an item like it."""
    if passage is None or passage.kind == "heading":
        return False
    text = passage.text.strip()
    return text.endswith(("?", ":")) or bool(_COMMAND.match(unlabelled(text))) or len(text.split()) <= HEADING_WORDS


def table_head(texts: list[str]) -> bool:
    """Whether the cells of a first row only name the columns."""
    return bool(texts) and all(_TABLE_HEAD.fullmatch(text.strip().rstrip(":?")) for text in texts)
