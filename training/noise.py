"""Learners' spelling, as noise put on training text: text-speak, spelling by ear, dropped letters, lost full stops."""

from __future__ import annotations

import random
import re

_TEXT_SPEAK = {
    "about": "bout", "and": "n", "anyone": "ne1", "are": "r", "be": "b", "because": "cos", "before": "b4",
    "could": "cud", "for": "4", "going": "gona", "have": "av", "is": "iz", "know": "no", "not": "nt", "of": "ov",
    "our": "are",
    "people": "ppl", "please": "plz", "quick": "kwik", "right": "rite", "said": "sed", "see": "c", "should": "shud",
    "someone": "sum1", "something": "summat", "that": "dat", "their": "there", "them": "em", "then": "than",
    "there": "their", "they": "dey", "thing": "fing", "things": "fings", "though": "tho", "through": "thru", "to": "2",
    "was": "woz", "what": "wot", "when": "wen", "which": "wich", "who": "hoo", "with": "wiv",
    "would": "wud", "write": "rite", "you": "u", "your": "ur",
}  # fmt: skip

# Spelling by ear: letters and how they may be written by someone who goes by the sound.
_BY_EAR = [
    ("ough", "uff"), ("augh", "af"), ("tion", "shun"), ("sion", "shun"), ("ight", "ite"), ("ould", "ud"),
    ("ence", "ance"), ("able", "ible"), ("eive", "eeve"), ("ious", "ius"), ("ph", "f"), ("ck", "k"), ("ee", "ea"),
    ("ea", "ee"),
    ("oo", "u"), ("ou", "ow"), ("ie", "ei"), ("ei", "ie"), ("ai", "a"), ("wh", "w"), ("qu", "kw"), ("er", "a"),
    ("er", "ur"), ("or", "er"), ("ll", "l"), ("ss", "s"), ("mm", "m"), ("tt", "t"), ("pp", "p"), ("nn", "n"),
    ("c", "k"), ("s", "c"), ("y", "ie"), ("y", "i"), ("i", "e"), ("e", "i"), ("u", "e"), ("o", "u"), ("a", "u"),
]  # fmt: skip


def noisy(text: str, rng: random.Random, strength: float) -> str:
    """The text as a hurried or unsure writer might type it; `strength` is the share of words touched, from 0 to 1."""
    words = re.split(r"(\W+)", text)
    text = "".join(_noisy_word(word, rng) if word.isalpha() and rng.random() < strength else word for word in words)
    if rng.random() < 0.5:
        text = text.lower()
    if rng.random() < 0.5:
        text = text.rstrip(".!").replace("'", "").replace("’", "").replace(",", "")
    return text


def _noisy_word(word: str, rng: random.Random) -> str:
    if word.lower() in _TEXT_SPEAK and rng.random() < 0.6:
        return _TEXT_SPEAK[word.lower()]
    if len(word) < 4:
        return word
    return _by_ear(word, rng) if rng.random() < 0.6 else _slip(word, rng)


def _by_ear(word: str, rng: random.Random) -> str:
    fitting = [(letters, heard) for letters, heard in _BY_EAR if letters in word[1:].lower()]
    for letters, heard in rng.sample(fitting, min(len(fitting), rng.choice((1, 1, 2)))):
        at = word.lower().find(letters, 1)
        if at > 0:
            word = word[:at] + heard + word[at + len(letters) :]
    return word[:-1] if word.endswith("e") and rng.random() < 0.3 else word


def _slip(word: str, rng: random.Random) -> str:
    """One letter left out, swapped with the next or typed twice."""
    at = rng.randrange(1, len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    return rng.choice((before + after, before + after[0] + letter + after[1:], before + letter * 2 + after))
