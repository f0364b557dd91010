"""Is the index in force whole? What the command `check` says of it."""

from indexer.pipeline import examine
from indexer.settings import Settings


def verified(settings: Settings) -> str:
    """What `check` says where nothing is wrong. Raises what is."""
    done = examine(settings)
    if done.error is not None:
        raise done.error
    return done.told()
