"""Who is among the first ten, counted against what chance would give."""

import numpy as np
import pytest

from pipelines.promotion.shares import Candidates, ratios


def vacancy(
    number: int, first: dict[str, int], others: dict[str, int]
) -> tuple[Candidates, list[str]]:
    """Return the candidates of one vacancy, so many of each group first and not first."""
    group = [name for part in (first, others) for name, count in part.items() for _ in range(count)]
    chosen = sum(first.values())
    is_first = np.arange(len(group)) < chosen
    return (
        Candidates(
            vacancy=np.full(len(group), number),
            day=np.full(len(group), np.datetime64("2023-01-01") + number),
            employee_id=np.array([f"{name}{row}" for row, name in enumerate(group)], dtype=object),
            is_first=is_first[:, None],
        ),
        group,
    )


def together(
    *parts: tuple[Candidates, list[str]],
) -> tuple[Candidates, "np.ndarray[tuple[int], np.dtype[np.object_]]"]:
    shown = [part for part, _ in parts]
    return (
        Candidates(
            vacancy=np.concatenate([one.vacancy for one in shown]),
            day=np.concatenate([one.day for one in shown]),
            employee_id=np.concatenate([one.employee_id for one in shown]),
            is_first=np.vstack([one.is_first for one in shown]),
        ),
        np.array([name for _, group in parts for name in group], dtype=object),
    )


def test_equal_shares_have_a_ratio_of_one() -> None:
    shown, group = together(
        *(vacancy(number, {"F": 5, "M": 5}, {"F": 15, "M": 15}) for number in range(8))
    )

    (found,) = ratios(shown, "sex", group)

    assert found.challenger.value == pytest.approx(1.0)
    assert found.champion is None


def test_a_group_that_is_chosen_half_as_often_has_a_ratio_of_a_half() -> None:
    shown, group = together(
        *(vacancy(number, {"F": 2, "M": 8}, {"F": 8, "M": 12}) for number in range(8))
    )

    (found,) = ratios(shown, "sex", group)

    assert (found.group, found.reference) == ("F", "M")
    assert found.challenger.value == pytest.approx((2 / 10) / (8 / 20))
    assert found.challenger.high == pytest.approx(found.challenger.value)


def test_being_eligible_where_many_are_is_no_disadvantage() -> None:
    """Chosen by lot in each: plain shares would say that men are chosen a sixth as often."""
    shown, group = together(
        *(vacancy(number, {"F": 8, "M": 2}, {"F": 4, "M": 1}) for number in range(4)),
        *(vacancy(number, {"F": 1, "M": 9}, {"F": 19, "M": 171}) for number in range(4, 8)),
    )
    rows = group == "M"
    plain = shown.is_first[rows].mean() / shown.is_first[~rows].mean()

    (found,) = ratios(shown, "sex", group)

    assert plain < 0.25
    assert found.challenger.value == pytest.approx(1.0)


def test_the_champion_is_held_to_the_same_groups_on_the_same_vacancies() -> None:
    shown, group = together(
        *(vacancy(number, {"F": 2, "M": 8}, {"F": 8, "M": 12}) for number in range(8))
    )
    reversed_choice = np.zeros(len(group), dtype=bool)
    for number in range(8):
        of_vacancy = np.flatnonzero(shown.vacancy == number)
        women = of_vacancy[group[of_vacancy] == "F"]
        men = of_vacancy[group[of_vacancy] == "M"]
        reversed_choice[np.concatenate([women[:5], men[:5]])] = True
    both = Candidates(
        shown.vacancy,
        shown.day,
        shown.employee_id,
        np.column_stack([shown.is_first[:, 0], reversed_choice]),
    )

    (found,) = ratios(both, "sex", group)

    assert found.challenger.value == pytest.approx(0.5)
    assert found.champion is not None
    assert found.champion.value == pytest.approx((5 / 10) / (5 / 20))


def test_groups_of_few_people_are_not_told_of() -> None:
    shown, group = together(
        *(vacancy(number, {"F": 1, "M": 9}, {"F": 4, "M": 20}) for number in range(3))
    )

    assert len({*shown.employee_id[group == "F"]}) < 10
    assert ratios(shown, "sex", group) == []


def test_who_is_on_record_with_no_group_is_left_out_of_the_groups() -> None:
    shown, group = together(
        *(vacancy(number, {"F": 5, "M": 5}, {"F": 15, "M": 15, "?": 20}) for number in range(8))
    )
    group[group == "?"] = None

    (found,) = ratios(shown, "sex", group)

    assert {found.group, found.reference} == {"F", "M"}
    assert found.challenger.value == pytest.approx(1.0)


def test_vacancies_of_one_day_give_no_interval() -> None:
    shown, group = together(vacancy(0, {"F": 5, "M": 5}, {"F": 15, "M": 15}))

    (found,) = ratios(shown, "sex", group)

    assert found.challenger.low is None


def test_without_vacancies_there_is_nothing_to_count() -> None:
    none = Candidates(
        np.zeros(0, dtype=np.int64),
        np.zeros(0, dtype="datetime64[D]"),
        np.zeros(0, dtype=object),
        np.zeros((0, 1), dtype=bool),
    )

    assert ratios(none, "sex", np.zeros(0, dtype=object)) == []
