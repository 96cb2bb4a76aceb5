"""The tagger's network as onnxruntime runs it. Owns onnxruntime; nothing else imports it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime

from sayso.parse.model_files import SHIPPED, load_model_files
from sayso.parse.tagger import Bools, Floats, Ints, Tagger

# What onnxruntime would make of a graph as it loads it. A sum and its normalisation take three
# times as long as one step on a processor as they do as two.
SLOWER = ["SkipLayerNormFusion"]


class OnnxEncoder:
    """The two graphs of a model folder, on one thread of the processor."""

    def __init__(self, folder: Path) -> None:
        self._encoder = open_graph(folder / "encoder.onnx")
        self._roles = open_graph(folder / "roles.onnx")

    def encode(self, pieces: Ints, types: Ints) -> tuple[Floats, Floats, Floats, Floats]:
        """See `tagger.Encoder`."""
        inputs = {
            "pieces": pieces[None],
            "types": types[None],
            "mask": np.ones((1, len(pieces)), np.int64),
        }
        anchors, marks, keys, queries = self._encoder.run(None, inputs)
        return anchors[0], marks[0], keys[0], queries[0]

    def read_roles(
        self, marks: Floats, keys: Floats, queries: Floats, buckets: Ints, seen: Bools
    ) -> Floats:
        """See `tagger.Encoder`."""
        inputs = {
            "marks": marks,
            "keys": keys,
            "queries": queries,
            "buckets": buckets,
            "seen": seen,
        }
        labels: Floats = self._roles.run(None, inputs)[0]
        return labels


def load_tagger(folder: Path = SHIPPED) -> Tagger | None:
    """Load the tagger of a model folder (0.2 s, 80 MB); None if there is none.

    Raises SaysoError for a folder whose files are damaged.
    """
    files = load_model_files(folder)
    if files is None:
        return None
    return Tagger(
        OnnxEncoder(folder), files.spelling, files.calibration, files.name, files.transitions
    )


def open_graph(path: Path, *, inner: str | None = None) -> onnxruntime.InferenceSession:
    """Return a graph to be run on one thread. inner: a tensor of floats inside the graph that is
    given out too, after its own outputs.
    """
    options = onnxruntime.SessionOptions()
    # Workers are processes; threads of one's own would only fight over the cores.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    graph: str | bytes = str(path)
    if inner is not None:
        graph = path.read_bytes() + _name_output(inner)
    return onnxruntime.InferenceSession(
        graph, options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER
    )


def _name_output(name: str) -> bytes:
    """Return what names one more output, put behind the bytes of a graph: of a message in Protocol
    Buffers that comes twice the parts are merged. Field numbers are those of onnx.proto.
    """
    floats = _wrap(1, bytes([1 << 3, 1]))  # TypeProto.tensor_type.elem_type: FLOAT
    output = _wrap(1, name.encode("ascii")) + _wrap(2, floats)  # ValueInfoProto.name, .type
    return _wrap(7, _wrap(12, output))  # ModelProto.graph, GraphProto.output


def _wrap(field: int, content: bytes) -> bytes:
    size, rest = bytearray(), len(content)
    while rest >= 0x80:
        size.append(rest & 0x7F | 0x80)
        rest >>= 7
    return bytes([field << 3 | 2, *size, rest]) + content
