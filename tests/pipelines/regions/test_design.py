from pipelines.regions.design import SIZES, WORLDS, trials


def test_worlds_with_and_without_a_match_are_tried_at_every_size_by_three_seeds() -> None:
    found = {(trial.world.name, trial.moves, trial.seed) for trial in trials()}

    for world in ("usual", "no_match"):
        assert {(world, moves, seed) for moves in SIZES for seed in (1, 2, 3)} <= found


def test_worlds_made_otherwise_are_tried_once_a_seed() -> None:
    found = [trial for trial in trials() if trial.world.name in {"thresholds", "patronage", "gaps"}]

    assert len(found) == 9
    assert {trial.moves for trial in found} == {1000}


def test_worlds_made_otherwise_take_the_smallest_size_where_the_middle_is_not_asked_for() -> None:
    found = trials(sizes=(3000, 300), worlds=("gaps",), seeds=(1,))

    assert [trial.moves for trial in found] == [300]


def test_the_largest_regions_come_first_so_that_no_core_waits_at_the_end() -> None:
    moves = [trial.moves for trial in trials()]

    assert moves == sorted(moves, reverse=True)


def test_no_match_differs_from_the_usual_world_in_the_match_alone() -> None:
    usual, without = (
        trials(sizes=(300,), worlds=(name,), seeds=(1,))[0].config for name in ("usual", "no_match")
    )

    assert without.fit_strength == 0
    assert without.model_copy(update={"fit_strength": usual.fit_strength}) == usual


def test_every_world_can_be_simulated() -> None:
    assert all(trial.config.world == WORLDS[trial.world.name].kind for trial in trials())
