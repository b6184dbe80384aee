"""The command line: parse, call, print. No logic of its own, and nothing heavy imported before it is needed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from marker.errors import MarkerError
from marker.version import VERSION

if TYPE_CHECKING:
    from marker.criteria import Rubric
    from marker.document import Submission

FORMATS = ("text", "json", "md", "html", "docx")

NEXT_STEPS = """\
marker pre-marks vocational portfolio evidence. It suggests and cites; an assessor decides.

Mark one learner's work (Word, PDF or text):

    marker mark essay.docx --rubric customer-relationships

See the units it knows, or what one marking point asks for:

    marker rubric list
    marker explain A1 --rubric customer-relationships

All commands: marker --help
"""


def _mendable(command: Callable[..., Any]) -> Callable[..., Any]:
    """Show an error that the user can mend as one line on stderr, with exit code 2."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except MarkerError as error:
            click.echo(f"marker: {error}", err=True)
            sys.exit(2)

    return wrapped


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="marker")
@click.pass_context
def main(context: click.Context) -> None:
    """Pre-mark vocational portfolio evidence: cite what shows each marking point, name what is missing.

    A pre-marking aid. It is not an assessment decision: a person decides.
    """
    if context.invoked_subcommand is None:
        click.echo(NEXT_STEPS, nl=False)


_PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
_RUBRICS = click.option(
    "--rubric", "rubrics", multiple=True, required=True, metavar="NAME|FILE", help="A unit's rubric; may be repeated."
)
_RUBRIC = click.option("--rubric", required=True, metavar="NAME|FILE", help="A unit's rubric.")
_OUTPUT = click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write there, not to stdout.")
_BRIEF = click.option(
    "--brief",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The centre's task sheet; its wording earns nothing wherever it appears.",
)
_MASK = click.option("--mask", is_flag=True, help="Hide e-mail addresses, phone numbers and the like in what is shown.")
_AUDIENCE = click.option(
    "--audience", type=click.Choice(["assessor", "learner"]), default="assessor", show_default=True
)
_FAIL_ON = click.option(
    "--fail-on",
    type=click.Choice(["gaps", "referred", "unread"]),
    multiple=True,
    help="Exit with 1 if any point has a gap, any is referred, or anything could not be read.",
)


@main.command()
@_PATHS
@_RUBRICS
@click.option("--format", "form", type=click.Choice(FORMATS), help="Default: by the ending of --output, else text.")
@_OUTPUT
@_AUDIENCE
@_BRIEF
@_MASK
@click.option("--date", metavar="TEXT", help="A date to print on the report; none is printed otherwise.")
@_FAIL_ON
@_mendable
def mark(
    paths: tuple[Path, ...],
    rubrics: tuple[str, ...],
    form: str | None,
    output: Path | None,
    audience: str,
    brief: Path | None,
    mask: bool,
    date: str | None,
    fail_on: tuple[str, ...],
) -> None:
    """Mark one submission: the files, or the folder, of one learner."""
    from marker.pipeline import mark_all
    from marker.report import render

    form = form or _format_of(output)
    if form == "docx" and output is None and sys.stdout.isatty():
        raise click.UsageError("a Word report needs --output FILE")
    chosen = _load(rubrics)
    submission = _read(paths, mask)
    markings = mark_all(submission, chosen, _sentences(brief))
    colour = form == "text" and output is None and sys.stdout.isatty()
    _emit(render(markings, format=form, audience=audience, colour=colour, date=date), output)  # type: ignore[arg-type]
    points = [point for marking in markings for point in marking.points]
    _fail(
        fail_on,
        gaps=any(point.gaps for point in points),
        referred=any(point.refer for point in points),
        unread=any(document.unread for marking in markings for document in marking.submission.documents),
    )


@main.group()
def rubric() -> None:
    """List, show and check rubrics."""


@rubric.command("list")
@_mendable
def list_rubrics() -> None:
    """List the rubrics that come with marker."""
    from marker.criteria import bundled, load_rubric

    for name in bundled():
        one = load_rubric(name)
        click.echo(f"{one.id}  {one.points[0].id} to {one.points[-1].id}  version {one.version}, {one.status}")
        click.echo(f"    {one.title}. {one.source.name}")


@rubric.command()
@click.argument("name")
@_mendable
def show(name: str) -> None:
    """Show a rubric's points, parts and source."""
    from marker.criteria import load_rubric
    from marker.describe import describe_rubric

    click.echo(describe_rubric(load_rubric(name)), nl=False)


@rubric.command()
@click.argument("file")
@_mendable
def check(file: str) -> None:
    """Check a rubric: every field, and every example as a test. Exit 1 if an example comes out wrong."""
    from marker.criteria import load_rubric
    from marker.examples import run_examples

    one = load_rubric(file)
    outcomes = run_examples(one)
    for outcome in outcomes:
        if not outcome.right:
            click.echo(f"{outcome.point} should be {outcome.expected}, came out {outcome.said}: {outcome.text}")
    wrong = sum(not outcome.right for outcome in outcomes)
    click.echo(f"{one.id}: the fields hold; {len(outcomes)} examples run, {wrong} came out wrong")
    sys.exit(1 if wrong else 0)


@main.command()
@click.argument("point")
@_RUBRIC
@_mendable
def explain(point: str, rubric: str) -> None:
    """Explain what one marking point asks for and how it is read."""
    from marker.criteria import load_rubric
    from marker.describe import describe_point

    one = load_rubric(rubric)
    click.echo(describe_point(one, one.point(point)), nl=False)


@main.command()
@_PATHS
@_BRIEF
@_MASK
@click.option("--rubric", "rubrics", multiple=True, metavar="NAME|FILE", help="Also set this rubric's wording aside.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_mendable
def extract(paths: tuple[Path, ...], brief: Path | None, mask: bool, rubrics: tuple[str, ...], form: str) -> None:
    """Show what was read of a submission, what was set aside and why."""
    from marker.pipeline import prepare
    from marker.report.extraction import as_json, as_text

    submission = prepare(_read(paths, mask), _load(rubrics), _sentences(brief)).submission
    _emit(as_json(submission) if form == "json" else as_text(submission), None)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@_RUBRICS
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@_OUTPUT
@_mendable
def evaluate(folder: Path, rubrics: tuple[str, ...], form: str, output: Path | None) -> None:
    """Measure agreement with labelled submissions."""
    from marker import evaluate as evaluation

    result = evaluation.evaluate(folder, _load(rubrics))
    _emit(evaluation.as_json(result) if form == "json" else evaluation.as_text(result), output)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@_RUBRICS
@click.option("--output", required=True, type=click.Path(path_type=Path), metavar="FOLDER", help="Write there.")
@click.option(
    "--format",
    "forms",
    type=click.Choice(FORMATS),
    multiple=True,
    default=["html"],
    help="May be repeated.",
    show_default=True,
)
@_AUDIENCE
@_BRIEF
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes to work with; default: one a core.")
@click.option(
    "--resume", is_flag=True, help="Go on with the batch in the output folder: redo what is missing or changed."
)
@click.option("--pseudonymise", is_flag=True, help="Put L001 ... for learners' names and ids; see pseudonyms.csv.")
@_MASK
@click.option(
    "--backend", type=click.Choice(["loky", "dask"]), default="loky", help="Who does the work.", show_default=True
)
@click.option("--scheduler", metavar="ADDRESS", help="With --backend dask: where the cluster's scheduler is.")
@_FAIL_ON
@_mendable
def batch(
    folder: Path,
    rubrics: tuple[str, ...],
    output: Path,
    forms: tuple[Any, ...],
    audience: Any,
    brief: Path | None,
    jobs: int | None,
    resume: bool,
    pseudonymise: bool,
    mask: bool,
    backend: str,
    scheduler: str | None,
    fail_on: tuple[str, ...],
) -> None:
    """Mark a class: a folder with a file or folder for each learner, a zip from Moodle or Canvas, or a CSV.

    The CSV maps files to learners in its columns learner and file.
    """
    if (backend == "dask") != bool(scheduler):
        raise click.UsageError("--backend dask and --scheduler ADDRESS go together")
    from marker.batch import run_batch
    from marker.batch.progress import progress

    try:
        cohort = run_batch(
            folder,
            _load(rubrics),
            output,
            formats=forms,
            audience=audience,
            brief=_sentences(brief),
            jobs=jobs,
            resume=resume,
            pseudonymise=pseudonymise,
            mask=mask,
            scheduler=scheduler,
            progress=progress,
        )
    except KeyboardInterrupt:
        click.echo("marker: stopped; what is done is kept. To go on, give the same command with --resume", err=True)
        sys.exit(130)
    click.echo(f"{cohort.marked} of {len(cohort.learners)} learners’ work was read. Open {output / 'cohort.html'}")
    if cohort.details.total:
        held = f"{cohort.details.total} of {len(cohort.learners)}"
        click.echo(f"marker: the work of {held} learners holds personal details; --mask hides them", err=True)
    _fail(
        fail_on,
        gaps=bool(cohort.missed),
        referred=bool(cohort.referred),
        unread=bool(cohort.unread.total or cohort.failed.total),
    )


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--rate", type=click.FloatRange(0, 1, min_open=True), default=0.2, show_default=True, help="Share to pick."
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same plan.")
@click.option("--first-use", multiple=True, metavar="RUBRIC", help="A rubric used for the first time; may be repeated.")
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True)
@_OUTPUT
@_mendable
def sample(folder: Path, rate: float, seed: int, first_use: tuple[str, ...], form: str, output: Path | None) -> None:
    """Propose which reports of a batch an IQA looks at, and why. FOLDER is the batch's output, with JSON reports."""
    from marker.report.sampling import render_plan
    from marker.sampling import load_reports, sampling_plan

    plan = sampling_plan(load_reports(folder), rate, seed, first_use)
    _emit(render_plan(plan, form), output)  # type: ignore[arg-type]


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--rubric", "rubrics", multiple=True, metavar="NAME|FILE", help="Also leave this rubric's wording out.")
@_BRIEF
@_MASK
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
@_OUTPUT
@_mendable
def overlap(
    folder: Path, rubrics: tuple[str, ...], brief: Path | None, mask: bool, form: str, output: Path | None
) -> None:
    """Show wording that two learners share beyond the common brief: something to ask them about."""
    from marker.overlap import class_overlap
    from marker.report.overlap import render_overlap

    found = class_overlap(folder, _load(rubrics), _sentences(brief), mask=mask)
    _emit(render_overlap(found, form), output)  # type: ignore[arg-type]


@main.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@_RUBRICS
@click.option("--format", "form", type=click.Choice(["text", "json", "md", "html"]), default="text", show_default=True)
@_OUTPUT
@_AUDIENCE
@_BRIEF
@_MASK
@_mendable
def compare(
    old: Path,
    new: Path,
    rubrics: tuple[str, ...],
    form: str,
    output: Path | None,
    audience: str,
    brief: Path | None,
    mask: bool,
) -> None:
    """Compare two versions of one submission: what was gained and lost, point by point."""
    from marker.compare import compare as compare_markings
    from marker.pipeline import mark_all
    from marker.report.comparison import render_comparison

    chosen, given = _load(rubrics), _sentences(brief)
    before, after = (mark_all(_read((path,), mask), chosen, given) for path in (old, new))
    colour = form == "text" and output is None and sys.stdout.isatty()
    report = render_comparison(compare_markings(before, after), form, audience, colour=colour)  # type: ignore[arg-type]
    _emit(report, output)


def _load(names: tuple[str, ...]) -> list[Rubric]:
    from marker.criteria import load_rubric

    return [load_rubric(name) for name in dict.fromkeys(names)]


def _read(paths: tuple[Path, ...], mask: bool) -> Submission:
    """The submission, other people's details hidden or else warned of."""
    from marker.extract import read_submission
    from marker.privacy import masked, scan
    from marker.report.wording import detail_words

    submission = read_submission(paths)
    if mask:
        return masked(submission)
    for document in submission.documents:
        if words := detail_words(scan(document)):
            click.echo(f"marker: {document.name} holds personal details, hidden by --mask: {words}", err=True)
    return submission


def _sentences(brief: Path | None) -> list[str]:
    if brief is None:
        return []
    from marker.extract import read
    from marker.language import split

    return [p.text[start:end] for p in read(brief).passages for start, end in split(p.text)]


def _format_of(output: Path | None) -> str:
    suffix = output.suffix.lower().removeprefix(".") if output else ""
    if suffix in ("", "txt"):
        return "text"
    if suffix not in FORMATS:
        raise MarkerError(
            f"{output}: no report is written as .{suffix}; end the name in .docx, .html, .md, .json or .txt"
        )
    return suffix


def _emit(report: str | bytes, output: Path | None) -> None:
    data = report.encode("utf-8") if isinstance(report, str) else report
    if output is None:
        click.echo(data, nl=False)
        return
    from marker.output import write_whole

    write_whole(output, data)


def _fail(conditions: tuple[str, ...], **holds: bool) -> None:
    """Exit with 1 if one of the conditions that the user asked to fail on holds."""
    if any(holds[condition] for condition in conditions):
        sys.exit(1)


if __name__ == "__main__":
    main()
