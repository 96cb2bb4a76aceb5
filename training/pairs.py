"""Make the reader of pairs: does one of two sayings say all that the other says?

    python -m training.pairs ../shared/data --out src/sayso/parse/models/pairs

A six-layer encoder (all-MiniLM-L6-v2, Apache-2.0, from the package that ships it) reads both texts
side by side (Devlin and others, NAACL 2019). It learns first from clusters written for it in
training/texts/claims, then from pairs of sayings in reports, by the offsets in gold/. Some twenty
minutes on two cores; the same seed gives the same weights on the same kind of machine. Needs
PyTorch and the packages of requirements/train.txt.

--teacher-base FOLDER: a larger encoder learns the same pairs first, and is asked of these and of
others of the same texts that nobody has read; what it says is learned too (Hinton, Vinyals and Dean
2015). Some two hours.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor, nn

from sayso.errors import SaysoError
from sayso.parse.model_files import SHIPPED as TAGGER
from sayso.parse.pair_reader import DESCRIPTION, READER, join_pair
from sayso.parse.word_pieces import WordPieces
from sayso.records.claim import PairReading
from training.encoders import find_base, load_encoder
from training.export import shrink, write_graph
from training.pair_texts import (
    NEITHER,
    Pair,
    draw_pairs,
    draw_real,
    draw_unread,
    load_clusters,
    load_real,
)

logger = logging.getLogger("training")

NAME = "pairs-2"
ROOT = Path(__file__).parents[1]
TEXTS = ROOT / "training" / "texts" / "claims"
# Of what is written, and of what is real: epochs, and the highest rate of the encoder.
WRITTEN, REAL = (2, 8e-5), (4, 5e-5)
# Of a larger one, which learns from real ones alone; of one that it teaches; what its word weighs
# beside the readers'.
TEACHER, PUPIL, TAUGHT = (2, 4e-5), (3, 6e-5), 0.5
BATCH, WARM_UP, DECAY, DROPOUT = 32, 0.06, 0.01, 0.1
HEAD_FACTOR = 5
# Readers of real pairs agree in 19 of 20: no answer is surer than this.
SURE = 0.97
# Batches of like length are cut from so many.
SORTED = 16


class PairNetwork(nn.Module):
    """An encoder over both texts, and answers from its first piece and the mean of all."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.encoder = load_encoder(base, DROPOUT)
        # The vocabulary is large beside what is learned from.
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False
        size = self.encoder.config.hidden_size
        self.drop = nn.Dropout(DROPOUT)
        self.dense = nn.Linear(2 * size, size)
        self.answers = nn.Linear(size, len(PairReading._fields))

    def forward(self, pieces: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """Return log-odds [b, 4] of pieces [b, n], as PairReading has them."""
        hidden = self.encoder(
            input_ids=pieces, token_type_ids=types, attention_mask=mask
        ).last_hidden_state
        weight = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weight).sum(1) / weight.sum(1)
        both = self.drop(torch.cat((hidden[:, 0], mean), -1))
        result: Tensor = self.answers(self.drop(torch.tanh(self.dense(both))))
        return result


def main() -> int:
    """Learn, and write the folder."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    options.add_argument("data", type=Path, help="the folder with reports/ and polnear/")
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--gold", type=Path, default=ROOT / "gold")
    options.add_argument("--texts", type=Path, default=TEXTS, help="a folder of clusters")
    options.add_argument("--teacher-base", type=Path, help="the larger encoder's folder")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--weights", type=Path, help="where to write the weights as trained, too")
    given = options.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    torch.manual_seed(given.seed)
    try:
        real = load_real(given.gold, given.data)
        clusters = [c for path in sorted(given.texts.glob("*.txt")) for c in load_clusters(path)]
    except SaysoError as error:
        logger.error("%s", error)
        return 1
    logger.info("%d pairs, %d clusters", len(real), len(clusters))
    spelling = WordPieces((TAGGER / "vocabulary.txt").read_text("utf-8").splitlines())
    rng = random.Random(given.seed)
    schedule = REAL
    if given.teacher_base is not None:
        schedule = PUPIL
        teacher = PairNetwork(given.teacher_base)
        learn_all(teacher, spelling, TEACHER, lambda: list(draw_real(real, rng)), rng)
        said = ask(teacher, spelling, [(pair.first, pair.second) for pair in real])
        unread = list(draw_unread(real, rng))
        logger.info("%d pairs that nobody has read", len(unread))
        real = [mix(*both, TAUGHT) for both in zip(real, said, strict=True)]
        real += ask(teacher, spelling, unread)
    network = PairNetwork(find_base())
    learn_all(network, spelling, WRITTEN, lambda: list(draw_pairs(clusters, rng)), rng)
    learn_all(network, spelling, schedule, lambda: list(draw_real(real, rng)), rng)
    if given.weights is not None:
        torch.save(network.state_dict(), given.weights)
    write(network, given.out)
    return 0


def learn_all(
    network: PairNetwork,
    spelling: WordPieces,
    schedule: tuple[int, float],
    draw: Callable[[], Sequence[Pair]],
    rng: random.Random,
) -> None:
    """Learn for some epochs. schedule: how many, and the highest rate. draw: the pairs of one."""
    epochs, rate = schedule
    inside = [p for p in network.encoder.parameters() if p.requires_grad]
    known = set(map(id, network.encoder.parameters()))
    heads = [p for p in network.parameters() if id(p) not in known]
    optimiser = torch.optim.AdamW([{"params": inside}, {"params": heads}], rate, weight_decay=DECAY)
    for epoch in range(epochs):
        batches = list(make_batches(draw(), rng))
        total = 0.0
        for number, batch in enumerate(batches):
            done = (epoch + number / len(batches)) / epochs
            for group, factor in zip(optimiser.param_groups, (1, HEAD_FACTOR), strict=True):
                group["lr"] = factor * rate * max(min(done / WARM_UP, 1 - done), 0.01)
            total += learn(network, spelling, batch, optimiser)
        logger.info("epoch %d of %d: loss %.3f", epoch + 1, epochs, total / len(batches))


def make_batches(pairs: Sequence[Pair], rng: random.Random) -> Iterator[list[Pair]]:
    """Yield batches of pairs of like length, in another order each time."""
    shuffled = list(pairs)
    rng.shuffle(shuffled)
    batches = []
    for start in range(0, len(shuffled), BATCH * SORTED):
        some = sorted(
            shuffled[start : start + BATCH * SORTED], key=lambda p: len(p.first) + len(p.second)
        )
        batches += [some[i : i + BATCH] for i in range(0, len(some), BATCH)]
    rng.shuffle(batches)
    yield from batches


def learn(
    network: PairNetwork,
    spelling: WordPieces,
    batch: Sequence[Pair],
    optimiser: torch.optim.Optimizer,
) -> float:
    """Learn from a batch and return the loss."""
    network.train()
    told = [(*pair.says_all, pair.number, pair.contradicts) for pair in batch]
    answers = torch.tensor([[answer or 0.0 for answer in row] for row in told])
    known = torch.tensor([[answer is not None for answer in row] for row in told]).float()
    with torch.autocast("cpu", torch.bfloat16):
        odds = network(*read_batch(spelling, batch))
    loss = nn.functional.binary_cross_entropy_with_logits(
        odds.float(), answers.clamp(1 - SURE, SURE), known
    )
    optimiser.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    return loss.item()


def ask(teacher: PairNetwork, spelling: WordPieces, texts: Sequence[tuple[str, str]]) -> list[Pair]:
    """Return pairs of texts with what a teacher says of them; every second batch is read the other
    way round.
    """
    teacher.eval()
    told: dict[int, Pair] = {}
    order = sorted(range(len(texts)), key=lambda i: len(texts[i][0]) + len(texts[i][1]))
    for number, start in enumerate(range(0, len(order), BATCH)):
        some = order[start : start + BATCH]
        pairs = [Pair(*texts[i], NEITHER) for i in some]
        if number % 2:
            said = [pair.turn() for pair in _ask(teacher, spelling, [p.turn() for p in pairs])]
        else:
            said = _ask(teacher, spelling, pairs)
        told.update(zip(some, said, strict=True))
    return [told[i] for i in range(len(texts))]


def _ask(teacher: PairNetwork, spelling: WordPieces, pairs: Sequence[Pair]) -> list[Pair]:
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        chances = teacher(*read_batch(spelling, pairs)).float().sigmoid().tolist()
    return [
        replace(pair, says_all=(forward, back), number=number, contradicts=contradicts)
        for pair, (forward, back, number, contradicts) in zip(pairs, chances, strict=True)
    ]


def mix(known: Pair, said: Pair, weight: float) -> Pair:
    """Return a pair as it is known and as it is said to be, which weighs so much; that alone where
    nothing is known.
    """

    def mean(a: float | None, b: float | None) -> float | None:
        return b if a is None or b is None else (1 - weight) * a + weight * b

    (a, b), (c, d) = known.says_all, said.says_all
    return replace(
        known,
        says_all=((1 - weight) * a + weight * c, (1 - weight) * b + weight * d),
        number=mean(known.number, said.number),
        contradicts=mean(known.contradicts, said.contradicts),
    )


def read_batch(spelling: WordPieces, batch: Sequence[Pair]) -> tuple[Tensor, Tensor, Tensor]:
    """Return pieces, types and mask [b, n] of the pairs of a batch."""
    read = [join_pair(spelling, pair.first, pair.second) for pair in batch]
    longest = max(len(pieces) for pieces, _ in read)
    tensors = [torch.zeros((len(batch), longest), dtype=torch.int64) for _ in range(3)]
    for row, (pieces, types) in enumerate(read):
        tensors[0][row, : len(pieces)] = torch.tensor(pieces)
        tensors[1][row, : len(pieces)] = torch.tensor(types)
        tensors[2][row, : len(pieces)] = 1
    return tensors[0], tensors[1], tensors[2]


def write(network: PairNetwork, folder: Path) -> None:
    """Write the graph in int8 and its description."""
    network.eval()
    config = network.encoder.config
    config._attn_implementation = "eager"
    pieces = torch.randint(1000, 2000, (2, 64))
    inputs = (pieces, torch.zeros_like(pieces), torch.ones_like(pieces))
    axes = {name: {0: "pairs", 1: "pieces"} for name in ("pieces", "types", "mask")}
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        write_graph(network, inputs, plain, axes, ("odds",))
        shrink(plain, folder / READER, config.num_attention_heads, config.hidden_size)
    sha256 = hashlib.sha256((folder / READER).read_bytes()).hexdigest()
    described = {"name": NAME, "sha256": {READER: sha256}}
    (folder / DESCRIPTION).write_text(json.dumps(described, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
