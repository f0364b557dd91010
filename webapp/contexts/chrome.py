"""What stands around every page? The site's frame: its links and static files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from webapp import links

STATIC = Path(__file__).resolve().parent.parent / "static"

#: Half of a SHA-256 is more than enough to tell two versions of our own files apart.
_DIGEST_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Chrome:
    """The frame of every page."""

    digest: str
    """Of all static files; part of their addresses."""
    files: tuple[str, ...]
    """Names of the static files."""

    name = "Pilcrow"
    home = links.HOME
    search = links.SEARCH
    opensearch = links.OPENSEARCH
    entities = links.ENTITIES
    help = links.HELP
    openapi = links.OPENAPI
    health = links.HEALTH
    navigation = (
        ("Submissions", links.SUBMISSIONS),
        ("Names", links.ENTITIES),
        ("Help", links.HELP),
        ("About", links.ABOUT),
    )

    def static(self, name: str) -> str:
        """The address of a static file."""
        return links.static(self.digest, name)


def chrome() -> Chrome:
    """Read the static files' digest."""
    files = sorted(path for path in STATIC.iterdir() if path.is_file())
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return Chrome(digest.hexdigest()[:_DIGEST_LENGTH], tuple(path.name for path in files))
