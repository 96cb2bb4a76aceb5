"""CPU time of a piece of work, for tests of how time grows with size."""

import gc
import time
from collections.abc import Callable


def measure_cpu_s(work: Callable[[], object]) -> float:
    """Least CPU time of three runs of ``work``, in seconds, without garbage collection.

    A machine that does other things beside only ever adds time. What a full collection
    takes grows with all that the tests before have left in memory, not with ``work``.
    """
    took = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(3):
            began = time.process_time()
            work()
            took.append(time.process_time() - began)
    finally:
        gc.enable()
    return min(took)
