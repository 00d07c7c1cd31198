"""Bad rows for an export of SIASN, each with the reason that it must be told with."""

from tests.mutasi.siasn.spoiling import Export, Fault, Row, Thing

LOST = "1.98E+17"
"""What a spreadsheet makes of a NIP."""


PERSONAL = (
    "nik", "agama", "agamaId", "email", "emailGov", "alamat", "noHp", "noTelp", "noNpwp", "bpjs",
    "tempatLahir", "jenisKawinId", "statusPerkawinan", "jumlahAnak", "karis_karsu", "path",
)  # fmt: skip
"""Fields of people that nobody who places them needs."""


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
        ring |= {"NamaJabatan": f"Kepala Unit {own}", "EselonId": "42"}
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
        export.more("no record", "rw-kursus", Thing(thing), "not_a_record")


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
