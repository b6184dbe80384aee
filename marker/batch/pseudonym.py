"""Pseudonyms for learners: L001 wherever a name or id stood, in texts, file names and the class's files.

What counts as a learner's name: what the folder, zip or CSV calls them, words of their files' names that are no common
ones, and what stands behind "Name:" or the like on the first or last lines of a file. The full names and ids of the
other learners of the class are replaced too, by their own pseudonyms. The key is one file and the order is random, so
that whoever destroys it cannot find out who was who from an alphabetical list.
"""

from __future__ import annotations

import csv
import io
import json
import re
import secrets
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from pathlib import Path, PurePosixPath

from marker.batch.find import Found
from marker.criteria import Rubric
from marker.document import Document, Location, Passage, Submission, Unread
from marker.encoder import load_encoder
from marker.errors import MarkerError
from marker.output import write_whole

KEY = "pseudonyms.csv"
LONGEST_NAME = 5  # in words
EDGE = 12  # passages at a file's beginning and end where names stand behind labels

_TOKEN = re.compile(r"[^\W_][^\W_\u0300-\u036f]*(?:[\u0300-\u036f][^\W_]*)*(?:['’ʼ][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’ʼ]s\Z")
_GAP = re.compile(r"[\s._\-–,]{1,3}")  # between the words of one name
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LABEL = re.compile(
    r"(?:^|[\n\t|]|\s{2}|\s(?=uln\b))\s*"
    r"(?P<label>(?P<role>(?:learner|candidate|student|apprentice|trainee)(?:['’]s)?)?\s*"
    r"(?:(?:full |first |last |given |family |print )?name|surname|forenames?|uln|ref(?:erence)?|signature"
    r"|signed|e-?mail|(?:reg(?:istration)? |id )?(?:number|no\.?|id))?)"
    r"\s*[:=]\s*(?P<value>(?:(?!\s{2}|\suln\b)[^\n\t|])*)",
    re.I,
)
_FIELD = re.compile(r"\s{2,}|[;,(]|\b\w+(?: [a-z]\w*)?\s*[:=]")  # where the value behind a label ends

_SURNAME_FIRST = re.compile(r"[^\W\d_][\w'’-]*, (?:[^\W\d_][\w'’-]*\s?){1,2}")
_WITH_ROLE = re.compile(r"(?P<value>[^\W\d_]\S*(?: \S+){1,3}), [a-z][^.!?]{2,40}")  # "Ann Lee, trainee at the depot"
_BYLINE = re.compile(r"By (?P<value>[^\W\d_]\S*(?: \S+){1,3})")
_MY_NAME = re.compile(r"\b[Mm]y name is (?!Mrs?\b|Ms\b|Miss\b|Dr\b)(?P<value>[A-ZÀ-Þ][\w'’-]*(?: [A-ZÀ-Þ][\w'’-]*)*)")
_PARTICLES = frozenset("al ap bin bint da de del den der di dos el la le van von y".split())  # small letters in a name
_ADDRESS = re.compile(r"[\w.+-]+(?=@)")

# Words of file and folder names that are nobody's.
_COMMON = frozenset(
    """
    a an and the of in on for to with my me is level unit units task tasks part question questions answer answers
    assignment assessment assessed assign coursework course work essay report project portfolio evidence log diary
    reflective reflection account statement witness observation discussion transcript record workbook worksheet
    template submission submitted final draft first second third new old copy version ver rev revised edited latest
    complete completed finished resubmission resubmit updated update doc document file word pdf scan scanned photo
    image page pages customer customers service services relationship relationships principles criteria marking
    learner learners student students candidate candidates apprentice participant group class team year term week
    date jan feb mar apr jun jul aug sep oct nov dec late onlinetext untitled test sample example yes no ok okay
    thanks none
    """.split()
)


def assign(output: Path, found: Sequence[Found]) -> tuple[dict[str, str], bool]:
    """A pseudonym for each learner, and whether the key file is as it was; known learners keep theirs.

    Raises:
        MarkerError: there is a key file that is none.
    """
    path = output / KEY
    known = _read(path) if path.exists() else {}
    new = [one.learner for one in found if one.learner not in known]
    if not new:
        return {one.learner: known[one.learner] for one in found}, True
    secrets.SystemRandom().shuffle(new)
    highest = max((int(pseudonym[1:]) for pseudonym in known.values()), default=0)
    known |= {learner: f"L{number:03}" for number, learner in enumerate(new, highest + 1)}
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(("learner", "pseudonym"))
    writer.writerows(sorted(known.items()))
    write_whole(path, buffer.getvalue().encode("utf-8", errors="surrogateescape"))
    return {one.learner: known[one.learner] for one in found}, False


def _read(path: Path) -> dict[str, str]:
    text = path.read_bytes().decode("utf-8", errors="surrogateescape")
    known = {row[0]: row[1] for row in list(csv.reader(io.StringIO(text, newline="")))[1:] if len(row) == 2}
    if not all(re.fullmatch(r"L\d{3,}", pseudonym) for pseudonym in known.values()):
        raise MarkerError(f"{path.name}: not the key that marker wrote; put that back, or remove this one")
    return known


class Roster:
    """The learners of a class with their pseudonyms, as the key in the folder `output` has them."""

    def __init__(self, output: Path, rubrics: Sequence[Rubric]) -> None:
        self._pseudonyms = _read(output / KEY)
        texts = json.dumps([rubric.model_dump(mode="json") for rubric in rubrics])
        self._unit = {_plain(word) for word in _words(texts)}

    @cached_property
    def _full_names(self) -> dict[tuple[str, ...], str]:
        """Full names, in both orders, and ids, as plain words."""
        found: dict[tuple[str, ...], str] = {}
        for learner, pseudonym in self._pseudonyms.items():
            words = [_plain(word) for word in _words(learner)]
            names = tuple(word for word in words if not any(map(str.isdigit, word)))
            found.update({(word,): pseudonym for word in words if _is_id(word) and word not in self._unit})
            if len(names) > 1 and not set(names) <= self._unit | _COMMON:
                found[names] = found[(names[-1], *names[:-1])] = pseudonym
        return found

    def hide(self, submission: Submission, learner: str) -> Submission:
        """The submission, whose learner is called `learner`, with pseudonyms for names.

        Its locations refer to the text as it is then.
        """
        pseudonym = self._pseudonyms[learner]
        stems = [str(PurePosixPath(one.name).with_suffix("")) for one in submission.documents]
        words = [*self._names(learner), *(name for stem in stems for name in self._names(stem))]
        for document in submission.documents:
            words += [word for value in _labelled(document.passages) for word in _words(value)]
        passages = [p.text for one in submission.documents for p in one.passages]
        words += _run_together([_plain(word) for word in words], passages)
        hidden = _Hidden(pseudonym, frozenset(_plain(word) for word in words if len(word) > 1), self._full_names)
        several = len(submission.documents) > 1
        documents = [
            _document(one, f"{pseudonym}-{number}" if several else pseudonym, hidden)
            for number, one in enumerate(submission.documents, 1)
        ]
        return Submission(pseudonym, tuple(documents))

    def _names(self, title: str) -> list[str]:
        """The words of a file's, folder's or learner's name that may be the learner's."""
        words = list(_words(title))
        plain = [_plain(word) for word in words]
        called = 1 < len(words) <= 4 and not _COMMON & set(plain) and not set(plain) <= self._unit
        known = _COMMON if called else _COMMON | self._unit
        named = [word for word, key in zip(words, plain, strict=True) if key not in known and _is_word(word)]
        return named + _compounds([_plain(word) for word in named if word.isalpha()] if called else [])


@dataclass(frozen=True)
class _Hidden:
    """Replaces one learner's words, and everybody's full names and ids, in a text."""

    pseudonym: str
    words: frozenset[str]
    names: dict[tuple[str, ...], str]

    def __call__(self, text: str) -> str:
        pieces, end = [], 0
        for start, stop, pseudonym in self._merged(text):
            pieces += [text[end:start], pseudonym]
            end = stop
        return "".join([*pieces, text[end:]])

    def places(self, text: str, places: Iterable[int]) -> Iterator[int]:
        """Where characters of the text, in ascending order, stand once its names are replaced."""
        moved, names = 0, self._merged(text)
        name = next(names, None)
        for place in places:
            while name and name[1] <= place:
                moved += len(name[2]) - (name[1] - name[0])
                name = next(names, None)
            yield (min(place, name[0]) if name else place) + moved

    def _merged(self, text: str) -> Iterator[tuple[int, int, str]]:
        """The stretches to be replaced; those of one learner that stand together, as one."""
        last: tuple[int, int, str] | None = None
        for start, stop, pseudonym in self._found(text):
            if last and last[2] == pseudonym and _GAP.fullmatch(text, last[1], start):
                last = (last[0], stop, pseudonym)
                continue
            if last:
                yield last
            last = (start, stop, pseudonym)
        if last:
            yield last

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        tokens = [(one.start(), one.start() + len(_POSSESSIVE.sub("", one[0]))) for one in _TOKEN.finditer(text)]
        plain = [_plain(text[start:stop]) for start, stop in tokens]
        addresses = [one.span() for one in _ADDRESS.finditer(text)]
        at = 0
        while at < len(tokens):
            length, pseudonym = self._full_name(plain, at, [text[start].isupper() for start, _ in tokens[at : at + 4]])
            own = self._is_own(text[slice(*tokens[at])], plain[at]) or self._is_initial(text, tokens, plain, at)
            own = own or (plain[at] in self.words and any(start <= tokens[at][0] < stop for start, stop in addresses))
            if own and not length:
                length, pseudonym = 1, self.pseudonym
            if length:
                yield tokens[at][0], tokens[at + length - 1][1], pseudonym
            at += length or 1

    def _full_name(self, plain: Sequence[str], at: int, capital: Sequence[bool]) -> tuple[int, str]:
        """How many words there are a full name or an id, and whose; another's that reads as English needs capitals."""
        for length in range(min(4, len(plain) - at), 0, -1):
            words = tuple(plain[at : at + length])
            pseudonym = self.names.get(words, "")
            if pseudonym == self.pseudonym or (
                pseudonym and (all(capital[:length]) or not all(map(_is_english, words)))
            ):
                return length, pseudonym
        return 0, ""

    def _is_own(self, word: str, plain: str) -> bool:
        """Whether a word is the learner's name: one that is English too only with a capital."""
        return plain in self.words and (word[0].isupper() or not word.isalpha() or not _is_english(plain))

    def _is_initial(self, text: str, tokens: Sequence[tuple[int, int]], plain: Sequence[str], at: int) -> bool:
        """Whether it is an initial of the learner's beside another word of the name."""
        start, stop = tokens[at]
        if stop - start > 1 or not text[start].isupper() or not any(word.startswith(plain[at]) for word in self.words):
            return False
        return any(
            0 <= near < len(tokens) and plain[near] in self.words and text[tokens[near][0]].isupper()
            for near in (at - 1, at + 1)
        )


def _document(document: Document, name: str, hidden: _Hidden) -> Document:
    suffix = PurePosixPath(document.name).suffix.lower()
    name += suffix if re.fullmatch(r"\.[a-z]{2,5}", suffix) and not hidden.words & {suffix[1:]} else ""

    def moved(location: Location, text: str) -> Location:
        return replace(location.renamed(name, hidden), end=location.start + len(text))

    def passage(one: Passage) -> Passage:
        text, why = hidden(one.text), hidden(one.why) if one.why else None
        starts = hidden.places(one.text, [line.start for line in one.lines])
        lines = tuple(replace(line, start=start) for line, start in zip(one.lines, starts, strict=True))
        return replace(one, text=text, location=moved(one.location, text), why=why, lines=lines)

    unread = tuple(Unread(hidden(one.what), one.location.renamed(name, hidden)) for one in document.unread)
    return replace(document, name=name, passages=tuple(map(passage, document.passages)), unread=unread)


def _words(text: str) -> Iterator[str]:
    for token in _TOKEN.findall(text.replace("_", " ")):
        yield from _CAMEL.split(_POSSESSIVE.sub("", token))


def _plain(word: str) -> str:
    """The word in small letters, without accents."""
    letters = unicodedata.normalize("NFKD", re.sub("[’ʼ]", "'", word)).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _is_word(word: str) -> bool:
    return _is_id(word) or not any(map(str.isdigit, word))


def _is_id(word: str) -> bool:
    return len(word) > 3 and sum(map(str.isdigit, word)) > 2


def _is_english(plain: str) -> bool:
    return len(plain) < 4 or load_encoder().knows(plain)


def _compounds(words: Sequence[str]) -> list[str]:
    """A name as it is run together in user names: josmith, smithjo, jsmith, smithj."""
    if len(words) < 2:
        return []
    first, last = words[0], words[-1]
    return [first + last, last + first, first[0] + last, last + first[0], first + last[0]]


def _run_together(words: Iterable[str], texts: Iterable[str]) -> list[str]:
    """The words, side by side in a text, of which one of `words` is made, as Canvas writes "smithjo"."""
    wanted = {word for word in words if len(word) > 4}
    found = []
    for text in texts:
        near = [_plain(word) for word in _words(text)]
        for start, length in product(range(len(near)), range(2, LONGEST_NAME + 1)):
            name = near[start : start + length]
            turned = ("".join(name[at:] + name[:at]) for at in range(len(name)))
            if len(name) == length and min(len(name[0]), len(name[-1])) > 1 and not wanted.isdisjoint(turned):
                found += name
    return found


def _labelled(passages: Sequence[Passage]) -> Iterator[str]:
    """What stands behind "Name:", "Learner:", "ULN:" and their like, in the same passage or the next."""
    edges = [*passages[:EDGE], *passages[max(EDGE, len(passages) - EDGE) :]]
    edges += [passage for passage in passages if passage.kind in ("header", "footer")]
    for passage, after in zip(edges, [*edges[1:], None], strict=True):
        if byline := _BYLINE.fullmatch(passage.text.strip()):
            yield _name(byline["value"])
        signed = _WITH_ROLE.fullmatch(passage.text.strip())
        if signed and not all(_is_english(_plain(word)) for word in _words(signed["value"])):
            yield _name(signed["value"])
        yield from (match["value"] for match in _MY_NAME.finditer(passage.text))
        text = passage.text if _LABEL.search(passage.text) else f"{passage.text}:"
        for match in _LABEL.finditer(text):
            if not match["label"].strip():
                continue
            alone = not match["value"].strip() and after is not None
            value = _name(after.text if alone and after else match["value"])
            bare = (match["role"] or "").strip() == match["label"].strip()
            if not bare and _SURNAME_FIRST.fullmatch(match["value"].strip()):
                value = match["value"]
            if value and not (bare and len(value.split()) < 2):
                yield value


def _name(value: str) -> str:
    """The name or id at the beginning of a value; empty for anything else, such as what a speaker says."""
    field = _FIELD.split(value.strip(), maxsplit=1)[0].strip()
    words = field.split()
    named = (
        all(word[0].isupper() or word[0].isdigit() or "@" in word or word in _PARTICLES for word in words)
        or len(words) == 2
    )
    return field if 0 < len(words) <= 4 and named and not field.endswith((".", "!", "?")) else ""
