"""Style sheet, script and icon: read once, with a digest of their content in the address so that they may be kept."""

from dataclasses import dataclass
from hashlib import sha256
from importlib import resources

TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
}
KEPT = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file."""

    content: bytes
    media_type: str
    digest: str


class Assets:
    """All files of the folder static/."""

    def __init__(self) -> None:
        folder = resources.files("rambu.web").joinpath("static")
        self.files = {
            entry.name: _asset(entry.name, entry.read_bytes()) for entry in folder.iterdir() if entry.is_file()
        }

    def address(self, name: str) -> str:
        """Where a file is fetched from."""
        return f"/static/{self.files[name].digest}/{name}"


def _asset(name: str, content: bytes) -> Asset:
    kind = TYPES.get(name.rpartition(".")[2], TYPES["txt"])
    return Asset(content, kind, sha256(content).hexdigest()[:12])
