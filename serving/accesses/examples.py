"""Examples for the description of the interface; the people in them are invented."""

from datetime import UTC, datetime

from mutasi.authority import Role
from mutasi.store.accesses import Asker
from mutasi.store.trail import Action, Kind
from serving.accesses.schemas import Access, Accesses

NIP = "199003032015032003"

ACCESSES = Accesses(
    accesses=[
        Access(
            at=datetime(2026, 3, 30, 2, 15, tzinfo=UTC),
            asker=Asker.ACCOUNT,
            asker_name="kepala unit, Puskesmas Satu",
            roles=[Role.UNIT_HEAD],
            unit_name="Puskesmas Satu",
            actor="account:9f2c41d07be63a58",
            is_own=False,
            kind=Kind.EMPLOYEE,
            action=Action.READ,
            what="melihat data pegawai ini",
        ),
        Access(
            at=datetime(2026, 3, 27, 8, 2, tzinfo=UTC),
            asker=Asker.CLIENT,
            asker_name="sistem simpeg",
            roles=[],
            actor="client:simpeg",
            is_own=False,
            kind=Kind.RECEIPT,
            action=Action.RECOMMEND,
            what="meminta rekomendasi yang memuat pegawai ini",
            object_id="5b0c1f6e9a3d4c7f8e21d0aa",
        ),
    ],
    next_cursor="4711",
)
