"""The JSON report is an interface: keys, their order, and values as programs need them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from marker.marking import NOTICE, Marking
from marker.report import render

LOCATION = ["file", "page", "paragraph", "cell", "start", "end", "heading", "number", "turn", "speaker", "line"]


def parsed(*markings: Marking) -> Any:
    return json.loads(render(markings, "json", "assessor"))


def test_keys_and_their_order(marking: Marking) -> None:
    report = parsed(marking)
    assert list(report) == [
        "notice", "marker", "rubric", "submission", "points", "misconceptions", "set_aside"
    ]  # fmt: skip
    assert list(report["marker"]) == ["version", "models"]
    assert list(report["rubric"]) == ["id", "version", "status", "sha256"]
    assert list(report["submission"]) == ["id", "files"]
    assert list(report["submission"]["files"][0]) == ["name", "sha256", "format", "words", "unread"]
    assert list(report["submission"]["files"][0]["unread"][0]) == ["what", "location"]
    assert list(report["set_aside"][0]) == ["why", "quote", "location"]
    assert list(report["misconceptions"][0])[:3] == ["id", "quote", "location"]


def test_keys_of_points_and_parts(marking: Marking) -> None:
    first, second = parsed(marking)["points"][:2]
    assert list(first)[:9] == [
        "id", "text", "verb", "verdict", "status", "confidence", "refer", "parts", "gaps"
    ]  # fmt: skip
    assert list(first["parts"][0]) == ["id", "text", "shown", "confidence", "evidence"]
    assert list(first["parts"][0]["evidence"][0]) == ["quote", "checks", "location"]
    assert list(first["parts"][0]["evidence"][0]["location"]) == LOCATION
    assert list(second["parts"][0])[:6] == ["id", "text", "shown", "confidence", "evidence", "nearest_miss"]
    assert list(second["parts"][0]["nearest_miss"]) == ["quote", "location"]
    assert second["gaps"] == [{"part": "a", "question": second["gaps"][0]["question"]}]


def test_values(marking: Marking) -> None:
    report = parsed(marking)
    assert report["notice"] == NOTICE
    assert report["marker"]["models"] == marking.models
    assert report["points"][0]["verdict"] == "met"
    assert report["points"][0]["refer"] is None
    assert report["points"][1]["refer"] == "a close call"
    assert report["points"][3]["status"] == "cannot judge"
    assert report["points"][3]["verdict"] == "not_met"
    assert report["points"][2]["parts"][0]["nearest_miss"] is None


def test_counted_part_says_what_was_found_and_how_many_are_needed(counted: Marking) -> None:
    part = parsed(counted)["points"][0]["parts"][0]
    assert (part["count"], part["needed"]) == (2, 3)
    assert [item["item"] for item in part["items"]] == ["speed", "cost"]


def test_lesser_part_is_no_gap(counted: Marking) -> None:
    assert [gap["part"] for gap in parsed(counted)["points"][1]["gaps"]] == ["a", "b"]


def test_list_when_there_are_several_rubrics(marking: Marking, counted: Marking) -> None:
    assert [one["rubric"]["id"] for one in parsed(marking, counted)] == [marking.rubric.id, counted.rubric.id]


def test_quote_keeps_every_character_and_the_file_holds_none_that_hides_or_breaks(
    saying: Callable[[str], Marking],
) -> None:
    text = "so\u202egnorw \ud800 half\x00\x1b[31m line\u2028end “naïve” 客"
    report = render([saying(text)], "json", "assessor")
    assert isinstance(report, str)
    assert json.loads(report)["points"][0]["parts"][0]["evidence"][0]["quote"] == text
    assert not set("\u202e\ud800\x00\x1b\u2028") & set(report)
    assert "“naïve” 客" in report
    report.encode("utf-8")
