# %% [markdown]
# # Melatih ulang, melihat isinya, mencoba model sendiri
#
# Panggilan yang sama dengan `mutasi train`, pada daerah rekaan. Untuk data Anda sendiri,
# ganti sel kedua dengan potongan di bawah ini. Buka dengan
# `jupytext --to ipynb notebooks/01_retrain.py` atau editor apa pun yang membaca sel persen.
#
# *Retrain, look inside, try a learner of your own: the calls that `mutasi train` makes, on an
# invented region. For your own region replace the second cell by*
#
# ```python
# from mutasi.settings import Settings
# from mutasi.store import personnel, session
#
# with session.reading(session.engine(Settings().database_url)) as work:
#     snapshot = personnel.snapshot(work)
# ```

# %%
from pathlib import Path

import numpy as np
import pandas as pd

from models import artifact
from models.baseline import PROFILE, profile_score
from models.boosted import BoostedConfig
from models.examples import past_examples
from models.explanation import concept_of
from models.fitting import LinearConfig, fit
from models.learner import Task
from models.metrics import mae, pearson, rmse
from models.recommender import Recommender
from models.selection import CANDIDATES
from models.training import learn_performance
from mutasi.sentences import reason_sentence
from mutasi.simulation import SimulationConfig, simulate
from mutasi.snapshot import Snapshot
from pipelines.train import train

# %%
frames = simulate(SimulationConfig(employees=1500, years=7, seed=7)).frames
last_known_on = max(frame["known_on"].max() for frame in frames.values() if len(frame))
snapshot = Snapshot.of(last_known_on.date(), frames)
pd.Series({name: len(table) for name, table in snapshot.tables.items()}, name="records")

# %% [markdown]
# ## Latih dan pakai
#
# `train` belajar dari semua mutasi dan tawaran yang lalu, menyimpan artefak (teks dan JSON),
# dan menjadikannya model yang dipakai. Lima baris, dari data sampai calon.
#
# *Train and use: `train` learns from all past moves and offers, saves the artifact (text and
# JSON) and makes it the one that serves. Five lines, from records to candidates.*

# %%
models = Path("artifacts") / "models"
manifest = train(snapshot, models)
recommender = Recommender(snapshot, artifact.load(artifact.current(models)))
vacancy = recommender.vacancies()[0]
ranking = recommender.candidates(vacancy.position_id, limit=5)

# %%
print(f"{vacancy.title}, {vacancy.unit_name}: {ranking.eligible} / {ranking.considered}")
pd.DataFrame(
    {
        "band": [found.band for found in ranking.recommended],
        "performance": [found.performance for found in ranking.recommended],
        "acceptance": [found.acceptance for found in ranking.recommended],
        "profile score": [found.score for found in ranking.recommended],
    },
    index=[found.rank for found in ranking.recommended],
).round(2)

# %% [markdown]
# Alasan untuk calon pertama, dalam dua bahasa. / *The reasons for the first candidate.*

# %%
for language in ("id", "en"):
    for why in ranking.recommended[0].reasons:
        print("-", reason_sentence(why.concept, why.aspect, why.effect, why.facts, language))

# %% [markdown]
# ## Dari apa ia belajar
#
# Satu contoh per mutasi (label: kinerja pada tahun penuh pertama sesudahnya, poin T) dan per
# tawaran yang dijawab (1 = diterima). Fiturnya adalah yang diketahui sehari sebelum keputusan.
#
# *One example per past move (label: performance in the first whole year after it, T points)
# and per answered offer (1 = accepted), with what was known on the eve of each decision.*

# %%
past = past_examples(snapshot)
pd.DataFrame(
    {
        name: {
            "examples": len(examples),
            "mean label": examples.label.mean(),
            "features": len(examples.names),
            "chosen": manifest.heads[name].kind,
        }
        for name, examples in past.items()
    }
).transpose()

# %% [markdown]
# ## Diuji pada tahun yang belum dilihatnya, di samping patokan
#
# Yang diketahui sebelum suatu hari mengajar, keputusan sesudahnya menguji. Model harus lebih
# baik daripada patokan: rata-rata, nilai terakhir orang itu sendiri, dan *profile matching*.
#
# *Tried on years it has not seen, beside the baselines: what was known before a day teaches,
# decisions after it judge.*

# %%
performance = past["performance"]
days = np.sort(performance.decisions.decided_on)
start = days[int(0.75 * len(days))].astype("datetime64[Y]").astype("datetime64[D]")
before = performance.known_before(start)
after = performance.where(performance.decisions.decided_on >= start)
tried = learn_performance(before, resamples=0)
predicted = {
    "model": tried.raw(after.columns(tried.columns)),
    "mean of the past": np.full(len(after), before.label.mean()),
}
for name, taught, judged in (
    ("own last rating", before.columns(("last_rating",)), after.columns(("last_rating",))),
    (
        "profile matching",
        profile_score(before.columns(PROFILE))[:, None],
        profile_score(after.columns(PROFILE))[:, None],
    ),
):
    light = fit(taught, before.label, Task.REGRESSION, LinearConfig(penalty=1.0))
    predicted[name] = light.raw(judged)
print(f"{len(before)} moves taught, {len(after)} judged")
pd.DataFrame(
    {
        name: {
            "RMSE": rmse(after.label, values),
            "MAE": mae(after.label, values),
            "correlation": pearson(after.label, values),
        }
        for name, values in predicted.items()
    }
).T.round(3)

# %% [markdown]
# ## Calon model Anda sendiri
#
# Setiap konfigurasi boleh ikut; tiga perempat masa lalu mengajar, seperempat terakhir memilih,
# dan yang paling sederhana menang bila tidak jelas lebih buruk.
#
# *A candidate of your own: any configuration may join; the latest quarter of the past chooses,
# and the simplest that is not clearly worse wins.*

# %%
mine = BoostedConfig(trees=100, leaves=6, least_rows=60)
head = learn_performance(performance, candidates=(*CANDIDATES, mine), resamples=0)
pd.Series(head.facts.losses, name="loss on the latest quarter").sort_values().round(3)

# %% [markdown]
# ## Apa yang menentukan
#
# Sumbangan mutlak rata-rata setiap konsep pada ramalan, dalam poin T.
#
# *What it goes by: mean absolute contribution of each concept to the prediction, T points.*

# %%
contributions = head.contributions(performance.columns(head.columns))[:, :-1]
by_column = pd.DataFrame(contributions, columns=list(head.columns))
by_column.T.groupby(concept_of).sum().abs().mean(axis=1).sort_values(ascending=False).round(2)
