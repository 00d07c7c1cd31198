"""Traps of real records: each would make a ranking look better than it is."""

from pathlib import Path

import numpy as np

from pipelines.ias.questions import question
from pipelines.ias.reshuffles import DAYS, Reshuffle
from tests.pipelines.ias.made import STATE, career, known, row, written

ROWS = list[dict[str, str]]


def first_of(found: list[Reshuffle], year: int) -> Reshuffle:
    return next(each for each in found if str(each.opened_on).startswith(str(year)))


def asked(folder: Path, officers: ROWS, rows: ROWS, year: int = 2008) -> tuple[Reshuffle, bytes]:
    """Return the reshuffle of a year and its features."""
    facts, found = known(written(folder, rows, officers))
    reshuffle = first_of(found, year)
    return reshuffle, question(facts, reshuffle).matrix.tobytes()


def test_the_appointee_s_own_grade_in_the_new_post_changes_nothing(tmp_path: Path) -> None:
    officers, rows = career(range(2000, 2012))
    changed = [
        {**each, "designation_level": each["designation_level"].rsplit(" ", 2)[0] + " Secretary"}
        if each["period_from"].endswith("2008") and "Jt Secy" in each["designation_level"]
        else each
        for each in rows
    ]
    assert changed != rows

    assert asked(tmp_path / "a", officers, rows)[1] == asked(tmp_path / "b", officers, changed)[1]


def test_the_day_on_which_someone_begins_changes_nothing(tmp_path: Path) -> None:
    officers, rows = career(range(2000, 2012))
    reshuffle, before = asked(tmp_path / "a", officers, rows)
    late = reshuffle.employee_id[np.argmax(reshuffle.started_on)]
    opened = str(reshuffle.opened_on)
    moved = []
    for each in rows:
        begins = "-".join(reversed(each["period_from"].split("/")))
        if each["identity_no"] == late and begins.startswith("2008"):
            day = np.datetime64(opened) + np.timedelta64(DAYS - 1, "D")
            moved.append({**each, "period_from": str(day)})
        else:
            moved.append(each)

    again, after = asked(tmp_path / "b", officers, moved)

    assert sorted(again.employee_id) == sorted(reshuffle.employee_id)
    ranked = dict(zip(reshuffle.employee_id, range(len(reshuffle)), strict=True))
    assert late in ranked
    shape = (len(reshuffle), len(reshuffle), -1)
    order = [list(again.employee_id).index(who) for who in reshuffle.employee_id]
    first = np.frombuffer(before).reshape(shape, order="C")
    second = np.frombuffer(after).reshape(shape, order="C")
    np.testing.assert_array_equal(second[np.ix_(order, order)], first)


def test_what_happens_after_the_eve_changes_nothing(tmp_path: Path) -> None:
    officers, rows = career(range(2000, 2012))
    later = [row("O001", "01/06/2008", "", designation_level="Chairman Secretary")]
    cut = [each for each in rows if int(each["period_from"][-4:]) <= 2008]

    whole = asked(tmp_path / "a", officers, rows)[1]

    assert asked(tmp_path / "b", officers, [*rows, *later])[1] == whole
    assert asked(tmp_path / "c", officers, cut)[1] == whole


def test_a_reshuffle_lasts_thirty_days_and_counts_a_mover_once(tmp_path: Path) -> None:
    rows = [row(who, "01/03/2001", "", designation_level="Dy Secy Director") for who in "ABC"]
    rows += [
        row("A", "01/03/2005"),
        row("A", "20/03/2005", designation_level="Chairman Director"),
        row("B", "30/03/2005"),
        row("C", "31/03/2005"),
    ]

    _, found = known(written(tmp_path, rows))

    assert [sorted(each.employee_id) for each in found] == [["A", "B"], ["C"]]
    assert [each.region for each in found] == [STATE, STATE]


def test_who_never_held_a_post_is_no_mover(tmp_path: Path) -> None:
    rows = [row("A", "01/03/2001"), row("A", "01/03/2005", designation_level="Dy Secy Director")]

    _, found = known(written(tmp_path, [*rows, row("B", "01/03/2005")]))

    assert [list(each.employee_id) for each in found] == [["A"]]


def test_a_posting_outside_the_state_is_no_move_within_it(tmp_path: Path) -> None:
    rows = [
        row("A", "01/03/2001"),
        row("A", "01/03/2005", designation_level="Dy Secy Director", organisation="Centre"),
        row("A", "01/03/2007", designation_level="Jt Secy Director"),
    ]

    _, found = known(written(tmp_path, rows))

    assert [str(each.opened_on) for each in found] == ["2007-03-01"]
