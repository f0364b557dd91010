"""How are the pages served? By waitress, in one process, with their making in others.

waitress reads whole requests and writes whole answers on its own account, so that a slow
client holds no thread, and keeps no log of requests.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Any

import click

from indexer.errors import IndexUnavailable, SettingsError
from indexer.settings import Settings
from webapp import create_app
from webapp.application import MAX_BODY
from webapp.channels import create_server
from webapp.handing import hand_over, started
from webapp.site import Site
from webapp.workers import Workers

#: Bytes of a request's head. Five times what the longest query allowed needs, so that it is the
#: page of a query too long that says what to do; what is sent beyond is work for threads that
#: all requests share.
MAX_HEAD_BYTES = 256 * 1024

#: Connections at once; of file descriptors, most systems give a process 1024. waitress stops
#: listening beyond it, and at its own default a hundred idle visitors were all.
MAX_CONNECTIONS = 800
#: Seconds within which a connection has to ask, or to go on asking, and between two looks at
#: which have not.
IDLE_SECONDS, LOOK_SECONDS = 30, 5

#: Bytes of an answer that wait in memory for a slow client. waitress has what is longer wait
#: in a file, where a query must not be; an answer that repeats one is never as long.
MAX_KEPT_BYTES = 64 * 1024 * 1024


def run(settings: Settings) -> None:
    """Serve until the process is told to end (see :mod:`webapp.ending`).

    Raises SettingsError where the address cannot be listened on.
    """
    site = Site(settings)
    # A failed request's path would be logged with its stack trace; errors.py logs for us.
    logging.getLogger("waitress").setLevel(logging.CRITICAL)
    workers = started(settings)
    try:
        with suppress(IndexUnavailable):  # the pages say what is the matter
            workers.prepare(site.view().source)  # so that the first visitor does not wait
        server, port = _server(settings, site, workers)
        click.echo(f"Pilcrow is at http://{settings.url_host}:{port}", err=True)
        server.run()
    finally:
        workers.close()


def _server(settings: Settings, site: Site, workers: Workers) -> tuple[Any, int]:
    app = create_app(settings, site)
    hand_over(app, site, workers)
    try:
        return create_server(
            app,
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            ident=None,  # nobody needs to know which server, of what version, answers
            max_request_header_size=MAX_HEAD_BYTES,
            max_request_body_size=MAX_BODY + 1,  # waitress refuses this number itself
            inbuf_overflow=MAX_KEPT_BYTES,
            outbuf_overflow=MAX_KEPT_BYTES,
            outbuf_high_watermark=MAX_KEPT_BYTES,  # beyond it a slow reader holds a thread
            connection_limit=MAX_CONNECTIONS,
            channel_timeout=IDLE_SECONDS,
            cleanup_interval=LOOK_SECONDS,
            asyncore_use_poll=True,  # select() knows no descriptor above 1023
        )
    except (OSError, ValueError) as error:
        # waitress tells of a host that has no address by ValueError alone.
        reason = error.strerror if isinstance(error, OSError) else "no such host"
        raise SettingsError(
            f"Cannot listen on {settings.host} port {settings.port} ({reason})",
            "Name another port with --port or another address of this machine with --host,"
            " or end the program that uses this one",
        ) from error
