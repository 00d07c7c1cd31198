from enum import StrEnum


class RankingBasis(StrEnum):
    MODEL = "model"
    TRANSPARENT_SCORE = "transparent_score"

    def __str__(self) -> str:
        return str(self.value)
