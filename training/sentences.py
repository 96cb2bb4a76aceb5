"""The sentence encoder that claims are nominated by: shipped weights as they are, in int8.

    python -m training.sentences

Nothing is learned here: all-MiniLM-L6-v2 (Apache-2.0; its package and the text of its licence are
named in the card) with its mean pooling is written as one ONNX graph, beside the tagger's.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from sayso.parse.sentence_encoder import DESCRIPTION, ENCODER, SHIPPED
from training.encoders import find_base
from training.export import shrink, write_graph

NAME = "all-minilm-l6-v2-int8"


class SentenceEncoder(nn.Module):
    """Reimers and Gurevych, EMNLP 2019: the mean of the pieces' vectors, of length 1."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        config = BertConfig.from_pretrained(base)
        config._attn_implementation = "eager"
        self.encoder = BertModel(config, add_pooling_layer=False)
        weights = load_file(str(base / "model.safetensors"))
        kept = {n: w for n, w in weights.items() if "pooler" not in n and "position_ids" not in n}
        self.encoder.load_state_dict(kept)
        self.eval()

    def forward(self, pieces: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """Return [b, size] of pieces [b, n]."""
        hidden = self.encoder(
            input_ids=pieces, token_type_ids=types, attention_mask=mask
        ).last_hidden_state
        weight = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weight).sum(1) / weight.sum(1).clamp(min=1.0)
        return nn.functional.normalize(mean, dim=-1)


def main(target: Path = SHIPPED) -> None:
    """Write the graph and its description."""
    model = SentenceEncoder(find_base())
    config = model.encoder.config
    pieces = torch.randint(1000, 2000, (2, 64))
    inputs = (pieces, torch.zeros_like(pieces), torch.ones_like(pieces))
    axes = {name: {0: "sentences", 1: "pieces"} for name in ("pieces", "types", "mask")}
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        write_graph(model, inputs, plain, axes, ("vectors",))
        shrink(plain, target / ENCODER, config.num_attention_heads, config.hidden_size)
    sha256 = hashlib.sha256((target / ENCODER).read_bytes()).hexdigest()
    described = {"name": NAME, "size": config.hidden_size, "sha256": {ENCODER: sha256}}
    (target / DESCRIPTION).write_text(json.dumps(described, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
