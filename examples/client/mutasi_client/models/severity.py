from enum import StrEnum


class Severity(StrEnum):
    BLOCKS = "blocks"
    INFORMS = "informs"
    WARNS = "warns"

    def __str__(self) -> str:
        return str(self.value)
