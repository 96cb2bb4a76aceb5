"""Training: epochs over the lessons, dev after each, the best epoch kept."""

from __future__ import annotations

import copy
import logging
import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset

from sayso.parse.role_labels import make_start, make_transitions
from sayso.parse.tagger import OUTSIDE_SCORES
from sayso.parse.word_pieces import WordPieces
from training.corpus import Lesson
from training.course import Course
from training.lessons import Batch, Cut, make_batch, make_batches
from training.model import Tagger
from training.teaching import Read, Teacher, measure_distance, read_batch, split_marks

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Schedule:
    """How it is trained. rate: peak learning rate of the encoder; heads have HEAD_FACTOR times
    that. orders: in how many orders of the lessons, each for so many epochs. device: as PyTorch
    names it. workers: processes that make batches.
    """

    epochs: int = 5
    batch: int = 16
    window: int = 256
    rate: float = 2e-4
    warm_up: float = 0.06
    decay: float = 0.01
    seed: int = 0
    orders: int = 2
    device: str = "cpu"
    workers: int = 0


HEAD_FACTOR = 5
LOG_EVERY = 50
# Cross-entropies are summed over words and weighted: of anchors 1, of roles for each true anchor,
# and of marks.
ROLE_WEIGHT = 0.25
MARK_WEIGHT = 0.5


def measure_loss(read: Read, batch: Batch, transitions: Tensor) -> Tensor:
    """Return the summed loss of a batch: cross-entropy of anchors, of marks, and of roles of the
    true anchors.
    """
    known = batch.anchor_targets >= 0
    loss = nn.functional.binary_cross_entropy_with_logits(
        read.anchors[known], batch.anchor_targets[known], reduction="sum"
    )
    for role, marked in enumerate(split_marks(read.marks)):
        loss = loss + MARK_WEIGHT * nn.functional.cross_entropy(
            marked.flatten(0, 1), batch.mark_targets[role].flatten(), reduction="sum"
        )
    if not len(batch.rows):
        return loss
    by_word = nn.functional.cross_entropy(
        read.roles.flatten(0, 1), batch.labels.flatten(), reduction="sum"
    )
    by_path = measure_paths(read.roles, batch.labels, transitions)
    return loss + ROLE_WEIGHT * (by_word + by_path) / 2


def measure_paths(logits: Tensor, labels: Tensor, transitions: Tensor) -> Tensor:
    """Return the summed negative log-likelihood of whole sequences of labels: a linear-chain
    conditional random field (Lafferty, McCallum and Pereira, 2001) over the allowed sequences.

    logits: [k, m, labels]; labels: [k, m], -100 where there is no word: nothing stands there.
    """
    outside = torch.from_numpy(OUTSIDE_SCORES).to(logits)
    scores = torch.where((labels < 0)[..., None], outside, logits)
    wanted = labels.clamp(min=0)
    steps = transitions + torch.from_numpy(make_transitions()).to(logits)
    first = scores[:, 0] + torch.from_numpy(make_start()).to(logits)
    right = first.gather(1, wanted[:, :1]).sum()
    right = right + scores[:, 1:].gather(2, wanted[:, 1:, None]).sum()
    right = right + steps[wanted[:, :-1], wanted[:, 1:]].sum()
    moves = steps + scores[:, 1:, None]
    while moves.shape[1] > 1:  # pairs of neighbours at a time
        last = moves[:, moves.shape[1] // 2 * 2 :]
        before, after = moves[:, : -1 if len(last[0]) else None : 2], moves[:, 1::2]
        joined = torch.logsumexp(before[..., None] + after[:, :, None], dim=3)
        moves = torch.cat((joined, last), dim=1)
    every = torch.logsumexp(first[:, :, None] + moves[:, 0], dim=1)
    return torch.logsumexp(every, dim=1).sum() - right


def train(
    model: Tagger,
    course: Course,
    schedule: Schedule,
    evaluate: Callable[[], float] | None,
    teacher: Teacher | None = None,
) -> None:
    """Train in place and leave the weights of the best epoch, of the last if there is nothing to
    choose by. With a teacher, as many windows of what it teaches are learned as of the course.
    """
    torch.manual_seed(schedule.seed)
    chance = random.Random(schedule.seed)
    device = schedule.device
    model.to(device)
    model.requires_grad_(True)  # making it narrow leaves the heads held
    model.encoder.embeddings.word_embeddings.weight.requires_grad = False
    optimizer = torch.optim.AdamW(_group(model, schedule), fused=True)
    peaks = [group["lr"] for group in optimizer.param_groups]
    best, kept = -1.0, None
    for epoch in range(schedule.epochs):
        unread = () if teacher is None else teacher.unread
        batches = mix_batches(course.make(epoch), unread, schedule, chance)
        cuts = [windows for windows, _ in batches]
        model.train()
        began, seen = time.monotonic(), torch.zeros((), device=device)
        for number, batch in enumerate(load_batches(cuts, course.spelling, schedule.workers), 1):
            says = teacher if batches[number - 1][1] else None
            done = (epoch + number / len(batches)) / schedule.epochs
            share = min(done / schedule.warm_up, max(0.01, 1 - done))
            for group, peak in zip(optimizer.param_groups, peaks, strict=True):
                group["lr"] = peak * share
            with torch.autocast(torch.device(device).type, torch.bfloat16):
                loss = learn(model, batch.to(device), says)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            seen += loss.detach()
            if number % LOG_EVERY == 0:
                pace = (time.monotonic() - began) / number
                where = f"epoch {epoch} batch {number} of {len(batches)}"
                logger.info("%s: loss %.3f, %.2f s a batch", where, seen.item() / LOG_EVERY, pace)
                seen.zero_()
        model.eval()
        score = best if evaluate is None else evaluate()
        if score > best:
            best, kept = score, copy_weights(model)
    if kept is not None:
        model.load_state_dict(kept)


def mix_batches(
    lessons: Sequence[Lesson], unread: Sequence[Lesson], schedule: Schedule, chance: random.Random
) -> list[tuple[list[Cut], bool]]:
    """Return an epoch's batches in random order, as many of unread lessons as of others at most,
    and of each whether it is of those.
    """
    own, others = (
        make_batches(some, window=schedule.window, batch=schedule.batch, chance=chance)
        for some in (lessons, unread)
    )
    mixed = [*((cuts, False) for cuts in own), *((cuts, True) for cuts in others[: len(own)])]
    if others:
        chance.shuffle(mixed)
    return mixed


def learn(model: Tagger, batch: Batch, teacher: Teacher | None) -> Tensor:
    """Return the loss of one batch: from what is annotated or, with a teacher, what that says."""
    if teacher is None:
        loss = measure_loss(read_batch(model, batch), batch, model.transitions.float())
    else:
        batch, said = teacher.read(batch)
        read = read_batch(model, batch)
        loss = measure_distance(read, said, batch, MARK_WEIGHT, ROLE_WEIGHT)
    return loss / (batch.anchor_targets >= 0).sum() * 10


def load_batches(
    batches: Sequence[Sequence[Cut]], spelling: WordPieces, workers: int
) -> Iterable[Batch]:
    """Return the tensors of each batch, made by so many processes beside (0: by this one)."""
    made = _Batches(batches, spelling)
    context = "fork" if workers else None
    return DataLoader(made, batch_size=None, num_workers=workers, multiprocessing_context=context)


class _Batches(Dataset[Batch]):
    def __init__(self, batches: Sequence[Sequence[Cut]], spelling: WordPieces) -> None:
        self._batches = batches
        self._spelling = spelling

    def __len__(self) -> int:
        return len(self._batches)

    def __getitem__(self, number: int) -> Batch:
        return make_batch(self._batches[number], self._spelling)


def copy_weights(model: Tagger) -> dict[str, Tensor]:
    """Return a copy of a model's weights."""
    return copy.deepcopy(model.state_dict())


def average(weights: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """Return the means of the weights of models of one make."""
    return {
        name: torch.stack([w[name].float() for w in weights]).mean(0).to(value.dtype)
        for name, value in weights[0].items()
    }


def _group(model: Tagger, schedule: Schedule) -> list[dict[str, object]]:
    groups: list[dict[str, object]] = []
    for is_head in (False, True):
        for decays in (True, False):
            chosen = [
                p
                for name, p in model.named_parameters()
                if p.requires_grad
                and name.startswith("encoder.") != is_head
                and ("bias" not in name and "LayerNorm" not in name) == decays
            ]
            rate = schedule.rate * (HEAD_FACTOR if is_head else 1)
            groups.append(
                {"params": chosen, "lr": rate, "weight_decay": schedule.decay if decays else 0.0}
            )
    return groups
