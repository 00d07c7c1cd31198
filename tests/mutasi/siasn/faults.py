"""Spoils an export of SIASN by seed, and keeps a ledger of what was done to it.

It knows what SIASN writes, and nothing of what reads it.  What is *harmless* says the
same in other words, and must change nothing that is stored.  What is *harmful* is a row
more, which must be told and not be taken; the good rows stay as they were.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

Row = dict[str, Any]

EMPTY = (None, "", "-", "01-01-0001", "0000-00-00", "00-00-0000")
"""What stands for no day."""

LOST = "1.98E+17"
"""What a spreadsheet makes of a NIP."""


PERSONAL = (
    "nik", "agama", "agamaId", "email", "emailGov", "alamat", "noHp", "noTelp", "noNpwp", "bpjs",
    "tempatLahir", "jenisKawinId", "statusPerkawinan", "jumlahAnak", "karis_karsu", "path",
)  # fmt: skip
"""Fields of people that nobody who places them needs."""


@dataclass(frozen=True)
class Planted:
    """A fault that was planted.

    Attributes:
        fault: Which one.
        file: Where.
        row: Number of the row in the file, from 1; 0 if the whole file is spoilt.
        reason: The reason code that it must be told with; empty if it is harmless.
    """

    fault: str
    file: str
    row: int
    reason: str


@dataclass
class Export:
    """The lists of an export while they are spoilt.

    Attributes:
        lists: Rows by resource.
        rng: Source of chance.
        planted: What was planted: fault, resource, row (none for the list), reason.
    """

    lists: dict[str, list[Any]]
    rng: np.random.Generator
    planted: list[tuple[str, str, Any, str]] = field(default_factory=list)

    def some(self, name: str, count: int = 3) -> list[Row]:
        """Return some good rows of a list."""
        spoilt = {id(row) for _, _, row, reason in self.planted if reason}
        good = [row for row in self.lists[name] if id(row) not in spoilt]
        places = self.rng.choice(len(good), size=min(count, len(good)), replace=False)
        return [good[place] for place in sorted(places)]

    def more(self, fault: str, name: str, row: Any, reason: str, after: Any = None) -> None:
        """Put a bad row somewhere into a list, or somewhere after one of its rows."""
        rows = self.lists[name]
        least = 0 if after is None else next(i for i, r in enumerate(rows) if r is after) + 1
        rows.insert(int(self.rng.integers(least, len(rows) + 1)), row)
        self.planted.append((fault, name, row, reason))

    def changed(self, fault: str, name: str, row: Row, **values: Any) -> None:
        """Say the same in a row in other words."""
        row.update(values)
        self.planted.append((fault, name, row, ""))

    def ledger(self) -> list[Planted]:
        """Return what was planted, with the numbers that the rows have in the end."""
        number = {
            (name, id(row)): place
            for name, rows in self.lists.items()
            for place, row in enumerate(rows, start=1)
        }
        return [
            Planted(fault, f"{name}.json", number.get((name, id(row)), 0), reason)
            for fault, name, row, reason in self.planted
        ]


Fault = Callable[[Export], None]


# -------------------------------------------------------------- the same, otherwise


def days_in_four_shapes(export: Export) -> None:
    """Days are written as ISO, with slashes, as instants, and day first."""
    fields = {
        "rw-jabatan": ("tmtJabatan", "tanggalSk"),
        "rw-pendidikan": ("tglLulus",),
        "rw-kursus": ("tanggalSelesaiKursus",),
        "data-utama": ("tglLahir", "tmtCpns"),
    }
    for name, keys in fields.items():
        for row in export.some(name, 12):
            for key in keys:
                if row[key] is not None:
                    day, month, year = row[key].split("-")
                    shapes = (
                        f"{year}-{month}-{day}",
                        f"{day}/{month}/{year}",
                        f"{year}-{month}-{day}T00:00:00Z",
                        f"{year}-{month}-{day} 00:00:00",
                    )
                    shape = shapes[export.rng.integers(len(shapes))]
                    export.changed("days in four shapes", name, row, **{key: shape})


def six_empty_values(export: Export) -> None:
    """No day is written in six ways."""
    for place, row in enumerate(export.some("rw-hukdis", 12)):
        empty = EMPTY[place % len(EMPTY)]
        export.changed("six empty values", "rw-hukdis", row, skPembatalanTanggal=empty)
    for place, row in enumerate(export.some("rw-jabatan", 12)):
        export.changed("six empty values", "rw-jabatan", row, deletedAt=EMPTY[place % len(EMPTY)])


def keys_in_other_cases(export: Export) -> None:
    """Keys are in capitals, in small letters, or joined by lines."""
    for name in ("rw-golongan", "rw-skp22", "rw-jabatan", "rw-pendidikan"):
        for row in export.some(name, 9):
            style = export.rng.integers(3)
            said = {_styled(key, int(style)): value for key, value in row.items()}
            row.clear()
            export.changed("keys in other cases", name, row, **said)


def _styled(key: str, style: int) -> str:
    if style == 0:
        return key.upper()
    if style == 1:
        return key.lower()
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in key)


def numbers_in_other_words(export: Export) -> None:
    """Numbers are numbers, have decimal commas, or blanks around them."""
    for row in export.some("rw-skp", 9):
        for key in ("nilaiSkp", "nilaiPrestasiKerja"):
            number = row[key]
            said = (float(number), number.replace(".", ","), f" {number} ")
            export.changed(
                "numbers in other words", "rw-skp", row, **{key: said[export.rng.integers(3)]}
            )
    for row in export.some("rw-skp22", 9):
        export.changed("numbers in other words", "rw-skp22", row, tahun=int(row["tahun"]))


def words_of_judgement(export: Export) -> None:
    """Ratings come in words only, with their misspellings."""
    for row in export.some("rw-skp22", 9):
        spelt = row["hasilKinerja"].replace("EKSPEKTASI", "ESPEKTASI").title()
        export.changed("words of judgement", "rw-skp22", row, hasilKinerja=spelt)
        export.changed("words of judgement", "rw-skp22", row, hasilKinerjaNilai=None)


def numbers_of_people_with_marks(export: Export) -> None:
    """NIPs have blanks, dots, or an apostrophe before them."""
    for name in ("rw-golongan", "rw-jabatan", "data-utama"):
        for row in export.some(name, 6):
            nip = row["nipBaru"]
            said = (f"'{nip}", f"{nip[:8]} {nip[8:14]} {nip[14:15]} {nip[15:]}", f" {nip}")
            export.changed(
                "NIPs with marks", name, row, nipBaru=said[int(export.rng.integers(len(said)))]
            )


HARMLESS: tuple[Fault, ...] = (
    days_in_four_shapes,
    six_empty_values,
    numbers_in_other_words,
    words_of_judgement,
    numbers_of_people_with_marks,
    keys_in_other_cases,  # the last one, for the others look for keys
)


# ------------------------------------------------------------------------- bad rows


def repeated_rows(export: Export) -> None:
    """A row stands there twice, under another id of its own."""
    for name in ("rw-jabatan", "rw-golongan", "rw-pendidikan", "data-utama", "ref-unor"):
        for row in export.some(name):
            again = {**row} if name in ("data-utama", "ref-unor") else {**row, "id": "F" * 32}
            export.more("repeated", name, again, "repeated", after=row)


def contradictions(export: Export) -> None:
    """A second row of the same key says something else."""
    for row in export.some("data-utama"):
        other = {**row, "nama": "Seseorang Lain"}
        export.more("NIP twice", "data-utama", other, "duplicate", after=row)


def deleted_rows(export: Export) -> None:
    """A row was deleted at the source."""
    for name, day in (("rw-jabatan", "tmtJabatan"), ("rw-golongan", "tmtGolongan")):
        for row in export.some(name):
            gone = {**row, day: "2015-06-07", "deletedAt": "2022-01-01T10:11:12Z"}
            export.more("deletedAt", name, gone, "deleted_at_source")


def cancelled_sanctions(export: Export) -> None:
    """A sanction was lifted."""
    for row in export.some("rw-hukdis"):
        day = {"hukumanTanggal": "05-06-2017", "skTanggal": "05-06-2017"}
        lifted = {**row, **day, "skPembatalanNomor": "9", "skPembatalanTanggal": "01-02-2018"}
        export.more("cancelled", "rw-hukdis", lifted, "cancelled_at_source")


def impossible_days(export: Export) -> None:
    """A day is not in any calendar."""
    for row, day in zip(
        export.some("rw-golongan", 4),
        ("31-02-2020", "2020-13-01", "1 Januari", "00-05-2011"),
        strict=True,
    ):
        export.more("impossible day", "rw-golongan", {**row, "tmtGolongan": day}, "not_a_date")


def days_to_come(export: Export) -> None:
    """A day is far beyond the export."""
    for row in export.some("rw-golongan"):
        late = {**row, "tmtGolongan": "2199-04-01T00:00:00Z"}
        export.more("future", "rw-golongan", late, "out_of_bounds")
    for row in export.some("rw-jabatan"):
        late = {**row, "tmtJabatan": "01-01-2199", "tanggalSk": "01-01-2199"}
        export.more("future", "rw-jabatan", late, "out_of_bounds")


def numbers_with_junk(export: Export) -> None:
    """A number has a letter in it, or is out of all bounds."""
    for row in export.some("rw-skp"):
        junk = {**row, "tahun": "2O17"}
        export.more("junk", "rw-skp", junk, "not_a_number")
    for row in export.some("rw-skp"):
        much = {**row, "tahun": "2011", "nilaiSkp": "887", "nilaiPrestasiKerja": "887"}
        export.more("out of bounds", "rw-skp", much, "out_of_bounds")


def lost_digits(export: Export) -> None:
    """A spreadsheet rounded the NIP."""
    for name in ("data-utama", "rw-golongan", "rw-jabatan"):
        for row in export.some(name):
            known = {"id": "E" * 32} if name == "data-utama" else {"idPns": None}
            export.more(
                "NIP from a spreadsheet",
                name,
                {**row, **known, "nipBaru": LOST},
                "nip_lost_digits",
            )


def strangers(export: Export) -> None:
    """A row is about somebody whom the export does not know."""
    for row in export.some("rw-golongan"):
        stranger = {**row, "nipBaru": "197001012000011999", "idPns": "D" * 32}
        export.more("stranger", "rw-golongan", stranger, "unknown_reference")
    for row in export.some("rw-hukdis"):
        stranger = {**row, "pnsOrang": "C" * 32}
        export.more("stranger", "rw-hukdis", stranger, "unknown_person")


def unknown_codes(export: Export) -> None:
    """A code is in no list."""
    for row in export.some("rw-golongan"):
        odd = {**row, "golonganId": "77", "golongan": "VII/z", "tmtGolongan": "2001-01-01"}
        export.more("unknown code", "rw-golongan", odd, "unknown_code")
    for row in export.some("rw-hukdis"):
        odd = {**row, "jenisTingkatHukumanId": "X", "hukumanTanggal": "03-04-2011"}
        export.more("unknown code", "rw-hukdis", odd, "unknown_code")


def circles(export: Export) -> None:
    """Three units are above each other."""
    pattern = export.some("ref-unor", 1)[0]
    ids = ("RING-1", "RING-2", "RING-3")
    for own, above in zip(ids, (*ids[1:], ids[0]), strict=True):
        ring = {**pattern, "Id": own, "DiatasanId": above, "NamaUnor": f"Unit {own}"}
        ring |= {"NamaJabatan": None, "EselonId": None}
        export.more("cycle", "ref-unor", ring, "own_ancestor")


def second_parents(export: Export) -> None:
    """A unit stands below two others."""
    below = [row for row in export.some("ref-unor", 40) if row["DiatasanId"]]
    top = next(row["Id"] for row in export.lists["ref-unor"] if row["DiatasanId"] is None)
    for row in [row for row in below if row["DiatasanId"] != top][:3]:
        other = {**row, "DiatasanId": top}
        export.more("two parents", "ref-unor", other, "two_parents", after=row)


def no_records(export: Export) -> None:
    """Words, numbers or lists stand where a record is expected."""
    for thing in ("Data tidak ditemukan", 17, True):
        export.more("no record", "rw-kursus", _Thing(thing), "not_a_record")


class _Thing:
    """A value that is told from its equals."""

    def __init__(self, value: Any) -> None:
        self.value = value


HARMFUL: tuple[Fault, ...] = (
    repeated_rows,
    contradictions,
    deleted_rows,
    cancelled_sanctions,
    impossible_days,
    days_to_come,
    numbers_with_junk,
    lost_digits,
    strangers,
    unknown_codes,
    circles,
    second_parents,
    no_records,
)


def acting_posts(export: Export) -> list[Row]:
    """Add posts held for another; they are stored, and are no tenure."""
    added = []
    held = [row for row in export.some("rw-jabatan", 200) if row["jenisJabatan"] == "1"]
    for row, kind in zip(held, ("PLT", "PLH", "TT", "PJ"), strict=False):
        day = {"tmtJabatan": "03-02-2018", "tanggalSk": "01-02-2018", "tmtPelantikan": None}
        added.append({**row, **day, "jenisPenugasanId": kind, "id": f"{kind:F>32}"})
    export.lists["rw-jabatan"] += added
    return added


# ------------------------------------------------------------------------ the folder


def opened(folder: Path, seed: int) -> Export:
    """Return the lists of a folder to be spoilt."""
    lists = {
        path.stem: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")
    }
    return Export(dict(sorted(lists.items())), np.random.default_rng(seed))


def spoilt(folder: Path, to: Path, seed: int, faults: Iterable[Fault]) -> list[Planted]:
    """Write a spoilt copy of an export; return what was planted.

    Args:
        folder: An export with a list a file.
        to: Where the copy goes.
        seed: Same seed, same faults.
        faults: What to plant, in order.
    """
    export = opened(folder, seed)
    for fault in faults:
        fault(export)
    written(export, to)
    return export.ledger()


def written(export: Export, to: Path) -> None:
    """Write the lists of an export."""
    to.mkdir(parents=True, exist_ok=True)
    for name, rows in export.lists.items():
        plain = [row.value if isinstance(row, _Thing) else row for row in rows]
        (to / f"{name}.json").write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8")


# ------------------------------------------------------- the same rows, other files


def enveloped(rows: list[Any]) -> bytes:
    """Return a list as the service answers."""
    return json.dumps({"code": 1, "data": rows, "message": "success"}).encode()


def answers(rows: list[Any]) -> bytes:
    """Return a list as one answer after another, with an empty one between them."""
    halves = (rows[: len(rows) // 2], "Data tidak ditemukan", rows[len(rows) // 2 :])
    return b"\n".join(json.dumps({"code": 1, "data": data}).encode() for data in halves)


def marked(rows: list[Any]) -> bytes:
    """Return a list with the mark that Windows puts before UTF-8."""
    return b"\xef\xbb\xbf" + json.dumps(rows, ensure_ascii=False).encode()


def mixed_ends(rows: list[Any]) -> bytes:
    """Return a list whose lines end in all three ways."""
    lines = json.dumps(rows, indent=1).encode().split(b"\n")
    ends = (b"\r\n", b"\n", b"\r")
    return b"".join(line + ends[place % 3] for place, line in enumerate(lines))


def wide_signs(rows: list[Any]) -> bytes:
    """Return a list in UTF-16."""
    return json.dumps(rows, ensure_ascii=False).encode("utf-16")


REWRITTEN: Sequence[Callable[[list[Any]], bytes]] = (
    enveloped,
    answers,
    marked,
    mixed_ends,
    wide_signs,
)
"""Ways to write a list that say the same."""
