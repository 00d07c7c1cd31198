"""The tests' own promises hold."""

import socket

import numpy as np
import pytest


def test_chance_is_the_same_in_every_run(rng: np.random.Generator) -> None:
    assert rng.integers(1_000_000) == np.random.default_rng(7).integers(1_000_000)


def test_no_test_leaves_the_machine() -> None:
    with socket.socket() as outward, pytest.raises(RuntimeError, match="tests stay"):
        outward.connect(("192.0.2.1", 80))
