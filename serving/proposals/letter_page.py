"""A letter as a page: whole by itself, and nothing of it is taken for markup."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mutasi.letters import Letter

PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
)


def page(letter: Letter) -> bytes:
    """Return a letter as HTML."""
    return PAGES.get_template("letter.html.j2").render(letter=letter).encode()
