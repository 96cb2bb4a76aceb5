"""From trained weights to the files that are shipped: two ONNX graphs in int8.

Products are quantised as they run, each tensor by its own scale, weights by channel; since a window
is one call, no result depends on what else is read.
"""

from __future__ import annotations

import contextlib
import io
import tempfile
import warnings
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model
from torch import Tensor, nn

from training.model import ROLE_SIZE, Tagger

OPSET = 17
QUANTISED = ("MatMul", "Attention", "Gather")


class _Encoding(nn.Module):
    """A tagger's encoder written out, for windows of which every piece is there: a graph without
    masks, and with one product for query, key and value.
    """

    def __init__(self, model: Tagger) -> None:
        super().__init__()
        self.model = model
        self.layers = nn.ModuleList(_Layer(layer) for layer in model.encoder.encoder.layer)

    def forward(self, pieces: Tensor, types: Tensor) -> tuple[Tensor, ...]:
        tables = self.model.encoder.embeddings
        places = tables.position_embeddings.weight[: pieces.shape[1]]
        states = tables.word_embeddings(pieces) + tables.token_type_embeddings(types) + places
        states = tables.LayerNorm(states)
        for layer in self.layers:
            states = layer(states)
        return self.model.mark(states)


class _Layer(nn.Module):
    """A layer of BERT (Devlin and others, NAACL 2019)."""

    def __init__(self, layer: nn.Module) -> None:
        super().__init__()
        attention = layer.attention.self
        parts = (attention.query, attention.key, attention.value)
        self.layer = layer
        self.size = attention.attention_head_size
        self.mixed = nn.Linear(parts[0].in_features, 3 * parts[0].out_features)
        self.mixed.weight.data = torch.cat([part.weight.detach() for part in parts])
        self.mixed.bias.data = torch.cat([part.bias.detach() for part in parts])

    def forward(self, states: Tensor) -> Tensor:
        rows, length, _ = states.shape
        parts = self.mixed(states).chunk(3, dim=-1)
        heads = [part.reshape(rows, length, -1, self.size).transpose(1, 2) for part in parts]
        weights = (heads[0] * self.size**-0.5) @ heads[1].transpose(-1, -2)
        attended = weights.softmax(dim=-1) @ heads[2]
        attended = attended.transpose(1, 2).reshape(rows, length, parts[0].shape[-1])
        output = self.layer.attention.output
        states = output.LayerNorm(output.dense(attended) + states)
        wide = nn.functional.gelu(self.layer.intermediate.dense(states))
        output = self.layer.output
        result: Tensor = output.LayerNorm(output.dense(wide) + states)
        return result


class _Reading(nn.Module):
    def __init__(self, model: Tagger) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, marks: Tensor, keys: Tensor, queries: Tensor, buckets: Tensor, seen: Tensor
    ) -> Tensor:
        return self.model.read_roles(marks, keys, queries, buckets, seen)


def export(model: Tagger, folder: Path, *, quantise: bool = True) -> None:
    """Write encoder.onnx and roles.onnx into a folder. quantise: False leaves single precision."""
    model.eval()
    pieces = torch.randint(1000, 2000, (2, 64))
    inputs = (pieces, torch.zeros_like(pieces))
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        write_graph(
            _Encoding(model),
            inputs,
            plain,
            {name: {0: "windows", 1: "pieces"} for name in ("pieces", "types")},
            ("anchors", "marks", "keys", "queries"),
        )
        shrink(plain, folder / "encoder.onnx", quantise=quantise)
    words = (3, 20)
    roles = folder / "roles.onnx"
    write_graph(
        _Reading(model),
        (
            torch.randn(*words, model.marks.out_features),
            torch.randn(*words, ROLE_SIZE),
            torch.randn(3, ROLE_SIZE),
            torch.zeros(words, dtype=torch.int64),
            torch.ones(words, dtype=torch.bool),
        ),
        roles,
        {
            **{n: {0: "anchors", 1: "words"} for n in ("marks", "keys", "buckets", "seen")},
            "queries": {0: "anchors"},
        },
        ("labels",),
    )
    if quantise:
        _quantise(roles, roles)
    model.eval()  # which the exporter undoes


def shrink(
    plain: Path, target: Path, heads: int = 0, size: int = 0, *, quantise: bool = True
) -> None:
    """Write a BERT graph with its parts fused and its products in int8. heads, size: of attention,
    and of a piece; without them attention stays in parts, which takes a tenth less time if no piece
    is masked. quantise: False leaves single precision.
    """
    with contextlib.redirect_stdout(io.StringIO()):
        # Fused, the normalisation of the embeddings would be quantised with them.
        options = FusionOptions("bert")
        options.enable_embed_layer_norm = False
        # A sum with its normalisation is slower as one than as two.
        options.enable_skip_layer_norm = False
        options.enable_attention = bool(heads)
        fused = optimize_model(
            str(plain),
            model_type="bert",
            num_heads=heads,
            hidden_size=size,
            opt_level=1,
            optimization_options=options,
        )
    fused.save_model_to_file(str(plain))
    if not quantise:
        target.write_bytes(plain.read_bytes())
        return
    _quantise(plain, target)


def _quantise(plain: Path, target: Path) -> None:
    quantize_dynamic(
        plain,
        target,
        weight_type=QuantType.QInt8,
        per_channel=True,
        op_types_to_quantize=list(QUANTISED),
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )


def write_graph(
    module: nn.Module,
    inputs: tuple[Tensor, ...],
    path: Path,
    axes: dict[str, dict[int, str]],
    outputs: tuple[str, ...],
) -> None:
    """Write a module as an ONNX graph. axes: of each input that changes in size, in their order."""
    names = ["marks", "keys", "queries", "buckets", "seen"] if len(inputs) == 5 else list(axes)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module,
            inputs,
            str(path),
            input_names=names,
            output_names=list(outputs),
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
