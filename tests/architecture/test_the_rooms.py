"""Is the building still the building? Rooms, words and decisions."""

import re
from pathlib import Path

ROWAN = Path(__file__).resolve().parents[2] / "rowan"
CHECKOUT = ROWAN.parent
ROOMS = sorted(folder.name for folder in ROWAN.iterdir() if (folder / "__init__.py").exists())
NAMES_WE_DO_WITHOUT = {
    "utils",
    "util",
    "helpers",
    "common",
    "core",
    "base",
    "misc",
    "manager",
    "service",
    "services",
    "handler",
} | {
    "processor",
    "data",
    "info",
    "selectors",
}


def glossary_rooms() -> dict[str, str]:
    rows = re.findall(
        r"^\| `([a-z_]+)` \| (.+?) \|$", (CHECKOUT / "GLOSSARY.md").read_text(), flags=re.MULTILINE
    )
    return dict(rows)


def test_every_room_stands_in_the_glossary_with_one_sentence():
    rooms = {name: sentence for name, sentence in glossary_rooms().items() if name in ROOMS}
    assert sorted(rooms) == ROOMS
    for name, sentence in rooms.items():
        assert sentence.endswith("."), name
        assert sentence.count(". ") == 0, f"{name}: one sentence, please"


def test_the_glossary_names_no_room_that_is_not_there():
    shelves = {"rules", "tables", "models", "actions", "forms"}
    assert set(glossary_rooms()) - shelves == set(ROOMS)


def test_no_folder_or_module_has_a_name_that_says_nothing():
    found = {path for path in ROWAN.rglob("*.py") if NAMES_WE_DO_WITHOUT & {path.stem, path.parent.name}}
    # Django asks a database for a module of this name.
    found -= set(ROWAN.glob("audit_trail/databases/*/base.py"))
    assert not found


def test_every_module_says_in_a_sentence_what_it_is_for():
    silent = [
        str(path.relative_to(CHECKOUT))
        for path in ROWAN.rglob("*.py")
        if "migrations" not in path.parts
        and path.read_text().strip()
        and not path.read_text().lstrip().startswith('"""')
    ]
    assert not silent


def test_decisions_have_unique_numbers_and_the_four_parts():
    pages = sorted((CHECKOUT / "docs" / "adr").glob("*.md"))
    numbers = [page.name[:4] for page in pages]
    assert numbers == [f"{n:04d}" for n in range(1, len(pages) + 1)]
    for page in pages:
        text = page.read_text()
        for part in ("**Context.**", "**Options.**", "**Decision.**", "**Consequences.**"):
            assert part in text, f"{page.name} lacks {part}"


def test_no_number_anywhere_adds_up_a_childs_danger():
    """Promise 1. A stored field called score, risk or danger would be the first step; sorting by one the second."""
    words = re.compile(r"\b(risk_score|danger|risk_level|score)\s*=\s*models\.", re.IGNORECASE)
    found = [str(path) for path in ROWAN.rglob("models.py") if words.search(path.read_text())]
    assert not found


def test_no_template_calls_an_outside_host_or_holds_inline_script_or_style():
    offending = []
    for template in ROWAN.rglob("*.html"):
        text = template.read_text()
        if re.search(r"""<(script|link|img|iframe)[^>]+(src|href)=["']https?:""", text):
            offending.append((template.name, "outside host"))
        if (
            re.search(r"\sstyle=", text)
            or re.search(r"\son[a-z]+=\"", text)
            or re.search(r"<script(?![^>]*\ssrc=)", text)
        ):
            offending.append((template.name, "inline"))
    assert not offending


def test_no_path_of_one_machine_stands_in_the_project():
    needles = ["/" + "root/", "/" + "work/", "/home/" + "user"]
    found = [
        str(path.relative_to(CHECKOUT))
        for path in [*ROWAN.rglob("*"), *(CHECKOUT / "docs").rglob("*"), *(CHECKOUT / "scripts").rglob("*")]
        if path.is_file()
        and path.suffix in {".py", ".md", ".html", ".sh", ".toml", ""}
        and any(n in path.read_text("utf-8", "ignore") for n in needles)
    ]
    assert not found


def test_no_form_asks_for_consent():
    """Promise 5. Agreeing to a service is another thing, with one form of its own, which nothing else reads."""
    forms = [path for path in ROWAN.rglob("*.py") if "forms" in path.relative_to(ROWAN).with_suffix("").parts]
    assert ROWAN / "sharing" / "forms" / "decision.py" in forms
    asking = [path for path in forms if "consent" in path.read_text().lower()]
    assert asking == [ROWAN / "sharing" / "forms" / "service_consents.py"]
