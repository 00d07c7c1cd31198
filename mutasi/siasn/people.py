"""Employees, and what is on record of them beside their posts."""

import re

import numpy as np
import pandas as pd

from mutasi.education import LEVELS, understood
from mutasi.siasn import values
from mutasi.siasn.drafts import Draft, People, draft
from mutasi.siasn.gathering import Rows
from mutasi.siasn.values import coded, decreed, first, number, read, word
from mutasi.vocabulary import ACTIVE, LEFT, EmployeeKind

FIRST_MONTH, LAST_MONTH = 1, 12

STANDING = ("employee_id", "since", "standing")

ACTIVE_WORDS = re.compile(r"^\s*aktif\s*$", re.IGNORECASE)


def employees(rows: Rows, people: People) -> Draft:
    """Return employees: rows of *data-utama*, or of the list for spreadsheets.

    A day of birth that is not told is that of the NIP, as is the month of entry of
    a civil servant; a contract begins with the present post.
    """
    said = rows.said
    bare = people.of(rows).str.replace(r"\D", "", regex=True)
    told = read(first(said["statusPegawai"], said["jenisPegawaiNama"]), _kind_in_words)
    kind = first(told, coded(said["golRuangAkhir"], _CONTRACT_GRADES), read(bare, _kind))
    made = draft(
        rows,
        people,
        region=first(said["instansiIndukNama"], said["instansiKerjaNama"], said["instansiIndukId"]),
        kind=kind,
        born_on=said["tglLahir"].fillna(read(bare, _born)),
        appointed_on=first(
            said["tmtCpns"].mask(values.is_nothing(said["tmtCpns"])),
            read(bare, _entered).where(kind != EmployeeKind.CONTRACT.value),
            said["tmtJabatan"],
        ),
    )
    made.keep("sex", coded(said["jenisKelamin"], values.SEXES), said["jenisKelamin"], "M, F")
    return made


_CONTRACT_GRADES = dict.fromkeys(values.ROMAN[4:], EmployeeKind.CONTRACT.value)


def _kind_in_words(text: str) -> str | None:
    said = word(text)
    if "PPPK" in said or "P3K" in said:
        return EmployeeKind.CONTRACT.value
    return EmployeeKind.CIVIL_SERVANT.value if "PNS" in said or said in {"P", "C"} else None


def _kind(bare: str) -> str:
    """Return the kind that a number tells: that of a contract names no month of entry."""
    month = int(bare[12:14] or 0)
    named = FIRST_MONTH <= month <= LAST_MONTH
    return (EmployeeKind.CIVIL_SERVANT if named else EmployeeKind.CONTRACT).value


def _born(bare: str) -> str:
    return f"{bare[:4]}-{bare[4:6]}-{bare[6:8]}"


def _entered(bare: str) -> str | None:
    return f"{bare[8:12]}-{bare[12:14]}-01" if _kind(bare) == "PNS" else None


def standings(rows: Rows, people: People, known: pd.DataFrame) -> list[Draft]:
    """Return how everyone stands: SIASN tells it only as of today.

    Everyone was active on the first day. Who left service did so on the day of
    retirement, if that is told and is past. Anything else is known from the last day on
    which anything is on record of the person; of who is active still it need not be said.

    Args:
        rows: Of *data-utama*.
        people: Who is meant.
        known: By label, the first day of service (``since``), the last one on record
            (``until``), the last one that may be past (``day``) and the standing that
            is stored (``stored``); only these rows are taken.

    Returns:
        How it began, and how it is.
    """
    said = rows.said.loc[known.index]
    code = read(said["kedudukanPnsId"], _standing)
    left = values.days(said["tmtPensiun"]).where(code.isin(LEFT))
    until = left.where(left <= known["day"]).fillna(known["until"])
    told = pd.DataFrame(
        {
            "employee_id": people.of(rows).loc[known.index],
            "standing": code,
            "since": values.iso(until),
        }
    )
    later = known["since"] < until
    begun = told.assign(since=values.iso(known["since"]), standing=ACTIVE)[code.notna() & later]
    news = (code != ACTIVE) | (known["stored"].fillna(ACTIVE) != ACTIVE) | ~later
    now = told[code.notna() & news]
    return [
        Draft.of("standings", each.index, {name: each[name] for name in STANDING})
        for each in (begun, now)
    ]


def _standing(text: str) -> str | None:
    if ACTIVE_WORDS.match(text):
        return ACTIVE
    return f"{int(text):02d}" if text.isdecimal() and len(text) < 3 else None


def grades(rows: Rows, people: People) -> Draft:
    """Return grades (*rw-golongan*)."""
    said = rows.said
    made = draft(rows, people, known_on=decreed(said["tmtGolongan"], said["skTanggal"]))
    _graded(made, said["golonganId"], said["golongan"])
    return made


def present_grades(rows: Rows, people: People) -> Draft:
    """Return the grades that *data-utama* tells."""
    said = rows.said
    told = {"employee_id": people.of(rows), "since": said["tmtGolAkhir"]}
    made = Draft.of("grades", said.index, told)
    _graded(made, said["golRuangAkhirId"], said["golRuangAkhir"])
    return made


def _graded(made: Draft, code: "pd.Series[str]", name: "pd.Series[str]") -> None:
    grade = first(coded(code, values.GRADES), coded(name, values.GRADE_NAMES))
    grade = first(grade, coded(code, values.GRADE_NAMES))
    made.keep("grade", grade, first(code, name), "11–45, I/a–IV/e, I–XVII")


def educations(rows: Rows, people: People) -> Draft:
    """Return educations (*rw-pendidikan*); what a name means is told by `mutasi.education`."""
    said = rows.said
    day = values.day_or_year(said["tglLulus"], said["tahunLulus"])
    made = draft(rows, people, graduated_on=day)
    _understood(made, said["pendidikanNama"], said["tkPendidikanId"])
    return made


def present_educations(rows: Rows, people: People) -> Draft:
    """Return the last education that *data-utama* tells."""
    said = rows.said
    nothing = pd.Series(None, said.index, dtype="str")
    told = {
        "employee_id": people.of(rows),
        "name": said["pendidikanTerakhirNama"],
        "graduated_on": values.day_or_year(nothing, said["tahunLulus"]),
    }
    made = Draft.of("educations", said.index, told)
    _understood(made, said["pendidikanTerakhirNama"], said["tkPendidikanTerakhirId"])
    return made


def _understood(made: Draft, name: "pd.Series[str]", level: "pd.Series[str]") -> None:
    known = understood(name, level)
    told = known["level"].fillna(known["said_level"])
    text = told.astype("object").map(str, na_action="ignore").astype("str")
    made.shown["field"] = known["field"].astype("str")
    made.keep("level", text, level, ", ".join(f"{each:02d}" for each in LEVELS))


def trainings(rows: Rows, people: People) -> Draft:
    """Return trainings: of leaders (*rw-diklat*), and all others (*rw-kursus*)."""
    said = rows.said
    if rows.resource.name == "rw-diklat":
        course = read(
            said["latihanStrukturalId"], lambda text: values.STRUCTURAL_COURSES.get(number(text))
        )
        day = values.day_or_year(first(said["tanggalSelesai"], said["tanggal"]), said["tahun"])
        kind = pd.Series("leadership", said.index, dtype="str")
        return draft(
            rows,
            people,
            title=first(said["latihanStrukturalNama"], course),
            kind=kind,
            completed_on=day,
        )
    day = first(said["tanggalSelesaiKursus"], said["tanggalKursus"])
    return draft(
        rows,
        people,
        title=first(said["namaKursus"], said["jenisKursusNama"]),
        kind=read(
            said["jenisDiklatId"].fillna("0"),
            lambda text: values.COURSES.get(number(text), "other"),
        ),
        completed_on=values.day_or_year(day, said["tahunKursus"]),
    )


def assessed(rows: Rows, people: People) -> Draft:
    """Return what was measured on a day: competence, potential, index of professionality."""
    said = rows.said
    day = values.day_or_year(said["tanggal"], said["tahun"])
    dated = next(name for name, key in rows.resource.feeds.items() if key == "tanggal")
    return draft(rows, people, **{dated: day})


def awards(rows: Rows, people: People) -> Draft:
    """Return awards (*rw-penghargaan*)."""
    said = rows.said
    return draft(rows, people, awarded_on=values.day_or_year(said["skDate"], said["tahun"]))


def credits_(rows: Rows, people: People) -> Draft:
    """Return credit points (*rw-angkakredit*); the sum where the total is not told."""
    said = rows.said
    parts = said[["kreditUtamaBaru", "kreditPenunjangBaru"]]
    numbers = parts.replace(",", ".", regex=True).apply(pd.to_numeric, errors="coerce")
    summed = numbers.sum(axis=1, min_count=1)
    shown = summed.astype("object").map(str, na_action="ignore").astype("str")
    made = draft(rows, people, points=said["kreditBaruTotal"].fillna(shown))
    for key in parts:
        unread = said["kreditBaruTotal"].isna() & parts[key].notna() & numbers[key].isna()
        made.blame(unread, str(key), "not_a_number")
    return made


def sanctions(rows: Rows, people: People) -> Draft:
    """Return sanctions (*rw-hukdis*); cancelled ones do not count.

    The last day, where it is not told, follows from how long it was for, or else from
    how long its kind lasts.
    """
    said = rows.said
    kind = read(said["jenisHukuman"], number)
    start = values.days(first(said["hukumanTanggal"], said["skTanggal"]))
    told = _whole(said["masaTahun"]) * 12 + _whole(said["masaBulan"])
    usual = pd.to_numeric(coded(kind, values.MONTHS_OF_SANCTION), errors="coerce")
    months = told.where(told > 0, usual)
    end = first(
        said["akhirHukumTanggal"].mask(values.is_nothing(said["akhirHukumTanggal"])),
        values.iso(_after(start, months)),
    )
    made = draft(
        rows,
        people,
        decided_on=first(said["hukumanTanggal"], said["skTanggal"]),
        ended_on=end,
        severity=first(
            said["jenisTingkatHukumanId"], coded(kind, values.SANCTIONS), said["jenisHukuman"]
        ),
        known_on=decreed(said["hukumanTanggal"], said["skTanggal"]),
    )
    for key in ("masaTahun", "masaBulan"):
        unread = said[key].notna() & pd.to_numeric(said[key], errors="coerce").isna()
        made.blame(unread, key, "not_a_number")
    cancelled = said["skPembatalanNomor"].notna() | values.days(said["skPembatalanTanggal"]).notna()
    made.blame(cancelled, "", "cancelled_at_source")
    return made


def _whole(said: "pd.Series[str]") -> "pd.Series[float]":
    return pd.to_numeric(said, errors="coerce").fillna(0).clip(0, 600).round()


def _after(
    start: "pd.Series[pd.Timestamp]", months: "pd.Series[float]"
) -> "pd.Series[pd.Timestamp]":
    """Return the last day of so many months; the first day itself if there are none."""
    counted = months.fillna(0).to_numpy().astype("timedelta64[M]")
    begun = start.to_numpy().astype("datetime64[D]")
    month = begun.astype("datetime64[M]")
    longest = (month + counted + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    same_day = (month + counted).astype("datetime64[D]") + (begun - month.astype("datetime64[D]"))
    end = pd.Series(np.minimum(same_day, longest), start.index)
    end = end.where(months.isna() | (months == 0), end - np.timedelta64(1, "D"))
    return end.where(months.notna())
