"""From which kinds of posts people come to which."""

import numpy as np

from mutasi.simulation.arrays import Bools, Ints
from mutasi.simulation.establishment import FAMILY_NAMES, RUNG_NAMES, Establishment
from mutasi.simulation.jobs import CLERKS

TEACHERS = ("teacher_primary", "teacher_subject", "teacher_sport")


def feeders(posts: Establishment, group: int) -> Ints:
    """Return the groups (family and rung) from which posts of a group are filled."""
    family, rung = divmod(group, len(RUNG_NAMES))
    level = int(posts.level[posts.group == group][0])
    name = FAMILY_NAMES[family]
    if name == "structural":
        found = _to_structural(posts, level)
    elif name == "clerk":
        found = _to_clerk(posts, rung)
    elif name in ("head_teacher", "school_inspector"):
        found = _named(posts, (*TEACHERS, "head_teacher")) & (posts.level <= level)
        found &= posts.level >= level - 1
    elif name == "head_of_health_centre":
        found = _named(posts, ("doctor", "dentist", "nurse_expert", "pharmacist", name))
        found &= posts.level == level
    else:
        found = _to_functional(posts, family, level)
    return np.unique(posts.group[found])


def _named(posts: Establishment, names: tuple[str, ...]) -> Bools:
    return np.asarray(np.isin(posts.family, [FAMILY_NAMES.index(name) for name in names]))


def _to_structural(posts: Establishment, level: int) -> Bools:
    near = (posts.level == level) | (posts.level == level - 1)
    clerk = posts.clerk & (posts.rung == RUNG_NAMES.index("PTK")) & (level == 2)
    return np.asarray((posts.structural & near) | ((posts.track == 2) & near) | clerk)


def _to_clerk(posts: Establishment, rung: int) -> Bools:
    names = list(CLERKS)
    place = names.index(RUNG_NAMES[rung])
    near = [RUNG_NAMES.index(name) for name in names[place : place + 2]]
    return np.asarray(posts.clerk & np.isin(posts.rung, near))


def _to_functional(posts: Establishment, family: int, level: int) -> Bools:
    same = (posts.family == family) & ((posts.level == level) | (posts.level == level - 1))
    track = int(posts.track[posts.family == family][0])
    if track < 2:
        return np.asarray(same & (posts.level == level))
    clerk = posts.clerk & (posts.level >= level - 1)
    officer = posts.structural & (posts.level == level) & (level >= 3)
    return np.asarray(same | clerk | officer)


def above(posts: Establishment) -> Ints:
    """Return for each post the next rung of its family in its unit, -1 if there is none."""
    rungs = len(RUNG_NAMES)
    functional = posts.track < 3
    key = (posts.unit * len(FAMILY_NAMES) + posts.family) * rungs + posts.rung
    order = np.argsort(key, kind="stable")
    following = np.append(order[1:], -1)
    next_of = np.full(len(key), -1, dtype=np.int64)
    next_of[order] = following
    same = functional & (next_of >= 0)
    same &= (posts.unit[next_of] == posts.unit) & (posts.family[next_of] == posts.family)
    same &= posts.lowest[next_of] == posts.highest + 1
    return np.where(same, next_of, -1)
