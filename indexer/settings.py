"""What can be set, with its default, unit and meaning: one table.

A value comes from an argument, else from the environment (``PILCROW_`` and the name in
capitals), else from a TOML file, else from the table.
"""

from __future__ import annotations

import hashlib
import math
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import platformdirs

from indexer.errors import SettingsError

#: TCP has no port above this one; 0 is any that is free.
_LAST_PORT = 65535

PACKAGE = Path(__file__).resolve().parent


def packaged_corpus() -> Path:
    """The corpus that travels with the project: in the package, or beside it in a checkout."""
    inside = PACKAGE / "corpus"
    return inside if inside.is_dir() else PACKAGE.parent / "corpus"


def _processors() -> int:
    """How many processors this process may use."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


def _setting(default: Any, help_: str) -> Any:
    return field(default=default, metadata={"help": help_})


@dataclass(frozen=True)
class Settings:
    """Every setting; units are in the names."""

    corpus: Path = _setting(
        packaged_corpus(), "folder with submissions/ and, if wanted, authority/"
    )
    data: Path | None = _setting(None, "folder for library and index; one per corpus by default")
    index_owner: str = _setting(
        "", "user whom the index may belong to, besides root and the one who reads it"
    )
    engine: str = _setting("whoosh", "address of the search engine")
    host: str = _setting("127.0.0.1", "address to listen on")
    port: int = _setting(8000, "port to listen on")
    public_url: str = _setting("", "address the site is reached at, if not host and port")
    trusted_hosts: str = _setting(
        "", "further names the site is asked by, with commas; every other Host is refused"
    )
    threads: int = _setting(
        16, "web threads; of questions at once, two fewer are let in, the others told to come back"
    )
    search_processes: int = _setting(
        6, "processes that answer questions; two of them never take long ones"
    )
    search_seconds: float = _setting(2.0, "seconds an answer may take before it is stopped")
    query_characters: int = _setting(4000, "longest query, in characters")
    query_terms: int = _setting(128, "most words in one query")
    query_depth: int = _setting(20, "deepest nesting of brackets in a query")
    query_wildcards: int = _setting(32, "most wildcards in one query")
    wildcard_letters: int = _setting(3, "letters that a wildcard needs before its first * or ?")
    query_near_spellings: int = _setting(8, "most near spellings in one query")
    near_spelling_edits: int = _setting(2, "most letters that a near spelling may be away")
    query_expansions: int = _setting(2000, "most words a wildcard or near spelling may stand for")
    phrase_distance: int = _setting(100, "farthest that the words of a phrase may be apart")
    citation_items: int = _setting(200, "most numbers and ranges in one citation")
    citation_paragraphs: int = _setting(5000, "most paragraphs that one citation may name")
    filter_values: int = _setting(100, "most filter values in one search")
    page_depth: int = _setting(10000, "hits that can be paged through")
    export_paragraphs: int = _setting(1000, "most paragraphs in an exported file")
    reading_processes: int = _setting(_processors(), "processes that read files")
    reading_seconds: float = _setting(
        60.0, "seconds that reading one file may take before it is ended"
    )
    reading_megabytes: int = _setting(2048, "megabytes of memory that reading one file may take")

    @property
    def site_url(self) -> str:
        """The address that the site's own are relative to, without a closing slash."""
        return (self.public_url or f"http://{self.url_host}:{self.port}").rstrip("/")

    @property
    def url_host(self) -> str:
        """The host as an address names it: one of IPv6 in brackets."""
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def data_folder(self) -> Path:
        """The folder for library and index, settled."""
        if self.data is not None:
            return self.data
        corpus = self.corpus.resolve()
        digest = hashlib.sha256(os.fsencode(corpus)).hexdigest()[:8]
        return platformdirs.user_data_path("pilcrow") / f"{corpus.name}-{digest}"


def load_settings(
    arguments: Mapping[str, Any] | None = None,
    environment: Mapping[str, str] | None = None,
    file: Path | None = None,
) -> Settings:
    """Settle every setting: arguments (None means not given), environment, *file*, defaults.

    Raises SettingsError for an unknown name in *file* or a value of the wrong type.
    """
    environment = os.environ if environment is None else environment
    if file is None and environment.get("PILCROW_CONFIG"):
        file = Path(environment["PILCROW_CONFIG"])
    values: dict[str, Any] = {}
    kinds = {f.name: str(f.type) for f in fields(Settings)}
    for name, value in _file_values(file).items():
        if name not in kinds:
            raise SettingsError(
                f"{file}: unknown setting {name!r}", f"Known are: {', '.join(sorted(kinds))}"
            )
        values[name] = _typed(name, kinds[name], value, f"{file}")
    for name, kind in kinds.items():
        variable = f"PILCROW_{name.upper()}"
        if variable in environment:
            values[name] = _typed(name, kind, environment[variable], variable)
    for name, value in (arguments or {}).items():
        if value is not None and name in kinds:
            values[name] = _typed(name, kinds[name], value, f"--{name.replace('_', '-')}")
    return Settings(**values)


def _file_values(file: Path | None) -> dict[str, Any]:
    if file is None:
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            f"{file}: the settings file cannot be read ({error})", "Correct it or name another"
        ) from error


def _typed(name: str, kind: str, value: Any, place: str) -> Any:
    try:
        if "Path" in kind:
            return _folder(value)
        if kind == "str":
            if not isinstance(value, str):
                raise TypeError
            return value
        number = int(value) if kind == "int" else float(value)
        # A file's 3.9 is no whole number, and its true no number at all.
        if isinstance(value, bool) or (isinstance(value, float) and number != value):
            raise ValueError
        # No process, thread or second at all would leave every search unanswered.
        fits = 0 <= number <= _LAST_PORT if name == "port" else 0 < number < math.inf
        if not fits:
            raise ValueError
        return number
    # A home folder that is not known is a RuntimeError.
    except (TypeError, ValueError, OverflowError, RuntimeError) as error:
        cures = {
            "port": f"Give a number from 0 to {_LAST_PORT}",
            "int": "Give a whole number above 0",
            "float": "Give a number above 0",
            "str": "Give a text in quotes",
        }
        cure = cures.get(name) or cures.get(kind, "Give the path of a folder")
        raise SettingsError(f"{place}: {name} cannot be {value!r}", cure) from error


def _folder(value: Any) -> Path:
    if not str(value):
        raise ValueError  # else the folder in which the command happens to run
    return Path(value).expanduser()
