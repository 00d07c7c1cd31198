"""`mutasi bench hias`: the best placement of families, on invented files and the real ones."""

import json
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from pipelines.hias.measure import bench, best, one_by_one
from pipelines.hias.online import online, priced
from pipelines.hias.reading import Instance, read
from pipelines.hias.schema import Online, Resettlement
from tests.pipelines.conftest import Run
from tests.pipelines.hias.made import FILES, spoilt, written


def test_a_year_is_read_whatever_the_case_of_its_names(tmp_path: Path) -> None:
    folder = written(tmp_path)
    for path in list(folder.iterdir()):
        path.rename(folder / path.name.upper())

    instance = read(folder)

    assert instance.year == "FY17"
    assert instance.places == ("CA-Alpha", "NY-Old Beta", "FL-Gamma")
    assert instance.size.tolist() == [1, 2, 1]
    assert instance.capacity.tolist() == [2, 2, 2]
    assert instance.fits.tolist() == [
        [True, True, False],
        [True, True, False],
        [True, False, False],
    ]
    assert instance.unscored == ("FL-Gamma",)


def test_families_may_stand_in_another_order_in_each_file(tmp_path: Path) -> None:
    heading, *rows = FILES["FY17_size.csv"].splitlines()
    turned = "\n".join([heading, *reversed(rows)])

    assert read(written(tmp_path, size=turned)).size.tolist() == [1, 2, 1]


def test_families_go_whole_to_the_places_where_they_are_worth_most(tmp_path: Path) -> None:
    found = bench(written(tmp_path), draws=50)

    assert found.is_best
    assert found.gap == pytest.approx(0.0, abs=1e-9)
    assert found.plan.value.value == pytest.approx(3.7)
    assert found.ways["random"].share < found.ways["greedy"].share <= 1.0


def crowded(rng: np.random.Generator) -> Instance:
    """Return a few families for fewer seats."""
    families, places = int(rng.integers(2, 7)), 3
    return Instance(
        year="FY00",
        families=tuple(map(str, range(families))),
        places=("A", "B", "C"),
        size=rng.integers(1, 6, families),
        capacity=rng.integers(0, 9, places),
        worth=rng.random((families, places)),
        fits=rng.random((families, places)) < 0.8,
        unscored=(),
    )


@pytest.mark.parametrize("seed", range(40))
def test_no_placement_of_few_families_is_better(seed: int) -> None:
    instance = crowded(np.random.default_rng(seed))
    place, bound, is_best = best(instance, 10.0)
    every = product(range(-1, 3), repeat=len(instance.families))
    most = max(_worth(instance, each) for each in every)

    assert is_best
    assert _worth(instance, tuple(place.tolist())) == pytest.approx(most)
    assert bound == pytest.approx(most)


@pytest.mark.parametrize("is_random", [False, True])
def test_one_by_one_keeps_every_limit(is_random: bool, rng: np.random.Generator) -> None:
    instance = crowded(rng)
    orders = np.argsort(rng.random((30, len(instance.families))), axis=1)

    for place in one_by_one(instance, orders, rng if is_random else None).tolist():
        assert _worth(instance, tuple(place)) >= 0


def _worth(instance: Instance, place: tuple[int, ...]) -> float:
    """Return what a placement is worth; less than nothing if it breaks a limit."""
    there = [(family, where) for family, where in enumerate(place) if where >= 0]
    taken = np.zeros(len(instance.places))
    for family, where in there:
        taken[where] += instance.size[family]
    if (taken > instance.capacity).any() or not all(instance.fits[each] for each in there):
        return -1.0
    return float(sum(instance.worth[each] for each in there))


@pytest.mark.parametrize(
    ("file", "before", "after", "told"),
    [
        pytest.param(
            "FY17_Employment_Weight.csv", "1.9", "much", ("3", "ny-beta_city", "much"), id="score"
        ),
        pytest.param("FY17_Employment_Weight.csv", ".5", "-1", ("-1",), id="score below zero"),
        pytest.param("FY17_Employment_Weight.csv", ".5", "inf", ("inf",), id="score without end"),
        pytest.param("FY17_Compatibility.csv", "3,1,0", "3,1,2", ("4", "2"), id="mark"),
        pytest.param("FY17_size.csv", "2,1,1,0", "2,1,1.5,0", ("3", "1.5"), id="part of a person"),
        pytest.param("FY17_size.csv", "2,1,1,0", "1,1,1,0", ("3", "case"), id="a family twice"),
        pytest.param("FY17_size.csv", "2,1,1,0", "9,1,1,0", ("2",), id="a family elsewhere"),
        pytest.param("FY17_cap.csv", "1,1\nNY", "-1,1\nNY", ("2", "-1"), id="capacity below zero"),
        pytest.param("FY17_cap.csv", "NY-Old Beta", "TX-Delta", ("ny-beta_city",), id="a place"),
        pytest.param(
            "FY17_cap.csv",
            "actual resettled children,actual resettled",
            "children,former",
            ("actual",),
            id="nobody resettled",
        ),
        pytest.param("FY17_size.csv", "2,1,1,0", "2,1,1", ("3",), id="a row cut off"),
        pytest.param("FY17_Compatibility.csv", "CA-ALPHA", "CA-OMEGA", ("ca-alpha",), id="column"),
    ],
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_bad_cell_is_named(
    file: str,
    before: str,
    after: str,
    told: tuple[str, ...],
    language: str,
    tmp_path: Path,
    run: Run,
) -> None:
    code, out, err = run(
        "bench", "hias", str(spoilt(tmp_path, file, before, after)), "--lang", language
    )

    assert code == 2
    assert not out
    assert all(part in err for part in told), err


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_missing_file_is_named(language: str, tmp_path: Path, run: Run) -> None:
    code, _, err = run("bench", "hias", str(written(tmp_path, cap=None)), "--lang", language)

    assert code == 2
    assert "FY17_cap.csv" in err


def test_of_several_years_one_must_be_named(tmp_path: Path, run: Run) -> None:
    folder = written(tmp_path)
    for name, text in FILES.items():
        (folder / name.replace("FY17", "FY18")).write_text(text, encoding="utf-8")

    code, _, err = run("bench", "hias", str(folder))

    assert code == 2
    assert "FY17, FY18" in err
    assert run("bench", "hias", str(folder), "--year", "fy18", "--json")[0] == 0


def test_nobody_who_fits_anywhere_is_told(tmp_path: Path, run: Run) -> None:
    nowhere = FILES["FY17_Compatibility.csv"].replace(",1", ",0").replace(",,", ",0,")
    code, _, err = run("bench", "hias", str(written(tmp_path, compatibility=nowhere)))

    assert code == 2
    assert err.strip()


def test_it_is_shown_as_a_table_and_as_json(tmp_path: Path, run: Run) -> None:
    folder = str(written(tmp_path))
    code, out, _ = run("bench", "hias", folder, "--lang", "en")
    as_json = run("bench", "hias", folder, "--json")[1]

    assert code == 0
    assert "at random by capacity" in out
    assert Resettlement.model_validate(json.loads(as_json)).families == 3


def test_who_comes_later_takes_no_seat_twice(rng: np.random.Generator) -> None:
    past, later = crowded(rng), crowded(rng)
    place = priced(past, later)

    assert _worth(later, tuple(place.tolist())) >= 0


def test_families_that_come_one_at_a_time_are_shown(tmp_path: Path, run: Run) -> None:
    folder = str(written(tmp_path))
    code, out, _ = run("bench", "hias", folder, "--online", "--lang", "en")
    as_json = run("bench", "hias", folder, "--online", "--json")[1]

    assert code == 0
    assert "by prices of seats" in out
    assert Online.model_validate(json.loads(as_json)).past == 1


@pytest.fixture
def families(real_data: Path) -> Path:
    """The folder of the real instance; without it, tests say what is missing."""
    folder = real_data / "hias"
    if not folder.is_dir():
        pytest.skip(f"no resettlement files at {folder}; name their parent with --data")
    return folder


@pytest.mark.slow
def test_prices_reach_nearly_what_hindsight_would(families: Path) -> None:
    found = online(families, orders=1)

    assert found.as_filed["priced"] >= 0.97
    assert found.as_filed["greedy"] < 0.9


@pytest.mark.slow
def test_the_real_families_are_placed_as_well_as_can_be(families: Path) -> None:
    found = bench(families, draws=200)

    assert found.is_best
    assert found.gap < 1e-6
    assert found.above["random"] > 0.3
    assert 0.8 < found.ways["greedy"].share < 0.9
