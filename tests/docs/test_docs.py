"""What the program has is documented: every key, table, setting and command."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from sayso.commands.arguments import make_parser
from sayso.ledger.database import list_migrations
from sayso.records.ids import make_identity_id
from sayso.settings import describe_settings

ROOT = Path(__file__).parents[2]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def keys_of(schema: dict[str, object]) -> set[str]:
    found: set[str] = set()
    if isinstance(schema, dict):
        found |= set(schema.get("properties", {}))
        for value in schema.values():
            found |= keys_of(value)  # type: ignore[arg-type]
    elif isinstance(schema, list):
        for value in schema:
            found |= keys_of(value)
    return found


def test_every_key_of_the_json_object_is_in_the_data_model() -> None:
    schema = json.loads(read("docs/findings.schema.json"))
    words = set(re.findall(r"`(\w+)`", read("docs/data-model.md")))
    assert keys_of(schema) - words - {"spans", "name"} == set()


def test_every_table_of_the_ledger_is_in_the_data_model() -> None:
    connection = sqlite3.connect(":memory:")
    connection.create_function("make_identity_id", 3, make_identity_id)
    for _, script in list_migrations():
        connection.executescript(script)
    tables = {
        name
        for name, sql in connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type='table'"
        )
        if not re.search(r"_search_(data|idx|content|docsize|config)$", name)
    }
    connection.close()
    assert tables - set(re.findall(r"`(\w+)`", read("docs/data-model.md"))) == set()


def test_every_command_is_in_the_readme() -> None:
    [commands] = [a for a in make_parser()._actions if a.dest == "command"]
    readme = read("README.md")
    assert [name for name in commands.choices if f"sayso {name}" not in readme] == []


def test_every_setting_is_in_the_settings_page() -> None:
    page = read("docs/settings.md")
    assert [name for name, _, _ in describe_settings() if f"`{name}`" not in page] == []


@pytest.mark.parametrize(
    "path",
    [
        str(p.relative_to(ROOT))
        for p in sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/**/*.md"))
    ],
)
def test_links_between_pages_lead_somewhere(path: str) -> None:
    page = ROOT / path
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{path}: {target}"


def test_every_source_file_is_short() -> None:
    long = [
        str(p.relative_to(ROOT))
        for p in (ROOT / "src").rglob("*.py")
        if len(p.read_text(encoding="utf-8").splitlines()) > 400
    ]
    assert long == []


def test_the_reliability_diagram_is_that_of_its_table() -> None:
    command = [sys.executable, "benchmarks/draw_reliability.py", "docs/evaluation.md"]
    drawn = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8")
    assert drawn.stdout == read("docs/images/reliability.svg")
    assert drawn.stdout.count("<circle") == 10
