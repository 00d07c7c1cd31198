"""Every notebook runs from its first cell to its last, in an empty folder."""

from pathlib import Path

import jupytext
import pytest
from nbclient import NotebookClient

from tests.architecture.checkout import modules, name

SECONDS = 600


@pytest.mark.slow
@pytest.mark.parametrize("path", modules("notebooks"), ids=name)
def test_a_notebook_runs(path: Path, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    notebook = jupytext.read(path, fmt="py:percent")
    tables = pytestconfig.getoption("--data") / "ias"
    if tables.is_dir():  # the notebook says so where they are missing
        (tmp_path / "ias").symlink_to(tables)

    NotebookClient(
        notebook,
        timeout=SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": str(tmp_path)}},
    ).execute()

    assert all(cell.execution_count for cell in notebook.cells if cell.cell_type == "code")
