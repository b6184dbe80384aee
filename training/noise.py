"""Learners' spelling, as noise put on training text: text-speak, dropped letters, lost capitals and full stops."""

from __future__ import annotations

import random
import re

_TEXT_SPEAK = {
    "you": "u", "your": "ur", "are": "r", "because": "cos", "and": "n", "to": "2", "for": "4", "what": "wot",
    "with": "wiv", "them": "em", "they": "dey", "their": "there", "there": "their", "something": "summat",
    "someone": "sum1", "have": "av", "our": "are", "before": "b4", "about": "bout", "people": "ppl", "please": "plz",
    "customer": "custermer", "customers": "custermers", "complaint": "complant", "complaints": "complants",
    "internal": "internel", "external": "extenal", "want": "wont", "would": "wud", "could": "cud", "should": "shud",
    "though": "tho", "through": "thru", "know": "no", "going": "gona", "not": "nt", "is": "iz", "that": "dat",
    "confidential": "confidenshal", "which": "wich", "write": "rite", "written": "ritten", "were": "where",
    "quick": "kwik", "when": "wen", "then": "than", "thing": "fing", "things": "fings", "manager": "maneger",
}  # fmt: skip


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
    at = rng.randrange(1, len(word) - 1)
    change = rng.randrange(4)
    if change == 0:
        return word[:at] + word[at + 1 :]
    if change == 1:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if change == 2:
        return word[:at] + word[at] + word[at:]
    return word[:at] + rng.choice("aeiou") + word[at + 1 :] if word[at] in "aeiou" else word
