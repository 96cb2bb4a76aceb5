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
        # Graphs made before windows were read without one ask for a mask.
        self._masked = "mask" in {given.name for given in self._encoder.get_inputs()}

    def encode(self, pieces: Ints, types: Ints) -> tuple[Floats, Floats, Floats, Floats]:
        """See `tagger.Encoder`."""
        inputs = {"pieces": pieces[None], "types": types[None]}
        if self._masked:
            inputs["mask"] = np.ones((1, len(pieces)), np.int64)
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


def open_graph(path: Path) -> onnxruntime.InferenceSession:
    """Return a graph to be run on one thread."""
    options = onnxruntime.SessionOptions()
    # Workers are processes; threads of one's own would only fight over the cores.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER
    )
