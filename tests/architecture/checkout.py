"""The checkout that the tests run from, as files."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("mutasi", "features", "models", "pipelines", "serving")
FOLDERS = (*PACKAGES, "tests", "docs", "notebooks", ".ci")
TOP = ("Makefile", "README.md", "CHANGELOG.md", "pyproject.toml", "requirements.lock")


def name(path: Path) -> str:
    """Return a file's path below the checkout, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


def modules(*folders: str) -> list[Path]:
    """Return every Python file below the folders, in order."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def texts() -> Iterator[tuple[str, str]]:
    """Yield name and content of every text file that belongs to the project."""
    paths = [ROOT / name for name in TOP]
    for folder in FOLDERS:
        paths += sorted(path for path in (ROOT / folder).rglob("*") if path.is_file())
    for path in paths:
        if "__pycache__" in path.parts:
            continue
        try:
            yield name(path), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture, a Parquet file: no text to judge
