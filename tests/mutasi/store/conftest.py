"""A store of its own for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from mutasi.store import session
from tests.conftest import StoreOf


@pytest.fixture
def url(store_of: StoreOf, tmp_path: Path) -> str:
    """Where the store of this test is: once in SQLite, once in PostgreSQL."""
    return store_of(tmp_path / "home")


@pytest.fixture
def store(url: str) -> Iterator[sa.Engine]:
    """An empty store."""
    made = session.engine(url)
    yield made
    made.dispose()
