"""How were the files in tests/samples/office/ made? By this, with pandoc and LibreOffice.

Run ``python tests/readers/make_office_samples.py`` to make them anew from ``submission.md``.
pandoc writes ``pandoc.docx`` and an OpenDocument text, ``submission.odt``; LibreOffice makes
``libreoffice.docx``, ``submission.doc`` and ``submission.rtf`` of the latter.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "samples" / "office"


def make(folder: Path) -> None:
    """Write the samples into *folder*."""
    text = folder / "submission.odt"
    for made in (folder / "pandoc.docx", text):
        subprocess.run(["pandoc", SAMPLES / "submission.md", "-o", made], check=True, timeout=60)
    with tempfile.TemporaryDirectory() as profile:
        for suffix in ("doc", "rtf", "docx"):
            command = [
                "soffice",
                f"-env:UserInstallation={Path(profile).as_uri()}",
                "--headless",
                "--convert-to",
                suffix,
                "--outdir",
                profile,
                text,
            ]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            name = "libreoffice.docx" if suffix == "docx" else f"submission.{suffix}"
            (folder / name).write_bytes(Path(profile, f"submission.{suffix}").read_bytes())


if __name__ == "__main__":
    make(SAMPLES)
