"""What a misspelt word is meant to be, so that the encoder reads what the learner meant. The quote stays as it stands.

Only words that the encoder does not know are touched, and only towards words that the training text uses, the unit's
own language, and common English ones. Of these the nearest is meant: by letters, by sound, and by how common it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path

import numpy as np

_TEXT_SPEAK = {
    "2day": "today", "2moro": "tomorrow", "abt": "about", "agen": "again", "aint": "is not", "aks": "ask",
    "aksed": "asked", "alot": "a lot", "ansa": "answer", "any1": "anyone", "appt": "appointment",
    "appts": "appointments", "arent": "are not", "arnt": "are not", "asap": "as soon as possible",
    "aswel": "as well", "av": "have", "avent": "have not", "aye": "yes", "b4": "before", "bc": "because",
    "bcos": "because", "bday": "birthday", "bk": "back", "bkin": "booking", "bkings": "bookings",
    "bout": "about", "bovver": "bother", "bovvered": "bothered", "btw": "by the way", "cannae": "cannot",
    "cant": "cannot", "carnt": "cannot", "cos": "because", "coud": "could",
    "couldna": "could not", "couldnae": "could not", "couldnt": "could not", "coz": "because", "cud": "could",
    "cudnt": "could not", "cus": "because", "cust": "customer", "custs": "customers", "cuz": "because", "dae": "do",
    "dat": "that", "defo": "definitely", "dem": "them", "dey": "they", "didnae": "did not", "didnt": "did not",
    "dinna": "do not", "dinnae": "do not", "dis": "this", "disnae": "does not", "doesent": "does not",
    "doesnt": "does not", "doin": "doing", "dont": "do not", "dosent": "does not", "dosnt": "does not",
    "dunno": "do not know", "em": "them", "enuf": "enough", "enuff": "enough", "eva": "ever", "every1": "everyone",
    "evry1": "everyone", "fing": "thing", "fings": "things", "fink": "think", "fone": "phone", "gd": "good",
    "gimme": "give me", "goin": "going", "gonna": "going to", "gotta": "got to", "gr8": "great", "gud": "good",
    "hafto": "have to", "hasnt": "has not", "hasny": "has not", "hasto": "has to", "hav": "have",
    "havent": "have not", "havin": "having", "havnt": "have not", "hes": "he is", "hoo": "who", "hv": "have",
    "idk": "i do not know", "im": "i am", "isent": "is not", "isnae": "is not", "isnt": "is not", "isny": "is not",
    "iv": "i have", "ive": "i have", "iz": "is", "kno": "know", "l8": "late", "l8r": "later", "lemme": "let me",
    "luk": "look", "luks": "looks", "m8": "mate", "m8s": "mates", "mebbe": "maybe", "mek": "make", "mgr": "manager",
    "mins": "minutes", "msg": "message", "n": "and", "nae": "no", "nd": "and", "ne1": "anyone", "neva": "never",
    "no1": "no one", "nowt": "nothing", "nt": "not", "nuffin": "nothing", "nuffink": "nothing", "nxt": "next",
    "oda": "other", "org": "organisation", "ov": "of", "ova": "over", "owt": "anything", "pls": "please",
    "plz": "please", "ppl": "people", "prob": "probably", "probly": "probably", "probs": "problems",
    "qs": "questions", "quid": "pounds", "r": "are", "reciept": "receipt", "reely": "really", "reet": "right",
    "rly": "really", "sed": "said", "shes": "she is", "shoud": "should", "shouldnt": "should not", "shud": "should",
    "shudnt": "should not", "smth": "something", "some1": "someone", "soz": "sorry", "spk": "speak",
    "str8": "straight", "sum1": "someone", "sumfin": "something", "summat": "something", "summink": "something",
    "sumone": "someone", "sumthing": "something", "tae": "to", "tbh": "to be honest", "tek": "take", "tel": "tell",
    "telt": "told", "thats": "that is", "theres": "there is", "theyd": "they would", "theyll": "they will",
    "theyre": "they are", "theyv": "they have", "theyve": "they have", "tho": "though", "thru": "through",
    "tht": "that", "tmrw": "tomorrow", "tmw": "tomorrow", "tomoz": "tomorrow", "txt": "text", "txts": "texts",
    "u": "you", "ur": "your", "w": "with", "wanna": "want to", "wasnae": "was not", "wasnt": "was not",
    "wat": "what", "wats": "what is", "wen": "when", "werent": "were not", "wernt": "were not", "weve": "we have",
    "whats": "what is", "wht": "what", "wi": "with", "wich": "which", "wiv": "with", "wk": "week",
    "wkend": "weekend", "wks": "weeks", "wont": "will not", "wot": "what", "woud": "would", "woudnt": "would not",
    "wouldnae": "would not", "wouldnt": "would not", "woz": "was", "wud": "would", "wudnt": "would not",
    "xpect": "expect", "ye": "you", "yer": "your", "youd": "you would", "youll": "you will", "youre": "you are",
    "yous": "you", "youve": "you have", "yr": "your", "yrs": "years",
}  # fmt: skip

# How letters sound in British mouths, tried in this order.
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("[st]ion|xion|shun|cean|cian", "xn"), ("ph", "f"), ("ough(?!t)|augh(?!t)|uff", "f"), ("gh", ""),
        ("^kn", "n"), ("^wr", "r"), ("th|v", "f"), ("dge|dj|j", "g"), ("tch|sh|ch", "x"), ("ing$", "in"),
        ("ck|qu|q|kw", "k"), ("x", "ks"), ("c(?=[eiy])", "s"), ("c", "k"), ("z", "s"),
        ("(?<=[aeiou])r(?=[^aeiou]|$)", ""), ("^h(?=[aeiou])", ""), ("(?<=.)[aeiouyhw]+", ""), ("^[aeiou]+", "a"),
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
# How far a word is from one that may be meant: the share of its letters that differ, and beside it
HEARD = 0.5  # of the share of its sounds that differ,
COMMON = 0.04  # less for a word that is used e times as often,
INITIAL = 0.05  # more where the first letters differ;
FURTHEST = 0.35  # a word that is further than this from every other stays as it is.
COMMONEST = 5_000  # English words that may be meant beside those of the training text, as rarely as its rarest


@cache
def is_english(word: str) -> bool:
    """Whether a word in lower case is spelt as English spells it."""
    if word in _ABBREVIATIONS:
        return True
    words = _dictionary()
    return word in words or any(word.replace(british, american) in words for british, american in _BRITISH)


@cache
def _dictionary() -> dict[str, int]:
    """English words and how often each is used, the most common first."""
    from spellchecker import SpellChecker

    counts: dict[str, int] = SpellChecker(language="en").word_frequency.dictionary
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _common() -> Iterator[str]:
    return islice((word for word in _dictionary() if word.isascii() and word.isalpha()), COMMONEST)


class Speller:
    """Reads misspelt words as what they are meant to be.

    Args:
        words: what a text may be meant to hold beside common words, with how often the training text uses each.
        known: tells a word that the encoder knows; such a word is never touched.
    """

    def __init__(self, words: Mapping[str, int], known: Callable[[str], bool]) -> None:
        self._known = known
        words = dict.fromkeys(_common(), 1) | dict(words)
        self._words = [word for word in sorted(words) if len(word) > 2]
        self._sounds = [_sound(word) for word in self._words]
        self._common = np.log([words[word] for word in self._words])
        self._initials = np.array([word[0] for word in self._words])
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
        from rapidfuzz.process import cdist

        letters = cdist([word], self._words, scorer=OSA.normalized_distance)[0]
        sounds = cdist([_sound(word)], self._sounds, scorer=OSA.normalized_distance)[0]
        far = letters + HEARD * sounds - COMMON * self._common + INITIAL * (self._initials != word[0])
        nearest = int(far.argmin())
        return self._words[nearest] if far[nearest] < FURTHEST else word


def _sound(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def load_words(path: Path) -> dict[str, int]:
    """Words and counts of a file with a word and its count on each line."""
    lines = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {word: int(count) for word, count in lines}
