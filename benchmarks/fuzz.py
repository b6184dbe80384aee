"""Damaged files: each is read or refused with one line, in bounded time.

`python -m benchmarks.fuzz [FILES...] [--minutes N] [--seed N]` damages the files given, or tests/fixtures, in many
ways, and says how many it tried and what failed. What failed is kept in fuzz_failures/.
"""

from __future__ import annotations

import argparse
import io
import random
import time
import zipfile
from hashlib import sha256
from pathlib import Path

from marker.errors import UnreadableError
from marker.extract import read, read_submission

ROOT = Path(__file__).resolve().parents[1]
SUFFIXES = (".docx", ".pdf", ".txt", ".odt", ".rtf", ".html", ".eml", ".msg", ".xlsx", ".csv", ".pptx", ".zip", ".md")
SLOW = 20.0  # seconds for one file
NASTY = (b"\0" * 8, b"\xff" * 8, b"<" * 40, b"{" * 40, b"\\u-1?", b"99999999", b"-1", b"\xe2\x80\xae", b"%s%n", b"\n\n")


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few changes: flipped, cut, doubled, overwritten, or shuffled in blocks."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(max(len(changed), 1))
        length = chance.choice((1, 2, 8, 60, 400))
        match chance.randrange(6):
            case 0:
                changed[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[place : place + length]
            case 2:
                changed[place:place] = changed[place : place + length] * chance.randint(1, 50)
            case 3:
                changed[place:place] = chance.choice(NASTY) * chance.randint(1, 50)
            case 4:
                changed[place : place + length] = chance.randbytes(length)
            case _:
                other = chance.randrange(max(len(changed), 1))
                changed[place : place + length] = changed[other : other + length]
    return bytes(changed)


def damaged_inside(data: bytes, chance: random.Random) -> bytes:
    """A zip, sound in itself, with one member damaged; other data damaged outright."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            members = {name: file.read(name) for name in file.namelist()}
    except Exception:
        return damaged(data, chance)
    name = chance.choice(sorted(members))
    members[name] = damaged(members[name], chance)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for member, content in members.items():
            file.writestr(member, content)
    return buffer.getvalue()


def problem(path: Path) -> str | None:
    """What is wrong with how the file is read, or None."""
    start = time.perf_counter()
    try:
        read_submission([path]) if path.suffix == ".zip" else read(path)
    except UnreadableError as error:
        if "\n" in str(error):
            return "a message of several lines"
    except Exception as error:
        return f"{type(error).__name__}: {error}"[:200]
    seconds = time.perf_counter() - start
    return f"took {seconds:.0f} seconds" if seconds > SLOW else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    sources = given.files or sorted((ROOT / "tests" / "fixtures").iterdir())
    originals = [(path, path.read_bytes()) for path in sources if path.suffix in SUFFIXES]
    kept = Path("fuzz_failures")
    kept.mkdir(exist_ok=True)
    end, tried, failures = time.monotonic() + 60 * given.minutes, 0, 0
    while time.monotonic() < end:
        path, data = chance.choice(originals)
        data = (damaged if chance.random() < 0.5 else damaged_inside)(data, chance)
        trial = kept / f"trial{path.suffix}"
        trial.write_bytes(data)
        tried += 1
        if wrong := problem(trial):
            failures += 1
            name = f"{path.stem}-{sha256(data).hexdigest()[:8]}{path.suffix}"
            trial.rename(kept / name)
            print(f"{name}: {wrong}")
    for rest in kept.glob("trial.*"):
        rest.unlink()
    print(f"{tried:,} damaged files tried in {given.minutes:g} minutes, seed {given.seed}; {failures} failed")


if __name__ == "__main__":
    main()
