"""A world that is seldom written down, and least where things go badly.

Remote and small units keep fewer records; low ratings, and most of all those that
fell after a move, are not handed on; assessments and homes are rare.  People
perform, answer and are chosen as usual.
"""

from dataclasses import replace

from mutasi.simulation.silence import Silence
from mutasi.simulation.worlds.usual import USUAL

GAPS = replace(
    USUAL,
    silence=Silence(
        home=0.5,
        field=0.12,
        rating=0.10,
        late=0.08,
        leader=0.7,
        other=0.94,
        remote=1.7,
        small=1.4,
        low=1.4,
        failed=4.0,
    ),
)
