"""What is handed to operators fits the program: files, commands, options, settings.

There is no engine of containers here to build by, so every line that could go stale is
held against what it names.
"""

import configparser
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from mutasi.settings import Settings
from pipelines import cli
from tests.architecture.checkout import ROOT

DEPLOY = ROOT / "deploy"
DOCKERFILE = DEPLOY / "Dockerfile"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
KNOWN = {f"MUTASI_{name.upper()}" for name in Settings.model_fields}
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


def program() -> str:
    """Return where the image has the command, and the units expect it."""
    made = re.search(r"python -m venv (\S+)", DOCKERFILE.read_text(encoding="utf-8"))
    assert made is not None
    return f"{made[1]}/bin/mutasi"


def instructions() -> list[tuple[str, str]]:
    """Return what the Dockerfile says, continued lines joined: word and rest."""
    text = re.sub(r"^\s*#.*\n", "", DOCKERFILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    joined = text.replace("\\\n", " ")
    lines = (line.split(maxsplit=1) for line in joined.splitlines() if line.strip())
    return [(line[0], line[1]) for line in lines]


def unit(file: Path) -> configparser.ConfigParser:
    parsed = configparser.ConfigParser(interpolation=None, strict=True)
    setattr(parsed, "optionxform", str)  # noqa: B010 -- names keep their case, as systemd reads them
    parsed.read(file, encoding="utf-8")
    return parsed


def require_command(words: Sequence[str]) -> None:
    """Refuse a command line of ours that cannot be parsed; nothing is run.

    Raises:
        click.UsageError: If it cannot.
    """
    command: Any = typer.main.get_command(cli.app)
    context: Any = None
    left = list(words)
    while hasattr(command, "commands"):
        context = command.make_context("mutasi", [], parent=context, resilient_parsing=True)
        command = command.get_command(context, left.pop(0))
        assert command is not None, words
    command.make_context(command.name, left, parent=context)


def compose_commands() -> Iterator[list[str]]:
    for service in COMPOSE["services"].values():
        is_ours = str(service.get("image", "")).startswith("mutasi") and "entrypoint" not in service
        if is_ours and "command" in service:
            yield list(service["command"])
    for line in (DEPLOY / "compose.yaml").read_text(encoding="utf-8").splitlines():
        told = re.search(r"^# .*(?:--rm.* train |exec service mutasi )(.+)$", line)
        if told:
            yield shlex.split(told[1])


def test_what_the_image_copies_is_in_the_checkout_and_not_kept_from_it() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    copied = [
        source
        for word, rest in instructions()
        if word == "COPY" and "--from" not in rest
        for source in rest.split()[:-1]
    ]

    assert copied
    for source in copied:
        assert (ROOT / source).exists(), source
        assert source.split("/")[0] not in ignored, source


def test_every_package_of_the_wheel_is_copied() -> None:
    copied = {rest.split()[0] for word, rest in instructions() if word == "COPY"}

    assert {"mutasi", "features", "models", "pipelines", "serving"} <= copied


def test_the_stages_that_are_named_are_there() -> None:
    stages = [rest.split()[-1] for word, rest in instructions() if word == "FROM"]
    targets = [s["build"]["target"] for s in COMPOSE["services"].values() if "build" in s]
    taken = re.findall(r"--from=(\w+)", DOCKERFILE.read_text(encoding="utf-8"))

    assert set(targets) | set(taken) <= set(stages)
    assert all((DEPLOY / s["build"]["context"]).resolve() == ROOT for s in builds())


def builds() -> list[dict[str, Any]]:
    return [service for service in COMPOSE["services"].values() if "build" in service]


def test_nobody_is_root_in_either_image() -> None:
    words = instructions()
    user = next(place for place, (word, _) in enumerate(words) if word == "USER")
    stages = [rest for word, rest in words[user:] if word == "FROM"]

    assert words[user][1] == "mutasi"
    assert [stage.split()[0] for stage in stages] == ["ground", "ground"]
    assert not any(word == "USER" for word, _ in words[user + 1 :])


def test_the_service_is_installed_from_a_part_of_the_one_lock() -> None:
    """Name, version and hashes of each package are those of requirements.lock."""
    whole = blocks(ROOT / "requirements.lock")
    part = blocks(DEPLOY / "service.lock")

    assert len(part) > 30
    assert part.items() <= whole.items()
    assert not {"mlflow", "scikit-learn", "pytest"} & {name.split("==")[0] for name in part}


def test_the_lock_of_the_service_has_all_that_it_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = [*project["dependencies"], *extras["serve"], *extras["plan"]]
    locked = {name.split("==")[0] for name in blocks(DEPLOY / "service.lock")}

    assert {re.split(r"[\[<>=]", each)[0].lower() for each in asked} <= locked


def blocks(file: Path) -> dict[str, frozenset[str]]:
    """Return the hashes of each package of a lock, by its name and version."""
    found: dict[str, frozenset[str]] = {}
    for block in re.split(r"\n(?=\S)", file.read_text(encoding="utf-8").strip()):
        found[block.split(" ")[0]] = frozenset(re.findall(r"sha256:\w{64}", block))
    return found


def test_the_images_run_commands_that_there_are() -> None:
    for word, rest in instructions():
        if word == "CMD" and rest.startswith("[") and '"serve"' in rest:
            require_command([str(each) for each in yaml.safe_load(rest)])


@pytest.mark.parametrize("words", list(compose_commands()), ids=" ".join)
def test_compose_runs_commands_that_there_are(words: list[str]) -> None:
    mounted = {"/region": str(ROOT)}
    require_command([mounted.get(word, word) for word in words])


@pytest.mark.parametrize("file", UNITS, ids=lambda file: str(file.name))
def test_a_unit_runs_a_command_that_there_is(file: Path) -> None:
    run, *words = shlex.split(unit(file)["Service"]["ExecStart"])

    assert run == program()
    require_command(words)


def test_an_option_that_there_is_not_would_be_noticed() -> None:
    with pytest.raises(Exception, match="--wrokers"):
        require_command(["serve", "--wrokers", "2"])


def test_every_setting_that_is_given_is_one() -> None:
    texts = [file.read_text(encoding="utf-8") for file in DEPLOY.rglob("*") if file.is_file()]
    given = {name for text in texts for name in re.findall(r"\bMUTASI_[A-Z_]+\b", text)}

    assert given
    assert given <= KNOWN


def test_compose_names_only_what_it_defines() -> None:
    volumes, secrets = set(COMPOSE["volumes"]), set(COMPOSE["secrets"])
    for service in COMPOSE["services"].values():
        used = {volume.split(":")[0] for volume in service.get("volumes", ())}
        assert used <= volumes
        assert set(service.get("secrets", ())) <= secrets
        assert set(service.get("depends_on", ())) <= set(COMPOSE["services"])
        assert {"build", "image"} & set(service)


def test_nothing_is_reached_from_outside_but_over_the_proxy_of_this_machine() -> None:
    for service in COMPOSE["services"].values():
        for port in service.get("ports", ()):
            assert port.startswith("127.0.0.1:")


def test_what_is_secret_is_neither_in_the_repository_nor_in_the_image() -> None:
    assert "/deploy/secrets/" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert "deploy/secrets" in (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert all(each["file"].startswith("./secrets/") for each in COMPOSE["secrets"].values())


@pytest.mark.parametrize("file", UNITS, ids=lambda file: str(file.name))
def test_a_unit_may_do_no_more_than_it_needs(file: Path) -> None:
    service = unit(file)["Service"]

    assert service["User"] == "mutasi"
    for name in ("NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectHome"):
        assert service[name] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["UMask"] == "0077"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    for file in (DEPLOY / "systemd").iterdir():
        text = file.read_text(encoding="utf-8")
        text = text.replace(program(), str(Path(sys.executable).with_name("mutasi")))
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    names = [str(file) for file in tmp_path.iterdir() if file.suffix in (".service", ".timer")]

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *names],  # noqa: S607 -- where the system has it
        check=False,
        capture_output=True,
        text=True,
    )

    said = [line for line in done.stderr.splitlines() if "mutasi" in line]
    assert (done.returncode, said) == (0, [])
