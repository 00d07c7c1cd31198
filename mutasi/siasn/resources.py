"""The resources of SIASN: which keys are read of each, under whatever spelling.

Only keys that are named here are read.  All others, among them NIK, religion, phone,
address, e-mail, NPWP, BPJS and the family's names, are dropped at the door.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Keys = Mapping[str, tuple[str, ...]]

PERSON: Keys = MappingProxyType(
    {
        "nipBaru": ("nip",),
        "idPns": ("pns", "pnsOrang", "pnsOrangId", "pnsId", "pnsDinilaiId"),
    }
)
"""Whose row it is: by number, or by SIASN's own id, which *data-utama* explains."""

DAY_OF_ASSESSMENT = ("tanggal", "tanggalPenilaian", "tglPenilaian", "tanggalAsesmen")


@dataclass(frozen=True)
class Resource:
    """A resource of SIASN.

    Attributes:
        name: As in the service's paths and in the names of files.
        table: The table that its rows end in.
        keys: What is read, each with its other spellings; SIASN's own first.
        feeds: The key that a field of the table comes from first of all.
        others: Other names of the resource itself.
    """

    name: str
    table: str
    keys: Keys
    feeds: Mapping[str, str]
    others: tuple[str, ...] = field(default=())


def _keys(*plain: str, person: bool = True, **spelt: tuple[str, ...]) -> Keys:
    return {**(PERSON if person else {}), **dict.fromkeys(plain, ()), **spelt, "deletedAt": ()}


RESOURCES = (
    Resource(
        "ref-unor",
        "units",
        _keys(
            "InstansiId", "EselonId", "NamaUnor", "NamaJabatan", "DiatasanId", "Id", person=False
        ),
        feeds={
            "unit_id": "Id",
            "name": "NamaUnor",
            "region": "InstansiId",
            "parent_id": "DiatasanId",
        },
        others=("unor", "referensi-ref-unor"),
    ),
    Resource(
        "data-utama",
        "employees",
        {
            "nipBaru": ("nip",),
            "idPns": ("id", "pns_id"),
            **_keys(
                "nama",
                "jenisKelamin",
                "jenisPegawaiNama",
                "instansiIndukId",
                "instansiIndukNama",
                "instansiKerjaId",
                "instansiKerjaNama",
                "unorId",
                "unorNama",
                "unorIndukId",
                "unorIndukNama",
                "jabatanNama",
                "jabatanFungsionalId",
                "jabatanFungsionalNama",
                "jabatanFungsionalUmumId",
                "jabatanFungsionalUmumNama",
                "tmtJabatan",
                "eselonId",
                "eselon",
                "tahunLulus",
                "tmtCpns",
                person=False,
                jenisJabatanId=("jenisJabatan",),
                jabatanId=("jabatan_id",),
                tglLahir=("tanggal_lahir", "tanggalLahir"),
                statusPegawai=("status_cpns_pns",),
                kedudukanPnsId=("kedudukan_hukum_id",),
                lokasiKerja=("lokasi_kerja_nama",),
                golRuangAkhirId=("gol_akhir_id",),
                golRuangAkhir=("gol_akhir_nama",),
                tmtGolAkhir=("tmt_golongan",),
                tkPendidikanTerakhirId=("tingkat_pendidikan_id",),
                pendidikanTerakhirNama=("pendidikan_nama",),
                bupPensiun=("bup",),
                kelas_jabatan=(),
            ),
        },
        feeds={
            "employee_id": "nipBaru",
            "name": "nama",
            "region": "instansiIndukNama",
            "kind": "statusPegawai",
            "born_on": "tglLahir",
            "sex": "jenisKelamin",
            "appointed_on": "tmtCpns",
        },
        others=("pegawai",),
    ),
    Resource(
        "rw-jabatan",
        "postings",
        _keys(
            "jenisJabatan",
            "instansiKerjaId",
            "instansiKerjaNama",
            "unorId",
            "unorIndukId",
            "unorIndukNama",
            "eselonId",
            "eselon",
            "jabatanFungsionalId",
            "jabatanFungsionalNama",
            "jabatanFungsionalUmumId",
            "jabatanFungsionalUmumNama",
            "namaJabatan",
            "tmtJabatan",
            "tanggalSk",
            unorNama=("namaUnor",),
            jenisPenugasanId=("jenisPenugasan",),
        ),
        feeds={
            "employee_id": "nipBaru",
            "position_id": "unorId",
            "started_on": "tmtJabatan",
            "assignment": "jenisPenugasanId",
            "known_on": "tanggalSk",
        },
    ),
    Resource(
        "rw-pindahinstansi",
        "postings",
        _keys(
            "instansiKerjaBaru",
            "unorBaru",
            "jenisJabatanBaru",
            "jabatanFungsionalBaru",
            "jabatanFungsionalUmumBaru",
            "tmtPi",
        ),
        feeds={
            "employee_id": "idPns",
            "position_id": "unorBaru",
            "started_on": "tmtPi",
        },
    ),
    Resource(
        "rw-pnsunor",
        "postings",
        _keys("unorBaru", "namaUnorBaru", "skTanggal"),
        feeds={
            "employee_id": "idPns",
            "position_id": "unorBaru",
            "started_on": "skTanggal",
        },
    ),
    Resource(
        "rw-golongan",
        "grades",
        _keys("golonganId", "golongan", "tmtGolongan", "skTanggal"),
        feeds={
            "employee_id": "nipBaru",
            "since": "tmtGolongan",
            "grade": "golonganId",
            "known_on": "skTanggal",
        },
    ),
    Resource(
        "rw-pendidikan",
        "educations",
        _keys("pendidikanNama", "tkPendidikanId", "tahunLulus", "tglLulus"),
        feeds={
            "employee_id": "nipBaru",
            "level": "tkPendidikanId",
            "name": "pendidikanNama",
            "graduated_on": "tglLulus",
        },
    ),
    Resource(
        "rw-diklat",
        "trainings",
        _keys(
            "latihanStrukturalId",
            "latihanStrukturalNama",
            "tanggal",
            "tanggalSelesai",
            "tahun",
            "jumlahJam",
        ),
        feeds={
            "employee_id": "nipBaru",
            "title": "latihanStrukturalNama",
            "hours": "jumlahJam",
            "completed_on": "tanggalSelesai",
        },
    ),
    Resource(
        "rw-kursus",
        "trainings",
        _keys(
            "namaKursus",
            "jenisKursusNama",
            "jenisDiklatId",
            "tanggalKursus",
            "tanggalSelesaiKursus",
            "tahunKursus",
            "jumlahJam",
        ),
        feeds={
            "employee_id": "nipBaru",
            "title": "namaKursus",
            "kind": "jenisDiklatId",
            "hours": "jumlahJam",
            "completed_on": "tanggalSelesaiKursus",
        },
    ),
    Resource(
        "rw-skp",
        "appraisals",
        _keys(
            "tahun",
            "nilaiSkp",
            "nilaiPrestasiKerja",
            "nilaiIntegrasi",
            nipNrpPenilai=("penilaiNipNrp",),
        ),
        feeds={
            "employee_id": "idPns",
            "year": "tahun",
            "score": "nilaiPrestasiKerja",
            "rater": "nipNrpPenilai",
        },
    ),
    Resource(
        "rw-skp22",
        "appraisals",
        _keys(
            "tahun",
            "hasilKinerja",
            "hasilKinerjaNilai",
            "perilakuKerja",
            "perilakuKerjaNilai",
            "kuadranKinerja",
            "kuadranKinerjaNilai",
            "penilaiUnorNm",
            nipNrpPenilai=("penilaiNipNrp",),
        ),
        feeds={
            "employee_id": "idPns",
            "year": "tahun",
            "results": "hasilKinerjaNilai",
            "behaviour": "perilakuKerjaNilai",
            "predicate": "kuadranKinerjaNilai",
            "rater": "nipNrpPenilai",
        },
    ),
    Resource(
        "rw-kinerjaperiodik",
        "reviews",
        _keys(
            "tahun",
            "periodikId",
            "periodikNama",
            "hasilKinerja",
            "hasilKinerjaNilai",
            "perilakuKerja",
            "perilakuKerjaNilai",
            kuadranKinerja=("kuadranNilai",),
            kuadranKinerjaNilai=(),
            bulanMulaiPenilaian=("bulanMulaiPenailan", "bulanMulai"),
            bulanSelesaiPenilaian=("bulanSelesaiPenailan", "bulanSelesai"),
        ),
        feeds={
            "employee_id": "nipBaru",
            "started_on": "periodikNama",
            "ended_on": "periodikNama",
            "results": "hasilKinerjaNilai",
            "behaviour": "perilakuKerjaNilai",
            "predicate": "kuadranKinerjaNilai",
        },
    ),
    Resource(
        "rw-hukdis",
        "sanctions",
        _keys(
            "jenisHukuman",
            "jenisTingkatHukumanId",
            "hukumanTanggal",
            "skTanggal",
            "akhirHukumTanggal",
            "masaTahun",
            "masaBulan",
            "skPembatalanNomor",
            "skPembatalanTanggal",
        ),
        feeds={
            "employee_id": "idPns",
            "decided_on": "hukumanTanggal",
            "ended_on": "akhirHukumTanggal",
            "severity": "jenisTingkatHukumanId",
            "known_on": "skTanggal",
        },
    ),
    Resource(
        "rw-angkakredit",
        "credits",
        _keys("tanggalSk", "kreditBaruTotal", "kreditUtamaBaru", "kreditPenunjangBaru"),
        feeds={
            "employee_id": "idPns",
            "decided_on": "tanggalSk",
            "points": "kreditBaruTotal",
        },
    ),
    Resource(
        "rw-penghargaan",
        "awards",
        _keys("hargaNama", "skDate", "tahun"),
        feeds={
            "employee_id": "idPns",
            "title": "hargaNama",
            "awarded_on": "skDate",
        },
    ),
    Resource(
        "kompetensi",
        "assessments",
        _keys(
            "integritas",
            "kerjasama",
            "komunikasi",
            "orientasiPadaHasil",
            "pelayananPublik",
            "pengembanganDiriDanOrla",
            "mengelolaPerubahan",
            "pengambilanKeputusan",
            "perekatBangsa",
            "tahun",
            tanggal=DAY_OF_ASSESSMENT,
        ),
        feeds={
            "employee_id": "idPns",
            "assessed_on": "tanggal",
            "integrity": "integritas",
            "cooperation": "kerjasama",
            "communication": "komunikasi",
            "results": "orientasiPadaHasil",
            "service": "pelayananPublik",
            "development": "pengembanganDiriDanOrla",
            "change": "mengelolaPerubahan",
            "decisions": "pengambilanKeputusan",
            "cohesion": "perekatBangsa",
        },
        others=("rw-kompetensi",),
    ),
    Resource(
        "potensi",
        "potentials",
        _keys(
            "intelektual",
            "interpersonal",
            "kesadaranDiri",
            "berfikirKritis",
            "motivasiKomitmen",
            "total",
            "tahun",
            tanggal=DAY_OF_ASSESSMENT,
        ),
        feeds={
            "employee_id": "idPns",
            "assessed_on": "tanggal",
            "intellectual": "intelektual",
            "interpersonal": "interpersonal",
            "self_awareness": "kesadaranDiri",
            "critical_thinking": "berfikirKritis",
            "commitment": "motivasiKomitmen",
            "total": "total",
        },
        others=("rw-potensi",),
    ),
    Resource(
        "nilaiipasn",
        "merit_indices",
        _keys(
            "kualifikasi",
            "kompetensi",
            "kinerja",
            "disiplin",
            tanggal=("created_at", "createdAt", *DAY_OF_ASSESSMENT),
            tahun=(),
        ),
        feeds={
            "employee_id": "nipBaru",
            "measured_on": "tanggal",
            "qualification": "kualifikasi",
            "competence": "kompetensi",
            "performance": "kinerja",
            "discipline": "disiplin",
        },
        others=("ip-asn",),
    ),
)
"""Every resource that is read, parents before children."""

RESOURCE: Mapping[str, Resource] = {resource.name: resource for resource in RESOURCES}

NAMES: Mapping[str, Resource] = {
    name: resource for resource in RESOURCES for name in (resource.name, *resource.others)
}
"""Resources by every name that they go by."""


def plain(key: str) -> str:
    """Return a key as it is compared: without regard to case and to what joins its words.

    >>> plain("PerilakuKerjaNilai"), plain("NIP BARU"), plain("tmt_cpns")
    ('perilakukerjanilai', 'nipbaru', 'tmtcpns')
    """
    return re.sub(r"[\W_]+", "", key).casefold()


def spellings(resource: Resource) -> dict[str, str]:
    """Return the keys that are read of a resource, by every plain spelling."""
    return {
        plain(spelling): key for key, others in resource.keys.items() for spelling in (key, *others)
    }
