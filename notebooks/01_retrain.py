# %% [markdown]
# # Retrain, look inside, try a learner of your own
#
# The same calls that `mutasi train` makes, one cell each, on an invented region.
# For your own region replace the second cell by
#
# ```python
# from mutasi.settings import Settings
# from mutasi.store import personnel, session
#
# with session.reading(session.engine(Settings().database_url)) as work:
#     snapshot = personnel.snapshot(work)
# ```
#
# Open it with `jupytext --to ipynb notebooks/01_retrain.py`, or in any editor
# that reads percent cells.

# %%
from pathlib import Path

import numpy as np
import pandas as pd

from models import artifact
from models.boosted import BoostedConfig
from models.examples import past_examples
from models.explanation import concept_of
from models.metrics import auc, mae, pearson
from models.recommender import Recommender
from models.selection import CANDIDATES
from models.training import learn_performance
from mutasi.sentences import reason_sentence
from mutasi.simulation import SimulationConfig, simulate
from mutasi.snapshot import Snapshot
from pipelines.train import learn, train

# %%
frames = simulate(SimulationConfig(employees=1200, years=5, seed=7)).frames
last_known_on = pd.to_datetime(pd.concat(frame["known_on"] for frame in frames.values())).max()
snapshot = Snapshot.of(last_known_on.date(), frames)
pd.Series({name: len(table) for name, table in snapshot.tables.items()}, name="records")

# %% [markdown]
# ## What the past teaches from
#
# One example per past move (label: performance in the first whole year after it,
# in T points) and per answered offer (label: 1 = accepted). Features are those of
# the eve of each decision.

# %%
past = past_examples(snapshot)
performance, acceptance = past["performance"], past["acceptance"]
pd.DataFrame(
    {
        "examples": [len(performance), len(acceptance)],
        "mean label": [performance.label.mean(), acceptance.label.mean()],
        "features": [len(performance.names), len(acceptance.names)],
    },
    index=["performance", "acceptance"],
)

# %% [markdown]
# ## The candidates
#
# Every candidate learns from the earlier three quarters of the past and is judged
# on the latest quarter; the simplest that is not clearly worse than the best wins.

# %%
learned = learn(performance, acceptance)
pd.DataFrame({name: head.facts.losses for name, head in learned.heads.items()}).round(4)

# %%
pd.Series({name: str(head.facts.config) for name, head in learned.heads.items()}, name="chosen")

# %% [markdown]
# ## Tried on years it has not seen
#
# What was known before a day teaches; decisions after it judge.

# %%
years = performance.decisions.decided_on.astype("datetime64[Y]")
start = np.sort(years)[int(0.8 * len(years))].astype("datetime64[D]")
before = performance.known_before(start)
after = performance.where(performance.decisions.decided_on >= start)
head = learn_performance(before)
predicted = head.raw(after.columns(head.columns))
pd.Series(
    {
        "learned from": len(before),
        "judged on": len(after),
        "mean absolute error, T points": mae(after.label, predicted),
        "the same, saying the mean of the past": mae(
            after.label, np.full(len(after), before.label.mean())
        ),
        "correlation": pearson(after.label, predicted),
        "AUC of being above average": auc(after.label > before.label.mean(), predicted),
    }
).round(3)

# %% [markdown]
# ## Your own candidate
#
# Any configuration joins the competition; nothing else has to change.

# %%
mine = BoostedConfig(trees=100, leaves=6, least_rows=60)
tried = learn_performance(performance, candidates=(*CANDIDATES, mine))
pd.Series(tried.facts.losses, name="loss on the latest quarter").sort_values().round(4)

# %% [markdown]
# ## What it goes by
#
# Mean absolute contribution to the prediction, in T points, by concept.

# %%
head = learned.heads["performance"]
contributions = head.contributions(performance.columns(head.columns))[:, :-1]
by_column = pd.DataFrame(contributions, columns=list(head.columns))
by_column.T.groupby(concept_of).sum().abs().mean(axis=1).sort_values(ascending=False).round(2)

# %% [markdown]
# ## Put to service, and asked
#
# `train` writes the artifact and makes it the one that serves.

# %%
models = Path("artifacts") / "models"
manifest = train(snapshot, models)
recommender = Recommender(snapshot, artifact.load(artifact.current(models)))
ranking = recommender.candidates(recommender.vacancies()[0].position_id, limit=5)
pd.DataFrame(
    {
        "band": [found.band for found in ranking.recommended],
        "performance": [found.performance for found in ranking.recommended],
        "acceptance": [found.acceptance for found in ranking.recommended],
        "first reason": [
            reason_sentence(why.concept, why.aspect, why.effect, why.facts, "en")
            for why in (found.reasons[0] for found in ranking.recommended)
        ],
    },
    index=[found.rank for found in ranking.recommended],
).round(2)
