# %% [markdown]
# # Melatih ulang dan membandingkan, dalam lima baris
#
# `load_region → train → report → compare → promote`: pekerjaan yang sama dengan perintah
# `mutasi train`, `evaluate`, `compare` dan `promote`.
#
# *Retrain and compare in five lines: the same jobs as the commands.*

# %%
from pathlib import Path

import numpy as np
import pandas as pd

from models import metrics
from models.boosted import BoostedConfig
from models.fitting import CorrectedConfig, LinearConfig
from models.training import learn
from mutasi.bundle.writing import write
from mutasi.simulation import SimulationConfig, simulate
from pipelines.evaluation.backtest import backtest, wide_lessons
from pipelines.workbench import load_region

write(Path("records"), simulate(SimulationConfig(employees=900, years=7, seed=3)).frames)

# %%
region = load_region("records", home="home")
trained = region.train()
evaluated = region.report(years=2)
judgement = region.compare()
decision = region.promote()

# %%
print(trained.manifest.version, "promoted:", decision.is_promoted)
pd.Series({gate.name: gate.outcome.value for gate in judgement.gates}, name="gate")

# %% [markdown]
# ## Bagian mana yang pantas dipakai
#
# Setiap bagian dicoba pada masa terakhir, tanpa dan dengan (kerugian rata-rata; lebih kecil
# lebih baik).
#
# *Which part earned its place: tried on the latest past, without and with it.*

# %%
pd.DataFrame(
    [
        {"head": name, **trial.model_dump()}
        for name, head in trained.manifest.heads.items()
        for trial in head.trials
    ]
).round(3)

# %% [markdown]
# ## Di samping patokan, pada tahun yang belum dilihat
#
# *Beside the baselines, on years not seen.*

# %%
lessons = wide_lessons(region.snapshot)
tested = backtest(lessons, years=2)
pd.DataFrame(
    {
        name: {
            "RMSE": metrics.rmse(tested["performance"].label, predicted),
            "r": metrics.pearson(tested["performance"].label, predicted),
        }
        for name, predicted in tested["performance"].predictions.items()
    }
).T.round(3)

# %% [markdown]
# ## Konfigurasi Anda sendiri
#
# Yang mana pun boleh ikut; masa terakhir yang memilih.
#
# *A configuration of your own may join; the latest past chooses.*

# %%
mine = CorrectedConfig(
    linear=LinearConfig(penalty=1000.0), trees=BoostedConfig(trees=80, leaves=4, least_rows=60)
)
head = learn(region.lessons, ratings=(LinearConfig(penalty=1000.0), mine)).heads["performance"]
print(head.facts.kind, np.round(np.sqrt(head.facts.loss), 2), "T points, root of the loss")
