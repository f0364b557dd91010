"""How does one file become a tagged submission? Read, structure, tag.

:class:`Reader` does it here and now; :mod:`.processes` does it in processes of their own,
with limits. What is done with the submission is left to :mod:`indexer.pipeline`.
"""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path

from indexer.entities import Authority, load_authority, model, tag
from indexer.errors import SourceError, one_line
from indexer.model import Submission
from indexer.readers import SUFFIXES, read_content, source_bytes
from indexer.settings import packaged_corpus
from indexer.structure import Metadata, build, load_metadata
from indexer.structure.metadata import sidecar

#: Largest file of metadata: a thousand times what one holds.
_METADATA_BYTES = 1_000_000


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
        return self.read_with_content(file)[0]

    def read_with_content(self, file: Path) -> tuple[Submission, bytes]:
        """The submission in *file*, tagged, and the bytes it was read from.

        Raises SourceError, which names the file with its folder.
        """
        try:
            metadata = self._metadata(file)
            self._check_inside(file)
            content = source_bytes(file)
            reading = read_content(content, file, metadata.encoding)
            return tag(build(reading, metadata), self.authority, model.is_installed()), content
        except SourceError as error:
            raise self._placed(error, file) from error

    def _metadata(self, file: Path) -> Metadata:
        """What the file beside *file* says, looked at before it is trusted."""
        beside = sidecar(file)
        if not os.path.lexists(beside):
            return Metadata()
        self._check_inside(beside)
        source_bytes(beside, _METADATA_BYTES)
        try:
            return load_metadata(file)
        # Python's own TOML reader lets these through, for nesting and for long numbers.
        except (RecursionError, ValueError) as error:
            raise SourceError(
                f"{beside}: is nested too deep or holds a number that is too long",
                "Correct the file, or take it away",
            ) from error

    def _check_inside(self, file: Path) -> None:
        """Raises SourceError where *file* leads out of the corpus that it is in: a corpus
        shows what is in it, not what its keeper may also read."""
        try:
            settled = file.resolve(strict=True)
        except (OSError, RuntimeError) as error:  # a link in a circle is a RuntimeError
            reason = getattr(error, "strerror", None) or "its links lead in a circle"
            raise SourceError(
                f"{file}: cannot be read ({reason})", "Check its name and permissions"
            ) from error
        if settled.is_dir() and file.is_symlink():
            raise SourceError(f"{file}: is a link to a folder", "Put the folder itself there")
        inside = file.absolute().is_relative_to(self._corpus.absolute())
        if inside and not settled.is_relative_to(self._corpus.resolve()):
            raise SourceError(
                f"{file}: is a link out of the corpus",
                "Put a copy of the file itself there",
                "link-out",
            )

    def _placed(self, error: SourceError, file: Path) -> SourceError:
        """*error* with the file's folder where it names the file without, on one line."""
        message = error.message
        for named in (sidecar(file), file):
            for form in (str(named), one_line(named.name), named.name):
                if message.startswith(form):
                    message = shown(named, self._corpus) + one_line(message[len(form) :])
                    return SourceError(message, one_line(error.cure), error.code)
        message = f"{shown(file, self._corpus)}: {one_line(message)}"
        return SourceError(message, one_line(error.cure), error.code)

    def sources(self) -> list[Path]:
        """The corpus's documents, by name. Raises SourceError where there is none.

        What has a document's name but cannot be read, such as a link to nowhere or a
        folder that is closed, is among them: it is told when it is read.
        """
        folder = self._corpus / "submissions"
        if not folder.is_dir():
            folder = self._corpus
        found: list[Path] = []

        def closed(error: OSError) -> None:
            found.append(Path(os.fsdecode(error.filename)))

        for place, folders, files in os.walk(folder, onerror=closed):
            folders[:] = [name for name in folders if not name.startswith(".")]
            linked = (name for name in folders if os.path.islink(os.path.join(place, name)))
            documents = (
                name
                for name in files
                if not name.startswith(".") and os.path.splitext(name)[1].lower() in SUFFIXES
            )
            found += (Path(place, name) for name in (*linked, *documents))
        if not found:
            raise SourceError(
                f"There is no document in {folder}",
                f"Put files there that end in {', '.join(sorted(SUFFIXES))}",
            )
        return sorted(found)


def shown(file: Path, corpus: Path) -> str:
    """How *file* is named to a user: from the corpus on where it is in it, on one line.

    No two files of a corpus are shown alike: a backslash of the name itself is doubled.
    """
    place = file.absolute()
    inside = place.is_relative_to(corpus.absolute())
    path = place.relative_to(corpus.absolute()) if inside else file
    return one_line(str(path).replace("\\", "\\\\"))
