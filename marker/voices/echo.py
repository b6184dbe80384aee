"""Wording that comes back: a marking point or a task brief repeated by the learner, lightly reworded or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from marker.language import stems

LIKENESS = 0.85  # share of words, both ways, that a sentence has in common with a sentence of the brief
NOVELTY = 1 / 6  # share of words that an echo may add to the wording
COVERAGE = 0.7  # share of the wording's core that an echo repeats
CLAIMED_COVERAGE = 0.4  # the same where the sentence only announces or claims ("I can explain ...")
FEWEST_WORDS = 3

_EXAMPLES = re.compile(
    r"\([^()]*\)|[,;:]?\s*\b(?:such as|e\.?g\.?|for example|for instance|including|namely)\b.*", re.I | re.S
)
_CRM = re.compile(r"\bC\.?R\.?M\b\.?", re.I)
_VERBS = (
    r"(?:explain|describe|identif|outlin|stat|list|distinguish|demonstrat|argu|show|discuss|cover|articulat|"
    r"summari[sz]|understand|understood|address|meet|met|achiev)\w*"
)
_CLAIM = re.compile(
    rf"\b(?:i|we)(?:['’]ve|['’]ll|['’]m| can| will| could| would| have| am| shall| know| need|"
    rf" hope)?(?: \w+){{0,3}}? {_VERBS}\b"
    r"|\b(?:this|my|the|following) (?:\w+ )?(?:section|task|part|unit|assignment|portfolio|report|essay|"
    r"paragraph|evidence|answer)\b"
    r"|\b(?:learners?|candidates?|students?) (?:can|will|should|must|is|are|has|have)\b",
    re.I,
)
_ANSWERED = re.compile(r"\b(?:is|are|was) (?:that|because|to|so that|by|when|how)\b(?P<answer>.+)", re.I | re.S)
_SOMEBODY = re.compile(r"\b(?:we|our|us|my|they|he|she)\b", re.I)

# Words that carry no content of a wording, or that only frame it.
_FRAME = frozenset(
    stems(
        "a an the and or of to in on at by for from with as is are was were be been being am it its this that "
        "these those their there they them i me my we our us you your he she his her can could will would shall "
        "should must may might do does did done have has had how what which who when why where if so such e g "
        "eg eg. example instance including include includes namely according based any all each every most also "
        "not both between about into through within award credit given marks mark assessor assessors look "
        "evidence understanding understand ability able accurately explain explaining describe describing "
        "identify identifying outline outlining state stating list listing name distinguish distinguishing "
        "demonstrate demonstrating argue arguing show showing shown articulate articulating section task part "
        "unit assignment portfolio report essay paragraph answer question criterion criteria learning outcome "
        "point cover covers covering stated above below here following learner learners candidate candidates "
        "student students least used using use order able know knowledge well very important really good get "
        "make"
    )
)


@dataclass(frozen=True, slots=True)
class _Wording:
    core: frozenset[str]
    words: frozenset[str]
    examples: frozenset[str]


class Echo:
    """Recognises sentences that repeat the rubric's wordings or the centre's task brief."""

    def __init__(self, wordings: Sequence[str], brief: Sequence[str]) -> None:
        self._wordings = tuple(_wording(wording) for wording in wordings)
        self._brief = tuple(frozenset(stems(sentence)) for sentence in brief if sentence.strip())

    def why(self, sentence: str) -> str | None:
        """Which wording the sentence repeats, if one."""
        if any(_alike(frozenset(stems(sentence)), words) for words in self._brief):
            return "task brief"
        words = _content(sentence)
        if len(words) < FEWEST_WORDS:
            return None
        answer = _ANSWERED.search(sentence)
        if (
            answer
            and _content(answer["answer"])
            and not any(_content(answer["answer"]) & one.words for one in self._wordings if words & one.core)
        ):
            return None
        coverage = CLAIMED_COVERAGE if _CLAIM.search(sentence) else COVERAGE
        answers = coverage == COVERAGE and bool(_SOMEBODY.search(sentence))
        return "marking point copied" if any(_echoes(words, one, coverage, answers) for one in self._wordings) else None


def _wording(text: str) -> _Wording:
    core, words = _content(_EXAMPLES.sub(" ", text)), _content(text)
    return _Wording(core, words, words - core)


def _content(text: str) -> frozenset[str]:
    return frozenset(stems(_CRM.sub("customer relationship management", text))) - _FRAME


def _alike(words: frozenset[str], brief: frozenset[str]) -> bool:
    return bool(words) and len(words & brief) >= LIKENESS * max(len(words), len(brief))


def _echoes(words: frozenset[str], wording: _Wording, coverage: float, answers: bool) -> bool:
    """Whether nearly all words lie in the wording and cover its core; an answer that names its examples does not."""
    if len(words - wording.words) > NOVELTY * len(words) or (answers and words & wording.examples):
        return False
    return bool(wording.core) and len(words & wording.core) >= coverage * len(wording.core)
