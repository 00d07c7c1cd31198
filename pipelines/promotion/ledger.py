"""Who came to serve, and why: a file of JSON lines that only grows.

Every change of champion is a line, those against a gate too, with the person's
reason.  A line is written before the change that it tells of.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FILE = "promotions.jsonl"


def append(file: Path, action: str, **facts: Any) -> None:
    """Add a line, on the disk when this returns.

    Its moment is that of the file's last change, which the file system keeps.

    Args:
        file: The ledger; made if needed.
        action: What is about to be done.
        facts: What belongs to it.
    """
    file.touch()
    moment = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    line = {"at": moment.isoformat(timespec="seconds"), "action": action, **facts}
    with file.open("a", encoding="utf-8") as written:
        written.write(json.dumps(line, ensure_ascii=False) + "\n")
        written.flush()
        os.fsync(written.fileno())


def lines(file: Path) -> list[dict[str, Any]]:
    """Return every line, the oldest first; none where nothing ever changed."""
    if not file.exists():
        return []
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
