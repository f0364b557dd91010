"""The command `pilcrow`: the index's commands, and those that know the pages.

`search` is one of these, since it prints what the page's JSON twin does, addresses and all.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from indexer.cli import Command, bring_up_to_date, data_options, main, say
from indexer.errors import AuthorityError, IndexUnavailable, SourceError
from indexer.generations import Generations
from indexer.query.results import FACETS, ResultPage, SearchParameters
from indexer.settings import Settings, load_settings

if TYPE_CHECKING:
    from indexer.search import Searcher

__all__ = ["main"]


@main.command()
@click.option("--host", help="Address to listen on. [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port. [default: 8000]")
@data_options
def serve(
    host: str | None,
    port: int | None,
    corpus: Path | None,
    data: Path | None,
    engine: str | None,
) -> None:
    """Index if anything changed, then serve the pages."""
    from webapp.ending import end_when_told, leave_no_dump

    leave_no_dump()
    end_when_told()
    from indexer.reading.processes import LOADED
    from webapp.handing import PRELOAD
    from webapp.server import run
    from webapp.workers import fork_from

    settings = load_settings(
        {"host": host, "port": port, "corpus": corpus, "data": data, "engine": engine}
    )
    fork_from((*LOADED, *PRELOAD))
    try:
        bring_up_to_date(settings)
    except (IndexUnavailable, SourceError, AuthorityError) as error:
        if not _can_be_served(settings):
            raise
        click.echo(f"pilcrow: {error}", err=True)
        click.echo("The index as it was before is served.", err=True)
    # Whatever read files had the next such process, should this one die, load what reads them.
    fork_from(PRELOAD)
    run(settings)


def _can_be_served(settings: Settings) -> bool:
    """Whether there is an index, up to date or not."""
    try:
        Generations.of(settings).usable()
    except IndexUnavailable:
        return False
    return True


def facet_options(command: Command) -> Command:
    """An option for every facet, repeatable."""
    for name, label in reversed(FACETS.items()):
        spellings = dict.fromkeys((f"--{name.replace('_', '-')}", f"--{name}"))
        command = click.option(
            *spellings,
            name,
            multiple=True,
            metavar="VALUE",
            help=f"Only these {label.lower()}.",
        )(command)
    return command


@main.command()
@click.argument("query")
@facet_options
@click.option("--from", "from_", metavar="DATE", help="Only dates mentioned from this one on.")
@click.option("--to", metavar="DATE", help="Only dates mentioned up to this one.")
@click.option("--sort", type=click.Choice(["relevance", "document"]))
@click.option("--size", type=click.IntRange(1, 100), default=10, show_default=True)
@click.option("--page", type=click.IntRange(1), default=1, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@data_options
def search(
    query: str,
    from_: str | None,
    to: str | None,
    sort: str | None,
    size: int,
    page: int,
    as_json: bool,
    corpus: Path | None,
    data: Path | None,
    engine: str | None,
    **facets: tuple[str, ...],
) -> None:
    """Search for QUERY; «-» reads it from standard input."""
    settings = load_settings({"corpus": corpus, "data": data, "engine": engine})
    parameters = SearchParameters(
        q=sys.stdin.read().strip() if query == "-" else query,
        filters=tuple((name, value) for name, values in facets.items() for value in values),
        from_=from_,
        to=to,
        sort=sort,
        page=page,
        size=size,
    )
    found, record = Generations.of(settings).unswitched(
        lambda: _answered(settings, parameters, as_json)
    )
    if as_json:
        say(json.dumps(record, ensure_ascii=False, indent=1))
    else:
        _print_results(found)


def _answered(
    settings: Settings, parameters: SearchParameters, with_record: bool
) -> tuple[ResultPage, dict[str, Any]]:
    """The answer, and its record where that is asked for, both of one generation."""
    searcher = open_searcher(settings)
    found = searcher.search(parameters)
    if not with_record:
        return found, {}
    from webapp.contexts.search import SearchPage

    return found, SearchPage(found, searcher.library).record()


def open_searcher(settings: Settings) -> Searcher:
    """A searcher on the index in force, in this process."""
    from indexer.engines import open_engine
    from indexer.library import Library
    from indexer.search import Searcher

    generation = Generations.of(settings).current()
    engine = open_engine(generation.manifest().engine, generation.engine)
    return Searcher(
        Library(generation.library),
        lambda requests: [engine.search(request) for request in requests],
        settings,
        generation.name,
    )


def _print_results(found: ResultPage) -> None:
    for notice in found.notices:
        say(f"note: {notice.message}", err=True)
    if found.relaxed:
        click.echo("No paragraph has all the words; these have some of them.", err=True)
    for hit in found.hits:
        say(f"{hit.submission}/{hit.paragraph.number}\t{hit.paragraph.text}")
    for suggestion in found.suggestions:
        say(f"Try: {suggestion.text}", err=True)
    click.echo(f"{len(found.hits)} of {found.total} paragraphs", err=True)
