"""Units and posts.

SIASN has no ids of posts: a structural post is a node of the tree of units, any other
is a job in a node.  So posts are worked out from the rows that name them.
"""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from mutasi.education import functional, inherited, offices
from mutasi.siasn import values
from mutasi.siasn.drafts import Draft, draft
from mutasi.siasn.gathering import Rows
from mutasi.siasn.values import FUNCTIONAL, GENERAL, STRUCTURAL, first, identities, read
from mutasi.vocabulary import LEVEL_OF_RUNG, PositionKind

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
    by_name = {values.word(rung): rung for rung in values.ESELON.values()}
    code = read(told["eselonId"], values.ESELON.get)
    name = read(told["eselon"], lambda text: by_name.get(values.word(text)))
    rung = first(code, name)
    return pd.DataFrame({"rung": rung, "level": read(rung, LEVEL_OF_RUNG.get)})


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
    each["title"] = each["title"].fillna(each["job"].map(titles).astype("str"))
    rung = _rungs(each)
    known = functional(each["title"].where(each["kind"] == FUNCTIONAL))
    structural, general = each["kind"] == STRUCTURAL, each["kind"] == GENERAL
    level = rung["level"].where(structural, _text(known["level"])).mask(general, "1")
    # Of other posts the law tells the age, as of the day that is asked (mutasi.rules).
    age = _text(known["retirement_age"]).mask(structural | general)
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
    unit, job = unit_of(position), job_of(position)
    known = named.dropna(subset=["job"]).drop_duplicates("job").set_index("job", drop=False)
    made = known.reindex(job).set_axis(position.index)
    return made.assign(position_id=position, unit_id=unit, label=position.index)


def unit_of(position: "pd.Series[str]") -> "pd.Series[str]":
    """Return the unit of each post, by its id."""
    return read(position, lambda text: text.partition(":")[0])


def job_of(position: "pd.Series[str]") -> "pd.Series[str]":
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
