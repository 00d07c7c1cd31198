"""The public tables of the Indian Administrative Service: a real input, and a measure.

Careers of real civil servants, as published by the Department of Personnel and
Training of India and collected by Vonter/india-ias-officers (Open Database
License 1.0).  :func:`frames` says them in the project's vocabulary;
:func:`bench` measures on them what can be measured: who got which post in past
reshuffles, and who stayed two years.  The tables hold no answers to offers and
no appraisals, so neither acceptance nor performance can be learned from them.
"""

from pipelines.ias.frames import Imported, frames, imported

__all__ = ["Imported", "frames", "imported"]
