"""What may be missing where the tests run, and how is that said?

A test that needs what a user's machine may lack is marked ``@pytest.mark.needs("chromium")``.
Without it the test does not run; the last lines of the run then say how many did not, and
what to install. With ``--no-skips`` a run in which anything did not run has failed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import hypothesis
import pytest


def chromium() -> str | None:
    """Path of a Chromium, or Chrome, on this machine."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next(filter(None, map(shutil.which, names)), None)


def _registry_answers() -> bool:
    # Only pip knows which registry, proxy and certificates this machine uses.
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir"]
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(
                [*command, "--dest", folder, "itsdangerous"],
                check=False,
                capture_output=True,
                timeout=120,
            )
        except subprocess.TimeoutExpired:
            return False
    return done.returncode == 0


def _traces() -> bool:
    # Some containers forbid one process to trace another.
    program = shutil.which("strace")
    if program is None:
        return False
    traced = [program, "-o", "/dev/null", "true"]
    return subprocess.run(traced, check=False, capture_output=True).returncode == 0


class Need(NamedTuple):
    """Something a test cannot do without."""

    is_met: Callable[[], bool]
    cure: str


NEEDS = {
    "chromium": Need(
        lambda: chromium() is not None,
        "install Chromium (on Debian and Ubuntu the package `chromium`), or Chrome",
    ),
    "libreoffice": Need(
        lambda: bool(shutil.which("soffice") or shutil.which("libreoffice")),
        "install LibreOffice (on Debian and Ubuntu the package `libreoffice-writer-nogui`)",
    ),
    "pandoc": Need(
        lambda: shutil.which("pandoc") is not None,
        "install pandoc (on Debian and Ubuntu the package `pandoc`)",
    ),
    "strace": Need(_traces, "on Linux, install strace (on Debian and Ubuntu the package `strace`)"),
    "nginx": Need(
        lambda: (
            shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin") is not None
            and shutil.which("openssl") is not None
        ),
        "install nginx and openssl (on Debian and Ubuntu `nginx-light` and `openssl`)",
    ),
    "systemd": Need(
        lambda: shutil.which("systemd-analyze") is not None,
        "on Linux, install systemd (on Debian and Ubuntu the package `systemd`)",
    ),
    "registry": Need(_registry_answers, "connect to the package registry that pip uses"),
}

_unmet = pytest.StashKey["Counter[str]"]()


@cache
def _is_met(name: str) -> bool:
    return NEEDS[name].is_met()


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--no-skips``: for a machine that is meant to have everything. ``--soak``: for one that
    has hours."""
    parser.addoption("--no-skips", action="store_true", help="fail if any test does not run")
    parser.addoption("--soak", action="store_true", help="run the long form of each slow loop")


def pytest_configure(config: pytest.Config) -> None:
    """Start counting what does not run. Generated examples are the same in every run, and new
    ones in every long one; how long one takes is the machine's affair. So is its proxy, which
    our own servers are never asked through."""
    spared = os.environ.get("no_proxy", os.environ.get("NO_PROXY", ""))
    os.environ["no_proxy"] = os.environ["NO_PROXY"] = f"{spared},127.0.0.1,localhost"
    config.stash[_unmet] = Counter()
    same = hypothesis.settings(derandomize=True, database=None, deadline=None)
    hypothesis.settings.register_profile("same", same)
    hypothesis.settings.register_profile("new", deadline=None)
    hypothesis.settings.load_profile("new" if config.getoption("--soak") else "same")


@pytest.fixture(scope="session")
def soak(pytestconfig: pytest.Config) -> bool:
    """Whether a slow loop is to run in its long form."""
    return bool(pytestconfig.getoption("--soak"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Do not run a test whose needs are not met."""
    for mark in item.iter_markers("needs"):
        for name in mark.args:
            if not _is_met(name):
                item.config.stash[_unmet][name] += 1
                pytest.skip(f"needs {name}: {NEEDS[name].cure}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Under ``--no-skips``, fail a run in which anything was skipped, whatever skipped it."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.getoption("--no-skips") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say what did not run, and what to do about it."""
    unmet = config.stash[_unmet]
    refused = config.getoption("--no-skips") and terminalreporter.stats.get("skipped")
    if unmet or refused:
        terminalreporter.section("did not run")
    for name, count in sorted(unmet.items()):
        tests = "1 test" if count == 1 else f"{count} tests"
        terminalreporter.line(f"{tests} for want of {name}: {NEEDS[name].cure}")
    if refused:
        terminalreporter.line("With --no-skips that is a failure.", red=True)
