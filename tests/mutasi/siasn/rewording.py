"""The same export in other words: each kind that SIASN and agencies are known for."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from tests.mutasi.siasn.spoiling import Export, Fault

EMPTY = (None, "", "-", "01-01-0001", "0000-00-00", "00-00-0000")
"""What stands for no day."""


# -------------------------------------------------------------------------- row by row


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


# ----------------------------------------------------------------------- file by file


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
