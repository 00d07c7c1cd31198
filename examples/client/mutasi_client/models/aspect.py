from enum import StrEnum


class Aspect(StrEnum):
    ACCEPTANCE = "acceptance"
    PERFORMANCE = "performance"
    PROFILE = "profile"

    def __str__(self) -> str:
        return str(self.value)
