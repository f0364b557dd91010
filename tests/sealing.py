"""How does a test change what an index holds, and have it pass for what was written?"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from indexer.generations import Generation, Generations
from indexer.generations.files import stored_files


def seal_again(data: Path, **changes: Any) -> Generation:
    """Make manifest and pointer fit what the generation in force now holds, with *changes* to
    the manifest: damage that no digest shows. The generation before it is forgotten."""
    name = (data / "current").read_text(encoding="utf-8").partition(" ")[0]
    folder = data / "generations" / name
    path = folder / "manifest.json"
    record = json.loads(path.read_bytes()) | changes
    path.unlink()
    record["files"] = [asdict(file) for file in stored_files(folder)]
    path.write_text(json.dumps(record), encoding="utf-8")
    line = f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n"
    digest = hashlib.sha256(line.encode()).hexdigest()
    (data / "current").write_text(f"{line}{digest}\n", encoding="utf-8")
    return Generations(data).current()
