"""Which program made an OLE file, and is it locked?

Word documents up to 2003 are OLE compound files, as are Excel's, Outlook's and all encrypted
ones. Their directory of streams tells them apart ([MS-CFB], 2.2 to 2.6).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

WORD_STREAM = "WordDocument"
_ENTRY = 128
#: Sectors of the directory that are followed: thousands of streams, more than any document.
_MAX_SECTORS = 4_000
#: Places of the allocation table's sectors that stand in the header.
_HEADER_PLACES = 109
# The file information block: its magic number, and the flag of an encrypted text ([MS-DOC],
# 2.5.2).
_WORD_MAGIC = 0xA5EC
_LOCKED = 0x0100


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    left: int
    right: int
    child: int
    sector: int


def streams_of(data: bytes) -> dict[str, int]:
    """The streams and storages at the top of an OLE file, with the sector each starts in.

    Empty where the file is damaged: what lies deeper belongs to documents embedded in it.
    """
    try:
        entries = _entries(data)
    except (struct.error, IndexError):
        return {}
    if not entries:
        return {}
    found: dict[str, int] = {}
    waiting, seen = [entries[0].child], set()
    while waiting:
        place = waiting.pop()
        if place in seen or place >= len(entries):
            continue
        seen.add(place)
        entry = entries[place]
        found[entry.name] = entry.sector
        waiting += entry.left, entry.right
    return found


def is_locked(data: bytes, streams: dict[str, int]) -> bool:
    """Whether the text of a Word document in *streams* is encrypted."""
    place = (streams[WORD_STREAM] + 1) << _shift(data)
    if place + 12 > len(data):
        return False
    magic, flags = struct.unpack_from("<H8xH", data, place)
    return bool(magic == _WORD_MAGIC and flags & _LOCKED)


def _shift(data: bytes) -> int:
    (shift,) = struct.unpack_from("<H", data, 0x1E)
    return shift if shift in (9, 12) else 9


def _entries(data: bytes) -> list[_Entry]:
    """The entries of the directory, in the order in which they name each other."""
    size = 1 << _shift(data)
    (sector,) = struct.unpack_from("<I", data, 0x30)
    table = struct.unpack_from(f"<{_HEADER_PLACES}I", data, 0x4C)
    entries: list[_Entry] = []
    for _ in range(_MAX_SECTORS):
        start = (sector + 1) * size
        if start + size > len(data):
            break
        for place in range(start, start + size, _ENTRY):
            raw, length, left, right, child, first = struct.unpack_from(
                "<64sH2x3I36xI", data, place
            )
            name = raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            entries.append(_Entry(name, left, right, child, first))
        per_sector = size // 4
        if sector // per_sector >= _HEADER_PLACES:
            break
        allocation = (table[sector // per_sector] + 1) * size
        (sector,) = struct.unpack_from("<I", data, allocation + 4 * (sector % per_sector))
    return entries
