"""A store of its own for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from mutasi.store import session


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Where the store of this test is."""
    return f"sqlite:///{tmp_path / 'home' / 'mutasi.db'}"


@pytest.fixture
def store(url: str) -> Iterator[sa.Engine]:
    """An empty store."""
    made = session.engine(url)
    yield made
    made.dispose()
