"""The document says what the tables of words say, and the tables make sense."""

from collections import Counter

import pytest

from mutasi.education._lexicon import Lexicon, lexicon
from mutasi.education.documentation import education
from mutasi.education.studies import LEVELS
from mutasi.vocabulary import FIELDS, FUNCTIONS, JENJANG
from tests.architecture.checkout import ROOT

NAMES = ("studies", "levels", "positions", "rungs", "offices")
TABLES = [lexicon(name) for name in NAMES]


def test_the_document_in_docs_is_current() -> None:
    kept = (ROOT / "docs" / "education.md").read_text(encoding="utf-8")

    assert kept == education(), "make docs writes it again"


@pytest.mark.parametrize("book", TABLES, ids=NAMES)
def test_no_rule_contains_a_word_that_is_passed_over(book: Lexicon) -> None:
    unread = book.fillers | book.aside | book.bases

    assert [rule for rule in book.rules if unread & set(rule.stems)] == []


@pytest.mark.parametrize("book", TABLES, ids=NAMES)
def test_no_words_belong_to_two_families(book: Lexicon) -> None:
    times = Counter(rule.stems for rule in book.rules if rule.tier != "school")

    assert [stems for stems, count in times.items() if count > 1] == []


def test_the_families_are_those_of_the_vocabulary() -> None:
    assert set(lexicon("studies").families) == {*FIELDS, "unknown"}
    assert [int(level) for level in lexicon("levels").families] == list(LEVELS)
    assert set(lexicon("rungs").families) == set(JENJANG)
    assert set(lexicon("offices").families) == {*FUNCTIONS, "unknown"}
