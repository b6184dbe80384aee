import json
from pathlib import Path

import pytest

from marker.criteria import RubricError, bundled, json_schema, load_rubric, parse_rubric
from marker.resources import rubrics_folder

SMALL = """\
id: small
title: A small unit
version: "1"
status: draft
source: {name: Us, note: Our own wording}
concepts:
  tea: [tea, brew]
points:
  - id: C1
    text: Explain how tea is made.
    verb: explain
    parts:
      - id: a
        text: how tea is made
        question: What do you do first?
        keywords: [tea]
"""


def test_bundled_rubrics_are_the_two_units_with_all_points() -> None:
    assert bundled() == ["customer-relationships", "customer-relationships-ocnwm"]
    assert [p.id for p in load_rubric("customer-relationships").points] == [f"A{n}" for n in range(1, 9)]
    assert [p.id for p in load_rubric("customer-relationships-ocnwm").points] == [f"B{n}" for n in range(1, 6)]


@pytest.mark.parametrize("name", ["customer-relationships", "customer-relationships-ocnwm"])
def test_every_point_has_an_example_of_each_verdict_and_every_part_a_question(name: str) -> None:
    rubric = load_rubric(name)
    assert rubric.status == "indicative"
    for point in rubric.points:
        assert {verdict for verdict, _ in point.examples.pairs()} == {"met", "partial", "not_met"}
        assert all(part.question.endswith("?") for part in point.parts)


def test_the_objective_that_no_point_covers_is_kept() -> None:
    rubric = load_rubric("customer-relationships-ocnwm")
    assert [o.text for o in rubric.objectives if not o.points] == [
        "Outline methods for measuring customer satisfaction"
    ]


def test_a_rubric_of_ones_own_loads_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    rubric = load_rubric(path)
    assert rubric.point("c1").parts[0].keywords == ("tea",)
    assert len(rubric.sha256) == 64


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("verb: explain", "verb: ponder"), "line 11, field points.C1.verb"),
        (("keywords: [tea]", "keywords: [coffee]"), "no concept is called 'coffee'"),
        (("        question: What do you do first?\n", ""), "points.C1.parts.a.question"),
        (("status: draft", "status: draft\ncolour: red"), "line 5, field colour"),
        (('version: "1"', "version: 1.0"), "line 3, field version"),
        (("    verb: explain", "   verb: explain"), "line"),
        (("id: small", "id: [small"), "line"),
        (("id: small", "sha256: abc\nid: small"), "the hash is worked out"),
    ],
)
def test_a_mistake_names_file_line_and_field(change: tuple[str, str], message: str) -> None:
    with pytest.raises(RubricError) as raised:
        parse_rubric(SMALL.replace(*change).encode(), "small.yaml")
    assert "small.yaml" in str(raised.value)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("data", [b"", b"just text", b"- a list", b"\xff\xfe\x00", b"[" * 5000])
def test_what_is_no_rubric_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(RubricError) as raised:
        parse_rubric(data, "x.yaml")
    assert "\n" not in str(raised.value)


def test_an_unknown_rubric_names_those_that_there_are() -> None:
    with pytest.raises(RubricError, match="bundled are customer-relationships, customer-relationships-ocnwm"):
        load_rubric("no-such-unit")


def test_an_unknown_point_names_those_that_there_are() -> None:
    with pytest.raises(RubricError, match="there are A1, A2"):
        load_rubric("customer-relationships").point("Z9")


def test_a_count_cannot_ask_for_more_things_than_it_knows() -> None:
    count = "\n        count: {needed: 3, items: {one: [one], two: [two]}}"
    with pytest.raises(RubricError, match="only 2 items"):
        parse_rubric((SMALL.rstrip() + count).encode(), "small.yaml")


def test_the_exported_schema_is_the_one_in_the_rubrics_folder() -> None:
    stored = json.loads((rubrics_folder() / "schema.json").read_text(encoding="utf-8"))
    assert stored == json_schema()
