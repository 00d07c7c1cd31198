"""What titles of functional positions tell."""

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, strategies as st

from mutasi.education import functional
from mutasi.education._lexicon import lexicon
from mutasi.vocabulary import FIELDS, FUNCTIONS, JENJANG


@pytest.mark.parametrize(
    ("title", "family", "function", "rung", "level", "age"),
    [
        ("Perawat Ahli Muda", "nurse", "health", "MU", 3, 58),
        ("Perawat Gigi Pelaksana Lanjutan", "dental_therapist", "health", "MH", 1, 58),
        ("Guru Ahli Pertama", "teacher", "education", "PT", 2, 60),
        ("Dokter Ahli Madya", "doctor", "health", "MA", 4, 60),
        ("Auditor Ahli Utama", "auditor", "audit", "UT", 6, 65),
        ("Auditor Kepegawaian Madya", "personnel_analyst", "personnel", "MA", 4, 60),
        ("Arsiparis Terampil", "archivist", "archives", "TR", 1, 58),
        ("Penyuluh Agama Terampil Penyelia", "religious_officer", None, "PY", 2, 58),
        ("PRANATA  KOMPUTER - PELAKSANA PEMULA", "computing", "communication", "PM", 1, 58),
        ("Peneliti Ahli Utama", "researcher", "planning", "UT", 6, 70),
        ("Dokter Hewan Karantina Ahli Muda", "veterinarian", "agriculture", "MU", 3, 58),
        ("Polisi Pamong Praja Mahir", "public_order", "law_order", "MH", 1, 58),
    ],
)
def test_a_title_tells_family_function_rung_and_age(
    title: str, family: str, function: str | None, rung: str, level: int, age: int
) -> None:
    told = functional([title]).iloc[0]

    assert told["family"] == family
    assert (None if pd.isna(told["function"]) else told["function"]) == function
    assert (told["rung"], told["level"], told["retirement_age"]) == (rung, level, age)


def test_what_is_on_record_counts_before_the_title() -> None:
    told = functional(["Perawat Ahli Muda"] * 3, ["MA", "XX", None], ["60", 0, None])

    assert told["rung"].tolist() == ["MA", "MU", "MU"]
    assert told["retirement_age"].tolist() == [60, 58, 58]


def test_a_title_that_nobody_knows_stays_unknown() -> None:
    told = functional(["Pengadministrasi Perkantoran", "", None])

    assert told.isna().all(axis=None)


def test_as_many_rungs_as_titles_are_needed() -> None:
    with pytest.raises(ValueError, match="1 titles, but 2 values"):
        functional(["Perawat"], ["PT", "MU"])


ANYTHING = st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.lists(st.integers()))


@given(st.lists(st.tuples(ANYTHING, ANYTHING, ANYTHING), max_size=6))
def test_nothing_raises(rows: list[tuple[object, object, object]]) -> None:
    told = functional(*([row[place] for row in rows] for place in range(3)))

    assert len(told) == len(rows)
    assert set(told["rung"].dropna()) <= set(JENJANG)


def test_every_family_serves_a_function_and_asks_for_fields_that_exist() -> None:
    for facts in lexicon("positions").facts.values():
        assert set(facts) <= {"function", "fields", "retirement"}
        assert facts.get("function", FUNCTIONS[0]) in FUNCTIONS
        assert set(facts.get("fields", ())) <= set(FIELDS)
        assert set(facts.get("retirement", ())) <= set(JENJANG)


def test_every_functional_position_of_siasn_is_understood(real_data: Path) -> None:
    listed = pd.DataFrame(json.loads((real_data / "siasn" / "jabatanFungsional.json").read_bytes()))
    recorded = listed["jenjang"].isin(list(JENJANG))

    told = functional(listed["nama"])
    aged = functional(listed["nama"], listed["jenjang"])
    known = functional(listed["nama"], listed["jenjang"], listed["usiaBup"])

    assert told["family"].notna().all()
    said = told["rung"].notna() & recorded
    assert (told["rung"] == listed["jenjang"])[said].mean() >= 0.98
    assert (aged["retirement_age"] == listed["usiaBup"].astype(int))[recorded].mean() >= 0.95
    assert (known["rung"] == listed["jenjang"])[recorded].all()
    age = listed["usiaBup"].astype(int)
    assert (known["retirement_age"] == age)[age > 0].all()
