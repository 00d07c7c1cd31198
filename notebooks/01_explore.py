# %% [markdown]
# # Mengenal sebuah daerah
#
# Apa yang ada di catatannya, berapa mutasi setahun, siapa menolak dan mengapa, dan apa yang
# sebenarnya ada di dalam angka penilaian. Daerah ini rekaan; untuk data Anda sendiri ganti
# sel kedua dengan `region = load_region("folder-data")`.
#
# *Getting to know a region: what its records hold, how many move a year, who refuses and why,
# and what is inside a rating. The region is invented; for your own, replace the second cell.*

# %%
from pathlib import Path

import numpy as np
import pandas as pd

from features import prepare
from mutasi.bundle.writing import write
from mutasi.simulation import SimulationConfig, simulate
from pipelines.workbench import load_region

# %%
write(Path("records"), simulate(SimulationConfig(employees=800, years=7, seed=7)).frames)
region = load_region("records", home="home")
tables = region.snapshot.tables
pd.Series({name: len(table) for name, table in tables.items()}, name="records")

# %% [markdown]
# ## Mutasi dan jawaban setiap tahun
#
# *Moves and answers, year by year.*

# %%
offers = tables["offers"]
pd.DataFrame(
    {
        "moves": tables["transfers"]["decided_on"].dt.year.value_counts(),
        "offers": offers["offered_on"].dt.year.value_counts(),
        "accepted": (offers["answer"] == "accepted")
        .groupby(offers["offered_on"].dt.year)
        .mean()
        .round(2),
    }
).sort_index()

# %%
offers["reason"].value_counts(normalize=True).round(2)

# %% [markdown]
# ## Apa yang ada di dalam sebuah nilai
#
# Nilai dibongkar: orangnya, kecocokan orang dan jabatan, jabatan, unit, penilai, penilai tahun
# itu, dan kebetulan (simpangan baku dalam poin T). Sebagian besar adalah orang dan kebetulan.
#
# *What is inside a rating: the person, the match, the post, the unit, the rater, the rater that
# year, and chance (standard deviations in T points). Most of it is person and chance.*

# %%
apart = prepare(region.snapshot).ratings_apart
pd.Series({**apart.deviation, "chance": apart.effects.noise}, name="T points").round(1)

# %% [markdown]
# ## Apa yang dapat dipelajari
#
# Contoh belajar: mutasi yang dinilai, penilaian yang tetap di tempat, jawaban tawaran, calon
# yang dapat diusulkan.
#
# *What the past teaches: rated moves, stays, answers, and candidates who could be proposed.*

# %%
lessons = region.lessons
parts = {
    "performance": lessons.performance,
    "stays": lessons.stays,
    "acceptance": lessons.acceptance,
    "proposals": lessons.proposals,
    "seen": lessons.seen,
}
pd.DataFrame(
    {
        "examples": {name: len(part) for name, part in parts.items()},
        "mean label": {name: np.round(part.label.mean(), 2) for name, part in parts.items()},
    }
)
