"""Who says what in a discussion or a role-play: the learner's turns are told from everybody else's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from marker.document import Document, Passage
from marker.printed import STRONG_LABEL, question


Role = Literal["learner", "assessor", "customer", "server", "unknown"]
Turn = tuple[Passage, bool]  # a passage and whether it is spoken by the learner

LABEL = "speaker's name"

_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("learner", re.compile(r"(?:me|myself|learner|candidate|student|apprentice|trainee|(?:my )?(?:answer|response|reply)|ans)", re.I)),
    ("assessor", re.compile(r"(?:.* )?(?:assessor|tutor|interviewer|trainer|teacher|examiner|observer|lecturer|coach|mentor|iqa|iv|questioner|facilitator|question)", re.I)),
    ("customer", re.compile(r"(?:(?:the |angry |upset |unhappy )?(?:customer|caller|client|guest|patient|passenger|visitor|tenant|resident|parent|member|shopper|"
     r"service user|complainant|hirer|buyer|user)|(?:mr|mrs|ms|miss|dr) .+)", re.I)),
    ("server", re.compile(r"(?:receptionist|agent|staff(?: member)?|advis[eo]r|employee|operator|clerk|(?:shop |sales )?assistant|server|waiter|waitress|"
     r"cashier|call handler|csa|csr|host|representative|rep|administrator|team member|worker)", re.I)),
)  # fmt: skip
_NO_SPEAKER = frozenset(
    "note notes nb ps complaint complaints internal external example examples step stage task part unit section need needs method "
    "methods reason reasons date time name subject from to cc re why how what when where who which first second third firstly then "
    "finally next also so because but and summary conclusion introduction evidence source website email phone tel address quality cost "
    "speed accuracy crm gdpr positive negative advantage advantages disadvantage disadvantages pros cons verbal written online survey "
    "surveys data policy result results action actions situation scenario outcome answers feedback role product service services "
    "communication listening empathy confidentiality security staff's duration length learner's employer workplace centre assignment "
    "word words total title level version page remember important definition meaning reference signed declaration present review problem "
    "solution cause effect benefit benefits aim aims purpose before after during morning afternoon monday tuesday wednesday thursday friday "
    "saturday sunday today yesterday day week says said is was are".split()
)
_I = re.compile(r"\b(?:I|my|me|you|your)\b")
_STAMP = r"[\[(]?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?[\])]?"
_WORD = r"[^\W\d_][\w.'’]{0,24}"
_CUE = re.compile(
    rf"(?:^|\n|(?<=[.?!…\"”’)\]])\s)\s*[*_]{{0,2}}(?:{_STAMP}\s*[-–—]?\s*)?"
    rf"(?P<name>{_WORD}(?:[ \t]{_WORD}){{0,3}}(?:[ \t]\d{{1,2}})?)\s*(?:\([^()\n]{{1,20}}\))?\s*(?:{_STAMP}\s*)?"
    rf"[*_]{{0,2}}(?::|\s?[-–—](?=\s)|(?<=\d\d[\])])(?=\s|\Z)|(?<=\d\d)(?=\s*\Z))[*_]{{0,2}}\s*"
)
_INLINE = r"(?<![^\s(\[])(?P<name>{})\s*(?:\([^()\n]{{1,20}}\))?\s*:\s*"
_NAMED = re.compile(
    r"\b(?:[Ll]earner|[Cc]andidate|[Ss]tudent|[Aa]pprentice)(?:['’]s)?(?: [Nn]ame)?\s*[:=\-–]\s*(?P<field>[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,3})"
    r"|\b(?:[Dd]iscussion|[Ii]nterview|Q&A|[Ss]ession) (?:with|between (?:the )?(?:[Aa]ssessor|[Tt]utor) and) (?P<with>[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,2})"
    r"|\b(?P<same>[A-Z][\w'’.]*(?: [A-Z]\w*)?)\s*(?:=|is)\s*(?:the )?(?:learner|me|candidate|student|apprentice)\b"
)
_OTHERS = re.compile(
    r"\b(?:assessor|tutor|interviewer|customer|client|caller)(?:['’]s)?(?: name)?\s*[:=\-–]\s*(?P<field>[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,2})(?=\s{2}|[,.;\n]|\s*\Z)"
    r"|\b(?P<same>[A-Z][\w'’.]*(?: [A-Z]\w*)?)\s*(?:=|is|as|plays|is playing|was|was playing)\s*(?:the |my )?(?:assessor|tutor|interviewer|customer|client|caller)\b"
)
_ASKING = re.compile(
    r"\b(?:tell me|talk me through|can you (?:give|tell|explain|describe|think|say)|give me|what (?:do|does|would|happens|about|is|are)|"
    r"how (?:do|does|would|did)|why (?:is|are|does|do)|who (?:are|is|would)|anything else|moving on|let['’]?s (?:talk|start|move))\b",
    re.I,
)
_SERVING = re.compile(
    r"\b(?:how (?:can|may) i help|i(?:['’]m| am) (?:so |very |really )?sorry|i (?:completely |do |totally )?understand|let me|can i (?:just )?(?:take|check|ask|have|get)|"
    r"i(?:['’]ll| will| can)|so what you|is that (?:right|correct)|would you like|thank you for|i can see|that must|i apologi[sz]e|bear with)",
    re.I,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Cue:
    """A speaker's label: the characters from `start` to `end` of the passage of that number."""

    passage: int
    start: int
    end: int
    name: str


def turns(document: Document, passages: Sequence[Passage]) -> list[Turn]:
    """The passages cut into turns: other speakers' set aside, speakers' names cut off the learner's."""
    table = dict(_table_turns(document, passages))
    cues = _cues(document, [replace(p, credited=False) if n in table else p for n, p in enumerate(passages)])
    roles = _roles(document, passages, cues)
    cues = [cue for cue in cues if cue.name in roles]
    last = max((cue.passage for cue in cues), default=-1)
    found: list[Turn] = []
    speaker: _Cue | None = None
    for number, passage in enumerate(passages):
        if number in table:
            found.append((table[number], table[number].credited))
        elif not passage.credited:
            speaker = None if passage.kind == "heading" else speaker
            found.append((passage, False))
        else:
            if STRONG_LABEL.match(passage.text) and question(passage.text, alone=True, steps=False):
                speaker = None
            here = [cue for cue in cues if cue.passage == number]
            runs_on = speaker is not None and _runs_on(speaker, number, last, passages, roles)
            found += _cut(passage, here, speaker if runs_on else None, roles)
            speaker = here[-1] if here else speaker
    return found


def _runs_on(speaker: _Cue, number: int, last: int, passages: Sequence[Passage], roles: dict[str, Role]) -> bool:
    """Whether an unlabelled start of a passage is still the speaker's, and not the learner's account of it."""
    if number - speaker.passage == 1 and not passages[speaker.passage].text[speaker.end :].strip():
        return True
    return number <= last and roles[speaker.name] != "customer"


def _cut(passage: Passage, cues: Sequence[_Cue], speaker: _Cue | None, roles: dict[str, Role]) -> Iterator[Turn]:
    """The turns of one passage; `speaker` is whose turn runs on into it."""
    first = cues[0].start if cues else len(passage.text)
    if passage.text[:first].strip():
        opening = passage.stretch(0, first)
        if speaker is None:
            yield opening, False
        else:
            yield _said(opening, speaker, roles)
    elif cues:
        cues = [replace(cues[0], start=0), *cues[1:]]
    ends = [*(cue.start for cue in cues[1:]), len(passage.text)]
    for cue, end in zip(cues, ends, strict=False):
        if roles[cue.name] == "learner":
            yield replace(passage.stretch(cue.start, cue.end).aside(LABEL), kind="header"), False
            if cue.end < end:
                yield passage.stretch(cue.end, end), True
        else:
            yield _said(passage.stretch(cue.start, end), cue, roles)


def _said(passage: Passage, cue: _Cue, roles: dict[str, Role]) -> Turn:
    """A stretch of a turn; where it cannot be told who is the learner, only what asks is set aside."""
    role = roles[cue.name]
    if role == "learner":
        return passage, True
    if role == "unknown" and not (passage.text.rstrip().endswith("?") and _ASKING.search(passage.text)):
        return passage, True
    return passage.aside(f"another speaker: {cue.name}"), False


def _cues(document: Document, passages: Sequence[Passage]) -> list[_Cue]:
    """Every label that may be a speaker's, then those of the same speakers within paragraphs."""
    found = {}
    for number, passage in enumerate(passages):
        if passage.credited:
            for match in _CUE.finditer(passage.text):
                found[number, match.start("name")] = _Cue(number, match.start(), match.end(), _plain(match["name"]))
    names = _valid_names(document, passages, list(found.values()))
    if names:
        inline = re.compile(_INLINE.format("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))))
        for number, passage in enumerate(passages):
            for match in inline.finditer(passage.text) if passage.credited else ():
                found.setdefault((number, match.start("name")), _Cue(number, match.start(), match.end(), _plain(match["name"])))
    return [found[place] for place in sorted(found) if found[place].name in names]


def _plain(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip(" .")


def _role(name: str) -> Role:
    """What a label says by itself; a number behind it is left out."""
    bare = re.sub(r"\s?\d{1,2}\Z", "", name)
    return next((role for role, pattern in _ROLES if pattern.fullmatch(bare)), "unknown")


def _valid_names(document: Document, passages: Sequence[Passage], cues: Sequence[_Cue]) -> set[str]:
    """The names of a dialogue: at least two speak, one of them more than once or as an assessor."""
    counts = Counter(cue.name for cue in cues)
    header = _header(document, passages)
    called = [*_names_in(_NAMED, header), *_names_in(_OTHERS, header)]
    known = {name for name in counts if _role(name) != "unknown" or _is_called(name, called)}
    led = any(_role(name) == "learner" or (_role(name) in ("assessor", "customer") and counts[name] > 1) for name in known)
    text = "\n".join(passage.text for passage in passages)
    colons = Counter(cue.name for cue in cues if ":" in passages[cue.passage].text[cue.start : cue.end])
    names = known | {name for name, count in (counts if led else colons).items() if name not in known and _name_like(name, count, led, text)}
    answers = {name for name in names if re.fullmatch(r"[AR]\d{0,2}", name)}
    asked = any(re.fullmatch(r"Q\d{0,2}", name) for name in counts)
    if answers and asked:
        return (names - {name for name in names if name.startswith("Q")}) | answers
    names = {name for name in names if not re.fullmatch(r"Q\d{0,2}", name)}
    recurs = any(counts[name] > 1 for name in names)
    exchange = any(_role(cue.name) == "assessor" and "?" in passages[cue.passage].text for cue in cues)
    if len(names) > 1 and (recurs or exchange):
        return names
    return {cue.name for cue in cues if _role(cue.name) == "customer" and _I.search(passages[cue.passage].text[cue.end :])}


def _name_like(name: str, count: int, led: bool, text: str) -> bool:
    words = name.split()
    if len(words) > 3 or any(word.lower() in _NO_SPEAKER for word in words):
        return False
    if re.fullmatch(r"[AR]\d{0,2}", name):
        return True
    if not all(word[0].isupper() for word in words):
        return led and count > 2
    return count > 1 and (led or not re.search(rf"\b{re.escape(name.lower())}\b", text))


def _roles(document: Document, passages: Sequence[Passage], cues: Sequence[_Cue]) -> dict[str, Role]:
    """Whose words each speaker's are; a name that stays unknown is credited unless it asks."""
    roles: dict[str, Role] = {name: _role(name) for name in dict.fromkeys(cue.name for cue in cues)}
    header = _header(document, passages)
    mine = _names_in(_NAMED, header)
    theirs = _names_in(_OTHERS, header)
    for name, role in roles.items():
        if re.fullmatch(r"[AR]\d{0,2}", name) and not any(re.fullmatch(r"A\w*|Assessor", other) for other in roles if other != name and not re.fullmatch(r"A\d{0,2}", other)):
            roles[name] = "learner" if _answers(cues, passages, name) else "unknown"
        elif role == "unknown" and _is_called(name, mine):
            roles[name] = "learner"
        elif role == "unknown" and _is_called(name, theirs):
            roles[name] = "assessor"
    partners = _partners(cues)
    for name, role in list(roles.items()):
        if role == "server":
            roles[name] = "customer" if any(roles[other] == "learner" for other in partners[name]) else "learner"
    return _settle(roles, partners, cues, passages)


def _header(document: Document, passages: Sequence[Passage]) -> str:
    """Where a document says who speaks in it: its file name and its first passages."""
    return " \n ".join([re.sub(r"[_-]", " ", document.name), *(passage.text[:300] for passage in passages[:12])])


def _answers(cues: Sequence[_Cue], passages: Sequence[Passage], name: str) -> bool:
    """Whether "A" answers rather than asks."""
    said = [passages[cue.passage].text[cue.end :] for cue in cues if cue.name == name]
    return sum("?" in text for text in said) * 2 <= len(said)


def _names_in(pattern: re.Pattern[str], text: str) -> list[str]:
    return [next(filter(None, match.groups())) for match in pattern.finditer(text)]


def _is_called(label: str, names: Sequence[str]) -> bool:
    """Whether a label is one of the names in full, its first or last name, or its initials."""
    for name in names:
        words = [word.lower().strip(".") for word in name.split()]
        initials = "".join(word[:1] for word in words)
        if label.lower().split()[0].strip(".") in words or label.lower().replace(".", "") == initials:
            return True
    return False


def _partners(cues: Sequence[_Cue]) -> dict[str, set[str]]:
    """Who speaks right before or after each speaker."""
    partners: dict[str, set[str]] = {cue.name: set() for cue in cues}
    for before, after in zip(cues, cues[1:], strict=False):
        if before.name != after.name:
            partners[before.name].add(after.name)
            partners[after.name].add(before.name)
    return partners


def _settle(
    roles: dict[str, Role], partners: dict[str, set[str]], cues: Sequence[_Cue], passages: Sequence[Passage]
) -> dict[str, Role]:
    """Give each unknown name its role by whom it talks with, or else by how it talks."""
    for name in [name for name, role in roles.items() if role == "unknown"]:
        others = {roles[other] for other in partners[name]}
        rivals = [other for other, role in roles.items() if role == "unknown" and other != name and partners[other] & partners[name]]
        if "learner" in others:
            roles[name] = "customer"
        elif others and others <= {"assessor", "customer"} and not rivals:
            roles[name] = "learner"
    unknown = [name for name, role in roles.items() if role == "unknown"]
    if len(unknown) == 2 and unknown[1] in partners[unknown[0]]:
        asking = {name: _share(_ASKING, name, cues, passages) for name in unknown}
        serving = {name: _share(_SERVING, name, cues, passages) for name in unknown}
        first, second = sorted(unknown, key=lambda name: asking[name], reverse=True)
        if asking[first] >= 0.4 and asking[second] <= asking[first] / 2:
            roles[first], roles[second] = "assessor", "learner"
        else:
            first, second = sorted(unknown, key=lambda name: serving[name], reverse=True)
            if serving[first] >= 0.3 and serving[second] <= serving[first] / 2:
                roles[first], roles[second] = "learner", "customer"
    return roles


def _share(pattern: re.Pattern[str], name: str, cues: Sequence[_Cue], passages: Sequence[Passage]) -> float:
    """The share of a speaker's turns in which the pattern is found."""
    said = []
    for cue, following in zip(cues, [*cues[1:], None], strict=True):
        if cue.name == name:
            end = following.start if following and following.passage == cue.passage else None
            said.append(passages[cue.passage].text[cue.end : end])
    return sum(bool(pattern.search(text)) for text in said) / len(said)


_CELL = re.compile(r"(?P<table>table \d+), row (?P<row>\d+), column (?P<column>\d+)")


def _table_turns(document: Document, passages: Sequence[Passage]) -> Iterator[tuple[int, Passage]]:
    """The cells of tables with a column of speakers, labelled."""
    tables: dict[str, dict[int, dict[int, list[int]]]] = {}
    for number, passage in enumerate(passages):
        if passage.credited and passage.location.cell and (match := _CELL.search(passage.location.cell)):
            rows = tables.setdefault(match["table"], {})
            rows.setdefault(int(match["row"]), {}).setdefault(int(match["column"]), []).append(number)
    for rows in tables.values():
        for column in (1, 2):
            cues = [
                _Cue(cells[column][0], 0, 0, _plain(passages[cells[column][0]].text.rstrip(": ")))
                for _, cells in sorted(rows.items())
                if column in cells and len(passages[cells[column][0]].text) <= 40
            ]
            if _is_speaker_column(cues, len(rows)):
                yield from _table_labels(document, passages, rows, column, cues)
                break


def _is_speaker_column(cues: Sequence[_Cue], rows: int) -> bool:
    counts = Counter(cue.name for cue in cues)
    turns = sum(count for name, count in counts.items() if count > 1 or _role(name) != "unknown")
    roles = {_role(name) for name in counts}
    return len(counts) > 1 and max(counts.values()) > 1 and turns * 4 >= rows * 3 and bool(roles & {"learner", "assessor", "customer"})


def _table_labels(
    document: Document, passages: Sequence[Passage], rows: dict[int, dict[int, list[int]]], column: int, cues: Sequence[_Cue]
) -> Iterator[tuple[int, Passage]]:
    said = {cue.passage: _Cue(rest[0], 0, 0, cue.name) for cue in cues if (rest := _rest(rows, column, cue.passage))}
    roles = _roles(document, passages, list(said.values()))
    for cells in rows.values():
        label = cells.get(column, [-1])[0]
        for number in [number for numbers in cells.values() for number in numbers]:
            if number == label or label not in said:
                yield number, replace(passages[number].aside(LABEL), kind="header")
            else:
                yield number, _said(passages[number], said[label], roles)[0]


def _rest(rows: dict[int, dict[int, list[int]]], column: int, label: int) -> list[int]:
    """The cells behind a speaker's name in its row."""
    for cells in rows.values():
        if label in cells.get(column, []):
            return [number for at, numbers in cells.items() if at > column for number in numbers]
    return []
