"""What an assessor, a tutor or a colleague wrote between the lines of a draft."""

from __future__ import annotations

import re

LONGEST = 25  # words of a remark
_SHORT = 5  # words of a remark that only praises
_INITIALS = r"(?!(?:OK|UK|TV|HR|IT|AM|PM|ID|PC|CRM|NB)\b)[A-Z]{2,3}"
_DATE = r"\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?"
_SIGNED = re.compile(
    rf"[.?!✓)]\s+[-–(]*\s*{_INITIALS}\)?(?:,? {_DATE})?\W*\Z|\s{_INITIALS},? {_DATE}\W*\Z|"
    rf"\A\W*[A-Z]{{2,4}}:? ?{_DATE}(?!\d)|\A\W*✓|\A\[{_INITIALS}\d{{0,2}}:"
)
_LABELLED = re.compile(rf"\A[\[(]?{_INITIALS}\d{{0,2}}(?: \([\w ]{{3,20}}\))?:\s")
_REQUEST = re.compile(
    r"\b(?:can|could|will) you (?:please |also |just )?(?:expand|add (?:a|an|more|some|to)|say (?:more|why|which)|"
    r"explain (?:this|why|how|further|more)|give (?:me )?(?:an|another|more) (?:example|detail)|include)\b"
    r"|\bplease (?:add (?:a|an|more|some|to)|re-?do|expand|resubmit|re-?write|reference|sign and date|do a log|"
    r"say (?:more|why)|tell me yourself|explain (?:this|why|how|further)|write a (?:short )?reflection)\b"
    r"|\byour own words,? (?:please|pls)\b|\bneed your (?:own )?words\b|\A\W*in your own words\W*\Z|"
    r"\bexpand (?:on )?this\b|:\s*expand\b|\bexplain this\b|"
    r"\bword for word from\b|\bnow say (?:whose|why|how|what)\b|\bneeds? (?:more detail|expanding)\b",
    re.I,
)
_DECISION = re.compile(
    r"\b\d\.\d (?:is |are |all |now |has been )?(?:met|achieved|covered|not met)\b|\ball of \d\.\d|"
    r"\bcriteria (?:claimed|met|covered)\b|\bnot attempted\b|\bscore:? \d+\s?/\s?\d+|\ball \w+ achieved\b|"
    r"\bassessor initials\b|\Agrade: ",
    re.I,
)
_PRAISE = re.compile(
    r"\A\W*(?:(?:this|that)(?:['’]s| is) )?(?:an? )?(?:very |really )?(?:good|great|lovely|excellent|nice|super|"
    r"brilliant|fantastic|powerful|strong|well done|spot on|much (?:better|stronger))(?:!|\.\s|\s[-–]\s|\Z|"
    r" (?:point|examples?|answer|start|opening|map|effort|reflection)\b)",
    re.I,
)
_TO_LEARNER = re.compile(
    r"\A\W*you (?:were (?:really |very |so )?(?:calm|polite|clear|good|professional|confident|patient)|"
    r"(?:could|should) (?:of|have) (?:smiled|asked|said|added|explained|used|spoken|listened|logged|checked)|"
    r"need to (?:add|include|explain|expand|say)|showed (?:good|great|real|excellent|clear)|came across)\b",
    re.I,
)
_YOU = re.compile(r"\byour?\b|\byou['’]", re.I)
_OWN = re.compile(
    r"\b(?:[Mm]y|[Ww]e|[Oo]ur|[Uu]s)\b|\bI\b(?!(?:['’]d| would)? (?:like|need|agree|can['’]t use|think you))"
)


def comment(text: str) -> bool:
    """Whether a sentence or a short passage is somebody's remark on the learner's draft."""
    if len(text.split()) > LONGEST or _OWN.search(text):
        return False
    asks = bool(_REQUEST.search(text) or _DECISION.search(text) or _TO_LEARNER.match(text))
    praises = bool(_PRAISE.match(text)) and (len(text.split()) <= _SHORT or bool(_YOU.search(text)))
    labelled = bool(_LABELLED.match(text)) and bool(_YOU.search(text) or "✓" in text)
    return asks or praises or labelled or bool(_SIGNED.search(text))
