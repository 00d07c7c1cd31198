from enum import StrEnum


class ImportJobFormat(StrEnum):
    BUNDLE = "bundle"
    LISTS = "lists"
    PETA = "peta"
    SIASN = "siasn"

    def __str__(self) -> str:
        return str(self.value)
