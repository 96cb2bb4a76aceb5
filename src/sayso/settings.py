"""Settings: one frozen record, read once and passed down.

Order of precedence: what a command gives, then the environment (SAYSO_WORKERS …), then
`sayso.toml` of the ledger, then the defaults below. An unknown name or a value out of range is
refused.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from sayso.errors import SettingsError

ENVIRONMENT_PREFIX = "SAYSO_"
LEDGER_VARIABLE = "SAYSO_LEDGER"  # not a setting: where the ledger is, for the command line
FILE_NAME = "sayso.toml"


# Words whose meaning a ledger may set, and the largest amount.
VAGUE_WORDS = (
    "dozens",
    "scores",
    "tens",
    "hundreds",
    "thousands",
    "several",
    "few",
    "couple",
    "handful",
    "most",
)
MAX_VAGUE = 10**6

Meanings = tuple[tuple[str, int, int], ...]

_MEANING = re.compile(r"([a-z]{1,12}) ?= ?([0-9]{1,7}) ?- ?([0-9]{1,7})")


def _setting(default: Any, low: float | None, high: float | None, about: str) -> Any:
    return field(default=default, metadata={"low": low, "high": high, "about": about})


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one run. `describe_settings` lists them with their meaning."""

    workers: int = _setting(0, 0, 512, "worker processes; 0: one for each core")
    shard_reports: int = _setting(48, 1, 10_000, "reports in one shard at most")
    shard_chars: int = _setting(400_000, 1_000, 10**9, "characters of raw data in one shard, about")
    report_timeout_s: float = _setting(120.0, 0.01, 86_400, "seconds one report may take")
    max_report_bytes: int = _setting(8_000_000, 1, 10**9, "largest report, in bytes decompressed")
    max_report_chars: int = _setting(4_000_000, 1, 10**9, "longest report text, in characters")
    max_file_bytes: int = _setting(64 * 10**9, 1, 10**13, "largest table, in bytes decompressed")
    keep_raw: bool = _setting(True, None, None, "keep each report's raw bytes, compressed")
    follow_links: bool = _setting(False, None, None, "follow links that leave the folder given")
    min_confidence: float = _setting(
        0.0, 0, 1, "least confidence of a statement that is kept; 0: what the model was set to"
    )
    hidden_files: bool = _setting(False, None, None, "read files whose name begins with a dot")
    vague: str = _setting(
        "", None, None, "what vague amounts mean, as dozens=24-99; others stay as they are"
    )
    copies_days: int = _setting(
        0, 0, 100_000, "days between reports that may be copies of one another; 0: any number"
    )
    claims: bool = _setting(True, None, None, "find out which reports say the same")
    claims_days: int = _setting(
        30, 0, 100_000, "days between reports that may say the same; 0: any number"
    )
    outlet_owners: tuple[tuple[str, str], ...] = _setting(
        (),
        None,
        None,
        "who owns which outlet: those of one owner count as one in copied passages and claims",
    )


def describe_settings() -> list[tuple[str, str, str]]:
    """Return (name, default, meaning) of every setting, in order."""
    default = Settings()
    return [
        (f.name, format_setting(getattr(default, f.name)), f.metadata["about"])
        for f in fields(Settings)
    ]


def format_setting(value: Any) -> str:
    """Return a value of a setting as the environment would give it."""
    if isinstance(value, tuple):
        return "; ".join(f"{name}={other}" for name, other in value)
    return str(value)


def load_settings(
    folder: Path | None,
    given: Mapping[str, Any] | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Settings:
    """Return the settings of a run on the ledger in `folder` (None: no ledger).

    given: values by name; None values count as not given. Raises SettingsError with the place of
    the name or value that is refused.
    """
    check_environment(environment)
    values: dict[str, Any] = {}
    if folder is not None and (folder / FILE_NAME).is_file():
        path = folder / FILE_NAME
        try:
            loaded = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"{str(path)!r}: not valid TOML: {error}") from error
        for name, value in loaded.items():
            values[name] = _check(name, value, str(path))
    known = {f.name for f in fields(Settings)}
    for name in known:
        text = environment.get(ENVIRONMENT_PREFIX + name.upper())
        if text is not None:
            values[name] = _check(name, text, ENVIRONMENT_PREFIX + name.upper())
    for name, value in (given or {}).items():
        if value is not None:
            values[name] = _check(name, value, "--" + name.replace("_", "-"))
    return Settings(**values)


def check_environment(environment: Mapping[str, str] = os.environ) -> None:
    """Raise SettingsError for a variable that begins with SAYSO_ and means nothing.

    Every command asks this: `SAYSO_LEDGR` would otherwise be another ledger than the one meant.
    """
    known = [LEDGER_VARIABLE, *(ENVIRONMENT_PREFIX + f.name.upper() for f in fields(Settings))]
    for name in sorted(environment):
        if name.startswith(ENVIRONMENT_PREFIX) and name not in known:
            advice = f"{_suggest(name, known)}unset it, or see `sayso doctor`"
            raise SettingsError(f"environment: no setting is called {name!r}; {advice}")


def _suggest(name: str, known: Iterable[str]) -> str:
    """Return `did you mean 'workers'? Else `, or nothing where no known name is near."""
    near = get_close_matches(name, known, 1)
    return f"did you mean {near[0]!r}? Else " if near else ""


def _check(name: str, value: Any, place: str) -> Any:
    by_name = {f.name: f for f in fields(Settings)}
    if name not in by_name:
        advice = f"{_suggest(name, by_name)}see `sayso doctor`"
        raise SettingsError(f"{place}: no setting is called {name!r}; {advice}")
    if name == "vague":
        return _check_vague(value, place)
    wanted: type = type(getattr(Settings(), name))
    low, high = by_name[name].metadata["low"], by_name[name].metadata["high"]
    if wanted is tuple:
        return _read_table(value, place, name)
    if wanted is bool:
        words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
        answer = value if isinstance(value, bool) else words.get(str(value).lower())
        if answer is None:
            raise SettingsError(f"{place}: {name} is {value!r}; it takes true or false")
        return answer
    try:
        if isinstance(value, bool):
            raise ValueError
        number = wanted(value)
        if isinstance(value, float) and number != value:
            raise ValueError
    except (TypeError, ValueError) as error:
        kind = "a whole number" if wanted is int else "a number"
        raise SettingsError(f"{place}: {name} is {value!r}; it takes {kind}") from error
    if not low <= number <= high:
        raise SettingsError(f"{place}: {name} is {number}; it takes {low} to {high}")
    return number


def _check_vague(value: Any, place: str) -> str:
    """Return what vague words mean in one form, in the order of their names: "dozens=24-99,
    several=3-9". Takes the table of sayso.toml, or that form.
    """
    if isinstance(value, str):
        parts = [part.strip() for part in value.split(",") if part.strip()]
        found = [(part, _MEANING.fullmatch(part)) for part in parts]
        given = {m[1] if m else part: (int(m[2]), int(m[3])) if m else None for part, m in found}
    elif isinstance(value, dict):
        given = {str(word): _read_ends(ends) for word, ends in value.items()}
    else:
        given = {str(value): None}
    for word, ends in given.items():
        if word not in VAGUE_WORDS and ends is not None:
            advice = f"{_suggest(word, VAGUE_WORDS)}it takes {', '.join(VAGUE_WORDS)}"
            raise SettingsError(f"{place}: vague has {word!r}; {advice}")
        most = 100 if word == "most" else MAX_VAGUE  # per cent of a whole
        if ends is None or not 0 < ends[0] <= ends[1] <= most:
            raise SettingsError(
                f"{place}: vague has {word!r}; it takes the least and the largest amount, "
                "as dozens = [24, 99]"
            )
    return ", ".join(f"{w}={e[0]}-{e[1]}" for w, e in sorted(given.items()) if e is not None)


def _read_ends(ends: Any) -> tuple[int, int] | None:
    if not isinstance(ends, list) or len(ends) != 2 or any(type(end) is not int for end in ends):
        return None
    return ends[0], ends[1]


def read_meanings(vague: str) -> Meanings:
    """Return (word, least, largest) of each word that the setting `vague` gives a meaning."""
    return tuple((m[1], int(m[2]), int(m[3])) for m in _MEANING.finditer(vague))


def _read_table(value: Any, place: str, name: str) -> tuple[tuple[str, str], ...]:
    """Return a table of names, or `name=name; name=name` as the environment gives one, in order."""
    if isinstance(value, str):
        pairs = [part.partition("=") for part in value.split(";") if part.strip()]
        value = {key.strip(): other.strip() if found else None for key, found, other in pairs}
    if not isinstance(value, dict) or not all(
        isinstance(one, str) and one.strip() for pair in value.items() for one in pair
    ):
        raise SettingsError(f'{place}: {name} is {value!r}; it takes a table, "outlet" = "owner"')
    return tuple(sorted(value.items()))
