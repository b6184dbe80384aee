"""English as learners write it: sentences, word stems, mentions of a vocabulary, negation. The only importer of spaCy.

No statistical model is needed: spaCy's rule-based English tokenizer and sentence boundaries, with Snowball stems
(Porter 2) as lemmas. So nothing is downloaded and 1,500 words take some milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from marker.document import Kind, Location, Passage

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

LONGEST_SENTENCE = 120  # words; a longer run without a full stop is cut, so that all of it is read

# What turns round the meaning of the words that follow it, within one clause.
_NEGATIONS = frozenset(
    "not n't nt no never none nobody nothing without dont doesnt didnt isnt wasnt arent werent cant cannot wont "
    "wouldnt shouldnt couldnt havent hasnt hadnt aint neither nor hardly".split()
)
_CLAUSE_ENDS = frozenset(", ; : . ! ? ( ) - – — but and because so if when then which that who where while".split())
_NEGATION_REACH = 4  # words

# Function words that nearly every English text holds and other languages written in Latin letters do not.
_ENGLISH = frozenset(
    "the and to of is it that you they we was for are with he she his her this have from or had by what when your "
    "there how if will about out up them then so would these into has see could been who its now than get my did "
    "do can cant dont im ive not all were our u n r coz cos wot wen iv ur dey dem dat wiv wer thats because".split()
)
_ENGLISH_SHARE = 0.12


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, list item or cell that the learner wrote.

    `context` is the printed question, heading or other speaker's turn just before it (empty: none); it tells what
    "they" and "it" are, and earns nothing. `passage` numbers the passages of the submission from 0.
    """

    text: str
    location: Location
    kind: Kind
    context: str
    passage: int


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
    """The Snowball stem of a word, in lower case."""
    return _stemmer()(word.lower().replace("’", "'"))


def stems(text: str) -> list[str]:
    """Stems of the words of a text, in order; punctuation is left out."""
    return [stem(word) for word in re.findall(r"\w+(?:['’]\w+)?", text)]


def split(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of every sentence of a passage; a line break ends a sentence too."""
    for line in re.finditer(r"[^\n]+", text):
        doc = _english()(line.group())
        for sentence in doc.sents:
            for start, end in _pieces(doc[sentence.start : sentence.end].as_doc()):
                piece = text[line.start() + sentence.start_char + start : line.start() + sentence.start_char + end]
                left = len(piece) - len(piece.lstrip())
                if stripped := piece.strip():
                    begin = line.start() + sentence.start_char + start + left
                    yield begin, begin + len(stripped)


def _pieces(doc: Doc) -> Iterator[tuple[int, int]]:
    """Cut at "etc." before a capital, which the sentencizer takes for an abbreviation, and at the longest length."""
    begin = first = 0
    for token in doc[:-1]:
        after = doc[token.i + 1]
        if (token.lower_ == "etc." and after.text[:1].isupper()) or token.i - first >= LONGEST_SENTENCE:
            yield begin, after.idx
            begin, first = after.idx, after.i
    yield begin, len(doc.text)


def sentences(passages: Sequence[Passage]) -> tuple[Sentence, ...]:
    """The learner's own sentences in reading order, each with what was printed or said just before it."""
    found: list[Sentence] = []
    heading = turn = ""
    for number, passage in enumerate(passages):
        if passage.credited:
            context = " ".join(filter(None, (heading, turn)))
            for start, end in split(passage.text):
                part = passage.stretch(start, end)
                found.append(Sentence(part.text, part.location, passage.kind, context, number))
        elif passage.kind == "heading":
            heading, turn = passage.text, ""
        elif passage.kind not in ("header", "footer", "comment", "contents"):
            turn = passage.text
    return tuple(found)


def is_english(text: str) -> bool:
    """Whether a text reads as English, from its function words; a text under 12 words is taken to be."""
    words = re.findall(r"[^\W\d_]+", text.lower().replace("'", "").replace("’", ""))
    if len(words) < 12:
        return True
    return sum(word in _ENGLISH for word in words) / len(words) >= _ENGLISH_SHARE


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
        self._matcher = PhraseMatcher(nlp.vocab, attr="LEMMA")
        words: set[str] = set()
        for name, wordings in phrases.items():
            docs = [self._stemmed(nlp.make_doc(wording), correct=False) for wording in wordings]
            words.update(token.lower_ for doc in docs for token in doc if len(token) > 4)
            self._matcher.add(name, docs)
        self._words = sorted(words)

    def find(self, text: str) -> list[Mention]:
        """Every mention in a text, in order of place, then name."""
        doc = self._stemmed(_english().make_doc(text), correct=True)
        mentions = {
            Mention(doc.vocab.strings[name], doc[start].idx, doc[end - 1].idx + len(doc[end - 1]), negated(doc[start]))
            for name, start, end in self._matcher(doc)
        }
        return sorted(mentions, key=lambda mention: (mention.start, mention.end, mention.name))

    def _stemmed(self, doc: Doc, correct: bool) -> Doc:
        for token in doc:
            token.lemma_ = stem(self._corrected(token.lower_) if correct else token.lower_)
        return doc

    def _corrected(self, word: str) -> str:
        if len(word) < 5 or not word.isalpha() or self._known(word):
            return word
        return _nearest(word, tuple(self._words)) or word


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
