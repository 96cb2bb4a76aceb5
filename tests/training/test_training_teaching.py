"""A larger tagger teaches texts that nobody annotated."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("onnx")

import torch
import transformers
from tests.training.small_model import VOCABULARY, make_base, make_tagger
from training.corpus import Article, Example, Lesson, make_lesson
from training.encoders import OWN_PIECES, MPNetEncoder, load_encoder
from training.learning import Schedule, learn, measure_paths, train
from training.lessons import Batch, cut_lesson, make_batch
from training.model import Tagger
from training.teaching import Teacher, aim, measure_distance, read_batch

from sayso.errors import UsageError
from sayso.parse.role_labels import LABEL_COUNT, make_start, make_transitions
from sayso.parse.tagger import OUTSIDE_SCORES
from sayso.parse.word_pieces import WordPieces

SPELLING = WordPieces(VOCABULARY)
SAID = "The mayor said that nine boats had sunk."
EXAMPLE = Example((((0, 9),), ((10, 14),), ((15, 39),)))
IDLE = "Boats lay idle."


def make_articles() -> list[Article]:
    """Return six articles, every third without an attribution."""
    texts = [(SAID, (EXAMPLE,)), (f"{SAID} {IDLE}", (EXAMPLE,)), (IDLE, ())] * 2
    return [Article(str(n), text, examples) for n, (text, examples) in enumerate(texts)]


def make_lessons() -> list[Lesson]:
    """Return all articles in pieces."""
    return [make_lesson(a, SPELLING) for a in make_articles()]


def make_all(size: int) -> list[Batch]:
    """Return the batches of all articles."""
    cuts = [cut for lesson in make_lessons() for cut in cut_lesson(lesson, 62, 0)]
    return [make_batch(cuts[i : i + size], SPELLING) for i in range(0, len(cuts), size)]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_base(tmp_path_factory.mktemp("base"))


def test_the_loss_of_a_path_is_that_over_all_paths_written_out() -> None:
    torch.manual_seed(1)
    logits = torch.randn(2, 4, LABEL_COUNT, dtype=torch.float64)
    learned = torch.randn(LABEL_COUNT, LABEL_COUNT, dtype=torch.float64)
    labels = torch.tensor([[-100, 1, 2, 0], [0, 5, 6, 6]])
    steps, start = learned + torch.tensor(make_transitions()), torch.tensor(make_start())
    expected = torch.zeros((), dtype=torch.float64)
    for row, wanted in zip(logits, labels, strict=True):
        scores = row.clone()
        scores[wanted < 0] = torch.tensor(OUTSIDE_SCORES, dtype=torch.float64)

        def measure(path: tuple[int, ...], scores: torch.Tensor = scores) -> torch.Tensor:
            total = start[path[0]] + sum(scores[place, label] for place, label in enumerate(path))
            return total + sum(steps[a, b] for a, b in itertools.pairwise(path))

        every = [measure(path) for path in itertools.product(range(LABEL_COUNT), repeat=4)]
        right = measure(tuple(wanted.clamp(min=0).tolist()))
        expected += torch.logsumexp(torch.stack(every), 0) - right
    assert measure_paths(logits, labels, learned).item() == pytest.approx(expected.item())


@pytest.mark.parametrize("size", [1, 2, 6])
def test_a_batch_aimed_at_its_own_anchors_is_read_alike(base: Path, size: int) -> None:
    model, aimed_at = make_tagger(base, 4), 0
    for batch in make_all(size):
        there = [i for i in range(len(batch.rows)) if (batch.labels[i] >= 0).any()]
        possible = torch.zeros(batch.pieces.shape, dtype=torch.bool)
        possible[batch.rows[there], batch.places[there]] = True
        aimed = aim(batch, possible)
        with torch.no_grad():
            one, other = read_batch(model, batch), read_batch(model, aimed)
        places = list(zip(aimed.rows.tolist(), aimed.places.tolist(), strict=True))
        for i in there:
            same = places.index((batch.rows[i].item(), batch.places[i].item()))
            known = aimed.labels[same] >= 0
            assert torch.equal(known, batch.labels[i] >= 0)
            assert torch.allclose(other.roles[same][known], one.roles[i][known], atol=1e-5)
            aimed_at += 1
        assert (aimed.labels >= 0).any(1).sum() == len(there)
    assert aimed_at == 4


def test_a_teacher_aims_at_what_it_finds_possible(base: Path) -> None:
    model = make_tagger(base, 4)
    [batch] = make_all(6)
    begins = batch.mark_targets[0] >= 0
    with torch.no_grad():
        model.anchor.weight.zero_()
        model.anchor.bias.fill_(5.0)
    aimed, said = Teacher(model, ()).read(batch)
    assert (aimed.labels >= 0).any(1).sum() == begins.sum()
    assert torch.allclose(said.anchors[begins], torch.tensor(5.0))
    with torch.no_grad():
        model.anchor.bias.fill_(-5.0)
    aimed, said = Teacher(model, ()).read(batch)
    assert not (aimed.labels >= 0).any()


def test_a_tagger_is_nearest_to_what_it_says_itself(base: Path) -> None:
    one, other = (make_tagger(base, seed) for seed in (4, 5))
    for batch in make_all(3):
        with torch.no_grad():
            own, else_ = read_batch(one, batch), read_batch(other, batch)
        same = measure_distance(own, own, batch, 0.5, 0.25)
        assert same < measure_distance(else_, own, batch, 0.5, 0.25)


def test_what_is_taught_moves_a_tagger_towards_its_teacher(base: Path) -> None:
    teacher, model = make_tagger(base, 4), make_tagger(base, 5)
    batches = make_all(6)

    def measure() -> float:
        with torch.no_grad():
            return sum(
                measure_distance(read_batch(model, b), read_batch(teacher, b), b, 0.5, 0.25).item()
                for b in batches
            )

    before = measure()
    optimizer = torch.optim.Adam(model.parameters(), 2e-3)
    for batch in batches * 8:
        optimizer.zero_grad()
        learn(model, batch, Teacher(teacher, ())).backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    assert measure() < before


def test_half_of_what_is_learned_is_taught(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    learned: list[bool] = []

    class Twice:
        spelling = SPELLING

        def make(self, epoch: int) -> list[Lesson]:
            return make_lessons()[:2]

    def note(model: Tagger, batch: Batch, teacher: Teacher | None) -> torch.Tensor:
        learned.append(teacher is not None)
        return learn(model, batch, teacher)

    monkeypatch.setattr("training.learning.learn", note)
    schedule = Schedule(epochs=2, batch=1, window=64)
    teacher = Teacher(make_tagger(base, 4), make_lessons())
    train(make_tagger(base, 5), Twice(), schedule, None, teacher)  # type: ignore[arg-type]
    assert 2 * sum(learned) == len(learned) >= 8


def test_batches_without_anchors_are_learned_from(base: Path) -> None:
    model = make_tagger(base, 4)
    [batch] = [b for b in make_all(1) if not len(b.rows)][:1]
    assert torch.isfinite(learn(model, batch, None))
    assert torch.isfinite(learn(model, batch, Teacher(model, ())))


def test_mpnet_reads_the_pieces_of_berts_vocabulary(tmp_path: Path) -> None:
    torch.manual_seed(2)
    config = transformers.MPNetConfig(
        vocab_size=300,
        hidden_size=24,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=48,
    )
    plain = transformers.MPNetModel(config, add_pooling_layer=False).eval()
    plain.save_pretrained(tmp_path)
    encoder = load_encoder(tmp_path, 0.1)
    assert isinstance(encoder, MPNetEncoder)
    encoder.eval()
    # [CLS], a word, [UNK], [SEP], padding: as MPNet numbers them.
    pieces = torch.tensor([[101, 150, 100, 102, 0]])
    own = torch.tensor([[0, 150 + OWN_PIECES, 3, 2, 1]])
    mask = torch.tensor([[1, 1, 1, 1, 0]])
    with torch.no_grad():
        read = encoder(
            input_ids=pieces, token_type_ids=torch.zeros_like(pieces), attention_mask=mask
        )
        positions = torch.arange(2, 7)[None]
        wanted = plain(
            inputs_embeds=plain.embeddings.word_embeddings(own),
            position_ids=positions,
            attention_mask=mask,
        )
    found = read.last_hidden_state[:, :4]
    assert torch.allclose(found, wanted.last_hidden_state[:, :4], atol=1e-5)


def test_another_kind_of_encoder_is_refused(tmp_path: Path) -> None:
    config = transformers.DistilBertConfig(
        vocab_size=50, dim=8, n_layers=1, n_heads=2, hidden_dim=8
    )
    transformers.DistilBertModel(config).save_pretrained(tmp_path)
    with pytest.raises(UsageError, match="distilbert"):
        load_encoder(tmp_path, 0.1)
