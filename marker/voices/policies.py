"""Pasted rules: policies, procedures, charters and handbooks, told from a learner's own account of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from marker.document import Passage
from marker.language import split
from marker.voices.printed import FIRST_PERSON, SINGULAR, is_action

ALONE = 4  # formality of a sentence that is set aside by itself
TOGETHER = 6  # the same of neighbouring sentences
READ = 600  # characters read of a passage
_STATEMENT = 7  # words that a copied statement has at least
_TITLE = 12  # words that a heading or a source has at most

# An account in the learner's own voice: contractions, reasons, everyday words.
INFORMAL = re.compile(
    r"\w(?:n['’]t|['’](?:ll|ve|re|d|m))\b|\b(?:that|it|there|he|she|what|who|here)['’]s\b|"
    r"\b(?:because|cos|becos|really|a bit|a lot|loads|stuff|bloke|lad|mum|nan|yeah|ok|okay|basically|"
    r"actually)\b|\b(?:expects?|wants?|needs?|likes?) (?:that|to)\b"
    r"|,? so\b(?! that)|\A\W*(?:and|but|then|this is|that is|for example|an example|he|she|they|it|"
    r"this|in my|one is|one must)\b",
    re.I,
)
_BODY = (
    r"(?:staff|employees?|colleagues?|team members?|officers?|personnel|managers?|supervisors?|customers?|clients?|"
    r"residents?|tenants?|patients?|guests?|members?|visitors?|users?|applicants?|complain(?:ts?|ants?)|"
    r"records?|data|information|breach(?:es)?|access|emails?|letters?|calls?|enquir(?:y|ies)|refunds?|credits?|"
    r"requests?|actions?|documents?|forms?|passwords?|responses?|loss|feedback|incidents?|concerns?)"
)
_FORMAL: tuple[tuple[int, re.Pattern[str]], ...] = (
    (2, re.compile(r"\bshall\b|\bhereby\b|\bcomplainants?\b|\bis empowered to\b|\bremains? dissatisfied\b")),
    (
        2,
        re.compile(
            r"\b[Tt]he (?:Company|Organisation|Trust|Council|College|School|Business|Practice|Group|Association|Firm) "
            r"(?:is|will|aims|shall|must|has|may|recognises|takes)\b|\bcommitted to\b",
        ),
    ),
    (
        1,
        re.compile(
            r"\bin accordance with\b|\bthis (?:policy|procedure|document|charter|code)\b|"
            r"\bwhere (?:a|an|the) \w+ (?:cannot|is|has|becomes|wishes)\b",
            re.I,
        ),
    ),
    (
        1,
        re.compile(
            rf"\A\W*(?:[\d.]+\w?:?\s+)?(?:\w+ \d:\s*)?(?:(?:all|any|each|every|no|the|where|our) )?"
            rf"(?:[\w'’£-]+,? ){{0,5}}?{_BODY}\b[^.;:]{{0,60}}?\b(?:must|will|should|may|shall|(?:are|is) "
            rf"(?:to|required|expected|entitled|limited|retained|passed|recorded|reviewed)|require)\b",
            re.I,
        ),
    ),
    (
        1,
        re.compile(
            r"\b(?:must|will|should|may|shall|(?:are|is) to|cannot)(?: not| also)? (?:\w+ly )?be (?:\w+ly )?\w+"
            r"|\b(?:must|should|may|will) (?:not|never|always|only)\b",
            re.I,
        ),
    ),
    (1, re.compile(r"\A\W*\d{1,2}\.\d{1,2}(?:\.\d{1,2})*\.?\s+[A-Z]")),
    (
        1,
        re.compile(
            r"\bwithin (?:the )?(?:\w+ ){1,2}(?:\w+ )?(?:days?|hours?|weeks?|timescales?)\b|\bno (?:more|later) than\b|"
            r"\bof receipt\b|\bwith(?:out|in)? (?:prior|written)\b|\bin writing\b",
            re.I,
        ),
    ),
    (
        1,
        re.compile(
            r"\bauthoris|\bdisclos|\bretained\b|\backnowledg|\bthird part|\bsecurely\b|\bat all times\b|"
            r"\bin line with\b|\bwhere (?:appropriate|necessary|possible|applicable)\b|\bin the event\b|\bremain\b|"
            r"\bprofessional(?:ly)?\b|\bcourteous|\bpersonnel\b|\bissued\b|\bcalendar\b|\bworking days\b|"
            r"\bcorrective\b|\bappropriate|\bconcerning\b|\bprior to\b|\bupon\b|\bensure",
            re.I,
        ),
    ),
    (1, re.compile(r"\w (?:[A-Z][\w-]+ ){1,3}(?:Manager|Officer|Director|Leader|Office|Ombudsman|Team|Librarian)\b")),
)
# A promise in an organisation's voice, to the customer who reads it.
_PROMISE = re.compile(
    r"\A\W*(?:we (?:will|promise|pledge|aim|are committed|undertake|are here|never|always|value|want|welcome|guarantee|"
    r"do not|take|treat|strive|believe)\b|our (?:aim|mission|promise|pledge|vision|commitment|goal|"
    r"values) (?:is|are)\b|"
    r"(?:if )?you (?:remain|are (?:un|not)|can expect|have the right|may)\b|you will (?:be|receive)\b)",
    re.I,
)
_TO_CUSTOMER = re.compile(r"\byou(?:r)?\b", re.I)
_DOCUMENT = (
    r"(?:polic(?:y|ies)|procedures?|handbook|manual|charter|pledge|promise|code of (?:practice|conduct)|standards?|"
    r"guidelines|guide|terms and conditions|rules|mission statement|values|poster|leaflet|notice|sign|intranet|website)"
)
NAMES_DOCUMENT = re.compile(
    rf"\A\W*(?:[\w'’&.-]+ ){{0,7}}{_DOCUMENT}\b(?:\W+(?:[\w.'’-]+\W*){{0,6}})?\Z"
    r"|\A\W*what (?:the|our) [\w ]{2,40} (?:says?|states?)\b",
    re.I,
)
_OWN_TITLE = re.compile(r"\b(?:I|i|my|me|mine|why|how|chart in words|complaints? procedure|in words)\b")
_LEAD_IN = re.compile(
    rf"\b{_DOCUMENT}\b[^.!?]{{0,60}}(?:\b(?:says?|states?|reads?|as follows|is|are)\b[^.!?]{{0,15}})?:\s*\Z", re.I
)
SOURCE = re.compile(
    rf"\A\W*(?:(?:source|sources|ref|reference|doc ref|printed from|taken from|copied from|extract from|from|see|"
    rf"adapted from|downloaded from|quoted from)\b(?=[\s:]).*(?:\b{_DOCUMENT}\b|\bpp?\. ?\d|\bpage \d|"
    rf"https?:|www\.|\.com|"
    rf"\.co\.uk|\.org|\.gov|\bversion\b|\bv\d|\b(?:19|20)\d\d\b|\bglossary\b|\bworkbook\b|\bdictionary\b|\bhandout\b|"
    rf"\b[A-Z]\w+ Languages\b).*|(?:source|printed from|taken from|copied from|doc ref)\b(?=[\s:]).{{3,80}}"
    rf"|\((?:[^()]*\b(?:{_DOCUMENT}|workbook|glossary|textbook|handout|standard)\b[^()]*\d[^()]*|"
    rf"[\w.-]+\.(?:com|org|gov\.uk|co\.uk|net))\)\W*)\Z",
    re.I | re.S,
)
_POLICY_LEAD = re.compile(
    r"\b(?:our|the|company)\b[^.:!?]{0,50}\b(?:policy|procedure|handbook|charter|"
    r"code of practice)\b[^.:!?]{0,30}\b(?:says|states|reads|as follows)\s*:\s*",
    re.I,
)


# What is laid down; a learner's report, however formal, tells what is done.
_NORMATIVE = re.compile(
    r"(?<=[\w,] )(?:must|shall|will|may|should|(?:are|is) (?:to|required|expected|limited|empowered)|requires?|"
    r"pledge|promise|aim)\b"
)
_CHARTER = re.compile(r"\b(?:charter|pledges?|promises?|poster|mission statement|values)\b", re.I)
_CHARTER_WORDS = 15  # words of a promise at most
_SLOGAN = re.compile(r"\A\W*(?:we|our|every|[A-Z]{4,})\b", re.I)


def formality(sentence: str) -> int:
    """How much a sentence reads as a rule that an organisation wrote; 0 in anybody's own voice."""
    text = sentence[:READ]
    if SINGULAR.search(text) or INFORMAL.search(text):
        return 0
    if _PROMISE.match(text):
        return 2 if _TO_CUSTOMER.search(text) else 1
    if FIRST_PERSON.search(text):
        return 0
    return sum(points for points, form in _FORMAL if form.search(text))


def pasted(sentences: Sequence[str]) -> list[bool]:
    """Which sentences are pasted rules: very formal ones, or formal ones side by side."""
    points = [formality(one) if _NORMATIVE.search(one[:READ]) else 0 for one in sentences]
    found: list[bool] = []
    for formal, group in groupby(points, key=bool):
        run = list(group)
        total = sum(run)
        enough = formal and (total >= TOGETHER if len(run) > 1 else total >= ALONE)
        found += [enough] * len(run)
    return found


def policies(passages: Sequence[Passage]) -> list[Passage]:
    """The passages with pasted rules set aside, and with them the line that says where they come from."""
    found = _sourced(list(passages))
    number = 0
    while number < len(found):
        announcing = announces(found[number])
        start = number + announcing
        end = start
        while end < len(found) and _is_rule(found[end], found[number] if announcing else None):
            end += 1
        if end > start:
            rules = [True] * (end - start) if announcing else pasted([one.text for one in found[start:end]])
            for at, rule in enumerate(rules, start):
                found[at] = found[at].aside("pasted policy") if rule else found[at]
            if announcing and found[number].credited:
                found[number] = found[number].aside("heading")
        number = max(end, number + 1)
    return found


def _is_rule(passage: Passage, announcing: Passage | None) -> bool:
    if not passage.credited or passage.kind not in ("paragraph", "list item"):
        return False
    text = passage.text[: 2 * READ]
    if all(formality(text[start:end]) for start, end in split(text)):
        return True
    if announcing is None or not _CHARTER.search(announcing.text[-READ:]) or len(text.split()) > _CHARTER_WORDS:
        return False
    return bool(_SLOGAN.match(text)) and not (SINGULAR.search(text) or INFORMAL.search(text))


def announces(passage: Passage) -> bool:
    """Whether a heading or a line that ends in a colon names a document that may be pasted under it."""
    text = passage.text[-READ:].strip()
    if passage.kind == "heading":
        return bool(NAMES_DOCUMENT.match(text)) and not _OWN_TITLE.search(text)
    return (
        bool(_LEAD_IN.search(text[-200:]))
        or (len(text.split()) <= _TITLE and bool(SOURCE.match(text)))
        or (len(text.split()) <= _TITLE and bool(NAMES_DOCUMENT.match(text)) and not _OWN_TITLE.search(text))
    )


def _sourced(passages: list[Passage]) -> list[Passage]:
    """A line that gives a source, and what stands before it back to the learner's own voice, set aside."""
    for number, passage in enumerate(passages):
        text = passage.text.strip()
        if not passage.credited or len(text.split()) > _TITLE or not SOURCE.match(text):
            continue
        passages[number] = passage.aside("source")
        before = number - 1
        while before >= 0 and passages[before].credited and not _own_voice(passages[before].text[:READ]):
            passages[before] = passages[before].aside("copied text")
            before -= 1
    return passages


def _own_voice(text: str) -> bool:
    """Whether a text may be the learner's: first person, everyday words, a fragment or a step."""
    if formality(text):
        return False
    own = SINGULAR.search(text) or INFORMAL.search(text) or FIRST_PERSON.search(text)
    return bool(own) or is_action(text) or len(text.split()) < _STATEMENT


def policy_start(text: str) -> int | None:
    """Where a policy that the learner quotes in full begins within a passage."""
    match = _POLICY_LEAD.search(text)
    if match and not SINGULAR.search(text[match.end() :]) and formality(text[match.end() :]) > 1:
        return match.end()
    return None
