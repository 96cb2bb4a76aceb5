from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import NotFoundError, UsageError
from sayso.score.gate import check_floors, hash_gold, load_floors, pin_floors
from sayso.score.metrics import Row, Scores


def make_scores(**right: int) -> Scores:
    names = {"linked": "statement linked", "value": "figure value"}
    return Scores(tuple(Row(names[k], n, 1000, 1000) for k, n in right.items()), 1, ())


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "a.json").write_text("{}", encoding="utf-8")
    return folder


def test_scores_at_their_floors_pass_and_below_are_named(gold: Path) -> None:
    path = gold / "floors.json"
    floors = pin_floors(make_scores(linked=700, value=900), gold, path)
    assert floors == load_floors(path)
    assert check_floors(make_scores(linked=700, value=900), floors, hash_gold(gold)) == []
    (message,) = check_floors(make_scores(linked=699, value=950), floors)
    assert message.startswith("statement linked: F1 0.6990")
    assert "0.7000" in message


def test_metric_that_vanished_is_below_its_floor(gold: Path) -> None:
    floors = pin_floors(make_scores(linked=700, value=900), gold, gold / "floors.json")
    assert len(check_floors(make_scores(linked=700), floors)) == 1


def test_pinning_raises_floors_and_lowers_none_unless_forced(gold: Path) -> None:
    path = gold / "floors.json"
    pin_floors(make_scores(linked=700), gold, path)
    assert pin_floors(make_scores(linked=750), gold, path).values == {"statement linked": 0.75}
    with pytest.raises(UsageError, match="a floor would be lowered"):
        pin_floors(make_scores(linked=740), gold, path)
    assert load_floors(path).values == {"statement linked": 0.75}
    assert pin_floors(make_scores(linked=740), gold, path, force=True).values == {
        "statement linked": 0.74
    }


def test_margin_lies_between_score_and_floor(gold: Path) -> None:
    path = gold / "floors.json"
    floors = pin_floors(make_scores(linked=700), gold, path, margin=0.01)
    assert floors.values == {"statement linked": 0.69}
    # A little lower than when it was pinned, but above its floor: the floor stays.
    assert pin_floors(make_scores(linked=695), gold, path, margin=0.01).values == floors.values


def test_changed_gold_must_be_pinned_again(gold: Path) -> None:
    path = gold / "floors.json"
    scores = make_scores(linked=700)
    floors = pin_floors(scores, gold, path)
    (gold / "a.json").write_text('{"a": 1}', encoding="utf-8")
    (message,) = check_floors(scores, floors, hash_gold(gold))
    assert "gold has changed" in message
    assert check_floors(scores, pin_floors(scores, gold, path), hash_gold(gold)) == []


def test_hash_is_of_names_and_bytes_and_not_of_floors_or_offsets(gold: Path) -> None:
    before = hash_gold(gold)
    (gold / "floors.json").write_text("{}", encoding="utf-8")
    (gold / "README.md").write_text("about", encoding="utf-8")
    (gold / "reports-us.json").write_text('{"texts": []}', encoding="utf-8")
    assert hash_gold(gold) == before
    (gold / "a.json").rename(gold / "b.json")
    assert hash_gold(gold) != before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not a file of floors"),
        ('{"floors": {}}', "gold_sha256"),
        ('{"gold_sha256": "x", "floors": {"statement linked": "high"}}', "not a file of floors"),
        ('{"gold_sha256": "x", "floors": {"charm": 0.5}}', "no metric is called 'charm'"),
    ],
)
def test_floors_that_are_wrong_are_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load_floors(path)
    assert message in str(caught.value)


def test_missing_files_are_said(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="pin them first"):
        load_floors(tmp_path / "floors.json")
    with pytest.raises(NotFoundError, match="no gold here"):
        hash_gold(tmp_path / "gold")
