"""What a misspelt word is meant to be, so that the encoder reads what the learner meant. The quote stays as it stands.

Only words that the encoder does not know are touched, and only towards words that the training text uses: the unit's
own language. A word that sounds alike (same consonants) goes before one that is spelt alike.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path

_TEXT_SPEAK = {
    "2day": "today", "2moro": "tomorrow", "abt": "about", "agen": "again", "alot": "a lot", "any1": "anyone",
    "arent": "are not", "aswel": "as well", "b4": "before", "bc": "because", "bcos": "because", "bday": "birthday",
    "bout": "about", "bovver": "bother", "bovvered": "bothered", "cant": "cannot", "carnt": "cannot",
    "cos": "because", "coud": "could", "couldnt": "could not", "coz": "because", "cud": "could", "cus": "because",
    "cust": "customer", "custs": "customers", "cuz": "because", "dat": "that", "defo": "definitely", "dem": "them",
    "dey": "they", "didnt": "did not", "dis": "this", "doesent": "does not", "doesnt": "does not", "doin": "doing",
    "dont": "do not", "dosent": "does not", "dosnt": "does not", "em": "them", "eva": "ever", "every1": "everyone",
    "evry1": "everyone", "fing": "thing", "fings": "things", "fink": "think", "fone": "phone", "gd": "good",
    "goin": "going", "gonna": "going to", "gotta": "got to", "gud": "good", "hafto": "have to", "hasnt": "has not",
    "hasto": "has to", "hav": "have", "havent": "have not", "hoo": "who", "hv": "have", "idk": "i do not know",
    "im": "i am", "isnt": "is not", "ive": "i have", "iz": "is", "kno": "know", "luk": "look", "luks": "looks",
    "m8": "mate", "m8s": "mates", "mgr": "manager", "mins": "minutes", "msg": "message", "n": "and", "nd": "and",
    "ne1": "anyone", "neva": "never", "no1": "no one", "nowt": "nothing", "nt": "not", "nuffin": "nothing",
    "nuffink": "nothing", "oda": "other", "ov": "of", "ova": "over", "owt": "anything", "plz": "please",
    "ppl": "people", "prob": "probably", "probly": "probably", "probs": "problems", "quid": "pounds", "r": "are",
    "reciept": "receipt", "reely": "really", "rly": "really", "sed": "said", "shoud": "should", "shud": "should",
    "some1": "someone", "soz": "sorry", "str8": "straight", "sum1": "someone", "sumfin": "something",
    "summat": "something", "summink": "something", "sumone": "someone", "sumthing": "something",
    "tbh": "to be honest", "tel": "tell", "thats": "that is", "theres": "there is", "theyre": "they are",
    "tho": "though", "thru": "through", "tht": "that", "tmrw": "tomorrow", "tomoz": "tomorrow", "txt": "text",
    "txts": "texts", "u": "you", "ur": "your", "w": "with", "wanna": "want to", "wasnt": "was not", "wat": "what",
    "wats": "what is", "wen": "when", "werent": "were not", "wernt": "were not", "whats": "what is", "wht": "what",
    "wich": "which", "wiv": "with", "wont": "will not", "wot": "what", "woud": "would", "wouldnt": "would not",
    "woz": "was", "wud": "would", "xpect": "expect", "youre": "you are", "yr": "your",
}  # fmt: skip

# How letters sound, tried in this order.
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("tion|sion|shun|cean", "xn"), ("ph", "f"), ("gh(?!$)|gh$", ""), ("wh", "w"), ("ck|qu|q", "k"), ("x", "ks"),
        ("c(?=[eiy])", "s"), ("c(?!h)", "k"), ("z", "s"), ("(?<=.)[aeiouyhw]+", ""), ("^[aeiou]+", "a"),
        (r"(.)\1+", r"\1"),
    )
]  # fmt: skip
# British spellings beside the American ones that the word list has, and abbreviations of the field.
_BRITISH = (
    ("is", "iz"),
    ("ys", "yz"),
    ("our", "or"),
    ("tre", "ter"),
    ("lled", "led"),
    ("lling", "ling"),
    ("eque", "eck"),
)
_ABBREVIATIONS = frozenset("crm gdpr ico nhs faq kpi sla csat nps ulez mot hmrc bacs".split())
_WORD = re.compile(r"[^\W_]+")
_LONG_SOUND = 5  # letters of a sound that hardly two words share, however they are spelt


@cache
def is_english(word: str) -> bool:
    """Whether a word in lower case is spelt as English spells it."""
    if word in _ABBREVIATIONS:
        return True
    words = _dictionary()
    return word in words or any(word.replace(british, american) in words for british, american in _BRITISH)


@cache
def _dictionary() -> frozenset[str]:
    from spellchecker import SpellChecker

    return frozenset(SpellChecker(language="en").word_frequency.words())


class Speller:
    """Reads misspelt words as what they are meant to be.

    Args:
        words: the words that a text may be meant to hold, with how often the training text uses each.
        known: tells a word that the encoder knows; such a word is never touched.
    """

    def __init__(self, words: Mapping[str, int], known: Callable[[str], bool]) -> None:
        self._known = known
        self._count = {word: count for word, count in words.items() if len(word) > 2}
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        self._by_letters: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self._count:
            self._by_sound[_sound(word)].append(word)
            self._by_letters[word[0], len(word)].append(word)
        self._meant = lru_cache(maxsize=50_000)(self._meant_by)

    def read(self, text: str) -> str:
        """The text with its misspelt words as what they are meant to be."""
        return _WORD.sub(lambda match: self._word(match.group()), text)

    def _word(self, word: str) -> str:
        lower = word.lower()
        if lower in _TEXT_SPEAK:
            return _TEXT_SPEAK[lower]
        if len(word) < 3 or not word.isalpha() or self._known(lower) or (word != lower and not word.isupper()):
            return word  # a capital within lower case: a name, or the first word of a sentence
        return self._meant(lower)

    def _meant_by(self, word: str) -> str:
        from rapidfuzz.distance import OSA

        sound = _sound(word)
        alike = self._by_sound.get(sound, [])
        furthest = 1 if len(word) < 6 else 2
        if not alike:
            lengths = range(len(word) - furthest, len(word) + furthest + 1)
            alike = [one for length in lengths for one in self._by_letters.get((word[0], length), [])]
        else:
            furthest = max(furthest + 1, len(word) // 2 if len(sound) >= _LONG_SOUND else 0)
        near = [(OSA.distance(word, one, score_cutoff=furthest), -self._count[one], one) for one in alike]
        return min((one for one in near if one[0] <= furthest), default=(0, 0, word))[2]


def _sound(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def load_words(path: Path) -> dict[str, int]:
    """Words and counts of a file with a word and its count on each line."""
    lines = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {word: int(count) for word, count in lines}
