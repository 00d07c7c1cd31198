"""A letter as a page: whole by itself, and nothing of it is taken for markup."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from mutasi.letters import Letter

if TYPE_CHECKING:
    from jinja2 import Template


def page(letter: Letter) -> bytes:
    """Return a letter as HTML."""
    return _page().render(letter=letter).encode()


@cache
def _page() -> "Template":
    import jinja2  # noqa: PLC0415  # most answers are no letter

    pages = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )
    return pages.get_template("letter.html.j2")
