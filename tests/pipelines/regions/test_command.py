import json

import pytest

from pipelines.regions.schema import Regions
from tests.pipelines.conftest import Run


def test_a_world_that_does_not_exist_is_refused_with_those_that_do(run: Run) -> None:
    code, _, err = run("bench", "regions", "--world", "atlantis")

    assert code == 2
    assert "no_match" in err


@pytest.mark.slow
def test_the_benchmark_prints_its_figures_as_json(run: Run) -> None:
    code, out, err = run(
        "bench",
        "regions",
        "--moves",
        "300",
        "--world",
        "usual",
        "--seeds",
        "1",
        "--jobs",
        "1",
        "--json",
    )

    assert code == 0, err
    found = Regions.model_validate(json.loads(out))
    assert [(group.world, group.moves) for group in found.groups] == [("usual", 300)]
