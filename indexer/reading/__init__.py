"""How does one file become a tagged submission? Read, structure, tag.

What is done with the submission is left to :mod:`indexer.pipeline`.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from indexer.entities import Authority, load_authority, tag
from indexer.errors import SourceError
from indexer.model import Submission
from indexer.readers import SUFFIXES, read_source
from indexer.settings import packaged_corpus
from indexer.structure import build, load_metadata


class Reader:
    """Reads the files of one corpus, with the authority files that apply to it."""

    def __init__(self, corpus: Path) -> None:
        self._corpus = corpus

    @cached_property
    def authority(self) -> Authority:
        """The packaged authority files with the corpus's own on top."""
        folders = dict.fromkeys((packaged_corpus() / "authority", self._corpus / "authority"))
        return load_authority(folder for folder in folders if folder.is_dir())

    def read(self, file: Path) -> Submission:
        """The submission in *file*, tagged. Raises SourceError."""
        metadata = load_metadata(file)
        return tag(build(read_source(file, metadata.encoding), metadata), self.authority)

    def sources(self) -> list[Path]:
        """The corpus's documents, by name. Raises SourceError where there is none."""
        folder = self._corpus / "submissions"
        if not folder.is_dir():
            folder = self._corpus
        found = sorted(
            path
            for path in folder.rglob("*")
            if path.suffix.lower() in SUFFIXES
            and path.is_file()
            and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        )
        if not found:
            raise SourceError(
                f"There is no document in {folder}",
                f"Put files there that end in {', '.join(sorted(SUFFIXES))}",
            )
        return found
