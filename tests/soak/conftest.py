"""Every long run leaves what it found on record, whether it held or not. The short forms in `make test` do not come by here."""

import pytest
from django.conf import settings

from tests.soak.measuring import begin, keep

ON_POSTGRESQL = "postgresql" in settings.DATABASES["default"]["ENGINE"]
HOW_IT_WENT = pytest.StashKey[pytest.TestReport]()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    if call.when == "call":
        item.stash[HOW_IT_WENT] = report


@pytest.fixture
def measured(request):
    """Begin to measure: `found = measured()`, then a figure at a time into it. What was asked is the test's own first paragraph."""
    runs = []

    def start(*, is_whole: bool = True, postgresql: bool | None = None) -> dict:
        asked = request.function.__doc__.partition("\n\n")[0]
        run = begin(asked, postgresql=ON_POSTGRESQL if postgresql is None else postgresql)
        # A run made smaller by hand is a try, and no figure.
        if is_whole:
            runs.append(run)
        return run.found

    yield start
    report = request.node.stash.get(HOW_IT_WENT, None)
    for run in runs:
        print(f"\n{run.found}")
        # Neither a run that was stopped by hand nor one that was skipped has found anything.
        if report is not None and not report.skipped:
            on = "PostgreSQL" if run.database.startswith("PostgreSQL") else "SQLite"
            name = f"tests/soak/{request.path.name}::{request.function.__name__} on {on}"
            keep(name, run.record(held=report.passed))
