"""How the language pipeline multiplies matrices: by NumPy, on one thread.

spaCy does it by BLIS unless it is told otherwise. NumPy's own BLAS gives the same parses in three
quarters of the time (docs/performance.md); but it starts a thread for every processor, which for
matrices as small as these wait for each other most of the time.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language


def multiply_by_numpy(nlp: Language) -> None:
    """Let the networks of this pipeline, and of no other, multiply by NumPy."""
    from thinc.api import NumpyOps  # noqa: PLC0415 - heavy

    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        for layer in pipe.model.walk() if hasattr(pipe, "model") else ():
            if isinstance(layer.ops, NumpyOps):  # no GPU that somebody asked for
                layer.ops = ops


def one_thread() -> AbstractContextManager[Any]:
    """Return a context in which NumPy's BLAS has one thread; the number of before comes back."""
    context: AbstractContextManager[Any] = _find_pools().limit(limits=1, user_api="blas")
    return context


@cache
def _find_pools() -> Any:
    from threadpoolctl import ThreadpoolController  # noqa: PLC0415 - looks at what is loaded

    return ThreadpoolController()
