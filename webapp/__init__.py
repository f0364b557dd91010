"""Pilcrow in a browser. :func:`create_app` makes the application.

Nothing is imported until then: the commands live in this package too, and most of them
show no page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from indexer.settings import Settings
    from webapp.site import Site


def create_app(settings: Settings, site: Site | None = None) -> Flask:
    """Make the application that serves *site*, by default the one of *settings*."""
    from webapp.application import create_app as create

    return create(settings, site)
