"""A narrower encoder that says what the wide one says.

A layer loses those heads of its attention and those values of its middle that it can best do
without: one after the other is taken out whose loss changes what the layer gives least, in least
squares over a sample of texts, and what is left is solved anew ("optimal brain surgeon": Hassibi
and Stork, 1992; of whole columns, as in "ZipLM": Kurtic, Frantar and Alistarh, 2023). Then the
narrow encoder learns from texts alone, annotated or not, to give what the wide one gives after
every layer ("TinyBERT": Jiao and others, 2020), and to see what it sees.
"""

from __future__ import annotations

import copy
import logging
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from training.corpus import Lesson
from training.course import Course
from training.learning import MARK_WEIGHT, ROLE_WEIGHT, Schedule, mix_batches
from training.lessons import Batch, Cut, make_batch
from training.model import Tagger
from training.teaching import Read, measure_distance, read_marked

logger = logging.getLogger(__name__)

# Added to the moments of every value, as a share of the mean, so that they can be inverted.
RIDGE = 1e-4
# Batches that tell which heads and values a layer can do without.
SAMPLE = 12
# Weights in the loss: of what the last layer gives, of each one before it, of what is seen a word.
LAST, BEFORE, SEEN = 1.0, 0.2, 5.0
LOG_EVERY = 50


@dataclass(frozen=True, slots=True)
class Width:
    """How wide each layer is: heads of its attention, values of its middle."""

    heads: int
    middle: int


def is_wider(model: Tagger, width: Width) -> bool:
    """Return whether a layer of a tagger is wider than that."""
    return any(
        layer.attention.self.num_attention_heads > width.heads
        or layer.intermediate.dense.out_features > width.middle
        for layer in model.encoder.encoder.layer
    )


def narrow(model: Tagger, width: Width, sample: Sequence[Batch]) -> None:
    """Make every layer of a tagger as narrow as that, if it is wider, in place. sample: batches to
    tell by; each layer reads them as the layers before it have become.
    """
    model.eval()
    for number, layer in enumerate(model.encoder.encoder.layer):
        attention = layer.attention.self
        size = attention.attention_head_size
        if width.heads < attention.num_attention_heads:
            joined = layer.attention.output.dense
            moments = _measure_moments(model, joined, sample)
            kept = choose_columns(joined.weight.detach(), moments, size, width.heads)
            for name in ("query", "key", "value"):
                setattr(attention, name, _take_rows(getattr(attention, name), kept))
            layer.attention.output.dense = solve(joined, moments, kept)
            _set_heads(attention, width.heads)
        if width.middle < layer.intermediate.dense.out_features:
            joined = layer.output.dense
            moments = _measure_moments(model, joined, sample)
            kept = choose_columns(joined.weight.detach(), moments, 1, width.middle)
            layer.intermediate.dense = _take_rows(layer.intermediate.dense, kept)
            layer.output.dense = solve(joined, moments, kept)
        logger.info("layer %d is narrow", number)


def resize(model: Tagger, weights: dict[str, tuple[int, ...]]) -> None:
    """Give the layers of a tagger the widths that weights of these shapes need, by name."""
    for number, layer in enumerate(model.encoder.encoder.layer):
        attention = layer.attention.self
        places = f"encoder.encoder.layer.{number}."
        joined = weights.get(f"{places}attention.output.dense.weight", ())
        heads = joined[1] // attention.attention_head_size if joined else 0
        if 0 < heads < attention.num_attention_heads:
            kept = torch.arange(heads * attention.attention_head_size)
            for name in ("query", "key", "value"):
                setattr(attention, name, _take_rows(getattr(attention, name), kept))
            layer.attention.output.dense = _take_columns(layer.attention.output.dense, kept)
            _set_heads(attention, heads)
        middle = weights.get(f"{places}intermediate.dense.weight", (0,))[0]
        if 0 < middle < layer.intermediate.dense.out_features:
            kept = torch.arange(middle)
            layer.intermediate.dense = _take_rows(layer.intermediate.dense, kept)
            layer.output.dense = _take_columns(layer.output.dense, kept)


def choose_columns(matrix: Tensor, moments: Tensor, size: int, count: int) -> Tensor:
    """Return the columns to keep of a matrix [out, in], in their order: `count` groups of `size`
    neighbours. moments: the second moments [in, in] of what it is multiplied by, double precision.
    """
    inverse = torch.linalg.inv(_ridge(moments))
    left = matrix.to(inverse, copy=True)
    groups = list(range(matrix.shape[1] // size))
    while len(groups) > count:
        columns = torch.tensor(groups)[:, None] * size + torch.arange(size)
        own = inverse[columns[:, :, None], columns[:, None, :]]
        values = left[:, columns].transpose(0, 1)
        costs = torch.einsum("gos,gst,got->g", values, torch.linalg.inv(own), values)
        worst = int(costs.argmin())
        gone = columns[worst]
        step = torch.linalg.solve(inverse[gone][:, gone], inverse[gone])
        left -= left[:, gone] @ step
        inverse = inverse - inverse[:, gone] @ step
        del groups[worst]
    return (torch.tensor(groups)[:, None] * size + torch.arange(size)).flatten()


def solve(layer: nn.Linear, moments: Tensor, kept: Tensor) -> nn.Linear:
    """Return a layer of the kept columns that gives what is nearest to the whole one's."""
    whole = _ridge(moments)
    weight = layer.weight.detach().to(whole) @ whole[:, kept]
    solved = torch.linalg.solve(whole[kept][:, kept], weight.T).T
    return _make_linear(solved.to(layer.weight), layer.bias)


def _ridge(moments: Tensor) -> Tensor:
    mean = moments.diagonal().mean()
    return moments + RIDGE * mean * torch.eye(len(moments)).to(moments)


def _measure_moments(model: Tagger, layer: nn.Linear, sample: Sequence[Batch]) -> Tensor:
    """Return the second moments [in, in] of what a layer is given of a sample."""
    count = layer.in_features
    moments = torch.zeros(count, count, dtype=torch.float64, device=layer.weight.device)
    there: list[Tensor] = []

    def add(_: nn.Module, given: tuple[Tensor, ...]) -> None:
        values = given[0][there[-1]].float()
        moments.add_((values.T @ values).double())

    hook = layer.register_forward_pre_hook(add)
    with torch.inference_mode():
        for batch in sample:
            there.append(batch.mask.bool())
            model.encode(batch.pieces, batch.types, batch.mask)
    hook.remove()
    return moments


def _take_rows(layer: nn.Linear, kept: Tensor) -> nn.Linear:
    return _make_linear(layer.weight[kept], layer.bias[kept])


def _take_columns(layer: nn.Linear, kept: Tensor) -> nn.Linear:
    return _make_linear(layer.weight[:, kept], layer.bias)


def _make_linear(weight: Tensor, bias: Tensor) -> nn.Linear:
    made = nn.Linear(weight.shape[1], weight.shape[0]).to(weight)
    made.weight.data = weight.detach().clone()
    made.bias.data = bias.detach().clone()
    return made


def _set_heads(attention: nn.Module, heads: int) -> None:
    attention.num_attention_heads = heads  # type: ignore[assignment]
    attention.all_head_size = heads * attention.attention_head_size  # type: ignore


def make_narrow(
    model: Tagger, width: Width, course: Course, unread: Sequence[Lesson], schedule: Schedule
) -> None:
    """Make a tagger narrow, in place, and let it learn for so many epochs to say what it said.

    unread: lessons of texts that nobody annotated; as many windows of them as of the course are
    read in each epoch.
    """
    wide = copy.deepcopy(model).eval()
    made = [make_batch(c, course.spelling) for c in _mix(course, unread, schedule, 0)[:SAMPLE]]
    narrow(model, width, [batch.to(schedule.device) for batch in made])
    learned = [p for name, p in model.encoder.named_parameters() if "word_embeddings" not in name]
    model.requires_grad_(False)
    for parameter in learned:
        parameter.requires_grad_(True)
    optimizer = torch.optim.AdamW(learned, lr=schedule.rate, weight_decay=0.0, fused=True)
    batches = [c for epoch in range(schedule.epochs) for c in _mix(course, unread, schedule, epoch)]
    began, seen = time.monotonic(), 0.0
    for number, cuts in enumerate(batches, 1):
        done = number / len(batches)
        share = min(done / schedule.warm_up, max(0.01, 1 - done))
        optimizer.param_groups[0]["lr"] = schedule.rate * share
        batch = make_batch(cuts, course.spelling).to(schedule.device)
        with torch.autocast(torch.device(schedule.device).type, torch.bfloat16):
            loss = measure_gap(model, wide, batch)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        seen += loss.item()
        if number % LOG_EVERY == 0:
            pace = (time.monotonic() - began) / number
            logger.info(
                "narrow, batch %d of %d: loss %.3f, %.2f s a batch",
                *(number, len(batches), seen / LOG_EVERY, pace),
            )
            seen = 0.0


def _mix(
    course: Course, unread: Sequence[Lesson], schedule: Schedule, epoch: int
) -> list[list[Cut]]:
    """Return the batches of an epoch: those of the course, and of unread lessons as many."""
    chance = random.Random(f"{schedule.seed} {epoch}")
    return [cuts for cuts, _ in mix_batches(course.make(epoch), unread, schedule, chance)]


def measure_gap(model: Tagger, wide: Tagger, batch: Batch) -> Tensor:
    """Return how far a tagger is from what the wide one gives after each layer, as shares of how
    that varies, and from what it sees.
    """
    states, read = _read(model, batch)
    with torch.no_grad():
        wanted, seen = _read(wide, batch)
    there = batch.mask.bool()
    words = (batch.mark_targets[0] >= 0).sum()
    loss = SEEN * measure_distance(read, seen, batch, MARK_WEIGHT, ROLE_WEIGHT) / words
    for number, (own, other) in enumerate(zip(states[1:], wanted[1:], strict=True), 2):
        target = other[there].float()
        error = nn.functional.mse_loss(own[there].float(), target) / target.var(0).mean()
        loss = loss + (LAST if number == len(states) else BEFORE) * error
    return loss


def _read(model: Tagger, batch: Batch) -> tuple[tuple[Tensor, ...], Read]:
    """Return the states [b, n, d] before and after each layer, and what is made of the last."""
    states = model.encoder(
        input_ids=batch.pieces,
        token_type_ids=batch.types,
        attention_mask=batch.mask,
        output_hidden_states=True,
    ).hidden_states
    return states, read_marked(model, batch, model.mark(states[-1]))
