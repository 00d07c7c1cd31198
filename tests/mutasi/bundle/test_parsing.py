"""Values as people and spreadsheets write them."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from mutasi.bundle.parsing import Parsed, parsed, text
from mutasi.vocabulary import Column, Fact

ANYTHING = Fact("anything")


def read(kind: type, *values: object, name: str = "field", fact: Fact = ANYTHING) -> Parsed:
    shown = text(pd.Series(list(values), dtype=None if values else "str"))
    return parsed(Column(name, kind, True, fact), shown)


@pytest.mark.parametrize(
    "written",
    ["2024-03-31", "31-03-2024", "31/03/2024", " 2024-03-31 ", "2024-03-31T00:00:00Z", "31/3/2024"],
)
def test_a_day_is_understood_however_it_is_written(written: str) -> None:
    assert read(date, written).values.tolist() == [pd.Timestamp("2024-03-31")]


@pytest.mark.parametrize(
    "written", ["", "-", "null", "01-01-0001", "0000-00-00", "00-00-0000", "0001-01-01T00:00:00Z"]
)
def test_what_stands_for_no_day_is_empty(written: str) -> None:
    found = read(date, written, "2024-01-01")

    assert found.values.isna().tolist() == [True, False]
    assert not found.faults


@pytest.mark.parametrize(
    "written", ["31-02-2024", "2024-13-01", "kemarin", "45000", "03-2024", "24-03-31", "2024-3"]
)
def test_what_is_no_day_is_a_fault(written: str) -> None:
    assert read(date, "2024-01-01", written).faults["not_a_date"].tolist() == [False, True]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("true", True), ("Ya", True), ("1", True), ("TIDAK", False), ("0.0", False), ("no", False)],
)
def test_yes_and_no_may_be_spelt_in_the_usual_ways(written: str, meant: bool) -> None:
    assert read(bool, written).values.tolist() == [meant]


def test_neither_yes_nor_no_is_a_fault() -> None:
    assert read(bool, "mungkin", "T").faults["not_a_boolean"].all()


def test_a_whole_number_may_have_a_zero_behind_the_point() -> None:
    found = read(int, "12.0", "12", "12,0", "12.5", "dua belas")

    assert found.values.tolist()[:3] == [12, 12, 12]
    assert found.faults["not_a_whole_number"].tolist() == [False, False, False, True, False]
    assert found.faults["not_a_number"].tolist() == [False, False, False, False, True]


def test_a_number_may_have_a_decimal_comma() -> None:
    found = read(float, "91,5", "91.5", "1.234,5", "inf", "1e999")

    assert found.values.tolist()[:2] == [91.5, 91.5]
    assert found.faults["not_a_number"].tolist() == [False, False, True, True, True]


def test_a_code_is_known_in_small_letters_too() -> None:
    found = read(str, "pns", "PPPK", "TNI", fact=Fact("kind", codes=("PNS", "PPPK")))

    assert found.values.tolist() == ["PNS", "PPPK", "TNI"]


@pytest.mark.parametrize(
    "written",
    ["'198505172010012001", "19850517 201001 2 001", "19850517.201001.2.001", 198505172010012001],
)
def test_a_nip_loses_what_people_put_between_its_digits(written: object) -> None:
    found = read(str, written, name="employee_id")

    assert found.values.tolist() == ["198505172010012001"]
    assert not found.faults


@pytest.mark.parametrize("written", ["1.98505E+17", "1,98505E+17", "1.98E+17", 1.98505172010012e17])
def test_a_nip_that_a_spreadsheet_damaged_is_a_fault_of_its_own(written: object) -> None:
    assert list(read(str, written, name="employee_id").faults) == ["nip_lost_digits"]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("19850517201001200", "nip_not_18_digits"),
        ("1985051720100120011", "nip_not_18_digits"),
        ("130512345", "nip_not_18_digits"),
        ("19850517201001200A", "nip_not_18_digits"),
        ("198513172010012001", "nip_birth_date"),
        ("١٩٨٥٠٥١٧٢٠١٠٠١٢٠٠١", "nip_not_18_digits"),
        ("１９８５０５１７２０１００１２００１", "nip_not_18_digits"),
    ],
)
def test_a_nip_has_18_digits_and_begins_with_a_day_of_birth(written: str, reason: str) -> None:
    assert list(read(str, written, name="employee_id").faults) == [reason]


def test_typed_columns_read_like_their_text() -> None:
    assert text(pd.Series([1.0, 2.5, None])).tolist()[:2] == ["1", "2.5"]
    assert text(pd.Series([True, False])).tolist() == ["True", "False"]
    assert text(pd.Series(pd.to_datetime(["2024-03-31"]))).tolist() == ["2024-03-31"]
    assert text(pd.Series([np.nan, "-", " "], dtype="str")).isna().all()


UNSEEN = "\x00\x01\x1b\x7f\u0085\u009f\u00ad\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202e"
UNSEEN += "\u2060\u2066\u2069\ufeff\U000e0041"


@pytest.mark.parametrize("mark", UNSEEN, ids=lambda mark: f"U+{ord(mark):04X}")
def test_a_text_with_a_character_that_nobody_sees_is_a_fault(mark: str) -> None:
    found = read(str, "Budi Santoso", f"Budi{mark} Santoso")

    assert found.faults["invisible_character"].tolist() == [False, True]


@pytest.mark.parametrize(
    "written", ["Bu\u0301di", "Nuñez", "می\u200cخواهم", "क्\u200dष", "Seksi\tUmum\nPasar", "漢字 🙂"]
)
def test_a_text_may_have_diacritics_joiners_and_ends_of_lines(written: str) -> None:
    found = read(str, written)

    assert found.values.tolist() == [written]
    assert not found.faults
