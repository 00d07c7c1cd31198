"""Units, posts and who held them.

SIASN has no ids of posts: a structural post is a node of the tree of units, any other
is a job in a node.  So posts are worked out from the rows that name them.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from mutasi.education import functional, inherited, offices
from mutasi.siasn import values
from mutasi.siasn.drafts import Draft, People, draft
from mutasi.siasn.gathering import Rows
from mutasi.siasn.people import LEFT
from mutasi.siasn.values import FUNCTIONAL, GENERAL, STRUCTURAL, first, identities, later, read
from mutasi.vocabulary import Assignment, PositionKind

JOB: Final = (
    "unorId",
    "unorNama",
    "unorIndukId",
    "jenisJabatan",
    "namaJabatan",
    "jabatanFungsionalId",
    "jabatanFungsionalNama",
    "jabatanFungsionalUmumId",
    "jabatanFungsionalUmumNama",
    "eselonId",
    "eselon",
    "instansiKerjaId",
    "instansiKerjaNama",
    "bupPensiun",
    "kelas_jabatan",
)
"""What rows say of a post, by the names that *rw-jabatan* has."""

OTHERWISE: Final = {
    "data-utama": {
        "jenisJabatan": "jenisJabatanId",
        "namaJabatan": "jabatanNama",
    },
    "ref-unor": {
        "unorId": "Id",
        "unorNama": "NamaUnor",
        "unorIndukId": "DiatasanId",
        "namaJabatan": "NamaJabatan",
        "eselonId": "EselonId",
        "instansiKerjaId": "InstansiId",
    },
    "rw-pindahinstansi": {
        "unorId": "unorBaru",
        "jenisJabatan": "jenisJabatanBaru",
        "jabatanFungsionalId": "jabatanFungsionalBaru",
        "jabatanFungsionalUmumId": "jabatanFungsionalUmumBaru",
        "instansiKerjaId": "instansiKerjaBaru",
    },
    "rw-pnsunor": {"unorId": "unorBaru", "unorNama": "namaUnorBaru"},
}
"""What other resources call the same."""

KINDS: Final = {
    STRUCTURAL: PositionKind.STRUCTURAL.value,
    FUNCTIONAL: PositionKind.FUNCTIONAL.value,
    GENERAL: PositionKind.GENERAL.value,
}

HIGH: Final = 6
"""From this level on, structural posts are *JPT*."""

AGE_OF_HIGH, AGE_OF_OTHERS = 60, 58
"""Ages of retirement of structural and general posts (PP 11/2017 Ps 239), in years."""


def jobs(rows: Rows) -> pd.DataFrame:
    """Return the post that each row names.

    Returns:
        By label, text: ``position_id``, ``unit_id``, ``title``, ``job`` (what the post is
        in whichever unit), ``kind`` (SIASN's code), ``rung``, ``level`` and what
        :data:`JOB` says.
    """
    said, names = rows.said, OTHERWISE.get(rows.resource.name, {})
    nothing = pd.Series(None, said.index, dtype="str")
    told = pd.DataFrame({key: said.get(names.get(key, key), nothing) for key in JOB})
    told["instansiKerjaNama"] = told["instansiKerjaNama"].fillna(
        said.get("instansiIndukNama", nothing)
    )
    told["unit_id"] = _unit_ids(told)
    told["kind"] = _kinds(told)
    if "jabatanId" in said:  # the list for spreadsheets has one id for any kind of post
        for kind, key in (
            (FUNCTIONAL, "jabatanFungsionalId"),
            (GENERAL, "jabatanFungsionalUmumId"),
        ):
            told[key] = told[key].fillna(said["jabatanId"].where(told["kind"] == kind))
    general = told["kind"] == GENERAL
    title = told["jabatanFungsionalNama"].mask(general, told["jabatanFungsionalUmumNama"])
    code = told["jabatanFungsionalId"].mask(general, told["jabatanFungsionalUmumId"])
    in_unit = told["kind"].isin([FUNCTIONAL, GENERAL])
    told["title"] = title.where(in_unit).fillna(told["namaJabatan"])
    told["job"] = first(identities(code), read(told["title"], values.word)).where(in_unit)
    told["position_id"] = (told["unit_id"] + ":" + told["job"]).where(
        in_unit, told["unit_id"].where(told["kind"] == STRUCTURAL)
    )
    return told


def _unit_ids(told: pd.DataFrame) -> "pd.Series[str]":
    """Return the id of each row's unit: of old rows only its name is left."""
    return first(identities(told["unorId"]), "nama:" + read(told["unorNama"], values.word))


def _kinds(told: pd.DataFrame) -> "pd.Series[str]":
    """Return the kind of each post: what is told, or else what the rest implies."""
    kind = read(told["jenisJabatan"], values.job_kind)
    implied = pd.Series(None, told.index, dtype="str")
    implied = implied.mask(_rungs(told)["rung"].notna(), STRUCTURAL)
    for key, code in (("jabatanFungsional", FUNCTIONAL), ("jabatanFungsionalUmum", GENERAL)):
        implied = implied.mask(told[f"{key}Id"].notna() | told[f"{key}Nama"].notna(), code)
    return first(kind, implied)


def _rungs(told: pd.DataFrame) -> pd.DataFrame:
    """Return rung and level of structural posts, as text."""
    by_name = {values.word(rung): (rung, level) for rung, level in values.ESELON.values()}
    code = read(told["eselonId"], lambda text: _part(values.ESELON.get(text), 0))
    level = read(told["eselonId"], lambda text: _part(values.ESELON.get(text), 1))
    name = read(told["eselon"], lambda text: _part(by_name.get(values.word(text)), 0))
    other = read(told["eselon"], lambda text: _part(by_name.get(values.word(text)), 1))
    return pd.DataFrame({"rung": first(code, name), "level": first(level, other)})


def _part(pair: tuple[Any, ...] | None, place: int) -> Any:
    return None if pair is None else pair[place]


class Regions:
    """Names of governments by SIASN's ids, as rows that tell both say."""

    def __init__(self, gathered: Sequence[Rows]) -> None:
        told: dict[str, str] = {}
        for rows in gathered:
            for key in ("instansiInduk", "instansiKerja"):
                if {f"{key}Id", f"{key}Nama"} <= set(rows.said):
                    pairs = rows.said[[f"{key}Id", f"{key}Nama"]].dropna().drop_duplicates()
                    ids = identities(pairs[f"{key}Id"])
                    told = dict(zip(ids, pairs[f"{key}Nama"], strict=True)) | told
        self._told = told

    def of(self, said: "pd.Series[str]") -> "pd.Series[str]":
        """Return the name of each government, or its id where nobody names it."""
        return read(identities(said), lambda text: self._told.get(text, text))


def units(rows: Rows, regions: Regions) -> Draft:
    """Return units (*ref-unor*)."""
    said = rows.said
    above = identities(said["DiatasanId"])
    unit = identities(said["Id"])
    return draft(
        rows,
        None,
        unit_id=unit,
        region=regions.of(said["InstansiId"]),
        # SIASN's top unit is at times below itself.
        parent_id=above.mask(above == unit),
        is_remote=pd.Series("false", said.index, dtype="str"),
    )


def named_units(named: pd.DataFrame, regions: Regions, known: "pd.Index[Any]") -> Draft:
    """Return the units that only histories name; they may be closed by now."""
    lost = named[named["unit_id"].notna() & ~named["unit_id"].isin(known)]
    each = lost.drop_duplicates("unit_id").set_index("unit_id", drop=False)
    by_id = lost.groupby("unit_id", sort=False).first().reindex(each.index)
    above = identities(by_id["unorIndukId"])
    told = {
        "unit_id": each["unit_id"],
        "name": first(by_id["unorNama"], each["unit_id"]),
        "region": first(by_id["instansiKerjaNama"], regions.of(by_id["instansiKerjaId"])),
        "parent_id": above.where(above.isin(known) & (above != above.index)),
        "is_remote": pd.Series("false", each.index, dtype="str"),
    }
    made = Draft.of("units", each.index, told)
    return Draft("units", made.shown.set_axis(each["label"].to_numpy()))


def functions(frame: pd.DataFrame) -> "pd.Series[Any]":
    """Return the function of each unit, as its name or that of a unit above tells."""
    by_id = frame.set_index("unit_id")
    told = inherited(offices(by_id["name"]), by_id["parent_id"])
    return pd.Series(told.to_numpy(), frame.index, dtype="str")


def positions(named: pd.DataFrame) -> Draft:
    """Return the posts that rows name, each once; what one row does not say another may.

    Args:
        named: As :func:`jobs` says, with ``label``; rows that count first come first.
    """
    there = named[named["position_id"].notna()]
    each = there.groupby("position_id", sort=False).first()
    titles = there.dropna(subset=["job", "title"]).drop_duplicates("job").set_index("job")["title"]
    each["title"] = each["title"].fillna(each["job"].map(titles))
    rung = _rungs(each)
    known = functional(each["title"].where(each["kind"] == FUNCTIONAL))
    structural, general = each["kind"] == STRUCTURAL, each["kind"] == GENERAL
    level = rung["level"].where(structural, _text(known["level"])).mask(general, "1")
    high = pd.to_numeric(level) >= HIGH
    usual = pd.Series(np.where(high, AGE_OF_HIGH, AGE_OF_OTHERS), each.index).astype("str")
    age = usual.where(structural | general, _text(known["retirement_age"]))
    told = {
        "position_id": each.index.to_series(),
        "unit_id": each["unit_id"],
        "title": each["title"],
        "kind": each["kind"].map(KINDS),
        "family": known["family"],
        "rung": rung["rung"].where(structural, known["rung"]).mask(general),
        "level": level,
        "function": known["function"],
        "fields": known["fields"],
        "retirement_age": first(read(each["bupPensiun"], _age), age),
        "allowance_class": read(each["kelas_jabatan"], _allowance),
    }
    made = Draft.of(
        "positions", each.index, {name: text.astype("str") for name, text in told.items()}
    )
    return Draft("positions", made.shown.set_axis(each["label"].to_numpy()))


def elsewhere(position: "pd.Series[str]", named: pd.DataFrame) -> pd.DataFrame:
    """Return the same jobs in other units, as :func:`jobs` says.

    Args:
        position: Ids of posts that are jobs in a unit, by label; each once.
        named: The posts that rows name.
    """
    unit, job = _unit(position), _job(position)
    known = named.dropna(subset=["job"]).drop_duplicates("job").set_index("job", drop=False)
    made = known.reindex(job).set_axis(position.index)
    return made.assign(position_id=position, unit_id=unit, label=position.index)


def _unit(position: "pd.Series[str]") -> "pd.Series[str]":
    """Return the unit of each post, by its id."""
    return read(position, lambda text: text.partition(":")[0])


def _job(position: "pd.Series[str]") -> "pd.Series[str]":
    """Return which job in its unit each post is; missing of a node, which is the post."""
    return read(position, lambda text: text.partition(":")[2] or None)


def _text(numbers: "pd.Series[Any]") -> "pd.Series[str]":
    return numbers.astype("object").map(str, na_action="ignore").astype("str")


def _age(text: str) -> str | None:
    """Return an age of retirement, if it can be one."""
    said = text.removesuffix(".0")
    return said if said.isdecimal() and 50 <= int(said) <= 70 else None


def _allowance(text: str) -> str | None:
    said = text.removesuffix(".0")
    return said if said.isdecimal() and 1 <= int(said) <= 17 else None


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
        known_on=later(said["tmtJabatan"], said["tanggalSk"]),
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
    job = _job(before)
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
    there = _unit(before) == named["unit_id"]
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
