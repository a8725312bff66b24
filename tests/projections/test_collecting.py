from __future__ import annotations

import gc

import pytest

from projections.collecting import no_search_for_rings


def test_the_search_for_rings_pauses_until_the_last_block_ends() -> None:
    assert gc.isenabled()
    with no_search_for_rings():
        with no_search_for_rings():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_search_goes_on_after_a_failure() -> None:
    with pytest.raises(KeyError), no_search_for_rings():
        raise KeyError
    assert gc.isenabled()


def test_a_search_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with no_search_for_rings():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()
