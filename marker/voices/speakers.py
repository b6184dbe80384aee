"""Who speaks in a talk, and which of them is the learner.

A portfolio may hold several talks, and forms whose fields look like labels: who speaks is told for each talk.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from marker.document import Document, Passage
from marker.voices.labels import MARKED, TIMED, Role, introduced, labels, labels_of, plain_name, role_of

ASKING = 0.4  # share of an assessor's turns, at the least, that ask
COVER = 12  # passages among which a cover sheet stands
FEW_PASSAGES = 3  # that one turn runs on for at most
APART = 25  # passages between the labels of two talks, at the least
SERVING = 0.3  # share of a server's turns, at the least, that offer help or say sorry
_COLLEAGUE = re.compile(
    r"(?:(?:line|shift|duty|area|store|branch|office) )?(?:manager|supervisor)|team leader|boss|employer|"
    r"colleague|witness",
    re.I,
)  # may be the learner in a role-play, but is a speaker though there be one turn only
_I = re.compile(r"\b(?:I|my|me|you|your)\b")
_SPEECH = re.compile(r"\b(?:I|i|my|me|you|your)\b|[?!]")
_ANSWER = re.compile(r"[AR]\d{0,2}")
_INITIALS = (("A", "L"), ("T", "L"), ("A", "S"), ("T", "S"))  # assessor or tutor, learner or student
_NAMED = re.compile(
    r"\b(?:[Ll]earner|[Cc]andidate|[Ss]tudent|"
    r"[Aa]pprentice)(?:['’]s)?(?: [Nn]ame)?\s*[:=\-–]\s*(?P<field>[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,3})"
    r"|\b(?:[Dd]iscussion|[Ii]nterview|Q&A|[Ss]ession) (?:with|between (?:the )?(?:[Aa]ssessor|"
    r"[Tt]utor) and) (?P<with>[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,2})"
    r"|\b(?P<same>[A-Z][\w'’.]*(?: [A-Z]\w*)?)\s*(?:=|is)\s*(?:the )?(?:learner|me|candidate|student|apprentice)\b"
)
_OTHERS = re.compile(
    r"\b(?i:assessor|tutor|interviewer|customer|client|caller|guest|"
    r"patient)(?:['’]s)?(?: name)?\s*[:=\-–]\s*(?P<field>[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,2})(?=\s{2}|"
    r"\s*[.;\n]|\s*\Z)"
    r"|\b(?P<same>[A-Z][\w'’.]*(?: [A-Z]\w*)?)\s*(?:=|is|as|plays|is playing|was|was playing)\s*(?:the |"
    r"my )?(?:assessor|tutor|interviewer|customer|client|caller)\b"
)
_WHOSE = re.compile(
    r"\b(?:[Ee]vidence|[Pp]ortfolio) (?:for|of) ?: ?(?P<name>[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,3})"
    r"|\b(?P<owner>[A-Z][\w-]+)['’]s (?:professional |own )?(?:discussion|portfolio|evidence|assignment)\b"
    r"|\b(?P<told>[A-Z][\w-]+),? this is your (?:professional |own )?(?:discussion|portfolio|evidence|assignment)\b"
    r"|\b[Dd]iscussion ?[-–—:] ?(?P<titled>[A-Z][\w-]+(?: [A-Z][\w-]+){0,2})(?=\s*(?:\n|\Z))"
)
_PRESENT = re.compile(
    r"\s*(?:people |those )?(?:present|attendees|in attendance|participants)\s*:(?P<names>.{3,300})", re.I
)
ASKS = re.compile(
    r"\b(?:tell me|talk me through|can you (?:give|tell|explain|describe|think|say)|give me|what (?:do|does|"
    r"would|happens|about|is|are)|"
    r"how (?:do|does|would|did)|why (?:is|are|does|do)|who (?:are|is|would)|anything else|moving on|"
    r"let['’]?s (?:talk|start|move))\b|\?\s*\Z",
    re.I,
)
_SERVES = re.compile(
    r"\b(?:how (?:can|may) i help|i(?:['’]m| am) (?:so |very |really )?sorry|i (?:completely |do |"
    r"totally )?understand|let me|can i (?:just )?(?:take|check|ask|have|get)|"
    r"i(?:['’]ll| will| can)|so what you|is that (?:right|correct)|would you like|thank you for|i can see|"
    r"that must|i apologi[sz]e|bear with)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A speaker's label: the characters from `start` to `end` of the passage of that number; `turn` counts from 1."""

    passage: int
    start: int
    end: int
    name: str
    role: Role = "unknown"
    turn: int | None = None


Cues = dict[tuple[int, int], Cue]  # by passage and where in it the name begins


def find_cues(document: Document, passages: Sequence[Passage]) -> list[Cue]:
    """Every label of a speaker, with the role that the speaker has in that talk."""
    matches = (
        (number, match) for number, passage in enumerate(passages) if passage.credited for match in labels(passage)
    )
    talks = list(_talks(_cues(matches)))
    valid = [_valid_names(document, passages, list(talk.values())) for talk in talks]
    called = {name for names in valid for name in names if role_of(name) == "unknown"}
    found = [_of(passages, talk, names or called) for talk, names in zip(talks, valid, strict=True)]
    roles = [find_roles(document, passages, cues) for cues in found]
    known = {name: role for those in roles for name, role in those.items() if role != "unknown" and name in called}
    cues = [
        replace(cue, role=known.get(cue.name, "unknown") if those[cue.name] == "unknown" else those[cue.name])
        for talk, those in zip(found, roles, strict=True)
        for cue in talk
    ]
    return [replace(cue, turn=turn) for turn, cue in enumerate(cues, start=1)]


def _cues(matches: Iterable[tuple[int, re.Match[str]]]) -> Cues:
    return {
        (number, match.start("name")): Cue(number, match.start(), match.end(), plain_name(match["name"]))
        for number, match in matches
    }


def _talks(cues: Cues) -> Iterator[Cues]:
    """The labels of each talk."""
    talk: Cues = {}
    last = 0
    for place in sorted(cues):
        if talk and place[0] - last > APART:
            yield talk
            talk = {}
        talk[place], last = cues[place], place[0]
    if talk:
        yield talk


def _of(passages: Sequence[Passage], talk: Cues, names: set[str]) -> list[Cue]:
    """The labels of a talk that name one of these speakers, those within paragraphs too."""
    if not names:
        return []
    inline = labels_of(names)
    first, last = min(talk)[0], max(talk)[0]
    within = (
        (number, match)
        for number in range(max(first - FEW_PASSAGES, 0), min(last + FEW_PASSAGES + 1, len(passages)))
        if passages[number].credited
        for match in inline.finditer(passages[number].text)
    )
    taken = [(cue.passage, range(cue.start, cue.end)) for cue in talk.values() if cue.name in names]
    between = (
        (number, match)
        for number, match in within
        if not any(number == passage and match.start() in label for passage, label in taken)
    )
    found = _cues(between) | talk
    return [found[place] for place in sorted(found) if found[place].name in names]


def _valid_names(document: Document, passages: Sequence[Passage], cues: Sequence[Cue]) -> set[str]:
    """The names of a dialogue: at least two speak, by turns; or else an assessor alone, or a customer who speaks."""
    counts = Counter(cue.name for cue in cues)
    mine, theirs, present = _called(document, passages, cues)
    known = {name for name in counts if role_of(name) != "unknown" or _is_called(name, [*mine, *theirs, *present])}
    asking = {cue.name for cue in cues if role_of(cue.name) == "assessor" and "?" in passages[cue.passage].text}
    led = bool(asking) or any(
        role_of(name) == "learner" or (role_of(name) in ("assessor", "customer") and counts[name] > 1) for name in known
    )
    names = known | _unknown_names(passages, cues, known, led)
    if not any(role_of(name) == "learner" or _ANSWER.fullmatch(name) for name in names):
        names = {name for name in names if role_of(name) != "question"}
    roles = {role_of(name) for name in names}
    by_turns = any(counts[name] > 1 for name in names) or bool(asking) or {"learner", "customer"} <= roles
    if len(names) > 1 and by_turns and (led or _timed(names, cues, passages) or _spoken(names, cues, passages)):
        return names
    if sum(counts[name] for name in asking) > 1:
        return asking
    return {
        cue.name for cue in cues if role_of(cue.name) == "customer" and _I.search(passages[cue.passage].text[cue.end :])
    }


def _unknown_names(passages: Sequence[Passage], cues: Sequence[Cue], known: set[str], led: bool) -> set[str]:
    """The labels that say no role and yet may be names; `led`: somebody asks or serves whose role is known."""
    counts = Counter(
        cue.name
        for cue in cues
        if cue.name not in known and (led or MARKED.search(passages[cue.passage].text[cue.start : cue.end]))
    )
    told = {after.name for before, after in pairwise(cues) if role_of(before.name) == "assessor"}  # one turn is enough
    told |= {name for name in counts if _COLLEAGUE.fullmatch(name)}
    if _timed(set(counts), cues, passages):
        told |= set(counts)
    near = passages[cues[0].passage : cues[-1].passage + 1] if cues else ()
    lower = {word for passage in near for word in re.findall(r"\b[a-z][\w'’]*", passage.text)}
    return {
        name
        for name, count in counts.items()
        if _name_like(name, count + (name in told), led, lower) and (not led or _takes_turns(name, known, cues))
    }


def _timed(names: set[str], cues: Sequence[Cue], passages: Sequence[Passage]) -> bool:
    """Whether nearly all labels tell the time, as a program writes them."""
    shown = [passages[cue.passage].text[cue.start : cue.end] for cue in cues if cue.name in names]
    return sum(bool(TIMED.search(label)) for label in shown) * 4 >= len(shown) * 3


def _spoken(names: set[str], cues: Sequence[Cue], passages: Sequence[Passage]) -> bool:
    """Whether most of what stands behind the labels reads as speech."""
    said = [_behind(cue, passages) for cue in cues if cue.name in names]
    return sum(bool(_SPEECH.search(text)) for text in said) * 2 >= len(said)


def _behind(cue: Cue, passages: Sequence[Passage], end: int | None = None) -> str:
    """What stands behind a label, in its own passage or, where it stands alone, in the next."""
    said = passages[cue.passage].text[cue.end : end]
    return said if said.strip() or cue.passage + 1 == len(passages) else passages[cue.passage + 1].text


def _takes_turns(name: str, known: set[str], cues: Sequence[Cue]) -> bool:
    """Whether most turns under a name stand close to those of a speaker who is known by a role."""
    turns = [cue for cue in cues if cue.name == name]
    others = {
        cue.passage + step for cue in cues if cue.name in known for step in range(-FEW_PASSAGES, FEW_PASSAGES + 1)
    }
    near = sum(cue.passage in others for cue in turns)
    return near * 3 >= len(turns) * 2


def _name_like(name: str, count: int, led: bool, lower: set[str]) -> bool:
    """Whether a label may be a person's name; `lower` are the words that the talk writes without a capital."""
    words = name.split()
    if len(words) > 3:
        return False
    if _ANSWER.fullmatch(name):
        return True
    if not all(word[0].isupper() or word.isdigit() for word in words):
        return led and count > 2
    return count > 1 and (led or not all(word.lower() in lower for word in words))


def find_roles(document: Document, passages: Sequence[Passage], cues: Sequence[Cue]) -> dict[str, Role]:
    """Whose words each speaker's are; a name that stays unknown is credited unless it asks."""
    if not cues:
        return {}
    roles: dict[str, Role] = {name: role_of(name) for name in dict.fromkeys(cue.name for cue in cues)}
    mine, theirs, _ = _called(document, passages, cues)
    for name, role in roles.items():
        answers = bool(_ANSWER.fullmatch(name)) and "question" in roles.values()
        if answers or (role == "unknown" and _is_called(name, mine)):
            roles[name] = "learner"
        elif role == "unknown" and _is_called(name, theirs):
            roles[name] = "assessor"
    partners = _partners(cues)
    for name, role in list(roles.items()):
        if role == "server":
            roles[name] = "customer" if any(roles[other] == "learner" for other in partners[name]) else "learner"
    return _settle(roles, partners, cues, passages)


def _called(
    document: Document, passages: Sequence[Passage], cues: Sequence[Cue]
) -> tuple[list[str], list[str], list[str]]:
    """What the learner, who talks with them, and all who are present are called.

    The file's name says so, the cover sheet, what stands before and amid the talk, labels such as "Dee (assessor):".
    """
    first, last = (end(cue.passage for cue in cues) for end in (min, max))
    cover = (*passages[:COVER], *passages[max(first - COVER, COVER) : last + 1])
    told = (one for passage in passages[first : last + 1] for one in introduced(passage.text))
    said = (passage.text[:300] for passage in cover if not passage.credited or "=" in passage.text)
    header = " \n ".join([re.sub(r"[_-]", " ", document.name.rsplit(".", 1)[0]), *said, *told])
    mine = _names_in(_NAMED, header) + _names_in(_WHOSE, " \n ".join(passage.text[:300] for passage in cover))
    lists = filter(None, (_PRESENT.match(passage.text) for passage in cover))
    present = [name for match in lists for name in re.findall(r"[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*)*", match["names"])]
    return mine, _names_in(_OTHERS, header), present


def _names_in(pattern: re.Pattern[str], text: str) -> list[str]:
    return [next(filter(None, match.groups())) for match in pattern.finditer(text)]


def _is_called(label: str, names: Sequence[str]) -> bool:
    """Whether a label is one of the names in full, its first or last name, or its initials."""
    for name in names:
        words = [word.lower().strip(".") for word in name.split()]
        initials = "".join(word[:1] for word in words)
        if label.lower().split()[0].strip(".,") in words or label.lower().replace(".", "") == initials:
            return True
    return False


def _partners(cues: Sequence[Cue]) -> dict[str, set[str]]:
    """Who speaks right before or after each speaker."""
    partners: dict[str, set[str]] = {cue.name: set() for cue in cues}
    for before, after in pairwise(cues):
        if before.name != after.name:
            partners[before.name].add(after.name)
            partners[after.name].add(before.name)
    return partners


def _settle(
    roles: dict[str, Role], partners: dict[str, set[str]], cues: Sequence[Cue], passages: Sequence[Passage]
) -> dict[str, Role]:
    """Give each unknown name its role by whom it talks with, or else by how it talks."""
    for name in [name for name, role in roles.items() if role == "unknown"]:
        others = {roles[other] for other in partners[name]}
        rivals = [
            other
            for other, role in roles.items()
            if role == "unknown" and other != name and partners[other] & partners[name]
        ]
        if "learner" in others:
            roles[name] = "customer"
        elif others and others <= {"assessor", "customer"} and not rivals:
            roles[name] = "learner"
    unknown = [name for name, role in roles.items() if role == "unknown"]
    for asker, answerer in _INITIALS:
        if {asker, answerer} == set(unknown):
            roles[asker], roles[answerer] = "assessor", "learner"
            return roles
    if len(unknown) == 2 and unknown[1] in partners[unknown[0]]:
        asking, serving = (
            {name: _share(pattern, name, cues, passages) for name in unknown} for pattern in (ASKS, _SERVES)
        )
        server, other = sorted(unknown, key=lambda name: serving[name], reverse=True)
        asker, answerer = sorted(unknown, key=lambda name: asking[name], reverse=True)
        if serving[server] >= SERVING and serving[other] <= serving[server] / 2:
            roles[server], roles[other] = "learner", "customer"
        elif asking[asker] >= ASKING and asking[answerer] <= asking[asker] / 2:
            roles[asker], roles[answerer] = "assessor", "learner"
        elif called := _called_by_name(unknown, cues, passages):
            roles[called], roles[next(name for name in unknown if name != called)] = "learner", "assessor"
    return roles


def _called_by_name(two: Sequence[str], cues: Sequence[Cue], passages: Sequence[Passage]) -> str | None:
    """Which of two speakers the other calls by name, and not the reverse, and who says more: the one who is asked."""
    said = {name: " ".join(_turns(name, cues, passages)) for name in two}
    one, other = two
    for asked, asker in ((one, other), (other, one)):
        called = _is_named(asked, said[asker]) and not _is_named(asker, said[asked])
        if called and len(said[asked]) > len(said[asker]):
            return asked
    return None


def _is_named(label: str, text: str) -> bool:
    """Whether a text says the first name of a label, "Ann Boyd" or "Boyd, Ann"."""
    words = label.replace(",", " ").split()
    return bool(re.search(rf"\b{re.escape(words[-1 if ',' in label else 0])}\b", text))


def _turns(name: str, cues: Sequence[Cue], passages: Sequence[Passage]) -> list[str]:
    """What a speaker says, turn by turn."""
    return [
        _behind(cue, passages, following.start if following and following.passage == cue.passage else None)
        for cue, following in zip(cues, [*cues[1:], None], strict=True)
        if cue.name == name
    ]


def _share(pattern: re.Pattern[str], name: str, cues: Sequence[Cue], passages: Sequence[Passage]) -> float:
    """The share of a speaker's turns in which the pattern is found."""
    said = _turns(name, cues, passages)
    return sum(bool(pattern.search(text)) for text in said) / len(said)
