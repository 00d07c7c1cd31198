"""The glossary says what the vocabulary says."""

import pytest

from mutasi.glossary import glossary
from mutasi.vocabulary import NOUNS
from tests.architecture.checkout import ROOT


def test_the_glossary_in_docs_is_current() -> None:
    kept = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")

    assert kept == glossary(), "make docs writes it again"


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: str(noun.__name__))
def test_every_noun_has_its_own_table(noun: type) -> None:
    assert glossary().count(f"\n### {noun.__name__}\n") == 1
