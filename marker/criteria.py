"""The rubric: a unit's marking points, the parts of each and everything that says how they are read.

A rubric is a YAML file. Meaning lives there and not in Python, so a centre adds a unit without touching code.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from marker.errors import RubricError
from marker.resources import rubrics_folder

Verb = Literal[
    "argue", "compare", "demonstrate", "describe", "distinguish", "explain", "identify", "list", "outline", "state"
]
Verdict = Literal["met", "partial", "not_met"]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
Words = tuple[Text, ...]


def _one_or_many(value: object) -> object:
    return [value] if isinstance(value, str) else value


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class Source(_Model):
    """Where the wording of the marking points comes from."""

    name: Text
    note: Text


class Count(_Model):
    """A part that asks for a number of distinct things, told apart by concept and not by word.

    `items` maps what each thing is to the words for it; `same_as` takes the items of an earlier part of the point.
    With fewer than `needed` but at least `some` the part is shown in part, and the point is `partial`.
    """

    needed: int = Field(ge=1)
    some: int | None = Field(default=None, ge=1)
    items: dict[Id, Words] = Field(default_factory=dict)
    same_as: Id | None = None

    @model_validator(mode="after")
    def _holds(self) -> Self:
        if bool(self.items) == bool(self.same_as):
            raise ValueError("give either 'items' or 'same_as'")
        if self.items and self.needed > len(self.items):
            raise ValueError(f"'needed' is {self.needed} but there are only {len(self.items)} items")
        if self.some is not None and self.some >= self.needed:
            raise ValueError("'some' must be smaller than 'needed'")
        return self


class Part(_Model):
    """One checkable piece of a marking point.

    `role`: a `required` part must be shown for `met`; a `supporting` one is required too but earns nothing alone;
    a `lesser` one is not required and earns `partial` at most.
    `keywords` name concepts; `a + b` asks for `b` in the sentence with `a` in it or just before it.
    `label` names the trained label of the shipped classifier that reads this part; without one the part is read by
    likeness to its text and question and by its keywords, and the point is always referred.
    `demand` makes what the verb asks decide: the evidence must hold a reason, or a contrast.
    """

    id: Id
    text: Text
    question: Text
    role: Literal["required", "supporting", "lesser"] = "required"
    label: Id | None = None
    keywords: Annotated[Words, BeforeValidator(_one_or_many)] = ()
    count: Count | None = None
    demand: Literal["reason", "contrast"] | None = None


class Examples(_Model):
    """Answers with the verdict that they must get; `marker rubric check` runs them."""

    met: Words = ()
    partial: Words = ()
    not_met: Words = ()

    def pairs(self) -> list[tuple[Verdict, str]]:
        """Every example with its verdict."""
        of: dict[Verdict, Words] = {"met": self.met, "partial": self.partial, "not_met": self.not_met}
        return [(verdict, text) for verdict, texts in of.items() for text in texts]


class MarkingPoint(_Model):
    """One criterion: the source's wording, its command verb and its parts.

    `needs` says what other kind of evidence the point asks for (a performance, say): such a point is always referred.
    """

    id: Id
    text: Text
    verb: Verb
    parts: tuple[Part, ...] = Field(min_length=1)
    quantity: Text | None = None
    contrast: Text | None = None
    needs: Text | None = None
    terminology: Words = ()
    advice: Words = ()
    examples: Examples = Examples()

    @model_validator(mode="after")
    def _holds(self) -> Self:
        _distinct("part", (part.id for part in self.parts))
        if not any(part.role == "required" for part in self.parts):
            raise ValueError("no part is required, so the point could never be met")
        counted = {part.id for part in self.parts if part.count and part.count.items}
        for part in self.parts:
            if part.count and part.count.same_as and part.count.same_as not in counted:
                raise ValueError(f"part {part.id}: 'same_as' names no part with items: {part.count.same_as}")
        return self

    def items(self, part: Part) -> dict[Id, Words]:
        """The distinct things that `part` counts; empty when it counts none."""
        if part.count is None:
            return {}
        if part.count.same_as:
            return next(other.count.items for other in self.parts if other.id == part.count.same_as and other.count)
        return part.count.items

    def label(self, part: Part) -> str | None:
        """The trained label of `part`, or of the part whose items it shares."""
        if part.count and part.count.same_as:
            return next(other.label for other in self.parts if other.id == part.count.same_as)
        return part.label


class Misconception(_Model):
    """A mistaken belief, reported when the learner asserts it.

    `patterns` are wordings of it; `guards` are words that show it denied, reported or given as a bad example;
    `question` is what the learner is asked about it.
    """

    id: Id
    text: Text
    question: Text
    points: tuple[Id, ...]
    label: Id | None = None
    patterns: Words = ()
    guards: Words = ()


class Objective(_Model):
    """A learning objective of the unit and the points that cover it; none is allowed and is shown."""

    text: Text
    points: tuple[Id, ...] = ()


class Rubric(_Model):
    """A unit's marking points with their source, version and status."""

    id: Id
    title: Text
    version: Text
    status: Literal["indicative", "official", "draft"]
    source: Source
    concepts: dict[Id, Words] = Field(default_factory=dict)
    points: tuple[MarkingPoint, ...] = Field(min_length=1)
    misconceptions: tuple[Misconception, ...] = ()
    objectives: tuple[Objective, ...] = ()
    advice: Words = ()
    sha256: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")

    @model_validator(mode="after")
    def _holds(self) -> Self:
        _distinct("point", (point.id for point in self.points))
        _distinct("misconception", (misconception.id for misconception in self.misconceptions))
        for point in self.points:
            for part in point.parts:
                for keyword in part.keywords:
                    for concept in split_keyword(keyword):
                        if concept not in self.concepts:
                            raise ValueError(f"{point.id} part {part.id}: no concept is called {concept!r}")
        known = {point.id for point in self.points}
        for misconception in self.misconceptions:
            _known(f"misconception {misconception.id}", misconception.points, known)
        for objective in self.objectives:
            _known(f"objective {objective.text!r}", objective.points, known)
        return self

    def __hash__(self) -> int:
        return hash((self.id, self.version, self.sha256))

    def point(self, point_id: str) -> MarkingPoint:
        """The marking point of that id.

        Raises:
            RubricError: there is none.
        """
        for point in self.points:
            if point.id.lower() == point_id.lower():
                return point
        ids = ", ".join(point.id for point in self.points)
        raise RubricError(f"{self.id}: no marking point is called {point_id!r}; there are {ids}")

    @cached_property
    def wordings(self) -> tuple[str, ...]:
        """What this rubric prints and a learner may copy: points and objectives."""
        return tuple(point.text for point in self.points) + tuple(objective.text for objective in self.objectives)


def split_keyword(keyword: str) -> tuple[str, ...]:
    """The concepts of a keyword such as `complaint + record`."""
    return tuple(concept.strip() for concept in keyword.split("+"))


def _distinct(what: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise ValueError(f"two {what}s are called {one!r}")
        seen.add(one)


def _known(what: str, ids: Sequence[str], known: set[str]) -> None:
    for one in ids:
        if one not in known:
            raise ValueError(f"{what} names no marking point: {one!r}")


# The safe loader in C where PyYAML has it: ten times as fast.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def bundled() -> list[str]:
    """Ids of the rubrics that travel with the package."""
    return sorted(path.stem for path in rubrics_folder().glob("*.yaml"))


def load_rubric(name: str | Path) -> Rubric:
    """Load a bundled rubric by its id, or any rubric by its file.

    Raises:
        RubricError: no such rubric, or the file does not hold; the message names file, line and field.
    """
    path = rubrics_folder() / f"{name}.yaml" if str(name) in bundled() else Path(name)
    try:
        data = path.read_bytes()
    except OSError:
        raise RubricError(f"{name}: no such rubric; bundled are {', '.join(bundled())}, or give a .yaml file") from None
    return parse_rubric(data, path.name)


def parse_rubric(data: bytes, name: str) -> Rubric:
    """The rubric that `data` holds as YAML; `name` is what messages call it.

    Raises:
        RubricError: see `load_rubric`.
    """
    try:
        text = data.decode("utf-8-sig")
        loader = _Loader(text)
        node = loader.get_single_node()
        fields = loader.construct_document(node) if node else None
    except UnicodeDecodeError:
        raise RubricError(f"{name}: not a text file in UTF-8; save the rubric as UTF-8 YAML") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "not YAML"
        raise RubricError(f"{name}, line {line}: {problem}; see docs/rubrics.md for the form") from None
    except (RecursionError, ValueError):
        raise RubricError(f"{name}: cannot be read as YAML; see docs/rubrics.md for the form") from None
    if not isinstance(fields, dict):
        raise RubricError(f"{name}, line 1: a rubric is a mapping with id, title, points ...; see docs/rubrics.md")
    if "sha256" in fields:
        raise RubricError(f"{name}, {_where(node, ('sha256',))}: the hash is worked out; leave it out")
    try:
        return Rubric.model_validate({**fields, "sha256": hashlib.sha256(data).hexdigest()})
    except ValidationError as error:
        first = error.errors()[0]
        message = first["msg"].removeprefix("Value error, ")
        raise RubricError(f"{name}, {_where(node, first['loc'])}: {message}") from None


def _where(node: Any, loc: tuple[int | str, ...]) -> str:
    """`line 12, points.A1.verb` for a place in the YAML; ids stand for positions in lists."""
    names: list[str] = []
    line = 1
    for step in loc:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == step), None)
            names.append(str(step))
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
            named = isinstance(node, yaml.MappingNode) and next((v.value for k, v in node.value if k.value == "id"), "")
            names.append(named or str(step + 1))
    return f"line {line}, field {'.'.join(names) or 'rubric'}"


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a rubric file, for editors."""
    schema = Rubric.model_json_schema()
    schema["properties"].pop("sha256")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "marker rubric", **schema}
