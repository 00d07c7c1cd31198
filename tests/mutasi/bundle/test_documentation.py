"""The document says what the contract says."""

from typing import Any

import pytest

from mutasi.bundle.documentation import documentation
from mutasi.vocabulary import NOUNS
from tests.architecture.checkout import ROOT


def test_the_document_in_docs_is_current() -> None:
    kept = (ROOT / "docs" / "bundle.md").read_text(encoding="utf-8")

    assert kept == documentation(), "make docs writes it again"


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: str(noun.table))
def test_every_table_has_its_own_section(noun: type[Any]) -> None:
    assert documentation().count(f"\n## {noun.table}") == 1
