"""Five flat packages: the folder's name is the import name (docs/decisions/0001)."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.architecture.checkout import PACKAGES, ROOT


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_s_name_resolves_to_this_checkout(package: str) -> None:
    assert Path(str(import_module(package).__file__)).parent == ROOT / package


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _pip("wheel", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT))
    return next(folder.glob("*.whl"))


@pytest.mark.slow
def test_the_wheel_carries_the_packages_whole_and_nothing_else(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        carried = {name for name in archive.namelist() if ".dist-info/" not in name}
    wanted = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert carried == wanted


@pytest.mark.slow
def test_the_wheel_works_from_another_directory(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    _pip("install", "--no-index", "--target", str(installed), str(wheel))
    asks = (
        f"from importlib import import_module\n"
        f"for name in {PACKAGES}: print(import_module(name).__file__)\n"
        f"from mutasi.i18n import render\n"
        f"print(render('error.region_empty', 'id'))"
    )

    answer = subprocess.run(
        [sys.executable, "-c", asks],
        cwd=tmp_path,
        env={"PATH": os.defpath, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()

    assert [Path(line).parent.parent for line in answer[:-1]] == [installed] * len(PACKAGES)


def _pip(command: str, *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pip", command, "--quiet", "--no-deps", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
