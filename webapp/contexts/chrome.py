"""What stands around every page? The site's frame: its links and static files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from webapp import links

_STATIC = Path(__file__).resolve().parent.parent / "static"

#: Half of a SHA-256 is more than enough to tell two versions of our own files apart.
_DIGEST_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Chrome:
    """The frame of every page."""

    digest: str
    """Of all static files; part of their addresses."""
    files: Mapping[str, bytes]
    """The static files, by name."""

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


def _chrome() -> Chrome:
    files = {path.name: path.read_bytes() for path in sorted(_STATIC.iterdir()) if path.is_file()}
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(name.encode() + b"\0" + content)
    return Chrome(digest.hexdigest()[:_DIGEST_LENGTH], files)


#: Read once, with the code: an update may replace the files while a server runs.
CHROME = _chrome()
