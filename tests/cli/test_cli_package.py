"""`import sayso` is cheap, and every public name is there."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import sayso
import sayso.errors

HEAVY = {"spacy", "pyarrow", "rich", "trafilatura", "sqlite3", "numpy", "argparse", "dataclasses"}


def _run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout


def test_import_loads_nothing_heavy() -> None:
    loaded = set(json.loads(_run("import sys, json, sayso; print(json.dumps(list(sys.modules)))")))
    assert "sayso" in loaded
    assert not loaded & HEAVY
    assert not {name for name in loaded if name.startswith("sayso.")}


def test_a_record_is_loaded_without_the_language_stack() -> None:
    code = "import sys, json, sayso; sayso.Statement; print(json.dumps(list(sys.modules)))"
    assert not set(json.loads(_run(code))) & (HEAVY - {"dataclasses"})


@pytest.mark.parametrize("name", [n for n in sayso.__all__ if n != "__version__"])
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(sayso, name).__name__ == name
    assert name in dir(sayso)


def test_every_error_is_public() -> None:
    errors = {
        name
        for name, value in vars(sayso.errors).items()
        if isinstance(value, type) and issubclass(value, Exception)
    }
    assert errors <= set(sayso.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'anotate'"):
        getattr(sayso, "anotate")  # noqa: B009
