"""A file of story shapes: what it may say, and what it is told when it is wrong."""

import re
from pathlib import Path

import pytest

from rowan.synthetic.stories import USUAL_FILE, WrongStoriesFile, read_shapes

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "county.md"
HEAD = "shape,sign,parameter,value,source\n"
LEAST = HEAD + "quiet,,share,1,x\nquiet,,days_median,100,x\n"


def written(tmp_path, text: str) -> Path:
    path = tmp_path / "stories.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_usual_shapes_are_at_least_six_and_their_shares_make_a_whole():
    shapes = read_shapes()
    assert len(shapes) >= 6
    assert sum(shape.number("share") for shape in shapes) == pytest.approx(1)


def test_over_all_usual_shapes_girls_and_boys_are_about_even():
    girls = sum(shape.number("share") * shape.number("girls") for shape in read_shapes())
    assert 0.45 <= girls <= 0.55


def test_every_row_of_the_usual_shapes_names_its_source():
    rows = USUAL_FILE.read_text(encoding="utf-8").splitlines()[1:]
    assert all(row.rsplit(",", 1)[1].strip() for row in rows)


def test_one_usual_shape_leaves_no_sign_anywhere():
    assert [shape.name for shape in read_shapes() if not shape.signs] == ["nothing_visible"]


def test_a_shape_needs_no_more_than_a_share_and_a_length(tmp_path):
    assert [shape.name for shape in read_shapes(written(tmp_path, LEAST))] == ["quiet"]


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("quiet,,colour,1,x", "no parameter 'colour'"),
        ("quiet,gone,kind,teleported,x", "'kind' cannot be"),
        ("quiet,gone,per_30_days,often,x", "needs a number"),
        ("quiet,gone,per_30_days,-1,x", "needs a number"),
        ("quiet,gone,per_30_days,nan,x", "needs a number"),
        ("quiet,gone,per_30_days,1,x", "has no kind"),
        ("quiet,gone,kind,absence,x\nquiet,gone,codes,O:5;H:1,x", "no attendance code 'H'"),
        ("quiet,gone,kind,absence,x\nquiet,gone,km_median,5,x", "has no parameter 'km_median'"),
        ("other,,share,0.5,x", "lacks 'days_median'"),
    ],
)
def test_a_wrong_row_is_named_in_one_sentence(tmp_path, row, complaint):
    with pytest.raises(WrongStoriesFile, match=re.escape(complaint)) as refusal:
        read_shapes(written(tmp_path, LEAST + row + "\n"))
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "shape,sign\nx,y\n"])
def test_a_file_without_the_columns_is_refused(tmp_path, text):
    with pytest.raises(WrongStoriesFile):
        read_shapes(written(tmp_path, text))


def test_the_example_in_the_documentation_is_a_stories_file(tmp_path):
    example = DOCUMENT.read_text(encoding="utf-8").split("```csv\n")[1].split("```")[0]
    shapes = read_shapes(written(tmp_path, example))
    assert shapes
    assert any(shape.signs for shape in shapes)


def test_the_documentation_names_every_parameter():
    from rowan.synthetic.stories import OF_A_KIND, OF_A_SHAPE, OF_EVERY_SIGN

    text = DOCUMENT.read_text(encoding="utf-8")
    names = OF_A_SHAPE | OF_EVERY_SIGN | set(OF_A_KIND) | set().union(*OF_A_KIND.values())
    assert not {name for name in names if f"`{name}`" not in text}
