"""A customer's letter or e-mail, pasted in: told by what announces it, it runs from its salutation to its sign-off."""

from __future__ import annotations

import re
from collections.abc import Sequence

from marker.document import Passage
from marker.voices.labels import CUSTOMERS

LONGEST = 15  # passages of a letter
READ = 200  # characters at the start of a passage
_ANNOUNCED = 14  # words of what announces a letter, at most
_CUSTOMER = f"(?:{CUSTOMERS})"
_KIND = r"(?:e-?mail|letter|message|complaint|review|feedback)"
_ANNOUNCES = re.compile(
    rf"\b{_CUSTOMER}(?:['’]s)? (?:complaint )?{_KIND}\b|\b{_KIND}s? (?:of complaint )?(?:that came )?(?:from|by) "
    rf"(?:an?|the|our|one|my) (?:\w+ )?{_CUSTOMER}\b|\b(?:e-?mail|letter) of complaint\b",
    re.I,
)
_SALUTATION = re.compile(
    r"\s*(?:(?:from|to|sent|date|subject|re)\s*:|(?:dear|hi|hello|good (?:morning|afternoon|evening)|to whom it)\b)",
    re.I,
)
_SIGN_OFF = re.compile(
    r"(?:\A|.*[.!?,]\s+)(?:yours(?: (?:sincerely|faithfully|truly))?|(?:kind(?:est)? |best |warm )?regards|best wishes|"
    r"(?:many )?thanks|thank you|sincerely|cheers)\b[\s,.]*(?:[\w.'’-]+\s?){0,4}\Z",
    re.I | re.S,
)
_SIGNATURE = 4  # words of the name below a sign-off


def letters(passages: Sequence[Passage]) -> list[Passage]:
    """The passages with customers' letters set aside."""
    found = list(passages)
    number = 0
    while number < len(found):
        end = _end(found, number) if _announces(found[number]) else number
        for at in range(number + 1, end):
            found[at] = found[at].aside("quoted customer") if found[at].credited else found[at]
        number = max(end, number + 1)
    return found


def _announces(passage: Passage) -> bool:
    """Whether a passage is a title, or ends in a colon, and names a customer's letter."""
    text = passage.text[:READ].strip()
    titled = passage.kind == "heading" or text.endswith(":") or not text.endswith((".", "!", "?"))
    return titled and len(text.split()) <= _ANNOUNCED and bool(_ANNOUNCES.search(text))


def _end(passages: Sequence[Passage], title: int) -> int:
    """The number behind the last passage of the letter that `title` announces; `title` where none follows."""
    if title + 1 == len(passages) or not _SALUTATION.match(passages[title + 1].text[:READ]):
        return title
    for number in range(title + 1, min(title + 1 + LONGEST, len(passages))):
        if passages[number].kind == "heading":
            return title
        if _SIGN_OFF.search(passages[number].text[-READ:]):
            signed = number + 1 < len(passages) and len(passages[number + 1].text.split()) <= _SIGNATURE
            return number + 2 if signed and passages[number + 1].kind != "heading" else number + 1
    return title
