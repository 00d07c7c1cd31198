"""The records of an invented region: whole, typed, consistent, silent about the truth."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from mutasi.simulation import Region, SimulationConfig, simulate
from mutasi.snapshot import Snapshot
from mutasi.vocabulary import NOUNS, Assignment, columns

LAST_DAY = date(2026, 3, 31)

Noun = type[Any]


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.table)
def test_a_table_has_exactly_the_columns_of_the_vocabulary(region: Region, noun: Noun) -> None:
    assert list(region.frames[noun.table].columns) == [column.name for column in columns(noun)]


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.table)
@pytest.mark.parametrize("gaps", ["region", "sparse", "whole"])
def test_keys_are_unique_and_what_must_be_told_is_told(
    gaps: str, noun: Noun, request: pytest.FixtureRequest
) -> None:
    frame = request.getfixturevalue(gaps).frames[noun.table]
    required = [column.name for column in columns(noun) if not column.optional]

    assert not frame.duplicated(list(noun.key)).any()
    assert frame[required].notna().all(axis=None)


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.table)
@pytest.mark.parametrize("gaps", ["region", "sparse"])
def test_values_keep_to_bounds_codes_and_references(
    gaps: str, noun: Noun, request: pytest.FixtureRequest
) -> None:
    frames = request.getfixturevalue(gaps).frames
    for column in columns(noun):
        told = frames[noun.table][column.name].dropna()
        if column.fact.low is not None:
            assert told.astype(float).between(column.fact.low, column.fact.high).all(), column.name
        if column.fact.codes is not None:
            assert told.isin([str(code) for code in column.fact.codes]).all(), column.name
        if column.fact.references is not None:
            target = frames[column.fact.references]
            assert told.isin(target.iloc[:, 0]).all(), column.name


def test_nothing_of_a_person_is_known_before_the_person_is(region: Region) -> None:
    known = region.frames["employees"].set_index("employee_id")["known_on"]

    for name, frame in region.frames.items():
        if "employee_id" in frame and name != "employees":
            assert (
                frame["known_on"].to_numpy() >= known.loc[frame["employee_id"]].to_numpy()
            ).all()
        assert (frame["known_on"] <= pd.Timestamp(LAST_DAY)).all()


def test_the_bytes_follow_from_the_seed() -> None:
    config = SimulationConfig(employees=250, years=2, seed=11)
    one, again, other = (
        simulate(config),
        simulate(config),
        simulate(config.model_copy(update={"seed": 12})),
    )

    for name, frame in one.frames.items():
        pd.testing.assert_frame_equal(frame, again.frames[name])
    assert not one.frames["employees"].equals(other.frames["employees"])


def test_a_snapshot_is_made_of_the_frames(region: Region, config: SimulationConfig) -> None:
    snapshot = Snapshot.of(LAST_DAY, region.frames)

    assert (snapshot.employees["position"] >= 0).sum() == config.employees
    assert snapshot.positions["filled"].sum() == config.employees
    assert set(snapshot.employees["standing"]) <= {"01", "02", "03", "77", "99"}


def test_everyone_holds_one_definitive_post_at_a_time(region: Region) -> None:
    postings = region.frames["postings"]
    held = postings[postings["assignment"] == Assignment.DEFINITIVE]
    held = held.sort_values(["employee_id", "started_on"])
    following = held.groupby("employee_id")["started_on"].shift(-1)

    assert (held["ended_on"].isna() | (held["ended_on"] >= held["started_on"])).all()
    assert ((held["ended_on"] < following) | following.isna()).all()


def test_somebody_acts_for_absent_leaders(region: Region) -> None:
    postings = region.frames["postings"]
    acting = postings[postings["assignment"] == Assignment.ACTING]
    kinds = region.frames["positions"].set_index("position_id")["kind"]

    assert len(acting) > 0
    assert (kinds.loc[acting["position_id"]] == "STRUKTURAL").all()


def test_a_transfer_is_a_posting_decided_some_weeks_before(region: Region) -> None:
    transfers, postings = region.frames["transfers"], region.frames["postings"]
    key = ["employee_id", "position_id", "started_on"]

    assert transfers.merge(postings, on=key)["assignment"].eq(Assignment.DEFINITIVE).all()
    assert len(transfers.merge(postings, on=key)) == len(transfers)
    assert (transfers["started_on"] - transfers["decided_on"]).dt.days.between(5, 60).all()


def test_an_accepted_offer_is_a_transfer_decided_on_the_day_of_the_offer(region: Region) -> None:
    offers = region.frames["offers"].set_index("offer_id")
    transfers = region.frames["transfers"].dropna(subset=["offer_id"]).set_index("offer_id")
    accepted = offers[offers["answer"] == "accepted"]

    assert set(transfers.index) == set(accepted.index)
    assert (accepted["offered_on"] == transfers.loc[accepted.index, "decided_on"]).all()
    assert (accepted["answered_on"] == transfers.loc[accepted.index, "known_on"]).all()


def test_a_refusal_has_a_reason_and_an_open_offer_no_answer(region: Region) -> None:
    offers = region.frames["offers"]

    assert (offers["reason"].notna() == (offers["answer"] == "refused")).all()
    assert (offers["answered_on"].notna() == offers["answer"].notna()).all()
    assert offers["answer"].isna().any()


def test_decisions_fall_on_few_working_days(region: Region) -> None:
    days = region.frames["transfers"]["decided_on"]

    assert days.groupby(days.dt.year).nunique().max() <= 12
    assert days.dt.day_of_week.max() <= 4


def test_the_number_of_a_person_says_birth_appointment_and_sex(region: Region) -> None:
    people = region.frames["employees"]
    number = people["employee_id"]
    contract = people["kind"] == "PPPK"

    assert number.str.fullmatch(r"\d{18}").all()
    assert (number.str[:8] == people["born_on"].dt.strftime("%Y%m%d")).all()
    assert (number.str[8:12] == people["appointed_on"].dt.strftime("%Y")).all()
    assert number[~contract].str[12:14].astype(int).between(1, 12).all()
    assert (number[contract].str[12:14] == "21").all()
    assert ((number.str[14] == "2") == (people["sex"] == "F")).all()
    assert ((people["appointed_on"] - people["born_on"]).dt.days > 17 * 365.25).all()


def test_ratings_are_numbers_to_2021_and_quadrants_since(region: Region) -> None:
    ratings = region.frames["appraisals"]
    numeric = ratings["scheme"] == "skp_2011"

    assert (numeric == (ratings["year"] <= 2021)).all()
    assert (ratings["score"].notna() == numeric).all()
    assert (ratings["results"].notna() == ~numeric).all()
    assert (ratings["known_on"].dt.year > ratings["year"]).all()


def test_without_missingness_nothing_is_missing(whole: Region) -> None:
    frames = whole.frames
    studied = frames["educations"][frames["educations"]["level"] >= 17]
    snapshot = Snapshot.of(date(2025, 12, 31), frames)
    serving = (snapshot.employees["position"] >= 0) & (snapshot.employees["standing"] == "01")
    ids = snapshot.employees["employee_id"][serving]
    settled = snapshot.employees["appointed_on"][serving] < np.datetime64("2025-01-01")
    rated = frames["appraisals"].query("year == 2025")["employee_id"]

    assert frames["residences"][["place", "latitude", "longitude"]].notna().all(axis=None)
    assert studied["field"].notna().all()
    assert set(ids[settled]) <= set(rated)
    assert np.isin(ids[settled], frames["assessments"]["employee_id"]).mean() > 0.97
    assert (frames["appraisals"]["known_on"].dt.year == frames["appraisals"]["year"] + 1).all()


def test_missingness_takes_away_homes_fields_ratings_and_assessments(
    region: Region, sparse: Region
) -> None:
    def gaps(frames: dict[str, pd.DataFrame]) -> list[float]:
        people = len(frames["employees"])
        studied = frames["educations"][frames["educations"]["level"] >= 17]
        return [
            float(frames["residences"]["latitude"].isna().mean()),
            float(studied["field"].isna().mean()),
            -len(set(frames["assessments"]["employee_id"])) / people,
        ]

    assert 0.08 < gaps(region.frames)[0] < 0.2
    assert -0.5 < gaps(region.frames)[2] < -0.1
    assert all(
        more > less for more, less in zip(gaps(sparse.frames), gaps(region.frames), strict=True)
    )
