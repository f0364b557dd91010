"""What is copied when a passage is quoted? Its exact words, in marks, and its citation."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.citations.pinpoint import Place, passages


def quoted(cited: Sequence[Place], marks: tuple[str, str]) -> str:
    """Return the words of the *cited* paragraphs between *marks*, nothing inside touched.

    Of a passage of several paragraphs each opens with a mark and only the last closes,
    as printers do. What the document does not print in one piece is closed and opened
    anew. Run-in marks are used however long the passage is: the indented block that
    styles want for long ones does not survive as plain text.
    """
    opening, closing = marks
    return "\n\n".join(
        "\n\n".join(f"{opening}{place.paragraph.text}" for place in passage) + closing
        for passage in passages(cited)
    )
