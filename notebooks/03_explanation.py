# %% [markdown]
# # Membaca sebuah penjelasan
#
# Dari mana angka seorang calon berasal, mengapa yang ini sebelum yang itu, dan apa yang akan
# membantu.
#
# *Reading an explanation: where a candidate's figures come from, why this one before that one,
# and what would help.*

# %%
from pathlib import Path

import numpy as np
import pandas as pd

from models.advice import advice_on
from models.contrast import contrast_of
from models.explanation import concept_of
from mutasi.bundle.writing import write
from mutasi.sentences import reason_sentence
from mutasi.simulation import SimulationConfig, simulate
from pipelines.workbench import load_region

write(Path("records"), simulate(SimulationConfig(employees=800, years=7, seed=5)).frames)
region = load_region("records", home="home")
trained = region.train()
decision = region.promote(
    despite=("baselines", "calibration", "coverage", "fairness"),
    reason="a notebook on a small region",
)
recommender = region.recommender()

# %%
rankings = [recommender.candidates(each.position_id, 5) for each in recommender.vacancies()[:40]]
with_evidence = [sum(one.has_evidence for one in each.recommended) for each in rankings]
ranking = rankings[with_evidence.index(max(with_evidence))]
first, second = ranking.recommended[:2]
pd.DataFrame(
    [
        {
            "band": each.band,
            "performance": each.performance,
            "low": each.performance_low,
            "high": each.performance_high,
            "gain": each.gain,
            "acceptance": each.acceptance,
        }
        for each in ranking.recommended
    ]
).round(2)

# %% [markdown]
# ## Alasan, dalam dua bahasa
#
# *Reasons, in two languages.*

# %%
for language in ("id", "en"):
    for why in first.reasons:
        print("-", reason_sentence(why.concept, why.aspect, why.effect, why.facts, language))

# %% [markdown]
# ## Sumbangan setiap konsep, dan jumlahnya
#
# Sumbangan ditambah dasarnya adalah perkiraan itu sendiri: tidak ada sisa.
#
# *What each concept adds; with the base it is the prediction itself, nothing left over.*

# %%
head = recommender.scorer.performance
row = np.array([recommender.snapshot.employee_row(first.employee_id)])
place = recommender.snapshot.position_row(first.position_id)
matrix = recommender.prepared.pairs(head.columns, row, place)
parts = head.contributions(matrix)[0]
concepts = pd.Series(parts[:-1], index=[concept_of(name) for name in head.columns])
print("sum", round(parts.sum(), 6), "prediction", round(float(head.raw(matrix)[0]), 6))
concepts.groupby(level=0).sum().sort_values(key=abs, ascending=False).round(2)

# %% [markdown]
# ## Mengapa yang pertama sebelum yang kedua
#
# *Why the first before the second.*

# %%
contrast = contrast_of(recommender, first.position_id, first.employee_id, second.employee_id)
print("certainty", contrast.certainty, contrast.sureness)
pd.DataFrame(
    [
        {"aspect": each.aspect.value, "concept": each.concept, "effect": each.effect}
        for each in contrast.differences
    ]
).round(2)

# %% [markdown]
# ## Apa yang akan membantu
#
# *What would help.*

# %%
for lever in advice_on(recommender, first.employee_id, first.position_id).levers:
    print(lever)
