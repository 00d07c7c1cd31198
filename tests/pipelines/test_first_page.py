"""The questions of the first page: when the answer is yes, no, or not sure."""

import numpy as np

from models import metrics
from models.fairness import Concern
from mutasi.i18n import render
from pipelines.evaluation import curves
from pipelines.evaluation.findings import findings
from pipelines.evaluation.lights import lights
from pipelines.evaluation.schema import Light, Report, Third
from pipelines.evaluation.wording import Words
from pipelines.pages.figure import Figure


def test_a_light_is_green_only_where_the_figures_leave_no_doubt(report: Report) -> None:
    performance, acceptance = report.performance, report.acceptance
    assert performance is not None
    assert acceptance is not None
    coverage = performance.coverage
    assert coverage is not None
    held = Figure(value=0.9, low=0.89, high=0.91)
    third = Third(count=100, coverage=held, width=30.0)

    def seen(realised: Figure, *thirds: Figure) -> Light:
        found = coverage.model_copy(
            update={
                "realised": realised,
                "thirds": tuple(third.model_copy(update={"coverage": one}) for one in thirds),
            }
        )
        task = performance.model_copy(update={"coverage": found})
        return lights(report.model_copy(update={"performance": task}))["intervals"]

    short = Figure(value=0.8, low=0.75, high=0.85)
    unsure = Figure(value=0.85, low=0.8, high=0.9)
    assert seen(held, held, held, held) is Light.YES
    assert seen(held, held, held, short) is Light.NO
    assert seen(short, held, held, held) is Light.NO
    assert seen(held, held, held, unsure) is Light.UNSURE
    assert seen(Figure(value=0.95, low=0.94, high=0.96), held, held, held) is Light.UNSURE
    assert seen(held) is Light.UNKNOWN

    def said(off: float, exact: float) -> Light:
        compared = acceptance.comparison
        model = {**compared.predictors["model"], "ece": Figure(value=off)}
        predictors = {**compared.predictors, "model": model}
        task = acceptance.model_copy(
            update={
                "comparison": compared.model_copy(update={"predictors": predictors}),
                "exact_ece": Figure(value=exact / 2, low=0.0, high=exact),
            }
        )
        return lights(report.model_copy(update={"acceptance": task}))["chances"]

    assert said(0.02, 0.01) is Light.YES
    assert said(0.06, 0.08) is Light.UNSURE
    assert said(0.06, 0.04) is Light.NO


def test_exact_chances_seem_off_by_about_what_chance_does() -> None:
    rng = np.random.default_rng(4)
    chance = rng.uniform(0.3, 0.9, 800)
    label = (rng.random(800) < chance).astype(float)

    found = curves.exact_ece(chance, 200)

    assert found.low is not None
    assert found.high is not None
    assert found.low < metrics.ece(label, chance) < found.high
    assert found.high < metrics.ece((rng.random(800) < chance**4).astype(float), chance)


def test_groups_treated_worse_are_named_with_what_people_chose_before(report: Report) -> None:
    fairness = report.fairness
    assert fairness is not None
    audit = fairness.selection[0]
    women, men = audit.groups
    ratio = Figure(value=0.5, low=0.4, high=0.6)

    def having(concern: Concern) -> Report:
        ten = women.figures["ten"].model_copy(update={"against": ratio, "concern": concern})
        past = women.figures["past"].model_copy(update={"against": Figure(value=0.9)})
        told = women.model_copy(update={"figures": {**women.figures, "ten": ten, "past": past}})
        audits = (audit.model_copy(update={"groups": (told, men)}),)
        part = {"selection": audits, "performance": (), "acceptance": ()}
        found = report.model_copy(update={"fairness": fairness.model_copy(update=part)})
        return found.model_copy(update={"lights": lights(found)})

    worse = findings(having(Concern.SURELY), Words("en"))[4]
    perhaps = findings(having(Concern.PERHAPS), Words("en"))[4]

    assert (worse.light, perhaps.light) == ("no", "unsure")
    assert "Women (50%; when people chose, 90%)" in worse.sentences[0]
    assert perhaps.sentences[0] == render("evaluate.finding.alike", "en")
