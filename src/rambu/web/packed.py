"""A profile in an address: only for whoever asks for a link."""

import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

from rambu.errors import RambuError

LONGEST = 64 * 1024  # bytes unpacked


def packed(text: str) -> str:
    """A text as a piece of an address."""
    return urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def unpacked(piece: str) -> str:
    """The text again. Raises RambuError."""
    try:
        raw = urlsafe_b64decode(piece.encode("ascii") + b"=" * (-len(piece) % 4))
        unpacking = zlib.decompressobj()
        text = unpacking.decompress(raw, LONGEST)
        if unpacking.unconsumed_tail:
            raise ValueError
        return text.decode()
    except (ValueError, zlib.error):
        raise RambuError.of("link", "the link is damaged", "ask for it again, or upload the profile", "p") from None
