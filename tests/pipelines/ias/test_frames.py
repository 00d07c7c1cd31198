"""The public tables in the project's words: what a stay is, what a post is, what is bad."""

from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from mutasi.errors import BundleColumnMissing, BundleFileMissing
from mutasi.vocabulary import FIELDS, FUNCTIONS
from pipelines.ias import learning, wording
from pipelines.ias.frames import frames, imported
from pipelines.ias.reading import read as read_files
from tests.pipelines.ias.made import officer, postings, row, written
from tests.records import TODAY

read = partial(read_files, today=TODAY)


def test_a_promotion_in_the_same_post_is_one_stay(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        [
            row("A", "01/03/2001", "31/12/2002", designation_level="Secretary Director"),
            row("A", "01/01/2003", "01/03/2005", designation_level="Secretary Joint Secretary"),
        ],
    )

    assert postings(folder) == [{"title": "secretary", "from": "2001-03-01", "to": "2005-03-01"}]
    assert frames(folder)["grades"]["grade"].tolist() == [4, 5]


def test_rows_that_repeat_or_overlap_are_one_stay(tmp_path: Path) -> None:
    once = row("A", "01/03/2001", "31/12/2002")
    overlapping = row("A", "01/06/2002", "01/03/2003")

    folder = written(tmp_path, [once, once, overlapping])

    assert postings(folder) == [{"title": "secretary", "from": "2001-03-01", "to": "2003-03-01"}]


def test_a_second_charge_is_a_stay_of_its_own(tmp_path: Path) -> None:
    second = row("A", "01/06/2001", "01/09/2001", designation_level="Director Director")

    folder = written(tmp_path, [row("A", "01/03/2001", "31/12/2002"), second])

    assert [stay["title"] for stay in postings(folder)] == ["secretary", "director"]


def test_the_same_post_held_again_later_is_another_stay(tmp_path: Path) -> None:
    folder = written(
        tmp_path, [row("A", "01/03/2001", "01/03/2002"), row("A", "01/03/2004", "01/03/2005")]
    )

    assert len(postings(folder)) == 2


def test_an_open_row_that_others_follow_is_stale_and_ends_there(tmp_path: Path) -> None:
    later = row("A", "01/03/2003", "Till-Date", designation_level="Director Director")

    folder = written(tmp_path, [row("A", "01/03/2001", "Till-Date"), later])

    assert [stay["to"] for stay in postings(folder)] == ["2003-03-01", None]


def test_days_of_joining_are_no_gap_between_posts(tmp_path: Path) -> None:
    later = row("A", "20/03/2003", "", designation_level="Director Director")

    folder = written(tmp_path, [row("A", "01/03/2001", "01/03/2003"), later])

    assert postings(folder)[0]["to"] == "2003-03-20"


def test_leave_training_and_waiting_are_no_posts(tmp_path: Path) -> None:
    away = [
        row("A", "01/03/2001", "01/04/2001", designation_level="On Training Junior Scale"),
        row("A", "01/05/2001", "01/06/2001", designation_level="On Compulsory Wait Director"),
        row("A", "01/07/2001", "01/08/2001", organisation="Cadre (Study Leave)"),
        row("A", "01/09/2001", "01/10/2001", designation_level="N.A. Director"),
    ]

    found = imported(written(tmp_path, [*away, row("A", "01/11/2001")]))

    assert len(found.frames["postings"]) == 1
    assert found.left_out["absence"] == 3
    assert found.left_out["unnamed"] == 1


def test_one_post_in_different_words_is_one_position(tmp_path: Path) -> None:
    words = ("District Collector", "D.M.", "Collector & Districtrict Magistrate")
    folder = written(
        tmp_path,
        [
            row(who, "01/03/2001", designation_level=f"{title} Director")
            for who, title in zip("ABC", words, strict=True)
        ],
    )

    assert frames(folder)["positions"]["title"].tolist() == ["district head"]


def test_a_position_has_neither_grade_nor_level(tmp_path: Path) -> None:
    positions = frames(written(tmp_path, [row("A", "01/03/2001")]))["positions"]

    assert positions[["level", "lowest_grade", "highest_grade", "rung"]].isna().all(axis=None)


def test_what_the_source_lacks_is_absent_and_said(tmp_path: Path) -> None:
    found = imported(written(tmp_path, [row("A", "01/03/2001")]))

    assert {"offers", "appraisals", "assessments"} <= set(found.absent)
    assert not set(found.absent) & set(found.frames)


def test_bad_rows_are_told_with_their_row_field_and_reason(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        [
            row("A", "01/03/2001"),
            row("A", "01/03/2005", "01/03/2004"),
            row("A", "32/13/2005", "01/03/2006"),
            row("A", "01/03/2005", "soon"),
            row("stranger", "01/03/2005"),
        ],
        [officer("A"), officer("B", Allotment_Year="1900", Date_of_Joining="")],
    )

    bundle = read(folder)

    assert {(bad.file, bad.row, bad.field, bad.reason) for bad in bundle.rejected} == {
        ("officers.parquet", 2, "allotment_year", "no_day_of_entry"),
        ("experience.parquet", 2, "period_to", "ended_before_start"),
        ("experience.parquet", 3, "period_from", "not_a_date"),
        ("experience.parquet", 4, "period_to", "not_a_date"),
        ("experience.parquet", 5, "identity_no", "unknown_reference"),
    }
    assert "stranger" not in str(bundle.rejected)
    assert bundle.read["postings"] == 5


def test_a_later_edition_reads_the_same(tmp_path: Path) -> None:
    rows = [row("A", "01/03/2001", "01/03/2003"), row("B", "01/03/2001")]
    newer = [{"new": "x", **dict(reversed(each.items()))} for each in rows]
    people = [{"Service": "IAS", **officer(who)} for who in "AB"]

    before, after = written(tmp_path / "old", rows), written(tmp_path / "new", newer, people)
    folder = tmp_path / "csv"
    folder.mkdir()
    for name in ("officers", "experience"):
        table = pd.read_parquet(after / f"{name}.parquet")
        table.to_csv(folder / f"{name}.csv", index=False)

    for made in (after, folder):
        for name, frame in frames(before).items():
            pd.testing.assert_frame_equal(frames(made)[name], frame)


def test_iso_days_are_read_too(tmp_path: Path) -> None:
    assert postings(written(tmp_path, [row("A", "2001-03-01", "2003-03-01")])) == [
        {"title": "secretary", "from": "2001-03-01", "to": "2003-03-01"}
    ]


def test_a_missing_table_or_column_is_an_error(tmp_path: Path) -> None:
    folder = written(tmp_path, [row("A", "01/03/2001")])
    experience = pd.read_parquet(folder / "experience.parquet")
    experience.drop(columns="period_to").to_parquet(folder / "experience.parquet")

    with pytest.raises(BundleColumnMissing, match="period_to"):
        frames(folder)
    (folder / "experience.parquet").unlink()
    with pytest.raises(BundleFileMissing):
        frames(folder)


def test_only_a_degree_that_entry_demands_can_be_dated(tmp_path: Path) -> None:
    degrees = [
        {
            "identity_no": "A",
            "qualification_university_institute": name,
            "subject": subject,
            "division": "First",
        }
        for name, subject in (("B.Tech. IIT", "Electrical Engg."), ("M.A.", "Economics"))
    ]

    found = frames(written(tmp_path, [row("A", "01/03/2001")], education=degrees))

    assert found["educations"]["field"].tolist() == ["engineering"]
    assert found["educations"]["graduated_on"].tolist() == [pd.Timestamp("1990-07-01")]


def test_a_training_is_known_when_its_year_is_over(tmp_path: Path) -> None:
    found = frames(
        written(
            tmp_path,
            [row("A", "01/03/2001")],
            in_service_training=[
                {
                    "identity_no": "A",
                    "year": "2010-2011",
                    "training_name": "Urban Development",
                    "duration_weeks": "2",
                }
            ],
            mid_career_training=[
                {
                    "identity_no": "A",
                    "training_name": "Phase III",
                    "date_from": "16/06/2008",
                    "date_to": "08/08/2008",
                }
            ],
            foreign_training=[
                {
                    "identity_no": "A",
                    "year": "2012",
                    "name": "Budgets",
                    "subject": "Finance",
                    "duration": "1Mn",
                }
            ],
        )
    )["trainings"]

    assert found["known_on"].tolist() == [
        pd.Timestamp("2011-03-31"),
        pd.Timestamp("2008-08-08"),
        pd.Timestamp("2012-12-31"),
    ]
    assert found["function"].tolist()[2] == "finance"
    np.testing.assert_allclose(found["hours"], [80, 308, 173.7], atol=1)


def test_fields_of_study_and_functions_are_words_of_the_vocabulary() -> None:
    assert {name for name, _ in learning.FIELDS} <= set(FIELDS)
    assert set(wording.FUNCTIONS.values()) <= set(FUNCTIONS)
