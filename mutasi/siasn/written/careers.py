"""What SIASN's histories (``rw-…``) say of careers."""

from typing import Any

import numpy as np
import pandas as pd

from mutasi.siasn.written.organisation import Region
from mutasi.siasn.written.spelling import (
    RANKS,
    ROMAN,
    Objects,
    days,
    either,
    grade_id,
    grade_name,
    ids,
    instants,
    numbers,
    only,
    texts,
    worded,
    years,
)
from mutasi.vocabulary import Assignment, EmployeeKind

Columns = dict[str, Any]
"""Columns of a resource by name: text a row, or one value for all."""

PERSON = "employee_id"


def owner(people: "pd.Series[str]") -> Columns:
    """Return the fields by which most histories say whose a row is."""
    return {"idPns": ids("pns", people), "nipBaru": texts(people), "nipLama": None}


def postings(held: pd.DataFrame, region: Region) -> Columns:
    """Return the columns of ``rw-jabatan``.

    The day of the decree is that on which the move was decided, where it is known.
    """
    moves = region.frames["transfers"].set_index([PERSON, "started_on"])["decided_on"]
    moves = moves[~moves.index.duplicated()]
    keys = pd.MultiIndex.from_frame(held[[PERSON, "started_on"]])
    decided = pd.Series(moves.reindex(keys).to_numpy(), held.index).fillna(held["started_on"])
    unit = region.tree.positions["unit_id"].reindex(held["position_id"]).to_numpy()
    before = pd.Series(unit).groupby(held[PERSON].to_numpy()).shift()
    jobs = region.tree.jobs(held["position_id"])
    structural = jobs["jenisJabatan"] == "1"
    acting = (held["assignment"] == Assignment.ACTING.value).to_numpy()
    first = days(held["started_on"])
    return {
        **owner(held[PERSON]),
        **region.tree.places(held["position_id"]),
        **jobs,
        "tmtJabatan": first,
        "nomorSk": None,
        "tanggalSk": days(decided),
        "namaUnor": None,
        "tmtPelantikan": only(structural, first),
        "jenisPenugasanId": only(structural | acting, _words(acting, "PLT", "D")),
        "jenisMutasiId": only(~structural, _words(before == unit, "MJ", "MU")),
        "subJabatanId": None,
        "tmtMutasi": only(~structural, first),
        "createdAt": None,
        "updatedAt": None,
        "deletedAt": None,
    }


def _words(where: Any, word: str, other: str) -> Objects:
    return np.where(where, word, other).astype(object)


def grades(held: pd.DataFrame, region: Region) -> Columns:
    """Return the columns of ``rw-golongan``; grades of PPPK are Roman numerals."""
    kind = region.frames["employees"].set_index(PERSON)["kind"].reindex(held[PERSON])
    said = graded(held["grade"], kind == EmployeeKind.CONTRACT.value)
    return {
        **owner(held[PERSON]),
        "golonganId": said["id"],
        "golongan": said["name"],
        "skNomor": None,
        "skTanggal": days(held["since"]),
        "tmtGolongan": instants(held["since"]),
        "noPertekBkn": None,
        "tglPertekBkn": None,
        "jumlahKreditUtama": None,
        "jumlahKreditTambahan": None,
        "jenisKPId": None,
        "jenisKPNama": None,
        "masaKerjaGolonganTahun": None,
        "masaKerjaGolonganBulan": None,
        "pangkat": said["rank"],
    }


def graded(grade: "pd.Series[Any]", contract: Any) -> dict[str, Objects]:
    """Return id, name and rank of grades; of PPPK where ``contract`` says so."""
    contract = np.asarray(contract, dtype=bool)
    roman = worded(grade, lambda number: ROMAN[int(number) - 1])
    return {
        "id": either(contract, roman, worded(grade, lambda number: grade_id(int(number)))),
        "name": either(contract, roman, worded(grade, lambda number: grade_name(int(number)))),
        "rank": only(~contract, worded(grade, lambda number: RANKS[int(number) - 1])),
    }


def sanctions(held: pd.DataFrame, _: Region) -> Columns:
    """Return the columns of ``rw-hukdis``; which sanction it was is not known."""
    return {
        "rwHukumanDisiplin": None,
        "pnsOrang": ids("pns", held[PERSON]),
        "jenisHukuman": None,
        "jenisHukumanNama": None,
        "jenisTingkatHukumanId": texts(held["severity"]),
        "skNomor": None,
        "skTanggal": days(held["decided_on"]),
        "hukumanTanggal": days(held["decided_on"]),
        "masaTahun": None,
        "masaBulan": None,
        "akhirHukumTanggal": days(held["ended_on"]),
        "nomorPp": None,
        "skPembatalanNomor": None,
        "skPembatalanTanggal": None,
        "keterangan": None,
    }


def credits_(held: pd.DataFrame, _: Region) -> Columns:
    """Return the columns of ``rw-angkakredit``."""
    return {
        "pns": ids("pns", held[PERSON]),
        "nomorSk": None,
        "tanggalSk": days(held["decided_on"]),
        "kreditUtamaBaru": None,
        "kreditPenunjangBaru": None,
        "kreditBaruTotal": numbers(held["points"]),
        "Sumber": None,
    }


def awards(held: pd.DataFrame, _: Region) -> Columns:
    """Return the columns of ``rw-penghargaan``."""
    return {
        "pnsOrangId": ids("pns", held[PERSON]),
        "tahun": years(held["awarded_on"]),
        "skNomor": None,
        "skDate": days(held["awarded_on"]),
        "hargaId": None,
        "hargaNama": texts(held["title"]),
    }
