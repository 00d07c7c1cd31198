"""What the house forbids, the lint refuses: each ban fires."""

import subprocess
import sys

import pytest

from tests.architecture.checkout import ROOT


@pytest.mark.parametrize(
    ("code", "where"),
    [
        pytest.param("from datetime import date\n\nDAY = date.today()\n", "models", id="today"),
        pytest.param("import datetime\n\nDAY = datetime.datetime.now()\n", "features", id="now"),
        pytest.param(
            "import pandas as pd\n\nDAY = pd.Timestamp.now()\n", "features", id="Timestamp"
        ),
        pytest.param("import time\n\nDAY = time.time()\n", "serving", id="time"),
        pytest.param("import pickle\n\nX = pickle.loads\n", "models", id="pickle"),
        pytest.param("from joblib import dump\n\nX = dump\n", "models", id="joblib"),
        pytest.param("import os\n\nX = os.environ['HOME']\n", "pipelines", id="environ"),
        pytest.param("from os import getenv\n\nX = getenv('HOME')\n", "serving", id="getenv"),
    ],
)
def test_the_lint_refuses(code: str, where: str) -> None:
    assert "TID251" in _complaints(code, f"{where}/invented.py")


def test_only_settings_may_read_the_environment() -> None:
    code = "import os\n\nX = os.environ['HOME']\n"

    assert "TID251" not in _complaints(code, "mutasi/settings.py")


def _complaints(code: str, name: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--no-cache", "--stdin-filename", name, "-"],
        input=code,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout
