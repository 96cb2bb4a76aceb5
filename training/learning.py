"""Training: epochs over the lessons, dev after each, the best epoch kept."""

from __future__ import annotations

import copy
import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from sayso.parse.role_labels import ROLES, make_start, make_transitions
from sayso.parse.tagger import OUTSIDE_SCORES
from sayso.parse.word_pieces import WordPieces
from training.corpus import Lesson
from training.lessons import Batch, make_batch, make_batches
from training.model import Tagger

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Schedule:
    """How it is trained. rate: peak learning rate of the encoder; heads have HEAD_FACTOR times
    that. orders: in how many orders of the lessons, each for so many epochs.
    """

    epochs: int = 5
    batch: int = 16
    window: int = 256
    rate: float = 2e-4
    warm_up: float = 0.06
    decay: float = 0.01
    seed: int = 0
    orders: int = 2


HEAD_FACTOR = 5
LOG_EVERY = 50
# Cross-entropies are summed over words and weighted: of anchors 1, of roles for each true anchor,
# and of marks.
ROLE_WEIGHT = 0.25
MARK_WEIGHT = 0.5


def measure_loss(model: Tagger, batch: Batch) -> Tensor:
    """Return the loss of one batch: cross-entropy of anchors, and of roles of the true anchors."""
    anchors, marks, keys, queries = model.encode(batch.pieces, batch.types, batch.mask)
    known = batch.anchor_targets >= 0
    loss = nn.functional.binary_cross_entropy_with_logits(
        anchors.float()[known], batch.anchor_targets[known], reduction="sum"
    )
    for role in range(len(ROLES)):
        marked = nn.functional.pad(marks[..., 2 * role : 2 * role + 2].float(), (1, 0))
        loss = loss + MARK_WEIGHT * nn.functional.cross_entropy(
            marked.flatten(0, 1), batch.mark_targets[role].flatten(), reduction="sum"
        )
    if len(batch.rows):
        logits = model.read_roles(
            marks[batch.rows[:, None], batch.words],
            keys[batch.rows[:, None], batch.words],
            queries[batch.rows, batch.places],
            batch.buckets,
            batch.seen,
        )
        logits = logits.float()
        by_word = nn.functional.cross_entropy(
            logits.flatten(0, 1), batch.labels.flatten(), reduction="sum"
        )
        by_path = measure_paths(logits, batch.labels, model.transitions.float())
        loss = loss + ROLE_WEIGHT * (by_word + by_path) / 2
    return loss / known.sum() * 10


def measure_paths(logits: Tensor, labels: Tensor, transitions: Tensor) -> Tensor:
    """Return the summed negative log-likelihood of whole sequences of labels: a linear-chain
    conditional random field (Lafferty, McCallum and Pereira, 2001) over the allowed sequences.

    logits: [k, m, labels]; labels: [k, m], -100 where there is no word: nothing stands there.
    """
    scores = torch.where((labels < 0)[..., None], logits.new_tensor(OUTSIDE_SCORES), logits)
    wanted = labels.clamp(min=0)
    steps = transitions + logits.new_tensor(make_transitions())
    first = scores[:, 0] + logits.new_tensor(make_start())
    right = first.gather(1, wanted[:, :1]).sum()
    right = right + scores[:, 1:].gather(2, wanted[:, 1:, None]).sum()
    right = right + steps[wanted[:, :-1], wanted[:, 1:]].sum()
    every = first
    for place in range(1, scores.shape[1]):
        every = torch.logsumexp(every[:, :, None] + steps, dim=1) + scores[:, place]
    return torch.logsumexp(every, dim=1).sum() - right


def train(
    model: Tagger,
    lessons: Callable[[int], Sequence[Lesson]],
    spelling: WordPieces,
    schedule: Schedule,
    evaluate: Callable[[], float],
) -> None:
    """Train in place and leave the weights of the best epoch. lessons: those of epoch n."""
    torch.manual_seed(schedule.seed)
    chance = random.Random(schedule.seed)
    model.encoder.embeddings.word_embeddings.weight.requires_grad = False
    optimizer = torch.optim.AdamW(_group(model, schedule), fused=True)
    peaks = [group["lr"] for group in optimizer.param_groups]
    best, kept = -1.0, None
    for epoch in range(schedule.epochs):
        batches = make_batches(
            lessons(epoch), window=schedule.window, batch=schedule.batch, chance=chance
        )
        model.train()
        began, seen = time.monotonic(), 0.0
        for number, cuts in enumerate(batches, 1):
            done = (epoch + number / len(batches)) / schedule.epochs
            share = min(done / schedule.warm_up, max(0.01, 1 - done))
            for group, peak in zip(optimizer.param_groups, peaks, strict=True):
                group["lr"] = peak * share
            with torch.autocast("cpu", torch.bfloat16):
                loss = measure_loss(model, make_batch(cuts, spelling))
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            seen += loss.item()
            if number % LOG_EVERY == 0:
                pace = (time.monotonic() - began) / number
                where = f"epoch {epoch} batch {number} of {len(batches)}"
                logger.info("%s: loss %.3f, %.2f s a batch", where, seen / LOG_EVERY, pace)
                seen = 0.0
        model.eval()
        score = evaluate()
        if score > best:
            best, kept = score, copy_weights(model)
    if kept is not None:
        model.load_state_dict(kept)


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
