"""Examples for the description of the interface; the people in them are invented."""

from datetime import UTC, date, datetime

from mutasi.rules import Severity
from mutasi.vocabulary import PositionKind
from mutasi.workflow.applications import Act, State
from mutasi.workflow.reasons import Grounds
from serving.applications.schemas import Application, Applications, Event, Kept, Preferences
from serving.nouns import Finding

APPLICATION_ID = "7d1f0b2c9e3a4d5f6a7b8c9d"
AT = datetime(2026, 4, 1, 2, 15, tzinfo=UTC)

APPLICATION = Application(
    application_id=APPLICATION_ID,
    version=1,
    state=State.SUBMITTED,
    state_name="diajukan",
    nip="198505172010012001",
    name="Pegawai Contoh",
    position_id="PKM-1.PRWT-MU",
    title="Perawat Ahli Muda",
    unit_name="Puskesmas Satu",
    reason=Grounds.DISTANCE,
    is_eligible=True,
    findings=[
        Finding(
            rule="near_retirement",
            label="Mendekati pensiun",
            severity=Severity.WARNS,
            basis="PP 11/2017",
            sentence="Pensiun dalam 30 bulan",
            clears_on=date(2028, 10, 1),
            is_unknown=False,
        )
    ],
    events=[
        Event(
            version=1,
            act=Act.SUBMIT,
            name="mengajukan",
            state=State.SUBMITTED,
            dated_on=date(2026, 4, 1),
            at=AT,
            actor="account:5f1d0c9b7a3e2d4c",
        )
    ],
)
APPLICATIONS = Applications(applications=[APPLICATION])
KEPT = Kept(
    nip="198505172010012001",
    version=1,
    preferences=Preferences(units=("PKM-1",), kinds=(PositionKind.FUNCTIONAL,)),
    changed_at=AT,
)
