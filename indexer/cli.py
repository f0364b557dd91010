"""What can be asked at the command line? Thin commands; the work is done elsewhere.

Results go to standard output and everything else to standard error. A command ends with
0 (done), 1 (nothing could be done), 2 (wrong usage) or 3 (done, but some inputs failed).
"""

from __future__ import annotations

import errno
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from indexer import __version__
from indexer.errors import NotFound, ParameterError, PilcrowError, SourceError, one_line
from indexer.settings import Settings, load_settings

if TYPE_CHECKING:
    from indexer.library import Library
    from indexer.model import Submission

#: Exit codes besides 0.
NOTHING_DONE, WRONG_USAGE, SOME_FAILED = 1, 2, 3

Command = Callable[..., Any]
_Answer = TypeVar("_Answer")

#: What a terminal obeys: it sets its title or the clipboard, hides text, answers as if typed.
_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def say(text: str, err: bool = False) -> None:
    """Print *text*, in which words of strangers may be. What a terminal would obey is written
    out, in a way that JSON reads as it was.

    Raises PilcrowError where it cannot be printed as it is: no quotation is changed for that.
    """
    try:
        click.echo(_COMMANDS.sub(lambda command: f"\\u{ord(command[0]):04x}", text), err=err)
    except UnicodeEncodeError as error:
        raise ParameterError(
            f"{error.encoding}, in which this is to be printed, has no"
            f" {error.object[error.start]!a}",
            "Set PYTHONIOENCODING=utf-8",
        ) from error
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise  # whoever reads has enough; click ends quietly
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or it is tried again
        raise PilcrowError(f"Cannot print ({error.strerror})", "Print to another place") from error


class Group(click.Group):
    """Tells an error of ours as one message, without a stack trace."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the chosen command."""
        # Followed to the letter, a cure would otherwise be done to another folder.
        given = {argument.partition("=")[0] for argument in ctx.args} & {"--corpus", "--data"}
        try:
            return super().invoke(ctx)
        except PilcrowError as error:
            told = f"pilcrow: {error}"
            if given and "`pilcrow index" in error.cure:
                told += f", with {' and '.join(sorted(given))} as here"
                if "--corpus" not in given and "PILCROW_CORPUS" not in os.environ:
                    told += " and the --corpus that belongs to it"
            click.echo(told, err=True)
            sys.exit(WRONG_USAGE if isinstance(error, ParameterError) else NOTHING_DONE)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pilcrow")
def main() -> None:
    """Search, read and cite human-rights submissions to the paragraph."""


class _Named(click.Path):
    """A path that is not empty: that would be the folder which the command happens to run in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path. Fails where it is empty."""
        if not value:
            self.fail("Give the path of a folder", param, ctx)
        return super().convert(value, param, ctx)


def corpus_option(command: Command) -> Command:
    """``--corpus``."""
    return click.option(
        "--corpus",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        help="Folder of documents, or one with submissions/ and authority/. [default: packaged]",
    )(command)


def data_options(command: Command) -> Command:
    """``--corpus``, ``--data`` and ``--engine``."""
    command = click.option("--engine", help="Address of the search engine. [default: whoosh]")(
        command
    )
    command = click.option(
        "--data",
        type=_Named(path_type=Path, file_okay=False),
        help="Folder for library and index. [default: the user's data folder, one per corpus]",
    )(command)
    return corpus_option(command)


@main.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print the whole submission as JSON.")
@corpus_option
def read(file: Path, as_json: bool, corpus: Path | None) -> None:
    """Read one FILE and print the submission in it; builds no index."""
    from indexer.record import submission_record

    submission = _submission_in(file, corpus)
    if as_json:
        say(json.dumps(submission_record(submission), ensure_ascii=False, indent=1))
    else:
        for paragraph in submission.paragraphs:
            say(f"{paragraph.number}\t{paragraph.text}")
    for problem in submission.problems:
        name = one_line(str(file))
        place = f"{name}:{problem.line}" if problem.line else name
        say(f"{place}: {problem.code}: {problem.message}", err=True)


def _submission_in(file: Path, corpus: Path | None) -> Submission:
    """The submission in *file*, read in a process of its own; raises SourceError."""
    from indexer.reading.processes import Limits, ReadingProcesses

    settings = load_settings({"corpus": corpus})
    with ReadingProcesses(settings.corpus, 1, Limits.of(settings)) as processes:
        ((_, result),) = processes.read([file])
    if isinstance(result, SourceError):
        raise result
    return result.submission


@main.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--strict", is_flag=True, help="End with 3 if there is an error or a warning.")
@corpus_option
def lint(file: Path, as_json: bool, strict: bool, corpus: Path | None) -> None:
    """Say what a submitter or corpus keeper should repair in FILE.

    Looked at are the run of paragraph numbers, references, notes, links inside the document,
    the number of words (2,815 alone, 5,630 jointly; headings and paragraphs, without notes and
    annexes) and the form that OHCHR asks for. Nothing is fetched from the network.

    A report is a success whatever it says: the command ends with 0, unless --strict is given.

    The JSON is {"file", "words", "words_of_notes", "words_of_annexes", "limit", "findings"};
    each finding has "code", "severity" (error, warning or info), "message", "cure", "line",
    "page" and "paragraph", the last three null where they are not known.
    """
    from indexer.lint import lint as linted
    from indexer.lint.printed import printed

    report = linted(_submission_in(file, corpus))
    if as_json:
        record = report.record(one_line(str(file)))
        say(json.dumps(record, ensure_ascii=False, indent=1))
    else:
        for line in printed(report, str(file)):
            say(line)
    if strict and any(finding.severity != "info" for finding in report.findings):
        sys.exit(SOME_FAILED)


@main.command()
@data_options
@click.option("--rebuild", is_flag=True, help="Build anew even if nothing changed.")
@click.option(
    "--purge", is_flag=True, help="Build anew and keep no copy of anything that was withdrawn."
)
def index(
    corpus: Path | None, data: Path | None, engine: str | None, rebuild: bool, purge: bool
) -> None:
    """Bring library and index up to date with the corpus."""
    settings = load_settings({"corpus": corpus, "data": data, "engine": engine})
    if bring_up_to_date(settings, rebuild=rebuild, purge=purge):
        sys.exit(SOME_FAILED)


def bring_up_to_date(settings: Settings, rebuild: bool = False, purge: bool = False) -> bool:
    """Index what changed and tell of it. Returns whether some inputs failed."""
    from indexer.generations import Generations
    from indexer.pipeline import update

    generations = Generations.of(settings)
    before = generations.named()
    try:
        with _shown_progress() as progress:
            summary = update(settings, rebuild=rebuild, progress=progress, purge=purge)
    except KeyboardInterrupt:
        unchanged = generations.named() == before
        told = "The index is as it was before." if unchanged else "The new index is in force."
        click.echo(f"\npilcrow: Stopped. {told}", err=True)
        sys.exit(NOTHING_DONE)
    for line in summary.lines():
        click.echo(line, err=True)
    return bool(summary.failed)


@contextmanager
def _shown_progress() -> Iterator[Callable[[int, int], None]]:
    """A bar for a person; nothing where the messages go to a file or a program."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    with click.progressbar(length=1, label="Reading", file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield progress


@main.command()
@click.argument("reference")
@click.option("--style", help="Citation style: un, oscola, chicago, bluebook or apa. [default: un]")
@data_options
def cite(
    reference: str, style: str | None, corpus: Path | None, data: Path | None, engine: str | None
) -> None:
    """Print the citation of REFERENCE: 48, paras 45-52, KAZ para 48, <submission>/48."""
    settings = load_settings({"corpus": corpus, "data": data, "engine": engine})
    for line in _told_by(settings, lambda library: _citations(library, reference, style or "un")):
        say(line)


def _told_by(settings: Settings, ask: Callable[[Library], _Answer]) -> _Answer:
    """What *ask* is told by the library in force."""
    from indexer.generations import Generations
    from indexer.library import Library

    generations = Generations.of(settings)

    def asked() -> _Answer:
        generation = generations.current()
        generation.manifest()  # refuses what other code has stored
        return ask(Library(generation.library))

    return generations.unswitched(asked)


def _citations(library: Library, reference: str, style: str) -> list[str]:
    """Of what *reference* means, a line for each submission. Raises NotFound.

    An item inside a paragraph is cited where it is printed, as on the pages.
    """
    from indexer.citations import cite as citation
    from indexer.notation.items import has_item, split_item
    from indexer.query.lookup import look_up

    found = look_up(reference, library, library.in_view(()))
    numbers: dict[str, list[str]] = {}
    for key, asked in zip(found.keys, found.asked, strict=True) if found else ():
        _, labels = split_item(asked)
        if asked == key[1] or has_item(library.paragraph(*key).text, labels):
            numbers.setdefault(key[0], []).append(asked)
    if not numbers:
        raise NotFound(f"No paragraph is meant by {reference!r}", "Write for example «para 48»")
    return [
        citation(library.submission(id_), cited, style, state_name=library.card(id_).state_name)
        for id_, cited in numbers.items()
    ]


@main.group()
def entities() -> None:
    """Work on who and what is named."""


@entities.command()
@data_options
def suggest(corpus: Path | None, data: Path | None, engine: str | None) -> None:
    """Write names that no authority file lists, as CSV.

    The rows are those of an authority file, with how often and where each name was found and
    what it resembles. Edit them and put them into a file in the corpus's authority folder.
    """
    from indexer import candidates
    from indexer.reading import Reader

    settings = load_settings({"corpus": corpus, "data": data, "engine": engine})
    authority = Reader(settings.corpus).authority
    rows = _told_by(settings, lambda library: list(candidates.candidates(library, authority)))
    table = io.StringIO()
    count = candidates.write(rows, table)
    say(table.getvalue().removesuffix("\n"))
    click.echo(f"{count:,} names that no authority file lists.", err=True)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print what was checked as JSON.")
@data_options
def check(as_json: bool, corpus: Path | None, data: Path | None, engine: str | None) -> None:
    """Verify that the index is what was written, and what its texts give.

    Checked are, in this order, up to the first that fails: the owner, permissions and SHA-256
    of every file (files); everything in the library, made again from its texts, and every
    place named in them, such as that of a name, a note's mark, a piece of the source
    (library); that each paragraph is in library and index, once, in the same order
    (paragraphs); every term at every position, facet, date and address of the index against a
    fresh analysis of the texts (postings).

    Ends with 0 if all is whole. Ends with 1 if something is damaged or there is no index; one
    message says what, where, and the cure.

    The JSON, which is printed in either case, is {"generation", "whole", "checks", "error"};
    each check has "name", "checked" (how many files, places or paragraphs; 0 of the one that
    failed) and "whole"; "error" is null or has "code", "message" and "cure". "generation" is
    null where none can be opened.
    """
    from indexer.pipeline import examine

    done = examine(load_settings({"corpus": corpus, "data": data, "engine": engine}))
    if as_json:
        say(json.dumps(done.record(), ensure_ascii=False, indent=1))
    elif done.error is None:
        say(done.told())
    if done.error is not None:
        raise done.error
