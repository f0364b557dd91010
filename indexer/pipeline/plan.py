"""What is to be done about each file? The corpus, compared with the generation in force."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass, field
from pathlib import Path

from indexer.engines import open_engine
from indexer.entities import model
from indexer.errors import IndexDamaged, IndexUnavailable, SourceError
from indexer.generations import Generation, Generations, Manifest, code_digest
from indexer.library import Library, Origin
from indexer.pipeline.summary import Summary
from indexer.readers import source_bytes
from indexer.reading import Reader, shown
from indexer.settings import Settings
from indexer.structure.metadata import sidecar


class Corpus:
    """The files of a corpus, and what their readings depend on."""

    def __init__(self, reader: Reader, settings: Settings) -> None:
        self.paths = {shown(path, settings.corpus): path for path in reader.sources()}
        """Each file by how it is named to a user, in the order in which they are read."""
        self.keys = {name: _key(path) for name, path in self.paths.items()}
        self.basis = _basis(reader, settings)
        self.authority = reader.authority.version
        """Digest of the authority files."""
        self._folder = settings.corpus

    @property
    def digest(self) -> str:
        """Digest of the files' names, and of what the reading of each depends on."""
        return hashlib.sha256(repr(sorted(self.keys.items())).encode()).hexdigest()

    def add_what_is_closed(self, origins: dict[str, Origin]) -> None:
        """Count what was read from a folder that cannot be looked into now, for it is not
        known to be gone: it fails by itself when it is read."""
        closed = tuple(f"{name}/" for name, path in self.paths.items() if _is_folder(path))
        for name in origins:
            if name not in self.paths and name.startswith(closed):
                self.paths[name] = self._folder / name
                self.keys[name] = _key(self.paths[name])


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done about each file."""

    earlier: Generation | None = None
    """The generation in force or, where its library is damaged, the one before it."""
    library: Library | None = None
    """Its library, which alone is to be opened where there is damage."""
    manifest: Manifest | None = None
    """Its manifest, if what it holds can be built upon."""
    origins: dict[str, Origin] = field(default_factory=dict)
    """By path, what it holds."""
    pending: tuple[str, ...] = ()
    """Paths that must be read."""
    gone: tuple[Origin, ...] = ()
    """What it holds of files that are no more."""
    damage: IndexDamaged | None = None
    """What is wrong with the generation in force."""
    forgets: bool = False
    """Whether no earlier text is kept, not even to tell how addresses came to differ."""

    @classmethod
    def of(cls, corpus: Corpus, generations: Generations, rebuild: bool) -> Plan:
        """Compare the corpus with the generation in force."""
        damage = None
        try:
            earlier, damage = generations.known()
            library = Library(earlier.library)
            origins = {o.path: o for o in library.origins()}
        except IndexUnavailable as error:
            none_whole = error if isinstance(error, IndexDamaged) else damage
            return cls(pending=tuple(corpus.paths), damage=none_whole)
        corpus.add_what_is_closed(origins)
        rebuild = rebuild or damage is not None
        manifest = None if rebuild else _to_build_upon(earlier, corpus.basis)
        unchanged = {
            path
            for path, origin in origins.items()
            if manifest is not None and not origin.stale and corpus.keys.get(path) == origin.key
        }
        pending = tuple(path for path in corpus.paths if path not in unchanged)
        gone = tuple(o for path, o in origins.items() if path not in corpus.paths)
        return cls(earlier, library, manifest, origins, pending, gone, damage)

    def nothing_new(self) -> Summary | None:
        """The summary of an update that has nothing to do."""
        if self.manifest is None or self.earlier is None or self.pending or self.gone:
            return None
        return Summary.of_nothing_new(self.earlier, self.manifest)


def _to_build_upon(generation: Generation, basis: str) -> Manifest | None:
    """The manifest of *generation*, if it was made on the same *basis* and is not damaged."""
    try:
        manifest = generation.manifest()
        if manifest.basis != basis:
            return None
        open_engine(manifest.engine, generation.engine).close()
    except IndexUnavailable:
        return None
    return manifest


def _basis(reader: Reader, settings: Settings) -> str:
    """Digest of what every reading depends on: code, model, authority files, engine."""
    parts = (settings.engine, model.is_installed(), code_digest(), reader.authority.version)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _is_folder(path: Path) -> bool:
    """Whether it is, or may be, a folder itself and no link to one."""
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except PermissionError:  # what it is in is closed as well
        return True
    except OSError:
        return False


def _key(path: Path) -> str:
    """Digest of what the reading of one file depends on: its bytes and those beside it."""
    digest = hashlib.sha256()
    for part in (path, sidecar(path)):
        try:
            digest.update(hashlib.sha256(source_bytes(part)).digest())
        except SourceError as error:  # told of when the file is read
            # Not where it is: a corpus that was moved is the same.
            told = str(error).replace(str(part), part.name)
            digest.update(told.encode(errors="surrogateescape"))
    return digest.hexdigest()
