"""A page as one HTML file: no script, no address, the same bytes for the same figures."""

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from mutasi.i18n import number, render
from pipelines.pages.figure import Figure

UNKNOWN = "–"


@dataclass(frozen=True)
class Words:
    """Says keys of a section of the catalogue, and numbers, in one language."""

    language: str
    section: str

    def say(self, key: str, **params: object) -> str:
        """Return the words of a key of the section."""
        return render(f"{self.section}.{key}", self.language, **params)

    def num(self, value: float | None, spec: str) -> str:
        """Return a number, with a true minus; a dash where there is none."""
        if value is None:
            return UNKNOWN
        return number(value, self.language, spec).replace("-", "−")

    def pair(self, found: Figure | None, spec: str) -> tuple[str, str]:
        """Return a figure, and its interval or nothing; a dash where there is none."""
        if found is None:
            return UNKNOWN, ""
        value = self.num(found.value, spec)
        if found.low is None or found.high is None:
            return value, ""
        return value, f"{self.num(found.low, spec)} … {self.num(found.high, spec)}"


def document(template: str, words: Words, drawings: Mapping[str, str], **values: object) -> str:
    """Return a page.

    Args:
        template: Name of a file of ``pipelines/templates`` that extends ``page.html.j2``.
        words: What the template says, as ``say`` and ``num``.
        drawings: SVG by name, as ``plots``.
        values: What else the template names.
    """
    environment = Environment(
        loader=PackageLoader("pipelines", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(
        language=words.language,
        say=words.say,
        num=words.num,
        plots={name: Markup(svg) for name, svg in drawings.items()},  # noqa: S704  # escaped there
        **values,
    )
