"""Load on a service by a schedule: slow answers do not put off the next question.

A caller who waits for an answer before asking again hides how long others would have
waited meanwhile.  So every question has its moment, and its answer took from that moment
on, whether or not the service was ready for it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np

OK = 200
PATIENCE = 30.0
"""Seconds after the last question in which answers still count."""

Ask = Callable[[str], Awaitable[int]]
"""Asks one question; returns the status of the answer, or raises what went wrong."""


@dataclass(frozen=True)
class Load:
    """What came of a load.

    Attributes:
        asked: How many questions.
        wrong: How many were not answered, or not with 200.
        latencies: Milliseconds from the moment of each question that was answered.
        late: Milliseconds by which questions were asked after their moment, at most: what
            the one who asks adds.
    """

    asked: int
    wrong: int
    latencies: tuple[float, ...]
    late: float

    def percentile(self, share: float) -> float:
        """Return within how many milliseconds a share of all questions was answered.

        A question without an answer took for ever.
        """
        taken = np.append(self.latencies, np.full(self.wrong, np.inf))
        return float(np.quantile(taken, share, method="higher"))


async def laden(
    ask: Ask, questions: Sequence[str], rate: float, patience: float = PATIENCE
) -> Load:
    """Ask questions at a rate and return what came of it.

    Args:
        ask: Asks one.
        questions: What is asked, one after the other.
        rate: Questions a second.
        patience: Seconds after the last in which answers still count.
    """
    begun = perf_counter()
    latencies: list[float] = []
    late: list[float] = []

    async def one(question: str, moment: float) -> None:
        await asyncio.sleep(moment - perf_counter())
        late.append(1000.0 * (perf_counter() - moment))
        if await ask(question) == OK:
            latencies.append(1000.0 * (perf_counter() - moment))

    asking = [
        asyncio.create_task(one(question, begun + place / rate))
        for place, question in enumerate(questions)
    ]
    _, left = await asyncio.wait(asking, timeout=len(questions) / rate + patience)
    for unanswered in left:
        unanswered.cancel()
    await asyncio.gather(*asking, return_exceptions=True)
    return Load(len(questions), len(questions) - len(latencies), tuple(latencies), max(late))
