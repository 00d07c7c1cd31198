"""What SIASN's histories say of what people learned, and of how they were judged."""

from typing import Any

import numpy as np
import pandas as pd

from mutasi.siasn.written.careers import PERSON, Columns, owner
from mutasi.siasn.written.organisation import Region
from mutasi.siasn.written.spelling import (
    LEVELS,
    Objects,
    days,
    either,
    ids,
    instants,
    level_id,
    numbers,
    only,
    texts,
    worded,
    years,
)

COMPETENCIES = {
    "integritas": "integrity",
    "kerjasama": "cooperation",
    "komunikasi": "communication",
    "orientasiPadaHasil": "results",
    "pelayananPublik": "service",
    "pengembanganDiriDanOrla": "development",
    "mengelolaPerubahan": "change",
    "pengambilanKeputusan": "decisions",
    "perekatBangsa": "cohesion",
}

POTENTIALS = {
    "intelektual": "intellectual",
    "interpersonal": "interpersonal",
    "kesadaranDiri": "self_awareness",
    "berfikirKritis": "critical_thinking",
    "motivasiKomitmen": "commitment",
    "total": "total",
}

INDICES = {
    "kualifikasi": "qualification",
    "kompetensi": "competence",
    "kinerja": "performance",
    "disiplin": "discipline",
}

EXPECTATION = {1: "DIATAS EKSPEKTASI", 2: "SESUAI EKSPEKTASI", 3: "DIBAWAH EKSPEKTASI"}
QUADRANT = {1: "SANGAT BAIK", 2: "BAIK", 3: "BUTUH PERBAIKAN", 4: "KURANG", 5: "SANGAT KURANG"}

STRUCTURAL_COURSES = (("Pengawas", "2"), ("Administrator", "3"), ("Nasional", "4"))
"""Words in titles of trainings for leaders, with SIASN's *latihanStruktural*."""

OTHER_LEADERSHIP = "8"
COURSES = {"functional": "2", "technical": "3", "other": "11"}
"""SIASN's *jenisDiklat* of each kind of training."""

MONTHS = (
    "JANUARI", "FEBRUARI", "MARET", "APRIL", "MEI", "JUNI", "JULI", "AGUSTUS", "SEPTEMBER",
    "OKTOBER", "NOVEMBER", "DESEMBER",
)  # fmt: skip
QUARTERS = ("TRIWULAN I", "TRIWULAN II", "TRIWULAN III", "TRIWULAN IV")
LONGEST_MONTH = 31


def numeric(held: pd.DataFrame, _: Region) -> Columns:
    """Return the columns of ``rw-skp``: appraisals by number."""
    score = numbers(held["score"])
    return {
        "pns": ids("pns", held[PERSON]),
        "tahun": numbers(held["year"]),
        "nilaiSkp": score,
        "nilaiPrestasiKerja": score,
        "nilaiPerilakuKerja": None,
        "jumlah": None,
        "nilairatarata": None,
        "jenisPeraturanKinerjaKd": "PP46",
        "penilaiNipNrp": texts(held["rater"]),
    }


def quadrant(held: pd.DataFrame, _: Region) -> Columns:
    """Return the columns of ``rw-skp22``: appraisals by results and behaviour."""
    return {
        "pnsDinilaiId": ids("pns", held[PERSON]),
        "tahun": numbers(held["year"]),
        **_judged(held, "PerilakuKerjaNilai"),
        "kuadranKinerja": worded(held["predicate"], lambda code: QUADRANT[int(code)]),
        "KuadranKinerjaNilai": numbers(held["predicate"]),
        "nipNrpPenilai": texts(held["rater"]),
        "statusPenilai": "ASN",
    }


def reviews(held: pd.DataFrame, _: Region) -> Columns:
    """Return the columns of ``rw-kinerjaperiodik``: months or quarters."""
    start, end = held["started_on"], held["ended_on"]
    monthly = ((end - start).dt.days < LONGEST_MONTH).to_numpy()
    month = worded(start.dt.month, lambda number: MONTHS[int(number) - 1])
    quarter = worded(start.dt.quarter, lambda number: QUARTERS[int(number) - 1])
    return {
        "nip": texts(held[PERSON]),
        "tahun": years(start),
        "periodikId": np.where(monthly, "1", "2"),
        "periodikNama": either(monthly, month, quarter),
        **_judged(held, "perilakuKerjaNilai"),
        "kuadranKinerjaNilai": numbers(held["predicate"]),
        "kuadranNilai": worded(held["predicate"], lambda code: QUADRANT[int(code)]),
    }


def _judged(held: pd.DataFrame, behaviour: str) -> Columns:
    return {
        "hasilKinerja": _expectation(held["results"]),
        "hasilKinerjaNilai": numbers(held["results"]),
        "perilakuKerja": _expectation(held["behaviour"]),
        behaviour: numbers(held["behaviour"]),
    }


def _expectation(codes: "pd.Series[Any]") -> Objects:
    return worded(codes.astype("Float64"), lambda code: EXPECTATION[int(code)])


def educations(held: pd.DataFrame, _: Region) -> Columns:
    """Return the columns of ``rw-pendidikan``."""
    name = held["name"].fillna("")
    return {
        **owner(held[PERSON]),
        "pendidikanId": only(name != "", ids("pendidikan", name)),
        "pendidikanNama": texts(held["name"]),
        "tkPendidikanId": worded(held["level"], level_id),
        "tkPendidikanNama": worded(held["level"], lambda level: LEVELS[int(level)]),
        "tahunLulus": years(held["graduated_on"]),
        "tglLulus": days(held["graduated_on"]),
        "isPendidikanPertama": np.where(held[PERSON].duplicated(), "0", "1"),
        "nomorIjasah": None,
        "namaSekolah": None,
        "gelarDepan": None,
        "gelarBelakang": None,
    }


def leadership(held: pd.DataFrame, _: Region) -> Columns:
    """Return the columns of ``rw-diklat``: courses for leaders."""
    return {
        **owner(held[PERSON]),
        "latihanStrukturalId": worded(held["title"], _course),
        "latihanStrukturalNama": texts(held["title"]),
        "nomor": None,
        "tanggal": None,
        "tanggalSelesai": days(held["completed_on"]),
        "tahun": years(held["completed_on"]),
        "jumlahJam": numbers(held["hours"]),
        "institusiPenyelenggara": None,
    }


def _course(title: str) -> str:
    return next((code for word, code in STRUCTURAL_COURSES if word in title), OTHER_LEADERSHIP)


def courses(held: pd.DataFrame, _: Region) -> Columns:
    """Return the columns of ``rw-kursus``: all other courses."""
    return {
        **owner(held[PERSON]),
        "jenisKursusId": None,
        "jenisKursusNama": None,
        "jenisKursusSertifikat": None,
        "institusiPenyelenggara": None,
        "jumlahJam": numbers(held["hours"]),
        "namaKursus": texts(held["title"]),
        "noSertipikat": None,
        "tahunKursus": years(held["completed_on"]),
        "tanggalKursus": None,
        "tanggalSelesaiKursus": days(held["completed_on"]),
        "jenisDiklatId": texts(held["kind"].map(COURSES)),
    }


def assessments(held: pd.DataFrame, _: Region) -> Columns:
    """Return the columns of ``kompetensi``; the technical level has no place there."""
    return {
        "pnsId": ids("pns", held[PERSON]),
        **{said: numbers(held[name]) for said, name in COMPETENCIES.items()},
        "tanggalPenilaian": days(held["assessed_on"]),
    }


def potentials(held: pd.DataFrame, _: Region) -> Columns:
    """Return the columns of ``potensi``."""
    return {
        "pnsOrangId": ids("pns", held[PERSON]),
        **{said: numbers(held[name]) for said, name in POTENTIALS.items()},
        "tanggalPenilaian": days(held["assessed_on"]),
    }


def merits(held: pd.DataFrame, _: Region) -> Columns:
    """Return the columns of ``nilaiipasn``."""
    return {
        "pnsId": ids("pns", held[PERSON]),
        "nipBaru": texts(held[PERSON]),
        **{said: numbers(held[name]) for said, name in INDICES.items()},
        "subtotal": numbers(held[[*INDICES.values()]].sum(axis=1)),
        "created_at": instants(held["measured_on"]),
    }
