"""Who held which post, and until when."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from mutasi.siasn import values
from mutasi.siasn.drafts import Draft, People, draft
from mutasi.siasn.gathering import Rows
from mutasi.siasn.posts import job_of, unit_of
from mutasi.siasn.values import decreed, first, read
from mutasi.vocabulary import LEFT, Assignment


def postings(rows: Rows, people: People, named: pd.DataFrame) -> Draft:
    """Return who held which post (*rw-jabatan*); acting is told apart from holding."""
    said = rows.said
    held = read(said["jenisPenugasanId"], values.assignment)
    acting = said["namaJabatan"].str.match(values.ACTING.pattern, case=False, na=False)
    silent = said["jenisPenugasanId"].isna()
    told = held.mask(silent, "D").mask(silent & acting, Assignment.ACTING.value)
    made = draft(
        rows,
        people,
        position_id=named["position_id"],
        known_on=decreed(said["tmtJabatan"], said["tanggalSk"]),
    )
    made.keep("assignment", told, said["jenisPenugasanId"], "D, TT, PLT, PLH, PJ")
    return made


def moves(rows: Rows, people: People, named: pd.DataFrame, held: pd.DataFrame) -> Draft:
    """Return postings that only *rw-pindahinstansi* or *rw-pnsunor* tells.

    One that begins when a posting in the history begins, or that leads to where the
    person then is by the history, says what is known. Of a change of unit the job is
    that of the time.

    Args:
        rows: Of either resource.
        people: Who is meant.
        named: The post that each row names, as :func:`jobs` says.
        held: The postings of the history, good ones.
    """
    said = rows.said
    begun = said["tmtPi"] if "tmtPi" in said else said["skTanggal"]
    person = people.of(rows).str.replace(r"\D", "", regex=True)
    before = _held_on(person, values.days(begun), held)
    job = job_of(before)
    same = (named["unit_id"] + ":" + job).where(job.notna(), named["unit_id"].where(before.notna()))
    position = first(named["position_id"], same)
    made = draft(
        rows,
        people,
        position_id=position,
        assignment=pd.Series(Assignment.DEFINITIVE.value, said.index, dtype="str"),
    )
    known = pd.MultiIndex.from_frame(held[["employee_id", "started_on"]])
    begins = pd.MultiIndex.from_arrays([person, values.days(begun)]).isin(known)
    there = unit_of(before) == named["unit_id"]
    made.blame(there | begins, "position_id", "repeated")
    return made


def _held_on(
    person: "pd.Series[str]", day: "pd.Series[Any]", held: pd.DataFrame
) -> "pd.Series[str]":
    """Return the post that each person held on a day, missing where nobody knows."""
    asked = pd.DataFrame({"employee_id": person, "started_on": day, "row": person.index}).dropna()
    mine = held[held["assignment"] == Assignment.DEFINITIVE.value]
    mine = mine[["employee_id", "started_on", "position_id"]].sort_values("started_on")
    found = pd.merge_asof(
        asked.sort_values("started_on", kind="stable"), mine, on="started_on", by="employee_id"
    )
    return found.set_index("row")["position_id"].reindex(person.index).astype("str")


def present_postings(rows: Rows, people: People, named: pd.DataFrame, held: pd.DataFrame) -> Draft:
    """Return the present posts of *data-utama* that no history tells.

    Args:
        rows: Of *data-utama*.
        people: Who is meant.
        named: The post that each row names, as :func:`jobs` says.
        held: The postings that are known, good ones.
    """
    said = rows.said
    person = people.of(rows).str.replace(r"\D", "", regex=True)
    mine = held[held["assignment"] == Assignment.DEFINITIVE.value].sort_values("started_on")
    last = mine.drop_duplicates("employee_id", keep="last").set_index("employee_id")
    post = last["position_id"].reindex(person).to_numpy()
    since = last["started_on"].reindex(person).to_numpy()
    later_one = (values.days(said["tmtJabatan"]) > since).to_numpy() | pd.isna(since)
    new = named["position_id"].notna() & later_one & (named["position_id"].to_numpy() != post)
    told: Mapping[str, pd.Series[str]] = {
        "employee_id": person,
        "position_id": named["position_id"],
        "started_on": said["tmtJabatan"],
        "assignment": pd.Series(Assignment.DEFINITIVE.value, said.index, dtype="str"),
    }
    made = Draft.of("postings", said.index, told)
    return Draft("postings", made.shown[new])


def ended(held: pd.DataFrame) -> "pd.Series[Any]":
    """Return the last day of each posting: the day before the next of its kind begins.

    Postings that begin on the same day go on beside each other. Acting ends when the
    person is asked to act elsewhere, or when someone comes to hold the post.
    """
    begun = held[["employee_id", "position_id", "assignment", "started_on"]]
    turns = begun[["employee_id", "assignment", "started_on"]].drop_duplicates()
    turns = turns.sort_values(["employee_id", "assignment", "started_on"])
    turns["next"] = turns.groupby(["employee_id", "assignment"])["started_on"].shift(-1)
    following = begun.merge(turns, how="left", on=["employee_id", "assignment", "started_on"])
    next_day = following["next"].set_axis(held.index)
    acting = held["assignment"] == Assignment.ACTING.value
    holders = held[~acting][["position_id", "started_on"]].sort_values("started_on")
    holders["came"] = holders["started_on"]
    asked = held[acting][["position_id", "started_on"]].sort_values("started_on", kind="stable")
    came = pd.merge_asof(
        asked.reset_index(),
        holders,
        on="started_on",
        by="position_id",
        direction="forward",
        allow_exact_matches=False,
    ).set_index("index")["came"]
    next_day = pd.concat([next_day, came.reindex(held.index)], axis=1).min(axis=1)
    return next_day - pd.Timedelta(days=1)


def left(held: pd.DataFrame, standings: pd.DataFrame) -> "pd.Series[Any]":
    """Return the last day of each posting: open ones end before the holder left service."""
    gone = standings[standings["standing"].isin(LEFT)]
    since = gone.drop_duplicates("employee_id").set_index("employee_id")["since"]
    end = since.reindex(held["employee_id"]).set_axis(held.index) - pd.Timedelta(days=1)
    return held["ended_on"].fillna(end.where(end >= held["started_on"]))
