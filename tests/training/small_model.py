"""A network like the tagger's, but small. Needs PyTorch and what is in requirements/train.txt."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import torch
import transformers
from training.calibrating import UNCALIBRATED
from training.card import write_description
from training.export import export
from training.model import Tagger

# In single letters anything can be spelled.
LETTERS = [chr(code) for code in range(33, 127)]
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[unused1]", *LETTERS]
VOCABULARY += ["##" + letter for letter in LETTERS]
CALIBRATION = replace(UNCALIBRATED, intercept=0.25, threshold=0.31)


def make_base(folder: Path) -> Path:
    """Write a small encoder into a folder: two layers."""
    torch.manual_seed(3)
    config = transformers.BertConfig(
        vocab_size=2000,
        hidden_size=48,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=96,
    )
    transformers.BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder


def make_tagger(base: Path, seed: int) -> Tagger:
    """Return a tagger whose weights are all as chance makes them, those too that begin alike."""
    torch.manual_seed(seed)
    model = Tagger(base)
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.2)
    return model.eval()


def write_folder(model: Tagger, folder: Path, *, quantise: bool) -> Path:
    """Write a model folder, without a card."""
    folder.mkdir()
    export(model, folder, quantise=quantise)
    (folder / "vocabulary.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    write_description(folder, "small-1", CALIBRATION, model.get_transitions())
    return folder
