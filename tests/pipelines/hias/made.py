"""An invented fiscal year in four files, as the public ones are written."""

from collections.abc import Mapping
from pathlib import Path

FILES: Mapping[str, str] = {
    "FY17_Employment_Weight.csv": """case number,CA-ALPHA,NY-BETA CITY,FL-GAMMA
1,1.0,.5,NA
2,2.0,1.9,NA
3,.8,.1,NA
""",
    "FY17_Compatibility.csv": """Case Num,CA-ALPHA,NY-BETA CITY,FL-GAMMA
1,1,1,NA
2,1,,NA
3,1,0,NA
""",
    "FY17_size.csv": """case,number of children,number of adults,number of seniors
1,0,1,0
2,1,1,0
3,0,1,0
""",
    "FY17_cap.csv": """affiliate,stated capacity,actual resettled children,actual resettled adults
CA-Alpha ,,1,1
NY-Old Beta,,0,2
FL-Gamma,,1,1
""",
}
"""Two may go to Alpha and two to Beta; Gamma has no scores.  Best: 1 and 3 to Alpha, the
pair of 2 to Beta, worth 3.7; as they come, 1 and 3 go to Alpha all the same."""


def written(folder: Path, **changed: str | None) -> Path:
    """Write the files; ``cap="…"`` writes another, ``cap=None`` none, in its place."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        kind = name.partition("_")[2].removesuffix(".csv").lower()
        content = changed.get(kind, text)
        if content is not None:
            (folder / name).write_text(content, encoding="utf-8")
    return folder


def spoilt(folder: Path, file: str, before: str, after: str) -> Path:
    """Write the files with a text of one replaced."""
    written(folder)
    path = folder / file
    content = path.read_text(encoding="utf-8")
    assert before in content
    path.write_text(content.replace(before, after, 1), encoding="utf-8")
    return folder
