"""Other people's details in a learner's evidence: where they stand, and a way to hide them in what is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from marker.document import Document, Location, Passage, Submission

HIDDEN = "█"

_AREAS = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G "
    "GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW "
    "OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC "
    "WD WF WN WR WS WV YO ZE"
).split()
_AREA = "|".join(sorted(_AREAS, key=len, reverse=True))
_BEFORE, _AFTER = r"(?<![\w@.#/£$€+-])", r"(?![\w@]|[-/.,]\d)"
_NUMBERED = re.compile(
    r"\b(?:order|ref|reference|invoice|ticket|case|serial|booking|tracking|parcel|policy|job|complaint|barcode|isbn|item|"
    r"part|product|stock|customer|learner|candidate|enrolment|uln|id|sku)s?"
    r"(?:\s+(?:number|no|num|nr|code|id))?\.?\s*(?:is|was)?\s*[:#=-]?\s*$",
    re.I,
)
_SORT_CODE = r"\d{2}[- ]\d{2}[- ]\d{2}"
_ACCOUNT_LABEL = r"(?:\baccount|\bacc(?:t|ount)?|\ba/c)\s*(?:number|num|no)?\.?\s*(?:is\s*)?[:#=-]?\s*"


@dataclass(frozen=True, slots=True)
class PersonalDetail:
    """A detail of somebody's, such as "phone number", and where it stands; never what it is."""

    kind: str
    location: Location


def _always(_: str, __: str) -> bool:
    return True


def _digits(text: str) -> list[int]:
    return [int(character) for character in text if character.isdecimal()]


def _is_card(found: str, _: str) -> bool:
    """Whether the digits are as many as a card has, and their check digit is right (Luhn)."""
    digits = _digits(found)
    doubled = [digit if i % 2 == 0 else sum(divmod(2 * digit, 10)) for i, digit in enumerate(reversed(digits))]
    return 13 <= len(digits) <= 19 and len(set(digits)) > 1 and sum(doubled) % 10 == 0


def _is_phone(found: str, before: str) -> bool:
    return len(set(_digits(found)[1:])) > 1 and not _NUMBERED.search(before)


def _is_insured(found: str, _: str) -> bool:
    return found[:2].upper() not in ("BG", "GB", "NK", "KN", "TN", "NT", "ZZ")


@dataclass(frozen=True, slots=True)
class _Rule:
    """A kind of detail: its pattern (its group `it`, or all), and what else must hold of it and of the text before."""

    kind: str
    pattern: re.Pattern[str]
    holds: Callable[[str, str], bool] = _always


_RULES = (
    _Rule("e-mail address", re.compile(r"(?<![\w.+'-])[\w.+'-]{1,64}@(?:[\w-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![\w@])")),
    _Rule("bank account number", re.compile(_BEFORE + r"GB\d{2} ?[A-Z]{4} ?\d{4} ?\d{4} ?\d{4} ?\d{2}" + _AFTER)),
    _Rule(
        "payment card number",
        re.compile(_BEFORE + r"(?:[3-6]\d{3}(?:[ -]\d{4}){3}|3[47]\d{2}[ -]\d{6}[ -]\d{5}|[2-6]\d{12,18})" + _AFTER),
        _is_card,
    ),
    _Rule(
        "bank account number",
        re.compile(rf"{_BEFORE}{_SORT_CODE}[\s,;:/()a-z]{{1,40}}\d{{8}}{_AFTER}", re.I),
    ),
    _Rule("sort code", re.compile(rf"\bsort[ -]?code\W{{0,3}}(?:is\s*)?(?P<it>{_SORT_CODE}|\d{{6}}){_AFTER}", re.I)),
    _Rule("bank account number", re.compile(rf"{_ACCOUNT_LABEL}(?P<it>\d{{8}}){_AFTER}", re.I)),
    _Rule(
        "National Insurance number",
        re.compile(
            _BEFORE + r"(?:[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]|[a-ceghj-pr-tw-z][a-ceghj-npr-tw-z])"
            r"(?: ?\d{2}){3} ?[A-Da-d]" + _AFTER
        ),
        _is_insured,
    ),
    _Rule(
        "phone number",
        re.compile(
            r"(?<![\w@.#/£$€-])(?:(?:\+44|0044)[ -]?(?:\(0\)[ -]?)?[1-37-9]\d(?:[ -]?\d){7,8}"
            r"|07\d{3}[ -]?\d{3}[ -]?\d{3}|02\d[ -]?\d{4}[ -]?\d{4}|\(02\d\)[ -]?\d{4}[ -]?\d{4}"
            r"|0[1389]\d{2}[ -]?\d{3}[ -]?\d{3,4}|\(01\d{2}\)[ -]?\d{3}[ -]?\d{4}"
            r"|01\d{3}[ -]?\d{6}|01\d{3}[ -]\d{3}[ -]\d{3}|\(01\d{3}\)[ -]?\d{3}[ -]?\d{2,3}"
            r"|0[38]00[ -]?\d{2,3}[ -]?\d{2,4})" + _AFTER
        ),
        _is_phone,
    ),
    _Rule(
        "postcode",
        re.compile(
            rf"{_BEFORE}(?:(?:{_AREA})(?:\d[A-Z]|\d{{1,2}}) ?\d[ABD-HJLNP-UW-Z]{{2}}|GIR ?0AA){_AFTER}"
            rf"|{_BEFORE}(?:{_AREA.lower()})(?:\d[a-z]|\d{{1,2}}) \d(?!st|nd|rd|th)[abd-hjlnp-uw-z]{{2}}{_AFTER}"
        ),
    ),
)


def scan(read: Document | Iterable[Passage]) -> tuple[PersonalDetail, ...]:
    """The personal details in a document or its passages, in reading order, those set aside included."""
    passages = read.passages if isinstance(read, Document) else read
    return tuple(
        PersonalDetail(kind, passage.stretch(start, end).location)
        for passage in passages
        for start, end, kind in _found(passage.text)
    )


def masked(submission: Submission) -> Submission:
    """The submission with every personal detail hidden, in file names too; places in it stay the same."""
    return replace(submission, documents=tuple(map(_masked, submission.documents)))


def _masked(document: Document) -> Document:
    name = mask(document.name)

    def placed(location: Location) -> Location:
        return location.renamed(name, mask)

    passages = (
        replace(one, text=mask(one.text), location=placed(one.location), why=mask(one.why) if one.why else one.why)
        for one in document.passages
    )
    unread = (replace(one, what=mask(one.what), location=placed(one.location)) for one in document.unread)
    return replace(document, name=name, passages=tuple(passages), unread=tuple(unread))


def mask(text: str) -> str:
    """The text with every personal detail hidden behind as many characters, so that places in it stay the same."""
    parts, shown = [], 0
    for start, end, _ in _found(text):
        parts += [text[shown:start], HIDDEN * (end - start)]
        shown = end
    return "".join([*parts, text[shown:]])


def _found(text: str) -> list[tuple[int, int, str]]:
    """Start, end and kind of each detail, none within another; the first rules come first."""
    found: list[tuple[int, int, str]] = []
    taken = bytearray(len(text))
    for rule in _RULES:
        for start, end in _matches(rule, text):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append((start, end, rule.kind))
    return sorted(found)


def _matches(rule: _Rule, text: str) -> Iterator[tuple[int, int]]:
    for match in rule.pattern.finditer(text):
        start, end = match.span("it" if "it" in rule.pattern.groupindex else 0)
        if rule.holds(text[start:end], text[max(start - 40, 0) : start]):
            yield start, end
