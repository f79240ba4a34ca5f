"""What Rowan is built on: every package has a reason, a hash, and no address; nothing is downloaded behind a back."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).resolve().parents[2]
PYPROJECT = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
ASKED_FOR = tomllib.loads(PYPROJECT)
RUN = ASKED_FOR["project"]["dependencies"]
DEV = [
    *RUN,
    *ASKED_FOR["project"]["optional-dependencies"]["spark"],
    *ASKED_FOR["dependency-groups"]["dev"],
]


def pins(lock: str) -> dict[str, str]:
    text = (CHECKOUT / "requirements" / lock).read_text(encoding="utf-8")
    return {
        canonicalize_name(name): version
        for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE)
    }


@pytest.mark.parametrize(("lock", "asked_for"), [("run.txt", RUN), ("dev.txt", DEV)])
def test_the_lock_holds_a_fitting_version_of_everything_asked_for(lock, asked_for):
    locked = pins(lock)
    for line in asked_for:
        requirement = Requirement(line)
        assert locked.get(canonicalize_name(requirement.name), "") in requirement.specifier, line


def test_both_locks_name_one_version_of_a_package():
    assert pins("run.txt").items() <= pins("dev.txt").items()


@pytest.mark.parametrize("lock", ["run.txt", "dev.txt", "uv.txt"])
def test_every_locked_package_has_its_hashes_and_no_address(lock):
    text = (CHECKOUT / "requirements" / lock).read_text(encoding="utf-8")
    assert "://" not in text
    entries = [entry for entry in re.split(r"\n(?=\S)", text.strip()) if not entry.startswith("#")]
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("line", sorted(set(DEV)))
def test_every_dependency_has_a_sentence_saying_what_it_is_for(line):
    lines = [each.strip() for each in PYPROJECT.splitlines()]
    place = lines.index(f'"{line}",')
    # Two packages may share a sentence when they do one thing together.
    while lines[place - 1].startswith('"') or lines[place - 1].endswith("= ["):
        place -= 1
    assert lines[place - 1].startswith("# ") and lines[place - 1].endswith("."), line


def test_the_front_end_lock_holds_hashes_and_no_registrys_address():
    packages = json.loads((CHECKOUT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    fetched = {name: package for name, package in packages.items() if name}
    assert fetched
    assert [name for name, package in fetched.items() if "resolved" in package] == []
    assert [
        name for name, package in fetched.items() if not package.get("integrity", "").startswith("sha512-")
    ] == []


def test_no_package_runs_code_of_its_own_when_it_is_installed():
    settings = (CHECKOUT / ".npmrc").read_text(encoding="utf-8").splitlines()
    assert "ignore-scripts=true" in settings


def test_nothing_that_npm_fetched_is_committed_or_served_with_a_crown():
    ours = {path.name for path in (CHECKOUT / "assets").iterdir()}
    assert ours == {"build.js", "favicon.svg", "passkeys.js", "rowan.js", "rowan.scss", "saves-itself.js"}
    ignored = (CHECKOUT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"node_modules/", "build/"} <= set(ignored)


def test_the_built_pages_carry_neither_the_crown_nor_the_gds_font():
    """Both belong to services on GOV.UK only; an empty picture stands under the name the footer's styles ask for."""
    built = CHECKOUT / "build" / "static" / "rowan"
    styles = (built / "rowan.css").read_text(encoding="utf-8")
    assert "GDS Transport" not in styles and "@font-face" not in styles
    assert re.findall(r"""url\(["']?(?:https?:)?//[^)]*""", styles) == []
    pictures = {path.name for path in (built / "images").iterdir()}
    assert not {name for name in pictures if "crown" in name or "logotype" in name}
    assert (built / "images" / "govuk-crest.svg").stat().st_size < 100
