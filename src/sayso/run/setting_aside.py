"""Reports that are set aside: their failures, and which of them a longer time limit may help."""

from __future__ import annotations

import re

from sayso.records.report import Failure

DEATHS_PER_REPORT = 2
STAGE = "worker"
TIMEOUT = "Timeout"
_LIMIT = re.compile(r"took longer than (\d+(?:\.\d+)?(?:e[-+]?\d+)?) s;")


def make_timeout(report_id: str, limit_s: float, path: str | None = None) -> Failure:
    """Return the failure of a report that took longer than `limit_s` seconds."""
    message = (
        f"took longer than {limit_s:g} s; to give it more, raise report_timeout_s "
        "(SAYSO_REPORT_TIMEOUT_S) and run the same command again"
    )
    return Failure(STAGE, TIMEOUT, message, report_id, path)


def make_death(report_id: str, exit_code: int | None, path: str | None = None) -> Failure:
    """Return the failure of a report that ended its worker process DEATHS_PER_REPORT times."""
    message = f"ended its worker process {DEATHS_PER_REPORT} times (exit code {exit_code})"
    return Failure(STAGE, "WorkerDied", message, report_id, path)


def has_more_time(error: str, message: str, limit_s: float) -> bool:
    """Say whether a failure, as the ledger has it, is of a report that took longer than a limit
    below `limit_s`."""
    found = _LIMIT.match(message) if error == TIMEOUT else None
    # As it is written there, or the same limit with many digits would seem to be a higher one.
    return found is not None and float(f"{limit_s:g}") > float(found[1])
