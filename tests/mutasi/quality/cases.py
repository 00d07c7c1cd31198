"""A small region without a fault, and for each check one way to spoil it."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date
from functools import cache
from typing import Any

from mutasi.snapshot import Snapshot
from mutasi.vocabulary import COMPETENCIES
from tests.records import snapshot

SITI, BUDI, WATI = "198505172010012001", "197901022005011002", "199003032023212003"
AS_OF = date(2025, 6, 1)

Row = dict[str, Any]
Tables = dict[str, list[Row]]
Spoil = Callable[[Tables], None]

STANDARD: Row = dict.fromkeys(COMPETENCIES, 2)


def sound() -> Tables:
    """Return three people, three units and four posts, of which nothing is to be said."""
    people = {SITI: date(2010, 1, 1), BUDI: date(2005, 1, 1), WATI: date(2023, 5, 1)}
    return {
        "units": [
            _unit("KAB", "Pemerintah Kabupaten", None, "secretariat", -7.30),
            _unit("DINKES", "Dinas Kesehatan", "KAB", "health", -7.31),
            _unit("PKM", "Puskesmas Satu", "DINKES", "health", -7.35),
        ],
        "positions": [
            _post("KASI", "DINKES", "Kepala Seksi Gizi", "STRUKTURAL", "IV.a", 3, (11, 12), 58),
            _post("PMU", "PKM", "Perawat Ahli Muda", "FUNGSIONAL", "MU", 3, (11, 12), 58),
            _post("PPT", "PKM", "Perawat Ahli Pertama", "FUNGSIONAL", "PT", 2, (9, 10), 58),
            _post("OLD", "PKM", "Juru Rawat", "PELAKSANA", None, 1, (5, 10), 58)
            | {"closed_on": date(2021, 1, 1)},
        ],
        "needs": [
            {"position_id": name, "since": date(2024, 1, 1), "needed": needed}
            for name, needed in (("KASI", 1), ("PMU", 2), ("PPT", 1), ("OLD", 0))
        ],
        "employees": [
            _person(SITI, "Siti Anu", "PNS", date(1985, 5, 17), "F", people[SITI]),
            _person(BUDI, "Budi Anu", "PNS", date(1979, 1, 2), "M", people[BUDI]),
            _person(WATI, "Wati Anu", "PPPK", date(1990, 3, 3), "F", people[WATI]),
        ],
        "standings": [
            {"employee_id": name, "since": since, "standing": "01"}
            for name, since in people.items()
        ],
        "grades": [
            {"employee_id": SITI, "since": date(2010, 1, 1), "grade": 9},
            {"employee_id": SITI, "since": date(2018, 4, 1), "grade": 11},
            {"employee_id": BUDI, "since": date(2017, 4, 1), "grade": 11},
            {"employee_id": WATI, "since": date(2023, 5, 1), "grade": 9},
        ],
        "residences": [
            {"employee_id": name, "since": since, "latitude": -7.33, "longitude": 109.8}
            | {"place": "Sidowangi"}
            for name, since in people.items()
        ],
        "postings": [
            _posting(SITI, "PPT", date(2010, 1, 1), date(2019, 12, 31)),
            _posting(SITI, "KASI", date(2020, 1, 1)),
            _posting(BUDI, "PMU", date(2005, 1, 1)),
            _posting(WATI, "PPT", date(2023, 5, 1)),
            _posting(BUDI, "KASI", date(2019, 1, 1), date(2019, 3, 31)) | {"assignment": "PLT"},
        ],
        "appraisals": [
            *(
                {"employee_id": SITI, "year": year, "score": 80.0, "predicate": 2, "rater": "R1"}
                for year in (2019, 2020, 2021)
            ),
            *(_quadrant(name, year) for name in (SITI, BUDI) for year in (2022, 2023, 2024)),
            _quadrant(WATI, 2024),
        ],
        "reviews": [
            {"employee_id": SITI, "started_on": date(2024, 1, 1), "ended_on": date(2024, 3, 31)}
            | {"results": 2, "behaviour": 1, "predicate": 2}
        ],
        "educations": [
            {"employee_id": name, "level": 40, "field": "health", "name": "S-1 KEPERAWATAN"}
            | {"graduated_on": graduated}
            for name, graduated in (
                (SITI, date(2008, 8, 1)),
                (BUDI, date(2003, 8, 1)),
                (WATI, date(2014, 8, 1)),
            )
        ],
        "assessments": [
            {"employee_id": name, "assessed_on": date(2024, 2, 1)} | STANDARD for name in people
        ],
        "sanctions": [
            {"employee_id": BUDI, "decided_on": date(2015, 1, 1), "ended_on": date(2015, 12, 31)}
        ],
        "offers": [
            {"offer_id": "O1", "employee_id": BUDI, "position_id": "KASI"}
            | {"offered_on": date(2019, 11, 1), "answer": "refused"}
            | {"answered_on": date(2019, 11, 9)}
        ],
    }


def spoilt(*spoils: Spoil) -> Snapshot:
    """Return the region after it was spoilt."""
    tables = deepcopy(sound())
    for spoil in spoils:
        spoil(tables)
    return snapshot(AS_OF, **tables)


def changed(table: str, row: int, **fields: Any) -> Spoil:
    """Return the spoiling of fields of a row."""
    return lambda tables: tables[table][row].update(fields)


def added(table: str, **fields: Any) -> Spoil:
    """Return the spoiling by a row too many."""
    return lambda tables: tables[table].append(fields)


def removed(table: str, **fields: Any) -> Spoil:
    """Return the spoiling by rows that are missing: those with these values."""

    def spoil(tables: Tables) -> None:
        tables[table] = [
            row for row in tables[table] if any(row[name] != fields[name] for name in fields)
        ]

    return spoil


def _unit(name: str, title: str, above: str | None, function: str, latitude: float) -> Row:
    place = {"latitude": latitude, "longitude": 109.8, "place": "Sidowangi"}
    return {"unit_id": name, "name": title, "parent_id": above, "function": function} | place


def _post(
    name: str,
    unit: str,
    title: str,
    kind: str,
    rung: str | None,
    level: int,
    grades: tuple[int, int],
    retirement: int,
) -> Row:
    return {
        "position_id": name,
        "unit_id": unit,
        "title": title,
        "kind": kind,
        "rung": rung,
        "level": level,
        "lowest_grade": grades[0],
        "highest_grade": grades[1],
        "minimum_education": 30,
        "retirement_age": retirement,
    } | STANDARD


def _person(number: str, name: str, kind: str, born: date, sex: str, appointed: date) -> Row:
    facts = {"employee_id": number, "name": name, "kind": kind, "born_on": born}
    return facts | {"sex": sex, "appointed_on": appointed}


def _posting(number: str, post: str, started: date, ended: date | None = None) -> Row:
    return {"employee_id": number, "position_id": post, "started_on": started, "ended_on": ended}


def _quadrant(number: str, year: int) -> Row:
    rated = {"results": 2, "behaviour": 2, "predicate": 2, "rater": "R1"}
    return {"employee_id": number, "year": year, "scheme": "skp_2022"} | rated


CASES: Mapping[str, tuple[Spoil | tuple[Spoil, ...], set[str]]] = {
    "name_recorded": (changed("employees", 0, name=None), {SITI}),
    "kind_recorded": (changed("employees", 0, kind=None), {SITI}),
    "birth_recorded": (changed("employees", 0, born_on=None), {SITI}),
    "birth_as_in_number": (changed("employees", 0, born_on=date(1985, 5, 18)), {SITI}),
    "appointment_as_in_number": (changed("employees", 0, appointed_on=date(2010, 2, 1)), {SITI}),
    "sex_as_in_number": (changed("employees", 1, sex="F"), {BUDI}),
    "kind_as_in_number": (changed("employees", 2, kind="PNS"), {WATI}),
    "grown_up_at_appointment": (changed("employees", 0, born_on=date(1993, 1, 2)), {SITI}),
    "one_number_a_person": (
        changed("employees", 1, name="SITI ANU", born_on=date(1985, 5, 17), sex="F"),
        {SITI, BUDI},
    ),
    "standing_recorded": (removed("standings", employee_id=SITI), {SITI}),
    "grade_recorded": (removed("grades", employee_id=SITI), {SITI}),
    "post_recorded": (removed("postings", employee_id=SITI), {SITI}),
    "career_from_its_beginning": (
        changed("postings", 2, started_on=date(2006, 2, 1)),
        {BUDI},
    ),
    "retired_on_time": (changed("employees", 1, born_on=date(1967, 4, 30)), {BUDI}),
    "post_left_with_service": (
        changed("standings", 0, standing="99", since=date(2025, 1, 1)),
        {f"{SITI} · KASI · 2020-01-01"},
    ),
    "one_post_at_a_time": (
        changed("postings", 0, ended_on=date(2020, 1, 1)),
        {f"{SITI} · PPT · 2010-01-01"},
    ),
    "posting_after_appointment": (
        changed("postings", 2, started_on=date(2004, 12, 31)),
        {f"{BUDI} · PMU · 2004-12-31"},
    ),
    "posting_not_far_ahead": (
        added(
            "postings",
            employee_id=SITI,
            position_id="PMU",
            started_on=date(2052, 1, 1),
            known_on=date(2025, 1, 1),
        ),
        {f"{SITI} · PMU · 2052-01-01"},
    ),
    "post_not_closed": (
        changed("postings", 2, position_id="OLD"),
        {f"{BUDI} · OLD · 2005-01-01"},
    ),
    "acting_post_ends": (
        changed("postings", 4, ended_on=None),
        {f"{BUDI} · KASI · 2019-01-01"},
    ),
    "no_contract_in_command": (
        changed("postings", 3, position_id="KASI"),
        {f"{WATI} · KASI · 2023-05-01"},
    ),
    "post_in_own_region": (changed("employees", 0, region="Q"), {SITI}),
    "grade_within_rung": (changed("grades", 1, grade=9), {SITI}),
    "grade_does_not_fall": (changed("grades", 0, grade=12), {f"{SITI} · 2018-04-01"}),
    "sanction_has_an_end": (changed("sanctions", 0, ended_on=None), {f"{BUDI} · 2015-01-01"}),
    "offer_answered": (changed("offers", 0, answer=None, answered_on=None), {"O1"}),
    "ever_appraised": (removed("appraisals", employee_id=BUDI), {BUDI}),
    "no_year_missing": (removed("appraisals", employee_id=SITI, year=2022), {SITI}),
    "latest_year_appraised": (removed("appraisals", employee_id=BUDI, year=2024), {BUDI}),
    "appraisal_says_something": (
        changed("appraisals", 3, results=None, behaviour=2, predicate=None),
        {f"{SITI} · 2022"},
    ),
    "ratings_behind_predicate": (changed("appraisals", 3, results=None), {f"{SITI} · 2022"}),
    "rater_recorded": (changed("appraisals", 3, rater=None), {f"{SITI} · 2022"}),
    "predicate_as_recomputed": (changed("appraisals", 3, behaviour=3), {f"{SITI} · 2022"}),
    "review_as_recomputed": (
        changed("reviews", 0, results=1),
        {f"{SITI} · 2024-01-01 · 2024-03-31"},
    ),
    "predicate_as_score": (changed("appraisals", 0, score=75.9), {f"{SITI} · 2019"}),
    "scheme_of_its_year": (changed("appraisals", 0, scheme="skp_2022"), {f"{SITI} · 2019"}),
    "appraised_in_service": (
        changed("appraisals", 0, year=2009),
        {f"{SITI} · 2009"},
    ),
    "education_recorded": (removed("educations", employee_id=SITI), {SITI}),
    "field_recorded": (changed("educations", 0, field=None), {f"{SITI} · 40 · 2008-08-01"}),
    "education_of_post": (changed("educations", 0, level=25), {SITI}),
    "grown_up_at_graduation": (
        changed("educations", 0, graduated_on=date(2004, 5, 16)),
        {f"{SITI} · 40 · 2004-05-16"},
    ),
    "graduation_has_been": (
        changed("educations", 0, graduated_on=date(2025, 6, 2), known_on=date(2025, 1, 1)),
        {f"{SITI} · 40 · 2025-06-02"},
    ),
    "competence_assessed": (removed("assessments", employee_id=SITI), {SITI}),
    "assessment_in_force": (changed("assessments", 0, assessed_on=date(2022, 6, 1)), {SITI}),
    "standard_recorded": (changed("positions", 1, **dict.fromkeys(COMPETENCIES)), {"PMU"}),
    "function_recorded": (changed("units", 2, function=None), {"PKM"}),
    "unit_located": (changed("units", 2, latitude=None), {"PKM"}),
    "unit_in_its_region": (changed("units", 2, latitude=109.8 - 90, longitude=-7.3), {"PKM"}),
    "home_located": (changed("residences", 0, latitude=None), {SITI}),
    "home_within_reach": (changed("residences", 0, latitude=-5.4), {SITI}),
    "level_recorded": (changed("positions", 1, level=None), {"PMU"}),
    "position_kind_recorded": (changed("positions", 1, kind=None), {"PMU"}),
    "minimum_education_recorded": (changed("positions", 1, minimum_education=None), {"PMU"}),
    "retirement_age_recorded": (changed("positions", 1, retirement_age=None), {"PMU"}),
    "grades_recorded": (
        changed("positions", 1, lowest_grade=None, highest_grade=None, rung=None),
        {"PMU"},
    ),
    "need_recorded": (removed("needs", position_id="PMU"), {"PMU"}),
    "need_in_force": (changed("needs", 1, since=date(2020, 5, 1)), {"PMU"}),
    "no_need_of_closed_post": (changed("needs", 3, needed=1), {"OLD"}),
    "one_holder_of_command": (changed("postings", 2, position_id="KASI"), {"KASI"}),
    "holders_near_need": (
        (
            changed("needs", 1, needed=0),
            changed("postings", 1, position_id="PMU"),
            changed("postings", 3, position_id="PMU"),
        ),
        {"PMU"},
    ),
    "level_of_rung": (changed("positions", 1, level=2), {"PMU"}),
    "rung_of_title": (changed("positions", 1, title="Perawat Ahli Madya"), {"PMU"}),
    "retirement_age_of_title": (changed("positions", 1, retirement_age=60), {"PMU"}),
    "one_row_a_post": (changed("positions", 2, title="PERAWAT AHLI MUDA"), {"PMU", "PPT"}),
    "one_tree": (changed("units", 2, parent_id=None), {"PKM"}),
    "no_circle": (changed("units", 1, parent_id="PKM"), {"DINKES", "PKM"}),
}
"""For each check what to spoil, and the keys of the rows that it must then find."""


@cache
def region_of(check: str) -> Snapshot:
    """Return the region spoilt so that a check finds something."""
    spoils = CASES[check][0]
    return spoilt(*(spoils if isinstance(spoils, tuple) else (spoils,)))
