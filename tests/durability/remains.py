"""Is any of these words still to be found in a folder, in whatever way it is stored?"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

#: How text may be turned into bytes.
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")

#: Where a zlib stream may begin (RFC 1950): eight window sizes, four levels.
_ZLIB = re.compile(rb"[\x08-\x78][\x01\x5e\x9c\xda]")
_GZIP = b"\x1f\x8b\x08"
_MAX = 1 << 24


def remains(folder: Path, *words: str) -> list[str]:
    """The files of *folder* in which, or in whose name, one of *words* is found, raw or in
    anything that decompresses, in any case."""
    wanted = [word.casefold().encode(encoding) for word in words for encoding in ENCODINGS]
    found = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        layers = [name.encode()]
        if path.is_file() and not path.is_symlink():
            layers += _layers(path.read_bytes())
        if any(word in layer.lower() for layer in layers for word in wanted):
            found.append(name)
    return found


def _layers(data: bytes, depth: int = 0) -> Iterator[bytes]:
    """*data*, and everything in it that decompresses."""
    yield data
    if depth == 3:
        return
    for match in _ZLIB.finditer(data):
        if int.from_bytes(match.group()) % 31 == 0:
            yield from _unpacked(data[match.start() :], zlib.MAX_WBITS, depth)
    start = data.find(_GZIP)
    while start >= 0:
        yield from _unpacked(data[start:], zlib.MAX_WBITS | 16, depth)
        start = data.find(_GZIP, start + 1)
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from _layers(archive.read(name), depth + 1)


def _unpacked(data: bytes, window: int, depth: int) -> Iterator[bytes]:
    try:
        plain = zlib.decompressobj(window).decompress(data, _MAX)
    except zlib.error:
        return
    if plain:
        yield from _layers(plain, depth + 1)
