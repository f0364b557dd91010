"""Is it told which tests did not run, and can that be made a failure?"""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

MODULE = """
import pytest

@pytest.mark.needs("unicorn")
def test_that_needs_a_unicorn():
    raise AssertionError("ran without its need")

@pytest.mark.needs("unicorn")
def test_that_needs_it_too():
    raise AssertionError("ran without its need")

@pytest.mark.needs("air")
def test_that_needs_air():
    pass
"""

CONFTEST = """
from tests.needs import NEEDS, Need

pytest_plugins = ["tests.needs"]
NEEDS["unicorn"] = Need(lambda: False, "look in the forest")
NEEDS["air"] = Need(lambda: True, "breathe")
"""


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    # Nothing here is about other plugins, which take a second a run to load.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makeconftest(CONFTEST)
    pytester.makeini("[pytest]\nmarkers = needs: what it needs\n")
    pytester.makepyfile(MODULE)
    return pytester


def test_a_missing_need_is_counted_and_its_cure_told(run: pytest.Pytester) -> None:
    result = run.runpytest_inprocess()
    result.assert_outcomes(passed=1, skipped=2)
    result.stdout.fnmatch_lines(
        ["*did not run*", "2 tests for want of unicorn: look in the forest"]
    )
    assert "want of air" not in result.stdout.str()


def test_with_no_skips_a_missing_need_fails_the_run(run: pytest.Pytester) -> None:
    result = run.runpytest_inprocess("--no-skips")
    result.stdout.fnmatch_lines(["2 tests for want of unicorn: *", "With --no-skips *failure*"])
    assert result.ret == pytest.ExitCode.TESTS_FAILED


@pytest.mark.parametrize(
    "module",
    [
        "import pytest\ndef test_one(): pytest.skip('not today')",
        "import pytest\npytest.skip('not today', allow_module_level=True)",
    ],
)
def test_with_no_skips_any_other_skip_fails_the_run_too(run: pytest.Pytester, module: str) -> None:
    path = run.makepyfile(test_other=module)
    result = run.runpytest_inprocess("--no-skips", "-ra", str(path))
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*not today*"])


def test_with_no_skips_a_whole_run_passes(run: pytest.Pytester) -> None:
    assert run.runpytest_inprocess("--no-skips", "-k", "air").ret == pytest.ExitCode.OK
