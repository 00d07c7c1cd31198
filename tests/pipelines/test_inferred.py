"""Answers that nobody recorded: inferred at the import, told, and second to recorded ones."""

from pathlib import Path

import pytest

from mutasi.bundle.reading import Bundle
from mutasi.i18n import LANGUAGES, render
from mutasi.settings import Settings
from mutasi.simulation.region import Region
from mutasi.store import personnel, session
from pipelines.ingest import Imported, ingest

pytestmark = pytest.mark.usefixtures("either_database")


def taken_in(home: Path, region: Region, *left_out: str) -> Imported:
    frames = {name: frame for name, frame in region.frames.items() if name not in left_out}
    bundle = Bundle(frames, {name: len(frame) for name, frame in frames.items()})
    settings = Settings(home=home)
    return ingest(settings, home, lambda *_: bundle, lambda *_: None, language="id")


def evidence(home: Path) -> dict[str, int]:
    with session.reading(session.engine(Settings(home=home).database_url)) as work:
        offers = personnel.rows(work, "offers")
    return {str(code): count for code, count in offers["evidence"].value_counts().items()}


def test_returns_and_stays_are_stored_as_proxies_and_told(invented: Region, tmp_path: Path) -> None:
    frames = dict(invented.frames)
    frames["transfers"] = frames["transfers"].assign(offer_id=None)

    imported = taken_in(tmp_path, Region(**{**vars(invented), "frames": frames}), "offers")

    (remark,) = imported.remarks
    assert remark.code == "proxies"
    told = {"proxy_return": remark.values["returns"], "proxy_stay": remark.values["stays"]}
    assert {code: count for code, count in told.items() if count} == evidence(tmp_path)
    assert all(render("remark.proxies", language, **remark.values) for language in LANGUAGES)


def test_moves_with_a_recorded_answer_have_no_proxy(invented: Region, tmp_path: Path) -> None:
    taken_in(tmp_path, invented)

    with session.reading(session.engine(Settings(home=tmp_path).database_url)) as work:
        offers, transfers = (personnel.rows(work, name) for name in ("offers", "transfers"))
    asked = transfers.dropna(subset=["offer_id"])[["employee_id", "position_id", "decided_on"]]
    proxies = offers[offers["evidence"].notna()]
    both = proxies.merge(
        asked,
        left_on=["employee_id", "position_id", "offered_on"],
        right_on=["employee_id", "position_id", "decided_on"],
    )
    assert len(both) == 0


def test_a_proxy_goes_when_an_answer_is_recorded_later(invented: Region, tmp_path: Path) -> None:
    frames = dict(invented.frames)
    frames["transfers"] = frames["transfers"].assign(offer_id=None)
    taken_in(tmp_path, Region(**{**vars(invented), "frames": frames}), "offers")
    before = evidence(tmp_path)

    taken_in(tmp_path, invented)

    assert sum(before.values()) > sum(evidence(tmp_path).values())
    fresh = tmp_path / "fresh"
    taken_in(fresh, invented)
    assert evidence(tmp_path) == evidence(fresh)
