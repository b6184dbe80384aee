"""From the runs of a PDF page to lines in reading order, and from lines to paragraphs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from marker.document import Kind, PrintedLine
from marker.readers.hyphens import broken, hyphenated
from marker.readers.lines import bullet_item, ends_sentence, numbered_item, speaker_turn
from marker.readers.pdf_chars import BASELINE_SLACK, Run

MIN_COLUMN_LINES = 3
MIN_COLUMN_FILL = 0.55  # of a column's width, by its middle line: else it is a list of labels, not prose
GUTTER = 5.0  # points, at least, between columns
MIN_QUESTIONS = 2  # beside their answers, without rules
MAX_GUTTERS = 40  # tried on one page
PARAGRAPH_GAP = 1.3  # times the usual distance of lines
WIDEST_PITCH = 3.0  # times the font size: lines further apart are no paragraph, however usual that is
MIN_BOLD_WORDS = 3  # at the start of a line, to begin a paragraph
INDENT = 0.8  # times the font size

Column = list[Run]  # lines from top to bottom


@dataclass(slots=True)
class Block:
    """A paragraph, list item or table cell as its lines."""

    lines: list[Run]
    kind: Kind = "paragraph"
    full: bool = False  # up to the right margin, so that the text may go on in the next column
    cell: str | None = None
    opens: bool = False  # a column, and so may go on from the one before

    def continues(self, before: Block) -> bool:
        """Whether this is the rest of a paragraph that a column or page before broke off."""
        first, last = self.lines[0], before.lines[-1]
        plain = self.kind == "paragraph" and before.kind in ("paragraph", "list item")
        alike = first.bold == last.bold and abs(first.size - last.size) < 0.1 * last.size
        open_end = not ends_sentence(last.text) and (first.text[0].islower() or (before.full and len(before.lines) > 1))
        return plain and alike and open_end

    def text(self, words: Collection[str]) -> tuple[str, tuple[PrintedLine, ...], int | None]:
        """The lines as one text, where in it each of them starts, and where it is no more bold, or begins to be.

        A hyphen at a line's end stays if `words` hold the two halves or the whole with it, or English does.
        """
        result, starts = "", []
        for line in self.lines:
            result = hyphenated(result, line.text, words) if result else line.text
            starts.append(len(result) - len(line.text))
        whole = len(result)
        if self.kind == "list item":
            result = bullet_item(result) or numbered_item(result) or result
        before = whole - len(result)  # the bullet
        printed = (
            PrintedLine(max(start - before, 0), line.page, line.line)
            for start, line in zip(starts, self.lines, strict=True)
        )
        change = self._restyled(starts)
        shown = result.replace("\x02", "-").replace("\xad", "")
        return shown, tuple(printed), max(change - before, 0) if change is not None and shown == result else None

    def _restyled(self, starts: Sequence[int]) -> int | None:
        """The character at which bold ends or begins, given where the lines start; None where that is not once."""
        found = []
        for start, line in zip(starts, self.lines, strict=True):
            found.append((start, line.opens_bold))
            found += [(start + at, line.opens_bold != (number % 2 == 0)) for number, at in enumerate(line.changes)]
        changes = [at for (_, before), (at, after) in pairwise(found) if before != after]
        return changes[0] if len(changes) == 1 else None


def columns(found: Sequence[Run]) -> list[Column]:
    """The runs as lines, column by column, in reading order."""
    ordered = sorted(found, key=lambda run: -run.y)
    gutter = _gutter(ordered)
    if gutter is None:
        return [merged(ordered)] if ordered else []
    result: list[Column] = []
    plain: list[Run] = []
    band: list[Run] = []
    for run in [*ordered, None]:
        if run is not None and not _spans(run, gutter):
            band.append(run)
            continue
        left = [other for other in band if other.x1 <= gutter]
        right = [other for other in band if other.x1 > gutter]
        beside = answered(left, right) or (columns(left) + columns(right) if _is_columns(left, right) else [])
        if beside:
            result += [merged(plain)] if plain else []
            result += beside
            plain = []
        else:
            plain += band
        plain += [run] if run is not None else []
        band = []
    return result + ([merged(plain)] if plain else [])


def _spans(run: Run, x: float) -> bool:
    return run.x0 < x < run.x1


def _gutter(found: list[Run]) -> float | None:
    """The x of the best gap between two columns of prose, or None; `found` is in order from the top."""
    best, most = None, 0
    asks = sum(run.text.endswith("?") for run in found) >= MIN_QUESTIONS
    for x in sorted(start - 1.0 for start, _ in _starts(found).most_common(MAX_GUTTERS)):
        left = [run for run in found if run.x1 <= x]
        right = [run for run in found if run.x0 >= x]
        flush = len(right) <= MIN_COLUMN_LINES or sum(run.x0 < x + 2.0 for run in right) >= MIN_COLUMN_LINES
        beside = (asks and bool(answered(left, right))) or (flush and _is_columns(left, right))
        if beside and len(left) + len(right) > most:
            best, most = x, len(left) + len(right)
    return best


def _starts(found: list[Run]) -> Counter[int]:
    """Where a column may begin: where several runs do, or one right of the next to it in height."""
    beside = {
        round(run.x0)
        for pair in pairwise(found)
        for other, run in (pair, pair[::-1])
        if run.x0 - other.x1 >= GUTTER and abs(run.y - other.y) < WIDEST_PITCH * run.size
    }
    times = Counter(round(run.x0) for run in found)
    return Counter({x: count for x, count in times.items() if count >= MIN_COLUMN_LINES or x in beside})


def answered(left: Sequence[Run], right: Sequence[Run]) -> list[Column]:
    """Each question of the left side and then what stands beside it, where all it holds are questions; else nothing."""
    lines = merged(left)
    tops = [line for before, line in pairwise([None, *lines]) if line and (not before or ends_sentence(before.text))]
    beside = [top for top in tops if any(_is_level(top, other) for other in right)]
    if len(beside) < MIN_QUESTIONS:
        return []
    found: list[Column] = []
    for top, following in pairwise([*tops, None]):
        asked, told = (
            merged([run for run in side if _stands_from(run, top) and not _stands_from(run, following)])
            for side in (left, right)
        )
        if not (asked[-1].text.endswith("?") or numbered_item(asked[0].text)):
            return []
        found += [asked, told] if told else [asked]
    return found if sum(map(len, found)) == len(lines) + len(merged(right)) else []


def _stands_from(run: Run, top: Run | None) -> bool:
    """Whether a run stands level with another, or below it; none stands below the last."""
    return top is not None and (run.y < top.y or _is_level(run, top))


def _is_columns(left: list[Run], right: list[Run]) -> bool:
    """Whether both sides are prose, side by side and apart: several lines, or a few that end the text of many."""
    if len(left) < MIN_COLUMN_LINES or not right:
        return False
    apart = min(run.x0 for run in right) - max(run.x1 for run in left) >= GUTTER
    beside = min(left[0].y, right[0].y) >= max(left[-1].y, right[-1].y)
    if not apart or not beside or not _is_prose(left):
        return False
    return _is_prose(right) if len(right) > MIN_COLUMN_LINES else _is_short_column(merged(left), merged(right))


def _is_prose(side: list[Run]) -> bool:
    return _is_wide(side) and median(line.x1 - line.x0 for line in merged(side)) >= MIN_COLUMN_FILL * _width(side)


def _is_wide(side: Sequence[Run]) -> bool:
    return _width(side) > 12 * side[0].size


def _width(side: Sequence[Run]) -> float:
    return max(run.x1 for run in side) - min(run.x0 for run in side)


def _is_short_column(left: Column, right: Column) -> bool:
    """Whether a few lines are the end of a text in columns, and not the values of labels, a row's cells or a date.

    Too few to tell by their shape, they tell by their sentences, which run on from line to line on both sides.
    """
    whole = _is_wide(right) and (len(right) > 1 or ends_sentence(right[0].text))
    if len(left) < max(len(right), MIN_COLUMN_LINES) or not (whole or _runs_on(left[-1], right[0])):
        return False
    fresh = [[line for before, line in pairwise(side) if not _runs_on(before, line)] for side in (left, right)]
    if any(2 * len(lines) > len(side) - 1 for lines, side in zip(fresh, (left, right), strict=True)):
        return False
    rows = [any(_is_level(line, other) for other in fresh[0]) for line in fresh[1]]
    return not rows or not all(rows)  # what begins anew on both sides at once is a table's row


def _runs_on(before: Run, line: Run) -> bool:
    return line.text[0].islower() and not ends_sentence(before.text)


def numbered(found: Sequence[Run], page: int) -> list[Run]:
    """The runs of a page, each with the number of its baseline, counted from the top."""
    lines = {id(run): number for number, row in enumerate(_rows(found), start=1) for run in row}
    return [replace(run, page=page, line=lines[id(run)]) for run in found]


def merged(found: Sequence[Run]) -> Column:
    """Runs on the same baseline as one line each, from top to bottom."""
    return [_joined(sorted(row, key=lambda run: run.x0)) for row in _rows(found)]


def _rows(found: Sequence[Run]) -> list[list[Run]]:
    rows: list[list[Run]] = []
    for run in sorted(found, key=lambda run: -run.y):
        if rows and _is_level(run, rows[-1][0]):
            rows[-1].append(run)
        else:
            rows.append([run])
    return rows


def _is_level(run: Run, other: Run) -> bool:
    return abs(other.y - run.y) <= BASELINE_SLACK * max(run.size, other.size)


def _joined(row: list[Run]) -> Run:
    if len(row) == 1:
        return row[0]
    longest = max(row, key=lambda run: len(run.text))
    return replace(
        longest,
        text=" ".join(run.text for run in row),
        x0=row[0].x0,
        x1=max(run.x1 for run in row),
        bold=all(run.bold for run in row),
        opens_bold=row[0].opens_bold,
        changes=(),
    )


def blocks(column: Column, right: float) -> list[Block]:
    """The paragraphs and list items of lines that stand below one another; `right` is their margin, in points."""
    pitches = _pitches(column)
    found: list[Block] = []
    for i, line in enumerate(column):
        before = column[i - 1] if i else None
        if before is None or _begins(before, line, found[-1], pitches.get(round(line.size), 0.0), right):
            found.append(Block([line], "list item" if _item(line, before) is not None else "paragraph"))
        else:
            found[-1].lines.append(line)
        following = column[i + 1] if i + 1 < len(column) else line
        found[-1].full = _is_full(line, following, right)
    if found:
        found[0].opens = True
    return found


def _pitches(column: Column) -> dict[float, float]:
    """The usual distance between baselines, in points, by font size."""
    gaps: dict[float, Counter[float]] = defaultdict(Counter)
    for above, below in pairwise(column):
        if round(above.size) == round(below.size):
            gaps[round(below.size)][round((above.y - below.y) * 2) / 2] += 1
    return {size: min(times, key=lambda gap: (-times[gap], gap)) for size, times in gaps.items()}


def _item(line: Run, before: Run | None) -> str | None:
    """The text of the list item that the line opens, or None."""
    item = bullet_item(line.text)
    if item is None and (before is None or ends_sentence(before.text) or numbered_item(before.text) is not None):
        item = numbered_item(line.text)
    return item


def _begins(before: Run, line: Run, block: Block, pitch: float, right: float) -> bool:
    """Whether a new paragraph begins with the line."""
    widest = min(max(PARAGRAPH_GAP * pitch, line.size), WIDEST_PITCH * line.size)
    if before.y - line.y > widest or _item(line, before) is not None:
        return True
    if abs(before.size - line.size) > 0.1 * line.size or not _is_full(before, line, right):
        return True
    if _opens_bold(line) and before.opens_bold == (len(before.changes) % 2 == 1):  # which ends otherwise
        return True
    hanging = block.kind == "list item" and line.x0 < block.lines[0].x0 + INDENT * line.size / 2
    indented = len(block.lines) > 1 and line.x0 > before.x0 + INDENT * line.size
    return ends_sentence(before.text) and (hanging or indented or speaker_turn(line.text))


def _opens_bold(line: Run) -> bool:
    """Whether several words at the start of a line are bold, as of a question with its answer behind."""
    words = line.text[: line.changes[0]].split() if line.opens_bold and line.changes else []
    return len(words) >= MIN_BOLD_WORDS and not words[0][0].islower()


def _is_full(line: Run, following: Run, right: float) -> bool:
    """Whether the first word of what follows would not have fitted on the line.

    The margin is known only roughly, so the line may end the sooner the clearer it is that its sentence goes on.
    """
    slack = 0.25
    if not ends_sentence(line.text):
        slack = 4.0 if following.text[0].islower() else 1.0
        if broken(line.text) and following.text[0].islower():
            return True
    width = following.x1 - following.x0
    word = width * len(following.text.split()[0]) / len(following.text)
    return line.x1 + word + slack * line.size > right
