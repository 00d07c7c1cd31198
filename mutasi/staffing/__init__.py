"""Who is needed and who is there (*kebutuhan*, *bezetting*), and what will change.

>>> By("unit"), FIGURES[:2]
(<By.UNIT: 'unit'>, ('needed', 'filled'))
"""

from mutasi.staffing.balance import FIGURES, balance, efficiency
from mutasi.staffing.grouping import By, Units, grouped
from mutasi.staffing.prediction import Prediction, hindsight, predicted, retirements
from mutasi.staffing.service import READ, Past, departed

__all__ = [
    "FIGURES",
    "READ",
    "By",
    "Past",
    "Prediction",
    "Units",
    "balance",
    "departed",
    "efficiency",
    "grouped",
    "hindsight",
    "predicted",
    "retirements",
]
