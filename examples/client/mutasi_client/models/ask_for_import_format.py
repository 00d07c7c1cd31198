from enum import StrEnum


class AskForImportFormat(StrEnum):
    BUNDLE = "bundle"
    LISTS = "lists"
    PETA = "peta"
    SIASN = "siasn"

    def __str__(self) -> str:
        return str(self.value)
