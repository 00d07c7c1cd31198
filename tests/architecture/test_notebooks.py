"""Notebooks are text that calls the packages; code that is worth a name lives there."""

import ast
from pathlib import Path

import jupytext
import pytest

from tests.architecture.checkout import ROOT, modules, name

NOTEBOOKS = modules("notebooks")


def test_notebooks_are_kept_as_text() -> None:
    assert not list((ROOT / "notebooks").rglob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_a_notebook_is_in_percent_format_and_opens_with_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert "# %%" in text
    assert jupytext.reads(text, fmt="py:percent").cells[0].cell_type == "markdown"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_a_notebook_defines_nothing(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)

    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, kinds)]
