"""English as learners write it: sentences, word stems, mentions of a vocabulary, negation. The only importer of spaCy.

No statistical model is needed: spaCy's rule-based English tokenizer and sentence boundaries, with Snowball stems
(Porter 2) as lemmas. So nothing is downloaded and 1,500 words take some milliseconds.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from marker.boundaries import cuts
from marker.document import Kind, Location, Passage

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

LONGEST_SENTENCE = 120  # words; a longer run without a full stop is cut, so that all of it is read
REACH = 12  # sentences after a heading, question or turn that are read as being about it

# What turns round the meaning of the words that follow it, within one clause.
_NEGATIONS = frozenset(
    (
        "not n't nt no never none nobody nothing without dont doesnt didnt isnt wasnt arent werent cant "
        "cannot wont wouldnt shouldnt couldnt havent hasnt hadnt aint neither nor hardly"
    ).split()
)
_CLAUSE_ENDS = frozenset((", ; : . ! ? ( ) - – — but and because so if when then which that who where while").split())
_NEGATION_REACH = 4  # words

# Languages that learners in Britain may write in and whose stop words spaCy carries; Welsh it does not carry.
_LANGUAGES = ("cs da de es fi fr hr hu id it lt lv nb nl pl pt ro sk sq sv tl tr vi").split()
_WELSH = (
    "a ac ar am ei eu ein i o y yr yn mae ond gan gyda gyda'r sy wedi bod bydd ni nhw hi ef fe hyn sydd dros wrth"
).split()
_TEXT_SPEAK = ("u r n coz cos wot wen ur dey dem dat wiv wer dont im ive thats cant bcos tho iv nt ov soz").split()
_NUMBERED = re.compile(r"\b(?:no|nos|tel|ref|ext)\.(?=\s*[\d,])", re.I)  # "no. 14" ends no sentence
_FOREIGN_SHARE = 0.2  # of the words that must be another language's stop words


# Past forms that no stemmer leads back, of the verbs that the unit's vocabulary and learners use.
_IRREGULAR = {
    past: verb
    for verb, forms in {
        "bring": "brought", "build": "built", "buy": "bought", "come": "came", "deal": "dealt", "feel": "felt",
        "find": "found", "get": "got gotten", "give": "gave given", "go": "went gone", "hear": "heard",
        "keep": "kept", "know": "knew known", "leave": "left", "lose": "lost", "make": "made", "pay": "paid",
        "ring": "rang rung", "say": "said", "see": "saw seen", "sell": "sold", "send": "sent", "speak": "spoke spoken",
        "stick": "stuck", "take": "took taken", "tell": "told", "think": "thought", "understand": "understood",
        "write": "wrote written",
    }.items()
    for past in forms.split()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, list item or cell that the learner wrote.

    `context` is the printed question, heading or other speaker's turn just before it (empty: none); it tells what
    "they" and "it" are, and earns nothing. `passage` numbers the passages of the submission from 0. `doubtful`
    is why it may be somebody else's, as of a passage.
    """

    text: str
    location: Location
    kind: Kind
    context: str
    passage: int
    doubtful: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A vocabulary entry found in a text, at its characters from `start` to `end`; `negated` when it is denied."""

    name: str
    start: int
    end: int
    negated: bool


@cache
def _english() -> Language:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.max_length = 20_000_000
    return nlp


@cache
def _stemmer() -> Callable[[str], str]:
    import snowballstemmer

    return lru_cache(maxsize=50_000)(snowballstemmer.stemmer("english").stemWord)


def stem(word: str) -> str:
    """The Snowball stem of a word, in lower case; an irregular past form has the stem of its verb."""
    lower = word.lower().replace("’", "'")
    return _stemmer()(_IRREGULAR.get(lower, lower))


def stems(text: str) -> list[str]:
    """Stems of the words of a text, in order; punctuation is left out."""
    return [stem(word) for word in re.findall(r"\w+(?:['’]\w+)?", text)]


def telling_stems(text: str) -> frozenset[str]:
    """Stems of the words of a text that are no stop words."""
    english, _ = _stop_words()
    return frozenset(stem(word) for word in re.findall(r"\w+", text) if word.lower() not in english)


def split(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of every sentence of a passage; a line break ends a sentence too."""
    for line in re.finditer(r"[^\n]+", text):
        tame = _tame(line.group())
        pieces = (piece for sentence in _english()(tame).sents for piece in _pieces(sentence))
        for start, end in (part for piece in pieces for part in _parts(tame, *piece)):
            piece = text[line.start() + start : line.start() + end]
            left = len(piece) - len(piece.lstrip())
            if stripped := piece.strip():
                begin = line.start() + start + left
                yield begin, begin + len(stripped)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what runs on without a full stop where sentences most likely end."""
    yield from pairwise([start, *(start + at for at in cuts(text[start:end])), end])


def _tame(text: str) -> str:
    """The text without the full stop of "no. 14", and with endless words made plain, at the same length.

    spaCy's time grows with the square of "((((..."; no word that people write is that long.
    """
    text = _NUMBERED.sub(lambda word: word.group()[:-1] + " ", text)
    return re.sub(r"\S{200,}", lambda word: "x" * len(word.group()), text)


def _pieces(sentence: Span) -> Iterator[tuple[int, int]]:
    """Cut at "etc." before a capital, which the sentencizer takes for an abbreviation, and at the longest length."""
    begin, first = sentence.start_char, sentence.start
    for token, after in pairwise(sentence):
        if (token.lower_ == "etc." and after.text[:1].isupper()) or token.i - first >= LONGEST_SENTENCE:
            yield begin, after.idx
            begin, first = after.idx, after.i
    yield begin, sentence.end_char


class Above:
    """A heading, question or turn: context for the next `reach` sentences, and for none that stands further from it."""

    def __init__(self, text: str = "", reach: float = REACH) -> None:
        self._text = text
        self._left = reach

    def context(self) -> str:
        """What it says to the next sentence."""
        self._left -= 1
        return self._text if self._left >= 0 else ""


def sentences(passages: Sequence[Passage]) -> tuple[Sentence, ...]:
    """The learner's own sentences in reading order, each with what was printed or said just before it.

    In a table that is the printed head of the cell's column and of its row.
    """
    found: list[Sentence] = []
    heads: dict[tuple[str, str], str] = {}
    heading, turn = Above(), Above()
    for number, passage in enumerate(passages):
        table, row, column = _cell(passage.location)
        if passage.credited:
            above = " ".join(filter(None, (heads.get((table, column)), heads.get((table, row)))))
            for start, end in split(passage.text):
                part = passage.stretch(start, end)
                context = " ".join(filter(None, (heading.context(), above or turn.context())))
                found.append(Sentence(part.text, part.location, passage.kind, context, number, passage.doubtful))
        elif table:
            heads.setdefault((table, column), passage.text)
            heads.setdefault((table, row), passage.text)
            turn = Above(passage.text)
        elif passage.kind == "heading":
            heading, turn = Above(passage.text), Above()
        elif passage.kind not in ("header", "footer", "comment", "contents"):
            turn = Above(passage.text)
    return tuple(found)


def _cell(location: Location) -> tuple[str, str, str]:
    """The table, row and column of "table 1, row 2, column 3"; empty outside tables."""
    names = (location.cell or "").split(", ")
    return (names[0], names[1], names[2]) if len(names) == 3 else ("", "", "")


def is_english(text: str) -> bool:
    """Whether a text of 12 words or more reads as English; a shorter one is taken to be.

    It does not when most of its letters are not Latin, or when another language's stop words make up more of it than
    the English ones.
    """
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text.lower().replace("’", "'"))
    letters = "".join(words)
    if len(words) < 12:
        return True
    if sum(letter > "\u024f" for letter in letters) > len(letters) / 2:
        return False
    english, foreign = _stop_words()
    ours = sum(word in english for word in words)
    theirs = max(sum(word in those for word in words) for those in foreign)
    return theirs <= ours or theirs < _FOREIGN_SHARE * len(words)


@cache
def _stop_words() -> tuple[frozenset[str], tuple[frozenset[str], ...]]:
    """English stop words with text-speak, and each other language's."""
    english, *others = (
        frozenset[str](importlib.import_module(f"spacy.lang.{code}.stop_words").STOP_WORDS)
        for code in ("en", *_LANGUAGES)
    )
    return english | frozenset(_TEXT_SPEAK), (frozenset(_WELSH), *others)


class Vocabulary:
    """Finds named phrases in text by their stems, small misspellings allowed.

    Args:
        phrases: what each name stands for, as phrases; a phrase matches its words in order.
        known: tells an English word from a misspelling. A known word is never corrected, so "compliant" stays itself.
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]], known: Callable[[str], bool]) -> None:
        from spacy.matcher import PhraseMatcher

        nlp = _english()
        self._known = known
        self._corrected_lemma = lru_cache(maxsize=50_000)(lambda word: _lemma(self._corrected(word)))
        self._matcher = PhraseMatcher(nlp.vocab, attr="LEMMA")
        words: set[str] = set()
        for name, wordings in phrases.items():
            docs = [_lemmatised(nlp.make_doc(wording), _lemma) for wording in wordings]
            words.update(token.lower_ for doc in docs for token in doc if len(token) > 4)
            self._matcher.add(name, docs)
        self._words = sorted(words)

    def find(self, text: str) -> list[Mention]:
        """Every mention in a text, in order of place, then name."""
        doc = _lemmatised(_english().make_doc(_tame(text)), self._corrected_lemma)
        mentions = {
            Mention(doc.vocab.strings[name], doc[start].idx, doc[end - 1].idx + len(doc[end - 1]), negated(doc[start]))
            for name, start, end in self._matcher(doc)
        }
        return sorted(mentions, key=lambda mention: (mention.start, mention.end, mention.name))

    def _corrected(self, word: str) -> str:
        if len(word) < 5 or not word.isalpha() or self._known(word):
            return word
        return _nearest(word, tuple(self._words)) or word


def _lemma(word: str) -> int:
    """The number by which spaCy knows a word's stem."""
    return _english().vocab.strings.add(stem(word))


def _lemmatised(doc: Doc, lemma: Callable[[str], int]) -> Doc:
    for token in doc:
        token.lemma = lemma(token.lower_)
    return doc


@lru_cache(maxsize=50_000)
def _nearest(word: str, words: tuple[str, ...]) -> str | None:
    """The word at most a fifth of its letters away (optimal string alignment distance), if there is one."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    best = process.extractOne(word, words, scorer=OSA.normalized_similarity, score_cutoff=0.8)
    return best[0] if best else None


def negated(token: Token) -> bool:
    """Whether a negation stands shortly before the token in its clause ("we don't write complaints down")."""
    doc = token.doc
    for before in range(token.i - 1, max(-1, token.i - 1 - _NEGATION_REACH), -1):
        word = doc[before].lower_.replace("’", "'")
        if word in _NEGATIONS:
            # "not only" and "not just" add to what is said and deny nothing.
            return doc[before + 1].lower_ not in ("only", "just", "merely")
        if word in _CLAUSE_ENDS:
            return False
    return False
