# %% [markdown]
# # Diukur pada karier nyata
#
# Data terbuka pegawai *Indian Administrative Service* (Open Database License), dikumpulkan di
# <https://github.com/Vonter/india-ias-officers>. Taruh tabel-tabelnya di folder `ias`; tanpa
# itu buku ini hanya mengatakan apa yang kurang.
#
# *Measured on real careers: the open records of the Indian Administrative Service. Put the
# tables into a folder `ias`; without them this only says what is missing.*

# %%
from datetime import date
from pathlib import Path

import pandas as pd

from pipelines.ias.measure import Period, bench

FOLDER = Path("ias")
PERIOD = Period(date(2004, 1, 1), date(2006, 1, 1), date(2009, 1, 1))

# %%
figures = bench(FOLDER, PERIOD, draws=100) if FOLDER.exists() else None
if figures is None:
    print(f"no folder {FOLDER}: nothing is measured")
else:
    ranking = {
        way: {name: figure.value for name, figure in found.items()}
        for way, found in figures.ranking.items()
    }
    print(pd.DataFrame(ranking).T.round(3))

# %% [markdown]
# ## Siapa bertahan, dan seberapa yakin
#
# *Who stayed, and how sure that is.*

# %%
if figures is not None and figures.tenure is not None:
    print(figures.tenure.figures["boosted"])
    print(figures.tenure.lengths)
