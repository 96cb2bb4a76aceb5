"""What is said to a person: commands to try next, as they are typed, and failures as one line."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.commands.options import DEFAULT_LEDGER
from sayso.console.messages import say
from sayso.settings import LEDGER_VARIABLE

if TYPE_CHECKING:
    from sayso.ledger.unknown_values import Unknown


def name_ledger(ledger: str) -> str:
    """Return ` --ledger DIR` for a command on this ledger, nothing where it is found without."""
    found_without = os.environ.get(LEDGER_VARIABLE) or DEFAULT_LEDGER
    return "" if ledger == found_without else f" --ledger {shlex.quote(ledger)}"


def say_unknown(unknown: Sequence[Unknown]) -> None:
    """Say which values of filters nothing in the ledger has, and what is near them."""
    for one in unknown:
        say(str(one))


def advise_set_aside(shard: Path) -> str:
    """Return what to do about a damaged shard that was moved aside."""
    if shard.parent.name.startswith("findings-"):
        return "`sayso refresh` makes its findings anew"
    return "read its reports again"


def describe_failure(path: str | None, message: str) -> str:
    """Return a failure as one line that names the path once."""
    return message if path is None or path in message else f"{path}: {message}"
