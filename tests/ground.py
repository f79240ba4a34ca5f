"""The ground every test run stands on: its own home, keys and database, made before Django reads its settings.

Loaded by `-p tests.ground` in pyproject.toml: a conftest would come too late, for pytest-django reads the
settings first. Whatever ROWAN_HOME a person has set, no test ever touches it.
"""

import atexit
import gc
import os
import shutil
import sys
import tempfile
from pathlib import Path

# Looking for rubbish took an eighth of the time, and hardly found any: so many objects may be made before the next look.
gc.set_threshold(50_000, 20, 50)

CHECKOUT = Path(__file__).resolve().parent.parent
WORKER = os.environ.get("PYTEST_XDIST_WORKER")

# Tests that start `rowan` or import one another find the checkout, however pytest was started.
if str(CHECKOUT) not in sys.path:
    sys.path.insert(0, str(CHECKOUT))


def _make_ground() -> Path:
    """One temporary folder a run; the workers xdist starts stand in folders of their own below it."""
    if WORKER:
        return Path(os.environ["ROWAN_TEST_GROUND"]) / WORKER
    ground = Path(tempfile.mkdtemp(prefix="rowan-tests-"))
    atexit.register(shutil.rmtree, ground, ignore_errors=True)
    os.environ["ROWAN_TEST_GROUND"] = str(ground)
    return ground


GROUND = _make_ground()
os.environ["ROWAN_HOME"] = str(GROUND / "home")
os.environ["ROWAN_KEYS"] = str(GROUND / "keys")
# Hashed file names are for service; a test asks for a style sheet by its plain name.
os.environ["ROWAN_PLAIN_STATIC"] = "1"
# WhiteNoise warns when there is nothing to serve yet; a test that asks for pages need not wait for collectstatic.
(CHECKOUT / "build" / "collected").mkdir(parents=True, exist_ok=True)
# A browser test drives the page from a loop of its own beside the ORM.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
for mine in ("ROWAN_ANCHORS", "ROWAN_HOSTS", "ROWAN_PORT", "ROWAN_LISTEN"):
    os.environ.pop(mine, None)

# Whether a run on SQLite and one on PostgreSQL share the tests of rooms between them, as in a run of all tests where PostgreSQL is to be had.
SHARED_BY_TWO_RUNS = os.environ.get("ROWAN_TEST_SHARED") == "yes"

# Why there is no PostgreSQL though it was asked for, or None. `tests/conftest.py` says so for each test.
WITHOUT_POSTGRESQL: str | None = os.environ.get("ROWAN_TEST_WITHOUT_POSTGRESQL")

if not WORKER:
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("ROWAN_OWNER_URL", None)
    if os.environ.get("ROWAN_TEST_DATABASE", "sqlite") == "postgresql":
        from tests.postgresql import NotToBeHad, start

        try:
            os.environ["DATABASE_URL"], os.environ["ROWAN_OWNER_URL"] = start()
        except NotToBeHad as why:
            WITHOUT_POSTGRESQL = os.environ["ROWAN_TEST_WITHOUT_POSTGRESQL"] = str(why)
