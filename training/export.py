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
    def __init__(self, model: Tagger) -> None:
        super().__init__()
        self.model = model

    def forward(self, pieces: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        return self.model.encode(pieces, types, mask)


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
    model.encoder.config._attn_implementation = "eager"
    pieces = torch.randint(1000, 2000, (2, 64))
    inputs = (pieces, torch.zeros_like(pieces), torch.ones_like(pieces))
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        write_graph(
            _Encoding(model),
            inputs,
            plain,
            {name: {0: "windows", 1: "pieces"} for name in ("pieces", "types", "mask")},
            ("anchors", "marks", "keys", "queries"),
        )
        config = model.encoder.config
        shrink(
            plain,
            folder / "encoder.onnx",
            config.num_attention_heads,
            config.hidden_size,
            quantise=quantise,
        )
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


def shrink(plain: Path, target: Path, heads: int, size: int, *, quantise: bool = True) -> None:
    """Write a BERT graph with its parts fused and its products in int8. heads, size: of attention,
    and of a piece. quantise: False leaves single precision.
    """
    with contextlib.redirect_stdout(io.StringIO()):
        # Fused, the normalisation of the embeddings would be quantised with them.
        options = FusionOptions("bert")
        options.enable_embed_layer_norm = False
        # A sum with its normalisation is slower as one than as two.
        options.enable_skip_layer_norm = False
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
