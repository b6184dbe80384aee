import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marker.errors import MarkerError
from marker.marking import NOTICE
from marker.sampling import Plan, Report, load_reports, sampling_plan

SHARED = "when the lady with the red coat came back I took her to the small room and listened"


def location(paragraph: int, file: str = "essay.docx") -> dict[str, Any]:
    return {"file": file, "page": None, "paragraph": paragraph, "cell": None, "start": 0, "end": 500}


def point(
    id: str,
    verdict: str = "partial",
    *,
    refer: str | None = None,
    confidence: float = 0.9,
    quotes: tuple[str, ...] | None = None,
) -> dict[str, Any]:
    quotes = quotes if quotes is not None else () if verdict == "not_met" else (f"{id} one", f"{id} two")
    status = {"met": "evidence found", "partial": "part found", "not_met": "not found"}[verdict]
    evidence = [{"quote": quote, "checks": [], "location": location(n, id)} for n, quote in enumerate(quotes, 1)]
    parts = [{"id": "a", "text": "", "shown": bool(quotes), "confidence": 1.0, "evidence": evidence}]
    fields = {"id": id, "verdict": verdict, "status": status, "confidence": confidence, "refer": refer}
    return {**fields, "parts": parts, "gaps": []}


def fields(learner: str, *points: dict[str, Any], rubric: str = "unit") -> dict[str, Any]:
    rubric_fields = {"id": rubric, "version": "1.0"}
    return {"notice": NOTICE, "rubric": rubric_fields, "submission": {"id": learner, "files": []}, "points": points}


def report(learner: str, *points: dict[str, Any], rubric: str = "unit") -> Report:
    return Report.model_validate(fields(learner, *points, rubric=rubric))


def safe(count: int) -> list[Report]:
    return [report(f"S{n:02}", point("A1"), point("A2")) for n in range(count)]


def kinds(plan: Plan) -> dict[str, list[str]]:
    return {pick.learner: [reason.kind for reason in pick.reasons] for pick in plan.picks}


@pytest.mark.parametrize(
    ("risky", "kind", "why"),
    [
        (point("A1", refer="something in it could not be read"), "referred", "referred: something in it"),
        (point("A1", confidence=0.5), "low confidence", "unsure"),
        (point("A1", "met", quotes=("the same",)), "one sentence", "one sentence"),
    ],
)
def test_risky_report_is_picked_first_with_its_reason_and_points(risky: dict[str, Any], kind: str, why: str) -> None:
    plan = sampling_plan([*safe(9), report("R", point("A2"), risky)], rate=0.1)
    first = plan.picks[0]
    assert first.learner == "R"
    assert [(reason.kind, reason.points) for reason in first.reasons] == [(kind, ("A1",))]
    assert why in first.reasons[0].why


def test_point_met_by_several_sentences_or_met_in_part_by_one_is_no_risk() -> None:
    reports = [report("R", point("A1", "met"), point("A2", quotes=("one",)))]
    assert kinds(sampling_plan(reports)) == {"R": ["chance"]}


def test_same_wording_in_two_learners_quotes_is_asked_about_in_both() -> None:
    reports = [*safe(8), *(report(who, point("A1"), point("A2", quotes=(f"{who}. {SHARED}",))) for who in "XY")]
    plan = sampling_plan(reports, rate=0.2)
    found = {pick.learner: pick.reasons[0] for pick in plan.picks}
    assert found["X"].why == "wording shared with Y: ask the learners about this"
    assert found["Y"].points == ("A2",)


def test_first_use_of_a_rubric_is_a_risk_of_all_its_reports() -> None:
    reports = [*safe(4), *(report(f"N{n}", point("B1"), rubric="new") for n in range(2))]
    plan = sampling_plan(reports, rate=0.3, first_use=["new"])
    assert {"N0", "N1"} <= kinds(plan).keys()
    assert kinds(plan)["N0"] == ["first use"]


def test_first_use_of_a_rubric_that_no_report_is_under_is_refused() -> None:
    with pytest.raises(MarkerError, match="no report is under the rubric other"):
        sampling_plan(safe(2), first_use=["other"])


def test_more_kinds_of_risk_come_first_and_then_more_points() -> None:
    reports = [
        report("one", point("A1", refer="x")),
        report("points", point("A1", refer="x"), point("A2", refer="x")),
        report("kinds", point("A1", refer="x", confidence=0.5)),
    ]
    assert [pick.learner for pick in sampling_plan(reports, rate=1).picks] == ["kinds", "points", "one"]


def test_every_fourth_pick_is_by_chance() -> None:
    reports = [report(f"R{n:02}", point("A1", refer="x")) for n in range(20)]
    plan = sampling_plan(reports, rate=0.4)
    assert [list(found)[-1] for found in kinds(plan).values()] == ["referred"] * 6 + ["chance"] * 2


def test_seed_changes_what_is_drawn_and_order_of_the_reports_does_not() -> None:
    reports = safe(40)
    assert sampling_plan(reports, 0.1, 1) == sampling_plan(reports[::-1], 0.1, 1)
    assert kinds(sampling_plan(reports, 0.1, 1)) != kinds(sampling_plan(reports, 0.1, 2))


def test_each_rubric_and_point_is_covered_where_something_was_found() -> None:
    rare = report("rare", point("A1", "not_met"), point("A2", "not_met"), point("A3"))
    other = report("other", point("B1", "not_met"), rubric="second")
    common = [report(f"S{n}", point("A1"), point("A2"), point("A3", "not_met")) for n in range(30)]
    plan = sampling_plan([*common, rare, other], rate=0.03)
    assert kinds(plan)["rare"] == ["coverage"]
    assert kinds(plan)["other"] == ["coverage"]
    where = {(one.rubric, one.point): one.learner for one in plan.coverage}
    assert where["unit", "A3"] == "rare"
    assert where["second", "B1"] is None
    assert where["unit", "A1"] in kinds(plan)


def test_rate_is_rounded_up_without_the_errors_of_binary_fractions() -> None:
    assert len(sampling_plan(safe(100), 0.07).picks) == 7
    assert len(sampling_plan(safe(11), 0.2).picks) == 3


VERDICTS = st.sampled_from(["met", "partial", "not_met"])
REPORTS = st.lists(
    st.tuples(st.sampled_from(["u", "v"]), VERDICTS, VERDICTS, st.sampled_from([None, "x"]), st.floats(0, 1)),
    min_size=1,
    max_size=25,
)


@given(REPORTS, st.floats(0.01, 1), st.integers())
def test_any_plan_holds_the_rate_gives_reasons_and_covers(rows: list[Any], rate: float, seed: int) -> None:
    reports = [
        report(f"L{n}", point("A1", one, refer=refer, confidence=confidence), point("A2", other), rubric=rubric)
        for n, (rubric, one, other, refer, confidence) in enumerate(rows)
    ]
    plan = sampling_plan(reports, rate, seed)
    assert len(plan.picks) >= rate * len(reports) - 1e-9
    assert len({(pick.learner, pick.rubric) for pick in plan.picks}) == len(plan.picks)
    assert all(pick.reasons for pick in plan.picks)
    shown = {(r.rubric.id, p.id) for r in reports for p in r.points if p.verdict != "not_met"}
    assert {(one.rubric, one.point) for one in plan.coverage if one.learner} == shown
    assert {pick.rubric for pick in plan.picks} == {r.rubric.id for r in reports}


def write(path: Path, value: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")


def test_reports_are_found_wherever_they_stand_and_other_files_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "reports" / "L2.json", fields("L2", point("A1")))
    write(tmp_path / "L1.json", [fields("L1", point("A1")), fields("L1", point("B1"), rubric="second")])
    write(tmp_path / "cohort.json", {"notice": NOTICE, "learners": []})
    write(tmp_path / "list.json", f'["{NOTICE}", 1]')
    write(tmp_path / "cut.json", f'{{"notice": "{NOTICE}", ')
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe")
    assert [one.key for one in load_reports(tmp_path)] == [("L1", "second"), ("L1", "unit"), ("L2", "unit")]


def test_folder_without_reports_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MarkerError, match="no JSON report in it"):
        load_reports(tmp_path)


def test_damaged_report_names_file_and_field(tmp_path: Path) -> None:
    write(tmp_path / "L1.json", fields("L1", {**point("A1"), "verdict": "pass"}))
    with pytest.raises(MarkerError, match=r"L1\.json: not a report .*points\.0\.verdict"):
        load_reports(tmp_path)


def test_learner_reported_on_twice_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "a.json", fields("L1", point("A1")))
    write(tmp_path / "b.json", fields("L1", point("A1")))
    with pytest.raises(MarkerError, match=r"b\.json: L1 under unit is also in .*a\.json"):
        load_reports(tmp_path)
