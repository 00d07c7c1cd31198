"""How worlds are made: one as a rule, others that are made differently.

What learns must do so in worlds of which it knows nothing, so these share neither
code nor constants with it.
"""

from mutasi.simulation.behavior import Nature
from mutasi.simulation.config import Kind
from mutasi.simulation.worlds.gaps import GAPS
from mutasi.simulation.worlds.patronage import PATRONAGE
from mutasi.simulation.worlds.thresholds import THRESHOLDS
from mutasi.simulation.worlds.usual import USUAL

NATURES: dict[Kind, Nature] = {
    "usual": USUAL,
    "thresholds": THRESHOLDS,
    "patronage": PATRONAGE,
    "gaps": GAPS,
}
