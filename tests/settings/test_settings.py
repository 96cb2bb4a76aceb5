"""Settings come from four places in a fixed order; what is wrong is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import SettingsError
from sayso.settings import (
    Settings,
    describe_settings,
    format_setting,
    load_settings,
    read_meanings,
)


def test_the_order_is_command_then_environment_then_file(tmp_path: Path) -> None:
    (tmp_path / "sayso.toml").write_text("workers = 2\nshard_reports = 7\nkeep_raw = false\n")
    environment = {"SAYSO_WORKERS": "3", "SAYSO_SHARD_REPORTS": "8"}
    settings = load_settings(tmp_path, {"workers": 4, "follow_links": None}, environment)
    assert (settings.workers, settings.shard_reports, settings.keep_raw) == (4, 8, False)
    assert settings.follow_links is Settings().follow_links


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("workers = -1", "0 to 512"),
        ("workers = true", "a whole number"),
        ("workers = 1.5", "a whole number"),
        ("keep_raw = 7", "true or false"),
        ("colour = 1", "no setting is called 'colour'; see"),
        ("worker = 1", "no setting is called 'worker'; did you mean 'workers'?"),
        ("outlet_owners = 3", "it takes a table"),
        ("[outlet_owners]\nAsh = 3", "it takes a table"),
        ("workers =", "not valid TOML"),
        ("[vague]\ndozen = [24, 99]", "vague has 'dozen'; did you mean 'dozens'? Else it takes"),
        ("[vague]\ndozens = 24", "the least and the largest amount, as dozens = [24, 99]"),
        ("[vague]\ndozens = [99, 24]", "the least and the largest"),
        ("[vague]\ndozens = [0, 24]", "the least and the largest"),
        ("[vague]\ndozens = [24.5, 99]", "the least and the largest"),
        ("[vague]\ndozens = [24, true]", "the least and the largest"),
        ("vague = 7", "the least and the largest"),
        ("vague = 'dozens=24'", "the least and the largest"),
    ],
)
def test_a_wrong_value_is_refused_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "sayso.toml").write_text(text)
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path, {}, {})
    assert words in str(caught.value)
    assert "sayso.toml" in str(caught.value)


def test_what_vague_words_mean_has_one_form(tmp_path: Path) -> None:
    (tmp_path / "sayso.toml").write_text("[vague]\nseveral = [3, 6]\ndozens = [36, 99]\n")
    from_file = load_settings(tmp_path, {}, {})
    assert from_file.vague == "dozens=36-99, several=3-6"
    assert load_settings(None, {}, {"SAYSO_VAGUE": "several = 3-6,dozens=36-99"}) == from_file
    assert read_meanings(from_file.vague) == (("dozens", 36, 99), ("several", 3, 6))
    assert read_meanings(Settings().vague) == ()


def test_owners_of_outlets_are_a_table_or_pairs(tmp_path: Path) -> None:
    (tmp_path / "sayso.toml").write_text(
        'copies_days = 30\n[outlet_owners]\n"Oller Times" = "Kestrin Media"\n"Ash" = "Elm"\n'
    )
    settings = load_settings(tmp_path, {}, {})
    assert settings.outlet_owners == (("Ash", "Elm"), ("Oller Times", "Kestrin Media"))
    assert settings.copies_days == 30
    text = format_setting(settings.outlet_owners)
    again = load_settings(None, {}, {"SAYSO_OUTLET_OWNERS": text})
    assert again.outlet_owners == settings.outlet_owners


@pytest.mark.parametrize("text", ["Ash", "=Elm", "Ash=", "Ash; Birch=Elm"])
def test_owners_without_a_name_are_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="it takes a table"):
        load_settings(None, {}, {"SAYSO_OUTLET_OWNERS": text})


def test_the_environment_takes_words_for_yes_and_no() -> None:
    assert load_settings(None, {}, {"SAYSO_KEEP_RAW": "no"}).keep_raw is False


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("SAYSO_WORKER", "'SAYSO_WORKER'; did you mean 'SAYSO_WORKERS'?"),
        ("SAYSO_LEGDER", "'SAYSO_LEGDER'; did you mean 'SAYSO_LEDGER'?"),
        ("SAYSO_colour", "'SAYSO_colour'; unset it"),
        ("SAYSO_", "'SAYSO_'; "),
    ],
)
def test_an_unknown_variable_is_refused_with_the_nearest_name(name: str, words: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(None, {}, {name: "1", "SAYSO_WORKERS": "2"})
    assert words in str(caught.value)


def test_variables_of_others_and_the_ledger_are_left_alone() -> None:
    load_settings(None, {}, {"SAYSO_LEDGER": "a", "SAYSOMETHING": "1", "sayso_worker": "1"})


def test_every_setting_is_described() -> None:
    assert [name for name, _, about in describe_settings() if about] == list(Settings.__slots__)
