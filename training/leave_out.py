"""Units that nobody trained on: `python -m training.leave_out`.

Each unit in turn is left out: an encoder and regressions learn all labels but those of its points, which are then read
by their wording alone, as a centre's own unit is. Measured on the held-out writers' submissions as `training.validate`
does. With `--write`, the decision weights for untrained parts, learned on all of them, go into
`marker/models/decision.json`.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from joblib import Parallel, delayed  # type: ignore[import-untyped]

from marker.criteria import load_rubric
from marker.decision import load_decision
from marker.measures import Tally, measures
from marker.resources import models_folder
from training.build import HELD, ORDINARY, SEEDS, held_out, kept, load, train
from training.dataset import LABELS, RUBRICS
from training.decide import Example, examples, learn, write
from training.finetune import EPOCHS
from training.validate import SHOWN_MEASURES, crossed

Groups = list[list[Example]]  # of each held-out writer


def left_out(rubric: str, folder: Path, epochs: int) -> Groups:
    """What one encoder, on one thread, and regressions that never saw the labels of a unit's points find for them."""
    points = [point.id for point in load_rubric(rubric).points]
    texts = load()
    columns = [at for at in kept(texts) if LABELS[at].split(".")[0] not in points]
    if not (folder / "labels.json").exists():
        train([text for text in texts if not held_out(text)], [], folder, columns, epochs, SEEDS[:1])
    return [list(examples([text for text in texts if text.source == held], folder, points)) for held in HELD]


def figures(groups: Groups) -> dict[str, dict[str, float]]:
    """Measures over all writers, and over the ordinary ones."""
    found = crossed(groups)
    ordinary = [one for writer, one in zip(HELD, found, strict=True) if writer in ORDINARY]
    return {"all writers": measures(sum(found, Tally())), "ordinary writers": measures(sum(ordinary, Tally()))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("build/leave_out"), help="models found there are used")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="of the encoders' training")
    parser.add_argument("--write", action="store_true", help="put the weights into the shipped decision")
    arguments = parser.parse_args()
    units: Sequence[Groups] = Parallel(n_jobs=len(RUBRICS))(
        delayed(left_out)(rubric, arguments.work / rubric, arguments.epochs) for rubric in RUBRICS
    )
    both: Groups = [[one for unit in units for one in unit[at]] for at in range(len(HELD))]
    for name, groups in (*zip(RUBRICS, units, strict=True), ("both units", both)):
        for writers, those in figures(groups).items():
            print(f"{name}, {writers}")
            for measure in SHOWN_MEASURES:
                print(f"  {measure:24} {those[measure]:.3f}")
    if arguments.write:
        weights = learn([one for group in both for one in group])
        write(replace(load_decision(), untrained=weights), models_folder())


if __name__ == "__main__":
    main()
