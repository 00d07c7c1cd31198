"""The benchmark of invented regions in words: tables for people."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from mutasi.i18n import number, render
from pipelines.pages.figure import Figure
from pipelines.regions.schema import Against, Group, Policy, Predictor, Regions

Shown = Table | Text
SIGNS = {"better": "▲", "worse": "▼", "tie": "="}
"""What the product is beside a predictor; the legend says it in words."""


def shown(regions: Regions, language: str) -> list[Shown]:
    """Return the tables, and what they show in sentences."""
    found: list[Shown] = [
        _nearness(regions.groups, language),
        _sureness(regions.groups, language),
        _worth(regions.groups, language),
        Text(render("regions.legend", language), style="dim"),
    ]
    if regions.small:
        found += [
            Text(
                render(
                    "regions.within",
                    language,
                    policy=render(f"regions.policy_{name}", language),
                    within=within,
                    regions=regions.small,
                    bound=regions.overstated_bound,
                )
            )
            for name, within in regions.overstated_within.items()
        ]
    return found


def _table(title: str, columns: Sequence[str], language: str) -> Table:
    table = Table(title=render(f"regions.{title}", language))
    for place, column in enumerate(columns):
        heading = render(f"regions.{column}", language)
        table.add_column(heading, justify="right" if place else "left", no_wrap=place == 0)
    return table


def _kind(group: Group, language: str) -> str:
    return render(
        "regions.kind",
        language,
        world=render(f"regions.world_{group.world}", language),
        moves=group.moves,
    )


def _nearness(groups: Sequence[Group], language: str) -> Table:
    columns = (
        "predictor",
        "r",
        "rmse",
        "chance_error",
        "at_hand",
        "regret",
        "plan_regret",
        "against",
    )
    table = _table("nearness", columns, language)
    for group in groups:
        table.add_row(Text(_kind(group, language), style="bold"))
        for name, predictor in group.predictors.items():
            table.add_row(
                render(f"regions.predictor_{name}", language),
                _with_ends(predictor.r, language, ".2f"),
                _value(predictor.rmse, language, ".2f"),
                _value(predictor.chance_error, language, ".3f"),
                _with_ends(predictor.at_hand, language, ".1f"),
                number(predictor.regret, language, ".1f"),
                number(predictor.plan_regret, language, ".1f"),
                _beside(predictor),
            )
        table.add_section()
    return table


def _beside(predictor: Predictor) -> str:
    against: Against | None = predictor.against
    if against is None:
        return ""
    on_r = "–" if against.on_r is None else SIGNS[against.on_r]
    return f"{on_r} {SIGNS[against.on_regret]}"


def _sureness(groups: Sequence[Group], language: str) -> Table:
    columns = ("world", "coverage", "by_evidence", "ece", "gain_coverage", "gain_r")
    table = _table("sureness", (*columns, "evidence", "seconds"), language)
    for group in groups:
        sure = group.sureness
        table.add_row(
            _kind(group, language),
            _with_ends(sure.coverage, language, ".3f"),
            " ".join(_value(each, language, ".2f") for each in sure.coverage_by_evidence),
            _value(sure.ece, language, ".3f"),
            _value(sure.gain_coverage, language, ".2f"),
            _value(sure.gain_r, language, ".2f"),
            number(sure.evidence, language, ".0%"),
            number(group.seconds, language, ".0f"),
        )
    return table


def _worth(groups: Sequence[Group], language: str) -> Table:
    columns = (
        "policy",
        "promised",
        "stated",
        "realised",
        "best",
        "null",
        "overstated",
        "held",
        "told",
    )
    table = _table("worth", (*columns, "naive"), language)
    for group in groups:
        table.add_row(Text(_kind(group, language), style="bold"))
        for name, policy in group.policies.items():
            heading = render(f"regions.policy_{name}", language)
            table.add_row(heading, *_policy(policy, len(group.rated), language))
        table.add_section()
    return table


def _policy(policy: Policy, regions: int, language: str) -> list[str]:
    figures = (policy.promised, policy.cross_fitted, policy.realised, policy.best, policy.null)
    naive = (policy.naive_promised, policy.naive_realised)
    return [
        *(number(figure, language, "+.1f") for figure in figures),
        number(policy.overstated[-1], language, "+.1f"),
        f"{policy.held}/{regions}\n±{number(policy.width / 2, language, '.1f')}",
        f"{policy.told_from_null}/{regions}",
        " → ".join(number(figure, language, "+.1f") for figure in naive),
    ]


def _value(figure: Figure | None, language: str, spec: str) -> str:
    return "–" if figure is None or figure.value is None else number(figure.value, language, spec)


def _with_ends(figure: Figure | None, language: str, spec: str) -> str:
    """Return a figure with the ends of its interval below."""
    if figure is None or figure.low is None or figure.high is None:
        return _value(figure, language, spec)
    low, high = (number(end, language, spec) for end in (figure.low, figure.high))
    return f"{_value(figure, language, spec)}\n{low}–{high}"
