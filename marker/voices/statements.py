"""Single passages in somebody else's voice: a witness, an assessor, a customer, a policy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from marker.document import Passage
from marker.voices.policies import SINGULAR
from marker.voices.sections import OWN_VOICE

LONGEST = 2_000  # characters read of a passage
LONGEST_LETTER = 10  # passages
_LEADER = re.compile(r".{2,80}?(?:\.{4,}|…{2,}|\t)\s*\d{1,3}\s*\Z")
_LEARNER = (
    r"(?:she|he|her|him|they|them|(?:the|this|our|my) (?:learner|candidate|student|apprentice|colleague|"
    r"member of staff)|(?!Mr|Ms|Dr|Our|The|My|This|It|I\b|We)[A-Z][a-z]+)"
)
_CONFIRMS = re.compile(
    rf"\bI (?:can |hereby |am happy to |am able to |would like to )?(?:confirm|certify|verify|"
    rf"testify) (?:that )?{_LEARNER}\b"
    rf"|\bI (?:have |was able to )?(?:observed?|witnessed?|supervised?|line manage) {_LEARNER}\b"
    rf"|\bI am (?:the |her |his |their |[A-Z]\w+['’]s )?(?:line |duty |shift |branch |office )?(?:manager|"
    rf"supervisor|team leader|mentor|employer) (?:of|for|to) {_LEARNER}\b"
    rf"|\bI am (?:her|his|their|[A-Z]\w+['’]s) (?:line |duty |shift |branch |office )?(?:manager|supervisor|"
    rf"team leader|mentor|employer)\b"
)
_KNOWS = re.compile(
    rf"\bI (?:have |['’]ve )?(?:worked (?:with|alongside)|known|managed|supervised|employed|line managed|"
    rf"mentored|been working with) {_LEARNER}\b|\bI was present when {_LEARNER}\b|\b(?:a real|an) asset to\b"
)
_MARKED = re.compile(
    r"\s*(?:(?:well done|good (?:work|answer|effort|start|example)s?|great (?:work|answer|example)s?|"
    r"excellent (?:work|answer|start|effort|example)s?|nice (?:work|example)s?|thank you for (?:submitting|"
    r"completing|your (?:work|answers|submission)))\b.*\b(?:you|your)\b"
    r"|(?:[\w ]{1,20}, )?you(?: have|['’]ve) (?:now |also |clearly |correctly |not |fully |"
    r"partly )*(?:explained|described|shown|met|identified|given|demonstrated|covered|achieved|provided|"
    r"outlined|produced|addressed|understood)\b"
    r"|please (?:add|expand|resubmit|see me|give (?:an|more)|include more|explain (?:this|further|more)|"
    r"say more)\b|can you (?:add|expand|say more)\b"
    r"|(?:to improve|next time|for a higher|to achieve)\b[^.]*\byou\b|(?:ac|criteri\w+|"
    r"lo)? ?\d(?:\.\d)? (?:is |has been |not yet )?(?:met|achieved)\b|(?:iv|iqa)[: ]|(?:grade|decision|outcome|"
    r"result)\s*:\s*(?:pass|refer|met|not met|achieved|not yet)\b)",
    re.I | re.S,
)
_OBSERVED = re.compile(
    r"\b[Tt]he (?:learner|candidate|apprentice) (?:\w+ly )?(?:was|has|had|did|then|also|gave|kept|let|told|"
    r"took|made|spoke|dealt|\w+ed)\b"
)
_ASSESSOR_SAYS = re.compile(
    r"\s*[\[(]?(?:(?:note|comment) (?:from|by) )?(?:assessor|tutor|teacher|trainer|examiner|observer|iqa|iv|"
    r"marker|witness)(?:['’]s)?(?: (?:note|comment|query))?(?: \([^()]{1,20}\))?\s*:\s+\w+\W+\w",
    re.I,
)
_COMPLAINS = re.compile(
    r"\b(?:writing to (?:complain|express|make a complaint|say how)|(?:wish|want|would like) to (?:complain|"
    r"make a (?:formal )?complaint)|"
    r"(?:very|extremely|so|really|bitterly) (?:disappointed|unhappy|annoyed|upset|disgusted)|your (?:staff|"
    r"store|shop|company|service|driver|website|branch|team|hotel)\b|"
    r"(?:want|demand|expect|like) (?:a|my|the) (?:full )?(?:refund|money|replacement|apology)|never (?:use|"
    r"shop|come|order|buy)\w*\b.{0,20}again|i (?:ordered|bought|booked|purchased)\b)",
    re.I,
)
_SERVES = re.compile(
    r"\b(?:we(?:['’]ll| will| can)|don['’]?t worry|no problem|of course|can i|may i|have i got|is that right|"
    r"bear with|you must be|that must|could you (?:just )?(?:tell|give)|i(?:['’]m| am) (?:so |very |"
    r"really )?sorry|apologi[sz]e|how (?:can|may) i|let me|i (?:can )?(?:completely )?understand|thank you for|"
    r"would you like|i(?:['’]ll| will) (?:look|find|speak|get|send|call|ring|check))",
    re.I,
)
_LEAD_IN = re.compile(
    r"\b(?:wrote|said|says|reads|emailed|reviews?|comment(?: card)?s?|letter|emails?|complaint|"
    r"message)\b[^.?!]{0,60}:\s*\Z",
    re.I,
)
_DEAR = re.compile(r"\s*[\"“]?(?:dear|to whom it may concern|hi|hello)\b.{0,40}(?:,|\Z|\n)", re.I)
_SIGN_OFF = re.compile(
    r"\s*(?:yours (?:sincerely|faithfully|truly)|kind regards|best wishes|regards|many thanks)\b|"
    r".*\byours (?:sincerely|faithfully)\b.{0,40}\Z",
    re.I | re.S,
)
_QUOTED = re.compile(r"\s*(?:[\"“][^\"“”]+[\"”]|‘[^‘]+’)[.,]?\s*(?:[-–—(].{0,60})?\Z", re.S)


def letters(passages: Sequence[Passage]) -> list[Passage]:
    """A customer's letter from "Dear Sir" to its end."""
    found = list(passages)
    for start, passage in enumerate(passages):
        if not (found[start].credited and _DEAR.match(passage.text[:LONGEST])):
            continue
        end = next(
            (
                n
                for n in range(start, min(start + LONGEST_LETTER, len(passages)))
                if _SIGN_OFF.match(passages[n].text[:LONGEST])
            ),
            start,
        )
        end = max(end, min(start + 1, len(passages) - 1)) if len(passage.text.split()) <= 6 else end
        if (
            _SIGN_OFF.match(passages[end].text[:LONGEST])
            and end + 1 < len(passages)
            and len(passages[end + 1].text.split()) <= 3
        ):
            end += 1
        letter = " ".join(one.text[:LONGEST] for one in passages[start : end + 1])
        if len(_COMPLAINS.findall(letter)) > 1 and not _SERVES.search(letter):
            for n in range(start, end + 1):
                found[n] = found[n].aside("quoted customer") if found[n].credited else found[n]
    return _introduced(found)


def _introduced(passages: Sequence[Passage]) -> list[Passage]:
    """What a customer wrote, behind a line such as "One guest wrote:"."""
    found = list(passages)
    for number, (lead, passage) in enumerate(pairwise(passages), start=1):
        if (
            passage.credited
            and _LEAD_IN.search(lead.text[-200:])
            and _COMPLAINS.search(passage.text[:LONGEST])
            and not _SERVES.search(passage.text[:LONGEST])
        ):
            found[number] = passage.aside("quoted customer")
    return found


def whole(text: str, learner: Sequence[str]) -> str | None:
    """Why a single passage is somebody else's, if it is; `learner` are the learner's names."""
    if any(_tells_of(text, name) for name in learner):
        return "witness statement"
    if _LEADER.match(text):
        return "contents page"
    if _ASSESSOR_SAYS.match(text) or (
        _MARKED.match(text) and not _SERVES.search(text) and not re.search(r"\b(?:my|we|our)\b", text, re.I)
    ):
        return "assessor's comment"
    if _OBSERVED.search(text) and not SINGULAR.search(text):
        return "witness statement"
    if (_CONFIRMS.search(text) or _KNOWS.search(text)) and not OWN_VOICE.search(text):
        return "witness statement"
    if _QUOTED.match(text) and len(text.split()) > 5 and not _SERVES.search(text):
        return "quoted customer"
    return None


def _tells_of(text: str, name: str) -> bool:
    """Whether a passage tells in the third person what the learner of that name did."""
    first = re.escape(name.split()[0])
    told = (
        rf"\b{first} (?:\w+ly )?(?:was|has|had|did|then|also|gave|kept|let|told|took|made|spoke|dealt|is|can|"
        rf"showed|\w+ed)\b"
    )
    return len(first) > 1 and bool(re.search(told, text)) and not re.search(r"\b(?:my|we|our|me)\b", text, re.I)
