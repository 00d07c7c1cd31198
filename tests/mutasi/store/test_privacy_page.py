"""The page on privacy says of every table what it holds, why, and how long."""

import pytest

from mutasi.store.tables import METADATA, TABLES
from tests.architecture.checkout import ROOT

PAGE = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
KEPT = PAGE[PAGE.index("## How long, and why") : PAGE.index("## Rights of")]
OTHERS = sorted(set(METADATA.tables) - {table.name for table in TABLES.values()})
"""Tables that are not of the vocabulary, whose fields the glossary marks."""


@pytest.mark.parametrize("table", OTHERS)
def test_every_table_beside_the_records_is_told(table: str) -> None:
    assert f"`{table}`" in KEPT
