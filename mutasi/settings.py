"""Where this installation keeps things: the only reader of the environment."""

import os
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, HttpUrl, PositiveInt, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

STORE = "mutasi.db"
"""File of the default store, in the home."""

LOOPBACK = frozenset({"127.0.0.1", "[::1]", "localhost"})
"""Hosts that are this machine."""


class Settings(BaseSettings):
    """Settings of an installation, from variables that begin with ``MUTASI_``.

    Attributes:
        home: Folder of the store, the models and the runs.
        database: URL of the store; a SQLite file in the home by default.
        tracking: URL of MLflow's records; a SQLite file in the home by default.
        signing_key: File of the private key that signs models; in the home by default.
        public_key: File of the public key that models are checked by; in the home by
            default.
        api_token: A token for one system or a demonstration, with all that an analyst
            may ask; without it only clients and accounts are answered.
        public_url: Where callers reach the service; issuer and audience of its tokens.
        oidc_issuer: An issuer elsewhere whose tokens are accepted, by its ``iss``.
        oidc_jwks: URL of that issuer's keys.
        oidc_audience: What its tokens must be meant for; the public URL by default.
        calls_per_minute: How often one caller may ask, in each process.
        import_megabytes: How much may be handed in at once, to be imported.
        webhooks_to_loopback: Whether webhooks may lead to this machine, without TLS too:
            for tests, never where others subscribe.
        forwarded_allow_ips: Addresses or networks of the proxies before the service, whose
            ``X-Forwarded-For`` is believed; nobody's by default.  The name is uvicorn's:
            ``FORWARDED_ALLOW_IPS``.
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
    public_url: HttpUrl = HttpUrl("http://127.0.0.1:8000")
    oidc_issuer: HttpUrl | None = None
    oidc_jwks: HttpUrl | None = None
    oidc_audience: str | None = None
    calls_per_minute: PositiveInt = 1800
    import_megabytes: PositiveInt = 128
    webhooks_to_loopback: bool = False
    forwarded_allow_ips: str = Field("", validation_alias="FORWARDED_ALLOW_IPS")
    language: Literal["id", "en"] = "id"
    beside: tuple[Path, ...] = ()

    @model_validator(mode="after")
    def _issuer_has_keys(self) -> Self:
        """Refuse half an issuer, and keys that somebody on the way could replace.

        Raises:
            ValueError: If only one of issuer and keys is given, or keys come unencrypted
                from another machine.
        """
        if (self.oidc_issuer is None) != (self.oidc_jwks is None):
            raise ValueError("MUTASI_OIDC_ISSUER and MUTASI_OIDC_JWKS belong together")
        jwks = self.oidc_jwks
        if jwks is not None and jwks.scheme != "https" and jwks.host not in LOOPBACK:
            raise ValueError("MUTASI_OIDC_JWKS must begin with https://")
        return self

    @property
    def database_url(self) -> str:
        """URL of the store."""
        return self.database or f"sqlite:///{self.home / STORE}"

    @property
    def tracking_uri(self) -> str:
        """URL of MLflow's records."""
        return self.tracking or f"sqlite:///{self.home / 'mlflow.db'}"

    @property
    def kept_region(self) -> Path:
        """File of what the service opens in place of the store's records; made by jobs."""
        return self.home / "kept" / "region.npz"

    @property
    def working(self) -> Path:
        """Where a job writes while it is done, in a folder of its id that its worker removes."""
        return self.home / "working"

    @property
    def models(self) -> Path:
        """Folder of the trained models."""
        return self.home / "models"

    @property
    def issuer(self) -> str:
        """What the service calls itself in the tokens that it issues."""
        return str(self.public_url).rstrip("/")

    @property
    def token_keys(self) -> Path:
        """Folder of the keys that sign tokens; only the service needs it."""
        return self.home / "keys" / "tokens"

    @property
    def webhook_key(self) -> Path:
        """File of the key that the secrets of webhooks follow from."""
        return self.home / "keys" / "webhooks"

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
        "PUBLIC_URL": settings.issuer,
        "OIDC_ISSUER": str(settings.oidc_issuer) if settings.oidc_issuer else None,
        "OIDC_JWKS": str(settings.oidc_jwks) if settings.oidc_jwks else None,
        "OIDC_AUDIENCE": settings.oidc_audience,
        "CALLS_PER_MINUTE": str(settings.calls_per_minute),
        "IMPORT_MEGABYTES": str(settings.import_megabytes),
        "WEBHOOKS_TO_LOOPBACK": str(settings.webhooks_to_loopback).lower(),
    }
    known = {f"MUTASI_{name}": value for name, value in values.items() if value is not None}
    os.environ.update(known)
