"""A promotion that is stopped at any step leaves one model that serves, and can go on."""

from pathlib import Path
from typing import Any

import pytest
from mlflow import MlflowClient

from models import aliases, registry
from models.aliases import Alias
from mutasi.settings import Settings
from pipelines.promotion import ledger
from pipelines.promotion.job import promote, rollback
from tests.pipelines.promotion.made import quiet

pytestmark = pytest.mark.usefixtures("judge")


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize(
    ("place", "name", "serves"),
    [
        pytest.param(registry, "record", "old", id="before the decision is on record"),
        pytest.param(ledger, "append", "old", id="before it is written down"),
        pytest.param(aliases, "change", "old", id="before anything changes"),
        pytest.param(registry, "mirror", "new", id="before MLflow knows"),
    ],
)
def test_a_promotion_that_is_killed_leaves_one_model_that_serves(
    home: Settings,
    named: dict[Alias, str | None],
    monkeypatch: pytest.MonkeyPatch,
    place: Any,
    name: str,
    serves: str,
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as killer:
        killer.setattr(place, name, killed)
        with pytest.raises(Killed):
            promote(home, quiet)
    old, new = named[Alias.CHAMPION], named[Alias.CHALLENGER]

    assert aliases.all_of(home.models) == (
        named
        if serves == "old"
        else {Alias.CHAMPION: new, Alias.CHALLENGER: None, Alias.PREVIOUS: old}
    )
    if serves == "old":
        promote(home, quiet)
    else:
        rollback(home)
        rollback(home)
    client = MlflowClient(home.tracking_uri, home.tracking_uri)
    champion = client.get_model_version_by_alias(registry.MODEL, "champion")
    assert champion.tags["artifact"] == new == aliases.version_of(home.models)


def test_the_ledger_only_grows(tmp_path: Path) -> None:
    file = tmp_path / ledger.FILE
    assert ledger.lines(file) == []

    ledger.append(file, "promote", reason="«Alasan»")
    first = file.read_bytes()
    ledger.append(file, "rollback")

    assert file.read_bytes().startswith(first)
    assert [line["action"] for line in ledger.lines(file)] == ["promote", "rollback"]
    assert ledger.lines(file)[0]["reason"] == "«Alasan»"


def test_a_bad_model_is_taken_out_of_service_though_mlflow_cannot_be_opened(
    home: Settings, named: dict[Alias, str | None]
) -> None:
    """And once: an error after the change would make people turn it back again."""
    first, second = named[Alias.CHAMPION], named[Alias.CHALLENGER]
    aliases.change(home.models, {Alias.CHALLENGER: None, Alias.PREVIOUS: second})
    (home.home / "mlflow.db").write_bytes(b"no database at all" * 1000)

    turned = rollback(home)

    assert (turned.champion, turned.previous, turned.is_mirrored) == (second, first, False)
    assert aliases.version_of(home.models) == second
