"""The progress of a run, on standard error: a bar on a terminal, otherwise a line now and then."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn
from rich.progress import Progress as Bar

from sayso.console.messages import say
from sayso.wording import format_count, format_seconds

if TYPE_CHECKING:
    from sayso.run.reading import Progress

FIRST_LINE_S = 5.0
LINE_EVERY_S = 30.0
WIDEST = 100  # a longer bar says no more
# The rate settles only when the workers have loaded the language pipeline.
RATE_AFTER_S = 2.0


class ShownProgress:
    """Shows a run's progress while it lasts: pass `update` as `on_progress`. A context manager."""

    def __init__(self, *, quiet: bool) -> None:
        self._bar: Bar | None = None
        self._task = TaskID(0)
        self._quiet = quiet
        self._clock = _Clock()
        self._next_line = time.monotonic() + FIRST_LINE_S

    def __enter__(self) -> ShownProgress:
        if not self._quiet and sys.stderr.isatty():
            console = Console(stderr=True, highlight=False)
            console.width = min(console.width, WIDEST)
            self._bar = Bar(
                TextColumn("{task.description}", style="bold"),
                BarColumn(bar_width=None, complete_style="cyan", finished_style="cyan"),
                TextColumn("{task.fields[detail]}"),
                console=console,
                expand=True,
                transient=True,
            )
            self._task = self._bar.add_task("starting", total=None, detail="")
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def update(self, progress: Progress) -> None:
        """Show how far the run is."""
        if self._quiet:
            return
        now = time.monotonic()
        detail = self._clock.describe(progress, now)
        if self._bar is not None:
            self._bar.update(
                self._task,
                description=progress.stage,
                completed=progress.reports,
                total=progress.total_reports,
                detail=detail,
            )
        else:
            self._say_line(f"{progress.stage}: {detail}", now)

    def update_count(self, done: int, total: int) -> None:
        """Show how many of all shards are loaded."""
        if self._quiet:
            return
        detail = f"{done:,} of {format_count(total, 'shard')}"
        if self._bar is not None:
            self._bar.update(
                self._task, description="loading", completed=done, total=total, detail=detail
            )
        else:
            self._say_line(f"loading: {detail}", time.monotonic())

    def _say_line(self, line: str, now: float) -> None:
        if now >= self._next_line:
            self._next_line = now + LINE_EVERY_S
            say(line)


class _Clock:
    """Rates of the present stage, counted from its first sign of work."""

    def __init__(self) -> None:
        self._stage = ""
        self._since = 0.0
        self._words = 0
        self._reports = 0

    def describe(self, progress: Progress, now: float) -> str:
        """Return `480 of 2,260 reports · 2,900 words/s · 9 min 10 s left`."""
        if progress.stage != self._stage:
            self._stage, self._since = progress.stage, now
            self._words, self._reports = progress.words, progress.reports
        parts = [_count(progress)]
        elapsed = now - self._since
        words, reports = progress.words - self._words, progress.reports - self._reports
        if elapsed >= RATE_AFTER_S and words:
            parts.append(f"{words / elapsed:,.0f} words/s")
        if progress.total_reports is not None and reports and elapsed >= RATE_AFTER_S:
            left = (progress.total_reports - progress.reports) * elapsed / reports
            parts.append(f"{format_seconds(max(left, 0))} left")
        if progress.failures:
            parts.append(f"{progress.failures:,} failed")
        return " · ".join(parts)


def _count(progress: Progress) -> str:
    if progress.total_reports is None:
        return format_count(progress.reports, "report")
    return f"{progress.reports:,} of {format_count(progress.total_reports, 'report')}"
