"""Ed25519; imported only where a signature is looked at, or made."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def holds(key: str, signed: bytes, signature: str) -> bool:
    """Whether the signature over the bytes was made with the private half of this public key."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(
            bytes.fromhex(signature), signed
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def public_of(private: bytes) -> str:
    """The public half of 32 secret bytes."""
    key = Ed25519PrivateKey.from_private_bytes(private).public_key()
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def signature_of(private: bytes, signed: bytes) -> str:
    """The signature that ``holds`` accepts."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(signed).hex()
