"""Who made a model: signatures of what is written, by a key pair (Ed25519, RFC 8032).

Whoever trains holds the private key; whoever serves needs the public one alone.
Keys are PEM, and a signature is the bare 64 bytes, so that OpenSSL can check it too.
"""

import os
import tempfile
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from mutasi.errors import KeyMissing, KeyUnusable
from mutasi.private import OWNER_ONLY, make_folder


class PublicKey:
    """Tells whether something was signed by the private key of its pair."""

    def __init__(self, key: Ed25519PublicKey) -> None:
        self._key = key

    @classmethod
    def load(cls, file: Path) -> Self:
        """Read a key.

        Raises:
            KeyMissing: If there is none.
            KeyUnusable: If the file holds no public Ed25519 key.
        """
        try:
            key = serialization.load_pem_public_key(_read(file))
        except (ValueError, UnsupportedAlgorithm):
            raise KeyUnusable(path=file) from None
        if not isinstance(key, Ed25519PublicKey):
            raise KeyUnusable(path=file)
        return cls(key)

    @property
    def text(self) -> bytes:
        """The key as PEM."""
        return self._key.public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    def signed(self, content: bytes, signature: bytes) -> bool:
        """Return whether a signature is of this content and by this pair."""
        try:
            self._key.verify(signature, content)
        except InvalidSignature:
            return False
        return True


class PrivateKey:
    """Signs."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    @classmethod
    def made(cls) -> Self:
        """Return a new key, by chance."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def load(cls, file: Path) -> Self:
        """Read a key.

        Raises:
            KeyMissing: If there is none.
            KeyUnusable: If the file holds no private Ed25519 key, or needs a password.
        """
        try:
            key = serialization.load_pem_private_key(_read(file), password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            raise KeyUnusable(path=file) from None
        if not isinstance(key, Ed25519PrivateKey):
            raise KeyUnusable(path=file)
        return cls(key)

    @property
    def public(self) -> PublicKey:
        """The other key of the pair."""
        return PublicKey(self._key.public_key())

    def sign(self, content: bytes) -> bytes:
        """Return the signature of content; the same content gives the same."""
        return self._key.sign(content)

    def save(self, file: Path) -> None:
        """Write the key where only the owner can read it (mode 0600)."""
        text = self._key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        _write(file, text, OWNER_ONLY)


def key_pair(private: Path, public: Path) -> PrivateKey:
    """Return the key that signs; where there is no pair yet, one is made.

    Args:
        private: File of the private key.
        public: File of the public key; written again if only this one is lost.

    Raises:
        KeyMissing: If only the public key is there: what it vouches for could never
            be signed again.
        KeyUnusable: If a file holds no such key, or the two are no pair.
    """
    if not private.exists():
        if public.exists():
            raise KeyMissing(path=private)
        PrivateKey.made().save(private)
    key = PrivateKey.load(private)
    if not public.exists():
        _write(public, key.public.text, 0o644)
    if PublicKey.load(public).text != key.public.text:
        raise KeyUnusable(path=public)
    return key


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise KeyMissing(path=file) from None
    except OSError:
        raise KeyUnusable(path=file) from None


def _write(file: Path, text: bytes, mode: int) -> None:
    """Write a file at one stroke; nobody else can read it before its mode is set."""
    make_folder(file.parent)
    handle, beside = tempfile.mkstemp(dir=file.parent, prefix=f"{file.name}.")
    with os.fdopen(handle, "wb") as written:
        written.write(text)
    Path(beside).chmod(mode)
    Path(beside).replace(file)
