"""What a centre prints round an answer: numbers, questions, instructions, task briefs, heads of columns and rows."""

from __future__ import annotations

import re

_LABEL = (
    r"(?:(?:question|task|part|section|activity|exercise|assignment|criteri(?:on|a)|(?:learning )?outcome|"
    r"table|unit|evidence|item|arm|bubble|branch|scene|topic|appendix|chapter)"
    r"\s(?:\d{1,3}(?:\.\d{1,2})*[a-z]?|[a-h]|one|two|three|four|five)\b|(?:q|l\.?o|a\.?c|p|m|d|"
    r"[ab])\.?\s?\d{1,2}(?:\.\d{1,2})*[a-z]?\b"
    r"|(?:question|task|criterion|q)(?=\s*[:\-–—]))"
)
STRONG_LABEL = re.compile(rf"\s*[*_]*\(?{_LABEL}(?:\s?(?:and|&|,)?\s?{_LABEL})*\)?\s*[.:)\-–—]*[*_]*\s*", re.I)
_NUMBER = re.compile(
    r"\s*\(?(?:\d{1,2}(?:\.\d{1,2})*[.):]|\d{1,2}(?=\s[A-Z])|[a-h][.)]|[ivx]{1,4}[.)])\s+(?:and \d{1,2}[.)]? )?", re.I
)
_DEEP_NUMBER = re.compile(r"\s*\d{1,2}(?:\.\d{1,2})+[.):]?\s")
ONLY_LABEL = re.compile(
    rf"(?:{STRONG_LABEL.pattern}|\s*\(?(?:\d{{1,2}}(?:\.\d{{1,2}})*|[a-h]|[ivx]{{1,4}})[.):]+\s*)\Z", re.I
)
FEWEST_ASKED = 3  # words
SINGULAR = re.compile(r"\b(?:I|i|[Mm]y|me)\b(?!\.)")  # "I" and not "we", which organisations say too
FIRST_PERSON = re.compile(r"\b(?:I|i|me|my|mine|myself|we|our|ours|us)(?:\b|['’])", re.I)
_ADDRESSED = re.compile(r"\b(?:you|your)\b", re.I)
COMMAND = re.compile(
    r"(?:please |briefly |accurately |clearly |fully |now |using [^,.]{1,60}, |(?:with examples|"
    r"in your own words|in your (?:job|role|workplace)),? )*"
    r"(?:explain|describe|identify|outline|define|summari[sz]e|compare|state|list|give|name|examine|"
    r"demonstrate)s?\b(?!\s+to\b)",
    re.I,
)
_LABELLED_COMMAND = re.compile(
    r"(?:\([^()]{1,20}\)[:. ]*)?(?:please |briefly |using [^,.]{1,60}, |in your own words,? )*"
    r"(?:show|suggest|illustrate|assess|say|tell (?:me|us)|write|produce|create|prepare|complete|carry out|"
    r"take part|plan|investigate|research|"
    r"select|choose|think|reflect|answer|read|watch|look|consider|record|fill|draw|design|match|tick|circle|"
    r"use|understand|know|be able to|"
    r"provide|include|make|role.?play)\b",
    re.I,
)
_ONLY_ASSESSED = re.compile(
    r"(?:argue|evaluate|distinguish|outline|discuss|analyse|justify)\s+(?!with\b|it\b)\w+\s+\w", re.I
)
_COMMANDED = re.compile(
    r"(?:explaining|describing|identifying|outlining|distinguishing|demonstrating|arguing|"
    r"explains|describes|identifies|outlines|distinguishes|demonstrates|argues)\b",
    re.I,
)
_ASSESSED = re.compile(
    r"\b(?:your|you|importance|differences? between|role of|how to|ways|principles?|stages|methods|key|main|"
    r"purpose|reasons? (?:why|for)|types of|"
    r"between|understanding|organisations?|organisational|procedures?|customers?['’]? (?:needs|requirements|"
    r"complaints|data|records|interactions|service|"
    r"types|relationship)|why it is|what is meant|how (?:an?|customer|complaints)|effective|benefits|impact)\b",
    re.I,
)
_SURELY_ASSESSED = re.compile(
    r"\b(?:you would|you (?:have |might |could )?(?:use|do|did|dealt|deal|find|found|handle|log|keep|respond)|"
    r"your (?:own|organi[sz]\w+|work\w*|role|job|employer|company|answers?|centre|customers|business|department|team)|"
    r"at least|importance of|differences? between|the (?:main |key |core )?(?:role|stages|principles|"
    r"components|methods) (?:of|used)|"
    r"active listening|internal and external|distinct|CRM|with examples|according to|organisational|(?:two|"
    r"three|four|five|[2-5]) )",
    re.I,
)
_PLAIN_VERB = re.compile(
    r"(?:state|list|give|name)s?\s+(?!(?:and \w+ )?(?:two|three|four|five|six|one|\d|at least|an? (?:example|"
    r"reason|definition)|examples?|reasons?|the (?:main|names?|three|four|stages|key|different|benefits|"
    r"advantages)|some|ways|what|why|different)\b)",
    re.I,
)
_OWN_STEP = re.compile(
    r"\b(?:to|with) (?:the|a|your|our|my) (?:customer|client|guest|caller|patient|manager|person|supervisor|team)\b|"
    r"\b(?:them|they|him|her|she|he)\b|\bthe (?:customer|client|guest|caller|patient|problem|person|situation)\b",
    re.I,
)
_ACTION = re.compile(
    r"\s*(?:[\d.)\-•]+\s*)?(?:(?:first|then|next|always|and|step \d+|finally|never)[,:.]?\s+)*"
    r"(?:listen|apologi[sz]e|say|tell|ask|write|record|log|take|thank|offer|check|call|ring|pass|refer|follow|"
    r"put|stay|keep|make|"
    r"let|find|get|send|acknowledge|investigate|resolve|solve|greet|smile|refund|replace|report|phone|email|"
    r"note|fill|be|do|"
    r"don'?t|try|calm|look|hear|speak|enter|sort|fix|review|agree|contact|inform|reply|respond|escalate|treat|"
    r"go|come|give|use|"
    r"show|learn|work|monitor|close|update|confirm|repeat|empathi[sz]e|understand)\b",
    re.I,
)
_PARTED = re.compile(r"[^.:?!–—]{1,60}?(?:[:–—]|\s-)\s*(?=[A-Za-z])")  # "Task 1 - Customer needs: identify ..."
_LABELLED = (COMMAND, _LABELLED_COMMAND, _COMMANDED)
_QUESTION_WORD = re.compile(
    r"(?:(?:and|so|ok|now)[, ]+)?(?:in your own words,? )?"
    r"(?:what|how|why|who|when|where|which|whose|do|does|did|can|could|would|are|is|have|has|in what)\b",
    re.I,
)
_INSTRUCTION = re.compile(
    r"\s*(?:\w+[- ]?\w*: )?(?:please |you (?:should|must|may|will need to|are required to|need to|can|are) )*"
    r"(?:(?:complete|fill(?: in)?) (?:the|this|all|every|each|both)\b(?: \w+){0,3} (?:table|box|boxes|section|"
    r"sections|questions?|cells?|grid|tasks?|gaps|parts?)\b|fill (?:every|each) box|draw or type|use (?:your|"
    r"the (?:space|box|table|headings?)|this (?:space|box)|bullet|examples|full)|"
    r"write (?:your|up to|at least|an? (?:\w+ )?(?:report|account|paragraph|script|essay|statement|reflective)|"
    r"in (?:the|your|full)|"
    r"out what|what you|about)\b|answer (?:all|every|each|the (?:questions?|following)|both|these|"
    r"in (?:full|the|your|complete|sentences))\b|type your|attach|insert|"
    r"click (?:here|or tap)|tick\b|delete as|continue on|enter (?:your )?text|include (?:the|at least|"
    r"examples?|your|any)\b|"
    r"provide (?:an?|evidence|examples?|at least|two|three|your)\b|think (?:about|of) (?:your|an? (?:time|"
    r"customer|occasion|situation|complaint)|one|how you)|refer to (?:your|the unit)|"
    r"give (?:an? |at least |\w+ )?(?:examples?|reasons?)\b(?! of (?:when|how) (?:we|i))|do not (?:leave|write|"
    r"copy)|read the (?:scenario|case)|"
    r"one answer|add (?:branches|your)|support your|expected to|look at the (?:scenario|table|case))"
    r"|all (?:questions|sections|tasks)\b.{0,20}\b(?:must|should|to) be\b"
    r"|\s*(?:the )?(?:learners?|candidates?|students?) (?:should|must|will|can|needs? to|(?:is|are) (?:able|"
    r"required|expected) to)\b"
    r"|\s*(?:award credit|credit should be given|award marks|assessors should|on completion of this|"
    r"by the end of this|to achieve this|"
    r"in this (?:task|unit|section),? you (?:will|should|must))\b"
    r"|\s*[\[(<]?(?:approx(?:imately)?\.?|about|min(?:imum)?\.?|max(?:imum)?\.?|up to|"
    r"at least) \d+(?:\s?[-–]\s?\d+)? words[\])>.]*\s*\Z"
    r"|.*\b(?:your answers? (?:here|below|in the|should|must)|type here|space (?:below|provided)|"
    r"answers? in (?:the )?box)"
    r"|\s*(?:your |my |learner(?:['’]s)? )?(?:answers?|response|comments?|notes)\s*:?\s*\Z|\s*[\[<(](?:insert|"
    r"type|enter|add|delete|your)\b.{0,60}[\]>)]\s*\Z"
    r"|\s*(?:hints?|tips?|guidance|reminder|note to (?:the )?learners?)\s*:"
    r"|to cover:|.{0,60}\(?(?:minimum|maximum|min|max) \d+ words\)?\.?\Z",
    re.I | re.S,
)
# A task sheet speaks to the learner of the task, the file or a made-up job; a learner's "you" speaks of anybody.
_BRIEFED = re.compile(
    r"\byour (?:task|portfolio|answers?|evidence|leaflet|report|assignment|presentation|poster|submission)\b|"
    r"\byour (?:assessor|tutor) (?:will|may|has|can)\b"
    r"|\A\W*you (?:have (?:just |recently )?been (?:asked|given|employed|appointed)|have (?:just )?started|"
    r"are working (?:as|for|at|in)|are employed)\b"
    r"|\A\W*you (?:work|are) (?:as |for |at |in |on )?(?:an?|the)\b.*\b(?:your (?:line )?manager|"
    r"you (?:have been|must|need to|will|are asked)|has (?:asked|rung|called|come|arrived))\b"
    r"|\byou (?:should|must|may|need to|are required to|will(?: need to)?) (?:also )?(?:submit|produce|"
    r"take part|include (?:at least|examples|evidence|your|an? |two|three|reference)|"
    r"refer to (?:your|the (?:scenario|unit|organisation))|provide (?:evidence|examples|at least)|"
    r"use (?:examples|the scenario|the table|headings|bullet|full)|"
    r"aim (?:for|to write)|cover (?:all|the following|at least|both)|write (?:up to|an? |at least|in )|"
    r"answer (?:all|every|each|the questions)|give (?:examples|at least|two|three)|"
    r"complete (?:all|every|each|the (?:task|table|section|questions))|explain (?:how|why) you|show (?:that|how) you)"
    r"|\A\W*your (?:line )?(?:manager|supervisor|boss|employer) (?:has (?:asked|given)|asks|wants|would like) you\b"
    r"|\b(?:make sure|ensure|remember to|check) (?:that )?(?:you )?(?:include|refer to|cover|give examples|"
    r"answer|have (?:included|covered|answered))\b"
    r"|\b(?:use|read|from|in) the (?:scenario|case study|information) (?:above|below)\b|\bthis (?:task|"
    r"assignment|activity|question|form|booklet) (?:asks|requires|helps|is designed)\b"
    r"|\b(?:hand in|submit)\b.{0,40}\bby\b.{0,20}\d|\bhand.?in date\b",
    re.I | re.S,
)


def unlabelled(text: str) -> str:
    """The text without a leading "Q1.", "Task 2:" or "1." ."""
    match = STRONG_LABEL.match(text) or _NUMBER.match(text) or _DEEP_NUMBER.match(text)
    return text[match.end() :] if match else text


def is_action(text: str) -> bool:
    """Whether a text opens like a step of the learner's ("Listen to the customer")."""
    return bool(_ACTION.match(text))


def brief(text: str) -> bool:
    """Whether a passage sets the learner a task."""
    return bool(_BRIEFED.search(text)) and not FIRST_PERSON.search(text)


def instruction(sentence: str) -> bool:
    """Whether a sentence tells the learner how to fill in the form."""
    text = unlabelled(sentence)
    return (
        bool(_INSTRUCTION.match(text) or _BRIEFED.search(text))
        and not FIRST_PERSON.search(text)
        and not _OWN_STEP.search(text)
    )


def asks(text: str) -> bool:
    """Whether a text that is printed otherwise than what follows it begins like a question."""
    words = unlabelled(text).strip()
    return (
        len(words.split()) >= FEWEST_ASKED
        and bool(COMMAND.match(words) or _QUESTION_WORD.match(words))
        and not FIRST_PERSON.search(words)
    )


def sets_a_task(sentence: str) -> bool:
    """Whether a sentence without a number asks the reader for something of their own: "Give two of your own"."""
    return bool(COMMAND.match(sentence) and _ADDRESSED.search(sentence)) and not FIRST_PERSON.search(sentence)


def question(sentence: str, *, alone: bool = False, first: bool = False, steps: bool = False) -> bool:
    """Whether a sentence is a printed question.

    `alone`: nothing else stands in its passage; `first`: it opens its passage; `steps`: the learner's own steps stand
    beside it.
    """
    strong = STRONG_LABEL.match(sentence) or _DEEP_NUMBER.match(sentence)
    if strong and (parted := _PARTED.match(sentence, strong.end())):
        sentence = sentence[parted.end() :]
    text = unlabelled(sentence).strip()
    own = bool(FIRST_PERSON.search(text))
    if strong and text and not own and (text.endswith("?") or any(form.match(text) for form in _LABELLED)):
        return True
    if text.endswith("?"):
        return bool(_QUESTION_WORD.match(text)) and (alone or (not own and (first or bool(_ADDRESSED.search(text)))))
    if own:
        return False
    if _ONLY_ASSESSED.match(text):
        return True
    if not COMMAND.match(text) or _PLAIN_VERB.match(text):
        return False
    if alone and _NUMBER.match(sentence) and not steps and not _OWN_STEP.search(text):
        return True
    return bool(_SURELY_ASSESSED.search(text)) or (
        bool(_ASSESSED.search(text)) and not (steps or _OWN_STEP.search(text))
    )
