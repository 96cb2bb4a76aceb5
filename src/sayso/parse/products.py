"""How the language pipeline multiplies matrices: by NumPy, on one thread.

spaCy does most of it by BLIS unless it is told otherwise. NumPy's own BLAS gives the same parses in
three quarters of the time (docs/performance.md); but it starts a thread for every processor, which
for matrices as small as these wait for each other most of the time.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language


def multiply_by_numpy(nlp: Language) -> None:
    """Let the networks of this pipeline, and of no other, multiply by NumPy; not those that have
    another library or a GPU for it.
    """
    from thinc.api import NumpyOps  # noqa: PLC0415 - heavy

    ops = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        for layer in pipe.model.walk() if hasattr(pipe, "model") else ():
            if type(layer.ops) is NumpyOps:
                layer.ops = ops


class _OneThread:
    """Limits the BLAS of this process while anybody is inside; the last to leave gives it back what
    it had before the first came.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._limit = ExitStack()
        self._pools: Any = None

    @contextmanager
    def __call__(self) -> Iterator[None]:
        with self._lock:
            if self._inside == 0:
                self._limit.enter_context(self._find_pools().limit(limits=1, user_api="blas"))
            self._inside += 1
        try:
            yield
        finally:
            with self._lock:
                self._inside -= 1
                if self._inside == 0:
                    self._limit.close()

    def _find_pools(self) -> Any:
        if self._pools is None:
            from threadpoolctl import ThreadpoolController  # noqa: PLC0415 - looks at all libraries

            self._pools = ThreadpoolController()
        return self._pools


# A context in which NumPy's BLAS has one thread, in all of the process.
one_thread = _OneThread()
