"""What names of educations tell."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from mutasi.education import LEVELS, understood
from mutasi.vocabulary import FIELDS


def field_of(name: str, level: int | None = None) -> str | None:
    told = understood([name], [level])["field"][0]
    return None if pd.isna(told) else str(told)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("PENDIDIKAN DOKTER", "health"),
        ("S-1 PENDIDIKAN DOKTER HEWAN", "agriculture"),
        ("S-1 PENDIDIKAN MATEMATIKA", "education"),
        ("S-1 MATEMATIKA", "statistics"),
        ("S-1 MATEMATIKA (NON KEPENDIDIKAN)", "statistics"),
        ("S-1/A-IV MATEMATIKA", "education"),
        ("FISIKA/AKTA 4", "education"),
        ("S-1 TADRIS BIOLOGI", "education"),
        ("S-2 MANAJEMEN PENDIDIKAN", "education"),
        ("S-2 MANAJEMEN", "economics"),
        ("S-2 MANAJEMEN KONSENTRASI MANAJEMEN RUMAH SAKIT", "economics"),
        ("S-2 ADMINISTRASI RUMAH SAKIT", "health"),
        ("S-1 ADMINISTRASI", "government"),
        ("S-1 ADMINISTRASI NIAGA", "economics"),
        ("S-1 ADMINISTRASI NEGARA", "government"),
        ("S-1 SOSIAL POLITIK ADMINISTRASI NEGARA", "government"),
        ("S-1 TEKNIK INFORMATIKA", "informatics"),
        ("S-1 TEKNIK ELEKTRO DAN INFORMATIKA", "engineering"),
        ("S-1 TEKNIK PERTANIAN", "agriculture"),
        ("D-III TEKNIK ELEKTROMEDIK", "health"),
        ("S-1 TEKNIK LINGKUNGAN", "engineering"),
        ("S-1 ILMU LINGKUNGAN", "science"),
        ("S-1 KESEHATAN LINGKUNGAN", "health"),
        ("S-1 HUKUM ISLAM", "law"),
        ("S-1 SYARI`AH", "law"),
        ("S-1 EKONOMI SYARIAH", "economics"),
        ("S-1 HUKUM EKONOMI SYARIAH", "law"),
        ("S-1 AGAMA ISLAM", "religion"),
        ("S-1 PENDIDIKAN AGAMA ISLAM (TARBIYAH)", "education"),
        ("S-1 EKONOMI PERTANIAN", "agriculture"),
        ("S-1 PERBANKAN", "economics"),
        ("S-1 KOMUNIKASI DAN PENYIARAN ISLAM", "social"),
        ("S-1 SASTRA SEJARAH", "culture"),
        ("S-2 LINGUISTIK (BASIC S-1 PENDIDIKAN BAHASA)", "languages"),
        ("S-2 KESEHATAN MASYARAKAT (BASIC S-1 TEKNIK SIPIL)", "health"),
        ("S-2 DOCTOR OF PHILOSOPHY IN CIVIL ENGINEERING", "engineering"),
        ("MASTER OF PUBLIC HEALTH", "health"),
        ("S-2 AGRICULTURAL ECONOMICS", "agriculture"),
        ("S-1 ILMU KEPOLISIAN", "security"),
        ("D-III REKAM MEDIS DAN INFORMASI KESEHATAN", "health"),
        ("S-2 ILMU PERPUSTAKAAN DAN INFORMASI", "archives"),
        ("PENDIDIKAN PROFESI INSINYUR", "engineering"),
    ],
)
def test_a_tricky_name_is_of_its_family(name: str, field: str) -> None:
    assert field_of(name) == field


@pytest.mark.parametrize(
    ("name", "level", "field"),
    [
        ("SMA IPA", 15, "general"),
        ("MADRASAH ALIYAH A.1/FISIKA", 15, "general"),
        ("SEKOLAH DASAR", 5, "general"),
        ("PENDIDIKAN SEKOLAH DASAR", 5, "general"),
        ("S-1 PENDIDIKAN SEKOLAH DASAR", 40, "education"),
        ("PAKET C (IPS)", 15, "general"),
        ("SMK TEKNIK MESIN", 17, "engineering"),
        ("SLTA KEJURUAN - STM LISTRIK", 17, "engineering"),
        ("SPK", 17, "health"),
        ("SPMA", 15, "agriculture"),
        ("S-1 FISIKA", 40, "science"),
    ],
)
def test_a_school_is_general_unless_it_has_a_subject(name: str, level: int, field: str) -> None:
    assert field_of(name, level) == field


@pytest.mark.parametrize(
    "name",
    [
        "#DELETE#",
        "",
        "0190127",
        "S-1",
        "S-2 MASTER OF SCIENCE",
        "UNIVERSITAS TERBUKA",
        "IAIN SUNAN KALIJAGA",
        "SMK",
        "SLTA KEJURUAN",
        "INSTITUT AGAMA ISLAM NEGERI",
        "S-2 (BASIC S-1 BIOLOGI)",
        "S-1 SAINS DAN TEKNOLOGI",
    ],
)
def test_a_name_that_tells_no_field_stays_unknown(name: str) -> None:
    assert field_of(name, 40) is None


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("S-1 HUKUM", 40),
        ("S1 HUKUM", 40),
        ("S-1/A-IV FISIKA", 40),
        ("S-1 MUDA IPS", 30),
        ("S.M HUKUM", 30),
        ("D-III/A-III IPS", 30),
        ("D.IV GIZI", 35),
        ("S-2 HUKUM (BASIC S-1 HUKUM)", 45),
        ("MAGISTER HUKUM", 45),
        ("DOKTER SPESIALIS ANAK", 47),
        ("DOKTER SUBSPESIALIS ANAK-NEUROLOGI", 49),
        ("PROFESI APOTEKER", 42),
        ("SMK PERTANIAN + SERTIFIKASI SETARA D-III", 30),
        ("SLTA KEJURUAN - STM LISTRIK", 17),
        ("SEKOLAH DASAR", 5),
    ],
)
def test_the_level_that_a_name_says(name: str, level: int) -> None:
    told = understood([name])

    assert told["said_level"][0] == level
    assert told["level"][0] == level


def test_a_teacher_of_small_children_has_no_primary_school_only() -> None:
    assert understood(["PENDIDIKAN GURU SEKOLAH DASAR"])["said_level"].isna().all()


def test_the_level_on_record_counts_and_the_other_stays_visible() -> None:
    told = understood(["S-1 HUKUM", "S-1 HUKUM", "HUKUM"], ["45", "3", None])

    assert told["level"].tolist() == [45, 40, pd.NA]
    assert told["said_level"].tolist() == [40, 40, pd.NA]


@pytest.mark.parametrize("level", ["40", 40, 40.0, "40.0", np.int64(40), " 40"], ids=repr)
def test_levels_are_read_as_text_or_as_numbers(level: object) -> None:
    assert understood(["HUKUM"], [level])["level"][0] == 40


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("S-1 PENDIDIAKN KIMIA", "education"),
        ("S-1 PENDDIDIKAN KIMIA", "education"),
        ("S-2 MANAGEMEN KEUANGAN", "economics"),
        ("S-1 ILMU PEMERITAHAN", "government"),
        ("D-III KEPARAWATAN", "health"),
        ("S-1 AKUNTANASI", "economics"),
    ],
)
def test_a_misspelt_word_is_read_as_the_word_it_is_near_to(wrong: str, right: str) -> None:
    assert field_of(wrong) == right


def test_real_words_are_not_taken_for_misspelt_ones() -> None:
    assert field_of("S-2 SAINS DAN PERBAIKAN") is None
    assert field_of("S-2 FORMASI") is None


def test_the_index_of_names_is_kept() -> None:
    names = pd.Series(["S-1 HUKUM", None], index=[7, 3], name="pendidikanNama")

    assert understood(names).index.tolist() == [7, 3]


def test_no_names_are_no_rows() -> None:
    told = understood([], [])

    assert len(told) == 0
    assert list(told.columns) == ["level", "said_level", "field"]


def test_as_many_levels_as_names_are_needed() -> None:
    with pytest.raises(ValueError, match="1 names, but 2 levels"):
        understood(["S-1 HUKUM"], [40, 40])


SOME = st.sampled_from(
    [
        "S-1 ILMU HUKUM",
        "S-1/A-IV PENDIDIKAN BAHASA INGGRIS",
        "D-III KEPERAWATAN (ANESTESI)",
        "S-2 TEKNIK SIPIL KONSENTRASI STRUKTUR",
        "SMA IPA",
        "S-1 ILMU AL QUR`AN DAN TAFSIR",
        "IAIN",
    ]
)


@settings(max_examples=40)
@given(SOME, st.data())
def test_case_spacing_and_marks_do_not_matter(name: str, data: st.DataObject) -> None:
    gap = data.draw(st.sampled_from(["  ", "\t", " \u00a0 ", " - ", ", "]))
    other = "".join(data.draw(st.sampled_from([c, c.lower()])) for c in name).replace(" ", gap)

    pd.testing.assert_frame_equal(understood([name]), understood([f" {other} "]))


@given(SOME, st.sampled_from(["S-2 ", "S2 ", "D-IV ", "PROGRAM STUDI ", "FAKULTAS ", ""]))
def test_a_prefix_does_not_change_the_field_of_higher_education(name: str, prefix: str) -> None:
    subject = name.removeprefix("S-1 ").removeprefix("S-2 ").removeprefix("D-III ")

    assert field_of(prefix + subject, 40) == field_of(subject, 40)


@given(st.text(alphabet="QXZ0123456789#.-/ ", max_size=40))
def test_what_nobody_knows_stays_unknown(name: str) -> None:
    assert field_of(name, 40) is None


ANYTHING = st.one_of(
    st.none(),
    st.text(),
    st.integers(),
    st.floats(),
    st.binary(),
    st.lists(st.integers()),
    st.booleans(),
)


@given(st.lists(st.tuples(ANYTHING, ANYTHING), max_size=6))
def test_nothing_raises_and_only_codes_come_out(pairs: list[tuple[object, object]]) -> None:
    told = understood([name for name, _ in pairs], [level for _, level in pairs])

    assert len(told) == len(pairs)
    assert set(told["field"].dropna()) <= set(FIELDS)
    assert set(told["level"].dropna()) <= set(LEVELS)


@settings(max_examples=25)
@given(st.lists(SOME, min_size=1, max_size=8))
def test_a_name_alone_means_what_it_means_among_others(names: list[str]) -> None:
    alone = pd.concat([understood([name]) for name in names], ignore_index=True)

    pd.testing.assert_frame_equal(understood(names), alone)
