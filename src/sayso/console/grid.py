"""Tables of a few columns: fitted to the width of a terminal, or aligned lines where there is none.

Rows are printed as they come, in batches; the first batch decides how wide the columns are, so that
a million rows need no memory and `| head` ends at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

BATCH_ROWS = 200
GAP = 2
MIN_FLEXIBLE = 14


@dataclass(frozen=True, slots=True)
class Column:
    """One column. most: its greatest width on a terminal; None: it takes what is left."""

    title: str
    most: int | None = None
    right: bool = False


def print_grid(
    console: Console,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Text]],
    *,
    heads: bool = True,
) -> None:
    """Print rows under their column titles; on a terminal long cells are wrapped, elsewhere never.

    Columns that are empty in every row are left out, where there is but one batch.
    """
    batches = _cut_batches(rows)
    first, second = next(batches, []), next(batches, [])
    kept = [i for i in range(len(columns)) if second or any(row[i].plain for row in first)]
    columns = [columns[i] for i in kept]
    titles = [column.title for column in columns] if heads else ["" for _ in columns]
    widths = _choose_widths(console, columns, [[row[i] for i in kept] for row in first], titles)
    if heads and first:
        _print_batch(console, columns, widths, [[Text(t, style="dim underline") for t in titles]])
    for batch in chain((first, second), batches):
        _print_batch(console, columns, widths, [[row[i] for i in kept] for row in batch])


def _cut_batches(rows: Iterable[Sequence[Text]]) -> Iterator[list[Sequence[Text]]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH_ROWS)):
        yield batch


def _choose_widths(
    console: Console, columns: Sequence[Column], rows: list[list[Text]], titles: list[str]
) -> list[int]:
    widths = []
    for i, column in enumerate(columns):
        lines = (cell_len(line) for row in rows for line in row[i].plain.split("\n"))
        natural = max((cell_len(titles[i]), *lines), default=0)
        narrow = console.is_terminal and column.most is not None
        widths.append(min(natural, column.most or natural) if narrow else natural)
    if console.is_terminal:
        room = console.width - GAP * (len(columns) - 1)
        for i, column in enumerate(columns):
            if column.most is None:
                rest = room - sum(w for j, w in enumerate(widths) if j != i)
                widths[i] = max(min(widths[i], rest), MIN_FLEXIBLE)
    return widths


def _print_batch(
    console: Console, columns: Sequence[Column], widths: list[int], rows: list[list[Text]]
) -> None:
    if not console.is_terminal:
        for row in rows:
            console.file.write(_align(columns, widths, row) + "\n")
        return
    table = Table.grid(padding=(0, GAP, 0, 0))
    for column, width in zip(columns, widths, strict=True):
        table.add_column(width=width, justify="right" if column.right else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _align(columns: Sequence[Column], widths: list[int], row: list[Text]) -> str:
    parts = []
    for column, width, cell in zip(columns, widths, row, strict=True):
        text = " ".join(cell.plain.split("\n"))
        space = " " * max(width - cell_len(text), 0)
        parts.append(space + text if column.right else text + space)
    return (" " * GAP).join(parts).rstrip()
