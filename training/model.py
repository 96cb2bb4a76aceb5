"""The tagger: an encoder, a head that finds anchors, and one that reads the roles of an anchor.

`encode` gives for each piece the logit of being an anchor, what marks it as the beginning or inside
of a source, cue or content of any attribution, a key and a query. `read_roles` takes an anchor's
query, all keys and how far apart they stand, lets the words of one anchor see each other, and gives
the label of every word *for that anchor*.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from sayso.parse.role_labels import BUCKET_COUNT, LABEL_COUNT
from sayso.parse.tagger import Bools, Floats, Ints
from training.encoders import load_encoder

ROLE_SIZE = 192
READER_COUNT = 1
READER_HEADS = 4
# What takes all weight from a word that is not there.
HIDDEN = 1e4


class Tagger(nn.Module):
    """See the module. base: a folder with an encoder's config.json and model.safetensors."""

    def __init__(self, base: Path, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = load_encoder(base, dropout)
        size = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.anchor = nn.Linear(size, 1)
        self.marks = nn.Linear(size, LABEL_COUNT - 1)
        self.key = nn.Linear(size, ROLE_SIZE)
        self.query = nn.Linear(size, ROLE_SIZE)
        self.distance = nn.Embedding(BUCKET_COUNT, ROLE_SIZE)
        nn.init.normal_(self.distance.weight, std=0.02)
        self.readers = nn.ModuleList(Reader() for _ in range(READER_COUNT))
        self.norm = nn.LayerNorm(ROLE_SIZE)
        self.label = nn.Linear(ROLE_SIZE, LABEL_COUNT)
        self.transitions = nn.Parameter(torch.zeros(LABEL_COUNT, LABEL_COUNT))

    def get_transitions(self) -> Floats:
        """Return what going from a label to the next adds [LABEL_COUNT, LABEL_COUNT]."""
        return self.transitions.detach().float().cpu().numpy()

    def encode(
        self, pieces: Tensor, types: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return anchor logits [b, n], marks [b, n, LABEL_COUNT - 1], keys and queries
        [b, n, ROLE_SIZE].
        """
        return self.mark(
            self.encoder(
                input_ids=pieces, token_type_ids=types, attention_mask=mask
            ).last_hidden_state
        )

    def mark(self, states: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return what `encode` does for the encoder's last states [b, n, d]."""
        states = self.dropout(states)
        return (
            self.anchor(states).squeeze(-1),
            self.marks(states),
            self.key(states),
            self.query(states),
        )

    def read_roles(
        self, marks: Tensor, keys: Tensor, queries: Tensor, buckets: Tensor, seen: Tensor
    ) -> Tensor:
        """Return label logits [k, m, LABEL_COUNT] of the m words around k anchors: for their marks
        [k, m, LABEL_COUNT - 1], keys [k, m, ROLE_SIZE] and distance buckets [k, m], the queries
        [k, ROLE_SIZE] of the anchors; seen [k, m] is False where there is no word.
        """
        states = keys + queries.unsqueeze(1) + self.distance(buckets)
        for reader in self.readers:
            states = reader(states, seen)
        logits: Tensor = self.label(self.norm(states))
        return logits + nn.functional.pad(marks, (1, 0))


class Reader(nn.Module):
    """One layer of self-attention over the words of one anchor, normalised before each part."""

    def __init__(self) -> None:
        super().__init__()
        self.attention_norm = nn.LayerNorm(ROLE_SIZE)
        self.mixed = nn.Linear(ROLE_SIZE, 3 * ROLE_SIZE)
        self.joined = nn.Linear(ROLE_SIZE, ROLE_SIZE)
        self.norm = nn.LayerNorm(ROLE_SIZE)
        self.wide = nn.Linear(ROLE_SIZE, 2 * ROLE_SIZE)
        self.narrow = nn.Linear(2 * ROLE_SIZE, ROLE_SIZE)

    def forward(self, states: Tensor, seen: Tensor) -> Tensor:
        """Return the states [k, m, ROLE_SIZE] after each word saw the others that are `seen`."""
        rows, length, _ = states.shape
        mixed = self.mixed(self.attention_norm(states))
        heads = mixed.view(rows, length, 3, READER_HEADS, -1).permute(2, 0, 3, 1, 4)
        # Written out: what the exporter makes of torch's own guards each weight against having
        # nothing to see, which takes a tenth of the time and never happens here.
        hidden = (seen[:, None, None, :].to(mixed.dtype) - 1) * HIDDEN
        query = heads[0] * heads.shape[-1] ** -0.5
        weights = (query @ heads[1].transpose(-1, -2) + hidden).softmax(dim=-1)
        attended = weights @ heads[2]
        attended = attended.transpose(1, 2).reshape(rows, length, -1)
        states = states + self.joined(attended)
        wide = nn.functional.gelu(self.wide(self.norm(states)))
        result: Tensor = states + self.narrow(wide)
        return result


class TorchEncoder:
    """The network as the tagger runs it, in single precision: `sayso.parse.tagger.Encoder`."""

    def __init__(self, model: Tagger) -> None:
        self._model = model
        self._device = model.transitions.device

    def encode(self, pieces: Ints, types: Ints) -> tuple[Floats, Floats, Floats, Floats]:
        """See `sayso.parse.tagger.Encoder`."""
        mask = torch.ones(1, len(pieces), dtype=torch.int64)
        with torch.inference_mode():
            found = self._model.encode(
                self._put(pieces)[None], self._put(types)[None], mask.to(self._device)
            )
        anchors, marks, keys, queries = (value[0].float().cpu().numpy() for value in found)
        return anchors, marks, keys, queries

    def read_roles(
        self, marks: Floats, keys: Floats, queries: Floats, buckets: Ints, seen: Bools
    ) -> Floats:
        """See `sayso.parse.tagger.Encoder`."""
        given = (self._put(a) for a in (marks, keys, queries, buckets, seen))
        with torch.inference_mode():
            found: Floats = self._model.read_roles(*given).cpu().numpy()
        return found

    def _put(self, values: Floats | Ints | Bools) -> Tensor:
        return torch.from_numpy(values).to(self._device)
