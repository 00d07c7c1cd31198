"""M24: every row to mend is found by its key, told in whole sentences, and harmless to open."""

import re
from dataclasses import replace
from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from mutasi.bundle.formulas import inert
from mutasi.i18n import LANGUAGES
from mutasi.quality import CHECKS, Answer, Dimension, Records, Severity
from mutasi.quality._check import check
from pipelines.quality.mending import faults, save
from pipelines.quality.tally import Examination
from tests.mutasi.quality.cases import AS_OF, SITI, changed, region_of, removed, spoilt
from tests.pipelines.listed import sheets


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_is_told_in_whole_sentences(language: str) -> None:
    for fault in chain.from_iterable(
        faults(Examination.of(region_of(each.name), [each]), language) for each in CHECKS
    ):
        for said in (fault.key, fault.found, fault.expected, fault.why):
            assert said.strip()
            assert not re.search(r"[{}]|\bnan\b|\bNaT\b|\bNone\b", said)
        assert fault.why.endswith(".")
        assert fault.unit or fault.check.name == "post_recorded"  # who has no post has no unit


def test_a_row_is_found_by_its_nip_and_says_what_to_do() -> None:
    region = spoilt(changed("appraisals", 3, predicate=1))
    (fault,) = faults(Examination.of(region), "id")

    assert fault.key == f"{SITI} · 2022"
    assert (fault.office, fault.unit) == ("Dinas Kesehatan", "Dinas Kesehatan")
    assert (fault.check.table, fault.check.field) == ("appraisals", "predicate")
    assert (fault.found, fault.expected) == ("sangat baik", "baik")
    assert "PermenPANRB 6/2022" in fault.why


def test_what_identifies_a_person_is_masked_but_the_nip() -> None:
    @check(Dimension.ACCURACY, Severity.LOW, "appraisals.rater")
    def rater(records: Records) -> Answer:
        """A check that would show who judged."""
        everything = np.ones(len(records.table("appraisals")), dtype=bool)
        facts = {"found": "196001011985011001", "expected": "", "year": 2022}
        return Answer(everything, everything, facts)

    with_words = replace(rater, name="scheme_of_its_year")
    told = faults(Examination.of(spoilt(), [with_words]), "id")

    assert {fault.found for fault in told} == {"•••001"}
    assert f"{SITI} · 2022" in {fault.key for fault in told}


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula_even_after_saving_as_csv(mark: str, tmp_path: Path) -> None:
    evil = f'{mark}HYPERLINK("x")'
    region = spoilt(
        changed("units", 0, name=evil),
        changed("units", 1, name=evil),
        changed("units", 2, name=evil),
    )
    examination = Examination.of(region.rewound(AS_OF), CHECKS)
    broken = Examination.of(
        spoilt(changed("units", 1, name=evil), removed("assessments", employee_id=SITI)), CHECKS
    )
    assert not faults(examination, "id")

    save(tmp_path / "list.xlsx", faults(broken, "id"), broken.checked(), "id")
    cells = [
        cell for rows in sheets(tmp_path / "list.xlsx").values() for row in rows for cell in row
    ]

    assert any("HYPERLINK" in cell for cell in cells)
    assert not any(re.match(r"[=+@\t\r]|-(?![\d.,]+$)", cell) for cell in cells)


def test_a_negative_number_stays_a_number() -> None:
    assert inert("-7.35") == "-7.35"
    assert inert("-7,35+1") == "'-7,35+1"
