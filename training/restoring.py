"""Weights for training from the files that are shipped: the way back from `training.export`.

The graphs keep the names of vectors (biases, norms) and tables but not those of matrices, which
the exporter turns and numbers anew, the optimiser joins and the quantiser splits into whole
numbers, scale and zero point. So each matrix is found by what the graph does with it: a product
whose result a bias is added to is that bias's layer. Graphs in int8 and in single precision are
read, with layers as narrow as they may be.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import NodeProto, numpy_helper

from sayso.errors import NotFoundError, SaysoError
from sayso.parse.model_files import ModelFiles, load_model_files
from sayso.parse.tagger import Floats
from training.model import Tagger
from training.narrowing import resize

PREFIX = "model."
LAYERS = "layers."
ATTENTION = "encoder.encoder.layer.{}.attention.self"
# What the quantiser adds to the name of a table.
WHOLE = "_quantized"
WITH_BIAS = ("Add", "BiasGelu", "SkipLayerNormalization")


def restore(model: Tagger, folder: Path) -> ModelFiles:
    """Load the weights of a model folder into a model; return what the folder says of itself.

    What was rounded to int8 stays so rounded, in single precision. Raises NotFoundError if there is
    no model in the folder, SaysoError if its files are damaged or those of another network.
    """
    files = load_model_files(folder)
    if files is None:
        raise NotFoundError(f"{str(folder)!r}: no model here; it has no model.json")
    found = {
        **read_weights(folder / "encoder.onnx"),
        **read_weights(folder / "roles.onnx"),
        "transitions": files.transitions,
    }
    resize(model, {name: value.shape for name, value in found.items()})
    wanted = {name: tuple(value.shape) for name, value in model.named_parameters()}
    if wrong := [n for n, shape in wanted.items() if n not in found or found[n].shape != shape]:
        raise SaysoError(
            f"{str(folder)!r}: no weights that fit {wrong[0]!r} (one of {len(wrong)}); "
            "a network of this make is needed"
        )
    tensors = {name: torch.from_numpy(np.array(found[name], np.float32)) for name in wanted}
    model.load_state_dict({**model.state_dict(), **tensors})
    return files


def read_weights(path: Path) -> dict[str, Floats]:
    """Return the weights in a graph by their names in `training.model.Tagger`."""
    graph = _Graph(path)
    found: dict[str, Floats] = {}
    for node in graph.nodes:
        for name in node.input:
            if name.startswith(PREFIX) and graph.values.get(name, _NOTHING).dtype == np.float32:
                found[name.removeprefix(PREFIX)] = graph.values[name]
        found.update(_read_table(graph, node))
        found.update(_read_layer(graph, node))
    return found


_NOTHING = np.zeros(0, np.int8)


class _Graph:
    """A graph's nodes, its constant values by name, and which node makes what."""

    def __init__(self, path: Path) -> None:
        graph = onnx.load(str(path)).graph
        self.nodes: list[NodeProto] = list(graph.node)
        self.values = {value.name: numpy_helper.to_array(value) for value in graph.initializer}
        self.makers = {name: node for node in graph.node for name in node.output}

    def find_product(self, name: str) -> Floats | None:
        """Return the matrix [in, out] that a value is the product by; None if something else makes
        it.
        """
        node = self.makers.get(name)
        if node is None:
            return None
        if node.op_type == "MatMul" and node.input[1] in self.values:
            return self.values[node.input[1]]
        if node.op_type != "Mul":
            return None
        # The product of whole numbers, in floats, by the scale of what came in times the matrix's.
        for whole, scales in (node.input, reversed(node.input)):
            cast, scaling = self.makers.get(whole), self.makers.get(scales)
            if cast is None or cast.op_type != "Cast" or scaling is None:
                continue
            product = self.makers.get(cast.input[0])
            [scale] = [n for n in scaling.input if n in self.values] or [""]
            if product is not None and product.op_type == "MatMulInteger" and scale:
                return self.scale_up(product.input[1], scale, product.input[3])
        return None

    def scale_up(self, whole: str, scale: str, zero: str) -> Floats:
        """Return what whole numbers stand for; scale and zero point: of all, or of each column."""
        shifted = self.values[whole].astype(np.float32) - self.values[zero].astype(np.float32)
        value: Floats = shifted * self.values[scale]
        return value


def _read_table(graph: _Graph, node: NodeProto) -> Iterator[tuple[str, Floats]]:
    """Yield the table of embeddings whose rows a node scales up."""
    rows = graph.makers.get(node.input[0]) if node.op_type == "DequantizeLinear" else None
    if rows is not None and rows.op_type == "Gather" and rows.input[0] in graph.values:
        name = rows.input[0].removeprefix(PREFIX).removesuffix(WHOLE)
        yield name, graph.scale_up(rows.input[0], node.input[1], node.input[2])


def _read_layer(graph: _Graph, node: NodeProto) -> Iterator[tuple[str, Floats]]:
    """Yield the matrix of the layer whose bias a node adds; query, key and value stand side by side
    in one, bias and all.
    """
    biases = [n for n in node.input if n in graph.values and n.startswith((PREFIX, LAYERS))]
    if node.op_type not in WITH_BIAS or not biases:
        return
    layer = biases[-1].removesuffix(".bias")
    for name in node.input:
        found = graph.find_product(name)
        if found is None:
            continue
        if not layer.startswith(LAYERS):
            yield f"{layer.removeprefix(PREFIX)}.weight", found.T
            continue
        number = layer.removeprefix(LAYERS).split(".")[0]
        parts = zip(np.split(found, 3, axis=1), np.split(graph.values[biases[-1]], 3), strict=True)
        for part, (matrix, bias) in zip(("query", "key", "value"), parts, strict=True):
            yield f"{ATTENTION.format(number)}.{part}.weight", matrix.T
            yield f"{ATTENTION.format(number)}.{part}.bias", bias
