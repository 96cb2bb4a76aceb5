"""How the pipeline multiplies: on one thread, and in no other pipeline."""

from __future__ import annotations

import pytest
import spacy
from threadpoolctl import threadpool_info, threadpool_limits

from sayso.parse.pipeline import load_parser
from sayso.parse.products import multiply_by_numpy, one_thread


def count_threads() -> list[int]:
    return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]


def test_one_thread_while_it_parses_and_as_many_as_before_afterwards() -> None:
    load_parser(with_tagger=False)
    with threadpool_limits(2, user_api="blas"):
        before = count_threads()
        with one_thread():
            assert set(count_threads()) <= {1}
        assert count_threads() == before


def test_whoever_leaves_last_gives_the_threads_back() -> None:
    load_parser(with_tagger=False)
    with threadpool_limits(2, user_api="blas"):
        before = count_threads()
        first, second = one_thread(), one_thread()
        first.__enter__()
        second.__enter__()
        first.__exit__(None, None, None)
        assert set(count_threads()) <= {1}
        second.__exit__(None, None, None)
        assert count_threads() == before
        with pytest.raises(ValueError, match="inside"), one_thread():
            raise ValueError("inside")
        assert count_threads() == before


def test_other_pipelines_multiply_as_they_did() -> None:
    other = spacy.blank("en")
    pipe = other.add_pipe("tok2vec")
    load_parser(with_tagger=False)
    assert all(layer.ops.use_blis for layer in pipe.model.walk())
    multiply_by_numpy(other)
    assert not any(layer.ops.use_blis for layer in pipe.model.walk())
    assert spacy.blank("en").add_pipe("tok2vec").model.ops.use_blis
