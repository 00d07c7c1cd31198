"""Where this installation keeps things: the only reader of the environment."""

import os
from pathlib import Path
from typing import Literal

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

STORE = "mutasi.db"
"""File of the default store, in the home."""


class Settings(BaseSettings):
    """Settings of an installation, from variables that begin with ``MUTASI_``.

    Attributes:
        home: Folder of the store, the models and the runs.
        database: URL of the store; a SQLite file in the home by default.
        tracking: URL of MLflow's records; a SQLite file in the home by default.
        signing_key: File of the private key that signs models; in the home by default.
        public_key: File of the public key that models are checked by; in the home by
            default.
        api_token: What callers of the service must show.
        language: Language of what people read.
        beside: Homes of other regions, whose pasts teach beside one's own; in the
            environment as a JSON list.
    """

    model_config = SettingsConfigDict(env_prefix="MUTASI_", frozen=True, extra="forbid")

    home: Path = Path("artifacts")
    database: str | None = None
    tracking: str | None = None
    signing_key: Path | None = None
    public_key: Path | None = None
    api_token: SecretStr | None = None
    language: Literal["id", "en"] = "id"
    beside: tuple[Path, ...] = ()

    @property
    def database_url(self) -> str:
        """URL of the store."""
        return self.database or f"sqlite:///{self.home / STORE}"

    @property
    def tracking_uri(self) -> str:
        """URL of MLflow's records."""
        return self.tracking or f"sqlite:///{self.home / 'mlflow.db'}"

    @property
    def models(self) -> Path:
        """Folder of the trained models."""
        return self.home / "models"

    @property
    def private_key_file(self) -> Path:
        """File of the key that signs models; only who trains needs it."""
        return self.signing_key or self.home / "keys" / "private.pem"

    @property
    def public_key_file(self) -> Path:
        """File of the key that models are checked by."""
        return self.public_key or self.home / "keys" / "public.pem"


def hand_on(settings: Settings) -> None:
    """Put settings into the environment, for a service that is started by its name."""
    values = {
        "HOME": str(settings.home.resolve()),
        "DATABASE": settings.database,
        "TRACKING": settings.tracking,
        "PUBLIC_KEY": str(settings.public_key.resolve()) if settings.public_key else None,
        "API_TOKEN": settings.api_token.get_secret_value() if settings.api_token else None,
        "LANGUAGE": settings.language,
    }
    known = {f"MUTASI_{name}": value for name, value in values.items() if value is not None}
    os.environ.update(known)
