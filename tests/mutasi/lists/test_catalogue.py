"""Every list has words in both languages, and headings that a reader knows again."""

import pytest

from mutasi.bundle.spreadsheets import heading
from mutasi.i18n import LANGUAGES
from mutasi.lists.catalogue import LISTS, SECTIONS, LocalList
from mutasi.vocabulary import columns

EACH = pytest.mark.parametrize("each", LISTS, ids=[each.name for each in LISTS])


@EACH
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_is_named_explained_and_exemplified(each: LocalList, language: str) -> None:
    for column in each.columns:
        assert each.heading(column.name, language)
        assert each.meaning(column.name, language)
        assert each.sample(column, language)


@EACH
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_columns_have_the_same_heading(each: LocalList, language: str) -> None:
    headings = [heading(each.heading(field, language)) for field in each.fields]

    assert len(set(headings)) == len(headings)
    assert [each.headings[name] for name in headings] == list(each.fields)


@EACH
def test_every_column_that_a_row_needs_is_shown(each: LocalList) -> None:
    needed = [column.name for column in columns(each.noun) if each.is_required(column)]

    assert set(needed) <= set(each.fields)


@EACH
def test_every_code_has_words_and_every_word_is_a_code(each: LocalList) -> None:
    for column in each.columns:
        if column.fact.codes is not None:
            assert set(each.codes(column.name).values()) == set(column.fact.codes)


def test_no_two_lists_have_a_file_name_in_common() -> None:
    names = [name for each in LISTS for name in each.names]

    assert len(set(names)) == len(names)


def test_words_are_given_only_to_columns_that_are_shown() -> None:
    shown = {(each.noun.table, field) for each in LISTS for field in each.fields}

    assert set(SECTIONS) <= shown
