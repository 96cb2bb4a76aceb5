"""The steps of a comparison: what led to its score."""

from __future__ import annotations

# (kind, part of the first name, part of the second, score); `same_name.Reason` says what kinds.
Step = tuple[str, str, str, float]


def leave_out(part: str, cost: float, *, of_second: bool) -> Step:
    """Return the step of a part that only the first name has, or only the second."""
    return ("left out", "", part, cost) if of_second else ("left out", part, "", cost)


def turn(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps with the names in each other's place."""
    return tuple((kind, b, a, score) for kind, a, b, score in steps)
