"""Points that nobody trained on: `python -m training.leave_out A2 A5 B3 B5`.

Trains without the labels of some points, reads those points by their wording alone, as a centre's own unit is read, and
measures on the held-out writers' submissions as `training.validate` does. With `--write`, the decision weights for
untrained parts, learned on all of them, go into `marker/models/decision.json`.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from marker.decision import load_decision
from marker.measures import Tally, measures
from marker.resources import models_folder
from training.build import HELD, held_out, kept, load, train
from training.dataset import LABELS
from training.decide import examples, learn, write
from training.finetune import EPOCHS
from training.validate import SHOWN_MEASURES, crossed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("points", nargs="+")
    parser.add_argument("--work", type=Path, default=Path("build/leave_out"))
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="of the encoder's training")
    parser.add_argument("--write", action="store_true", help="put the weights into the shipped decision")
    arguments = parser.parse_args()
    texts = load()
    columns = [at for at in kept(texts) if LABELS[at].split(".")[0] not in arguments.points]
    train([text for text in texts if not held_out(text)], [], arguments.work, columns, arguments.epochs)
    groups = [
        list(examples([text for text in texts if text.source == held], arguments.work, arguments.points))
        for held in HELD
    ]
    total = sum(crossed(groups), Tally())
    figures = measures(total)
    for measure in SHOWN_MEASURES:
        print(f"{measure:24} {figures[measure]:.3f}")
    print(total.confusion.astype(int))
    if arguments.write:
        write(replace(load_decision(), untrained=learn([one for group in groups for one in group])), models_folder())


if __name__ == "__main__":
    main()
