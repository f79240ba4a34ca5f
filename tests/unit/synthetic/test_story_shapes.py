"""A file of story shapes: what it may say, and what it is told when it is wrong."""

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowan.synthetic.story_parameters import (
    OF_A_KIND,
    OF_A_SHAPE,
    OF_EVERY_SIGN,
    Number,
    Word,
    parameters_of,
)
from rowan.synthetic.story_shapes import USUAL_FILE, WrongStoriesFile, read_shapes

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "county.md"
HEAD = "shape,sign,parameter,value,source\n"
LEAST = HEAD + "quiet,,share,1,x\nquiet,,days_median,100,x\n"
NOTHING_TO_SEE = LEAST + "quiet,,visible,no,x\n"
SEEN = "quiet,gone,kind,missing,x\nquiet,gone,per_30_days,1,x\n"


def written(tmp_path, text: str) -> Path:
    path = tmp_path / "stories.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_usual_shapes_are_at_least_twelve_and_their_shares_make_a_whole():
    shapes = read_shapes()
    assert len(shapes) >= 12
    assert sum(shape.number("share") for shape in shapes) == pytest.approx(1)


def test_among_the_usual_shapes_are_those_that_rules_find_hard():
    shapes = {shape.name: shape for shape in read_shapes()}
    seen = {name: {a for sign in s.signs for a in sign.words("seen_by")} for name, s in shapes.items()}
    assert {frozenset(agencies) for agencies in seen.values() if len(agencies) == 1} == {
        frozenset({"school"}), frozenset({"police"}), frozenset({"council"}),
    }  # fmt: skip
    assert {sign.word("notes") for sign in shapes["online_only"].signs if sign.kind == "log"} == {"online"}
    assert sum(all(sign.kind != "missing" for sign in s.signs) for s in shapes.values()) >= 4
    assert shapes["by_way_of_arrest"].number("girls") <= 0.2
    assert shapes["placed_away_found_far"].word("who") == "looked_after"
    assert not shapes["nothing_visible"].signs


def test_every_usual_rate_is_drawn_from_a_continuous_distribution():
    for shape in read_shapes():
        assert shape.number("intensity_spread") > 0
        assert all(sign.number("spread") > 0 for sign in shape.signs if not sign.number("once"))


def test_over_all_usual_shapes_girls_and_boys_are_about_even():
    girls = sum(shape.number("share") * shape.number("girls") for shape in read_shapes())
    assert 0.45 <= girls <= 0.55


def test_every_row_of_the_usual_shapes_names_its_source():
    rows = USUAL_FILE.read_text(encoding="utf-8").splitlines()[1:]
    assert all(row.rsplit(",", 1)[1].strip() for row in rows)


def test_one_usual_shape_leaves_no_sign_anywhere():
    assert [shape.name for shape in read_shapes() if not shape.signs] == ["nothing_visible"]


def test_a_shape_needs_no_more_than_a_share_a_length_and_a_sign_or_a_word_that_there_is_none(tmp_path):
    assert [shape.name for shape in read_shapes(written(tmp_path, LEAST + SEEN))] == ["quiet"]
    assert [shape.name for shape in read_shapes(written(tmp_path, NOTHING_TO_SEE))] == ["quiet"]


def test_a_shape_called_nothing_visible_says_so_by_its_name(tmp_path):
    text = LEAST.replace("quiet", "Nothing visible")
    assert [shape.signs for shape in read_shapes(written(tmp_path, text))] == [[]]


@pytest.mark.parametrize(
    "never",
    ["per_30_days,0", "once,0", "per_30_days,2,x\nquiet,gone,chance,0", "per_30_days,2,x\nquiet,gone,ends,0"],
)
def test_a_shape_whose_signs_can_never_happen_is_refused_as_one_without_a_sign(tmp_path, never):
    with pytest.raises(WrongStoriesFile, match="line 2: the shape 'quiet' has no sign that can happen"):
        read_shapes(written(tmp_path, LEAST + f"quiet,gone,kind,missing,x\nquiet,gone,{never},x\n"))


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("", "line 2: the shape 'quiet' has no sign, so nobody's file would show it"),
        (SEEN + "quiet,,visible,no,x", "line 6: the shape 'quiet' says that nothing of it is visible, and has the sign 'gone'"),
        (SEEN + "quiet,,visible,maybe,x", "line 6: 'visible' cannot be 'maybe'; it is one of yes, no"),
        (SEEN + 'quiet,,girls,"0,7",x', "line 6: 'girls' needs a number without a comma, not '0,7'; write it with a point: 0.7"),
        (SEEN + 'quiet,,recorded_after_median,"1,000",x', "write 1000 or 1.000, whichever it is"),
        (SEEN + "quiet,,girls,0,7,x", "line 6: there are 6 cells for 5 columns; if 0,7 is a number with a decimal comma, write it with a point: 0.7"),
        (SEEN + "quiet,,girls,0,7", "line 6: the source is the number 7; if 0,7 is a number with a decimal comma"),
        (SEEN + "quiet,,girls,,x", "line 6: 'girls' is empty; give a number, or leave the row out"),
        (SEEN + "quiet,gone,kind,arrest,x", "line 6: 'kind' says something else on line 4; if this is another sign, it needs another name"),
        (SEEN + "quiet,gone,km_median,-3,x", "line 6: 'km_median' needs a number from 0 to 125, not '-3'"),
        (SEEN + "quiet,gone,ends,0.1,x\nquiet,gone,begins,0.9,x", "line 6: the sign 'gone' of 'quiet' has 'begins' after 'ends'"),
        ("quiet,,colour,1,x", "line 4: the shape 'quiet' has no parameter 'colour'"),
        ("quiet,,girl,1,x", "did you mean 'girls'?"),
        ("quiet,,girls,1.2,x", "line 4: 'girls' needs a number from 0 to 1"),
        ("quiet,,girls,120%,x", "needs a number from 0 to 1"),
        ("quiet,,girls,-0.1,x", "needs a number from 0 to 1"),
        ("quiet,,girls,nan,x", "needs a number"),
        ("quiet,,girls,half,x", "needs a number"),
        ("quiet,,age_from,11.5,x", "needs a whole number"),
        ("quiet,,age_from,15,x\nquiet,,age_to,12,x", "'age_from' above 'age_to'"),
        ("quiet,,who,boys,x", "'who' cannot be 'boys'; it is one of anybody, looked_after"),
        ("quiet,,recorded_as,99Z,x", "'recorded_as' cannot be '99Z'"),
        ("quiet,,days_median,90,x", "'days_median' says something else on line 3"),
        ("quiet,gone,kind,teleported,x", "line 4: 'kind' cannot be"),
        ("quiet,gone,per_30_days,1,x", "has no kind"),
        ("quiet,gone,kind,late,x", "says neither how often"),
        ("quiet,gone,kind,late,x\nquiet,gone,once,1,x", "counts sessions"),
        ("quiet,gone,kind,arrest,x\nquiet,gone,once,1,x\nquiet,gone,per_30_days,1,x", "choose one"),
        ("quiet,gone,kind,arrest,x\nquiet,gone,per_30_days,1e9,x", "line 5: 'per_30_days' needs a number from 0 to 60"),
        ("quiet,gone,kind,arrest,x\nquiet,gone,once,1,x\nquiet,gone,company,a gang:1,x", "'company' cannot be 'a gang'"),
        ("quiet,gone,kind,arrest,x\nquiet,gone,once,1,x\nquiet,gone,seen_by,navy,x", "'seen_by' cannot be 'navy'; it is one of police, school"),
        ("quiet,gone,kind,arrest,x\nquiet,gone,once,1,x\nquiet,gone,seen_by,council,x", "'seen_by' cannot be 'council'"),
        ("quiet,gone,kind,absence,x\nquiet,gone,per_30_days,1,x\nquiet,gone,codes,O:5;H:1,x", "line 6: 'codes' cannot be 'H'"),
        ("quiet,gone,kind,absence,x\nquiet,gone,per_30_days,1,x\nquiet,gone,codes,O:50%;I:40%,x", "make 100%"),
        ("quiet,gone,kind,absence,x\nquiet,gone,per_30_days,1,x\nquiet,gone,codes,O:0,x", "no weight above nought"),
        ("quiet,gone,kind,absence,x\nquiet,gone,per_30_days,1,x\nquiet,gone,km_median,5,x", "has no parameter 'km_median'"),
        ("quiet,gone,kind,late,x\nquiet,gone,per_30_days,1,x\nquiet,gone,begins,0.9,x\nquiet,gone,ends,0.1,x", "'begins' after 'ends'"),
        ("other,,share,0.5,x", "line 4: the shape 'other' lacks 'days_median'"),
        ("other,,share,40%,x\nother,,days_median,90,x", "line 2: the share '1' is a plain number and others are per cents"),
        ("quiet,,girls,0.5,x,y", "6 cells for 5 columns"),
        ("quiet,,,0.5,x", "'parameter' is empty"),
        ("quiet,,girls,\"0.5,x", "this is no CSV"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_named_in_one_sentence(tmp_path, row, complaint):
    with pytest.raises(WrongStoriesFile, match=re.escape(complaint)) as refusal:
        read_shapes(written(tmp_path, LEAST + row + "\n"))
    assert "\n" not in str(refusal.value)


def test_all_faults_are_named_at_once_the_first_four_in_words(tmp_path):
    with pytest.raises(WrongStoriesFile) as refusal:
        read_shapes(
            written(
                tmp_path,
                NOTHING_TO_SEE
                + "quiet,,girls,2,x\n" * 3
                + "quiet,,colour,1,x\nquiet,,who,me,x\nquiet,,agefrom,1,x\nquiet,,age,1,x\nquiet,,sex,F,x\n",
            )
        )
    said = str(refusal.value)
    assert "line 5: 'girls'" in said and "line 8: " in said and "line 9: " in said and "and 2 more" in said


@pytest.mark.parametrize(
    "text",
    [
        NOTHING_TO_SEE.replace(",", ";"),
        NOTHING_TO_SEE.replace(",", "\t"),
        NOTHING_TO_SEE.replace("\n", "\r\n"),
        NOTHING_TO_SEE.replace(",", "|"),
        NOTHING_TO_SEE.replace(",x", ",4"),
        "\ufeff" + NOTHING_TO_SEE,
        "# who wrote this\n\n" + NOTHING_TO_SEE + "\n,,,,\n",
        NOTHING_TO_SEE.replace("days_median", "Days median").replace("shape,sign", "Shape, Sign "),
        NOTHING_TO_SEE.replace("share,1", "share,100%"),
        NOTHING_TO_SEE + "quiet,,girls,50%,x\nquiet,,who,Looked after,x\n",
        NOTHING_TO_SEE + "quiet,,share,1,said again\n",
        NOTHING_TO_SEE.replace(",source", "").replace(",x", ""),
    ],
)
def test_it_is_generous_in_how_a_file_is_written(tmp_path, text):
    [shape] = read_shapes(written(tmp_path, text))
    assert (shape.name, shape.number("share"), shape.number("days_median")) == ("quiet", 1, 100)


def test_a_file_as_excel_writes_it_is_read(tmp_path):
    path = tmp_path / "stories.csv"
    for encoding in ("utf-16", "cp1252"):
        path.write_bytes(NOTHING_TO_SEE.replace("quiet", "très_calme").encode(encoding))
        assert [shape.name for shape in read_shapes(path)] == ["très_calme"]


def test_a_file_far_too_large_is_refused_unread(tmp_path):
    with pytest.raises(WrongStoriesFile, match="larger than"):
        read_shapes(written(tmp_path, LEAST + "#" * 2_000_001))


@pytest.mark.parametrize(
    "raw",
    [b"PK\x03\x04" + b"sheet" * 9, b"\x89PNG\r\n\x1a\n\0\0", LEAST.encode("utf-16-le"), bytes(range(256))],
)
def test_a_workbook_or_a_picture_is_told_from_a_table(tmp_path, raw):
    (tmp_path / "stories.csv").write_bytes(raw)
    with pytest.raises(
        WrongStoriesFile, match="line 1: it is no text, as a workbook or a picture is none; save it as CSV"
    ):
        read_shapes(tmp_path / "stories.csv")


def test_shares_in_per_cent_that_do_not_make_a_whole_are_refused(tmp_path):
    text = HEAD + "a,,share,40%,x\na,,days_median,100,x\nb,,share,40%,x\nb,,days_median,90,x\n"
    with pytest.raises(
        WrongStoriesFile,
        match="line 4: shares in per cent have to make 100% over all shapes; these make 80.0%",
    ):
        read_shapes(written(tmp_path, text))


def test_agencies_may_be_listed_with_commas(tmp_path):
    [shape] = read_shapes(written(tmp_path, LEAST + SEEN + 'quiet,gone,seen_by,"Police, school",x\n'))
    assert shape.signs[0].words("seen_by") == ("police", "school")


def test_what_a_file_leaves_out_is_as_the_documentation_says():
    """The tables of docs/county.md and the declarations say the same."""
    rows = dict(
        re.findall(
            r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$", DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE
        )
    )
    for name, declared in {**OF_A_SHAPE, **OF_EVERY_SIGN}.items():
        if name in {"share", "days_median", "kind"}:
            assert rows[name] == "needed"
        else:
            said = f"{declared.otherwise:g}" if isinstance(declared, Number) else f"`{declared.otherwise}`"
            assert rows[name] == said, name


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "shape,sign\nx,y\n"])
def test_a_file_without_the_columns_is_refused(tmp_path, text):
    with pytest.raises(WrongStoriesFile):
        read_shapes(written(tmp_path, text))


def test_the_example_in_the_documentation_is_a_stories_file(tmp_path):
    example = DOCUMENT.read_text(encoding="utf-8").split("```csv\n")[1].split("```")[0]
    shapes = read_shapes(written(tmp_path, example))
    assert shapes
    assert any(shape.signs for shape in shapes) and not all(shape.signs for shape in shapes)


def test_the_refusal_in_the_documentation_is_what_such_a_file_is_told(tmp_path):
    said = DOCUMENT.read_text(encoding="utf-8").split("The stories file mine.csv ")[1].split("\n")[0]
    text = HEAD + "x,,share,1\nx,,days_median,90\n#\n#\n#\nx,,girls,60\nx,,who,anybody\nx,out,kind,arest\n"
    with pytest.raises(WrongStoriesFile, match=re.escape(said)):
        read_shapes(written(tmp_path, text))


def test_the_documentation_names_every_parameter_and_every_word_it_can_be():
    text = DOCUMENT.read_text(encoding="utf-8")
    kinds = [parameters_of(kind) for kind in OF_A_KIND]
    names = set(OF_A_SHAPE) | set(OF_A_KIND) | {name for kind in kinds for name in kind}
    names |= {
        word
        for declared in (OF_A_SHAPE, *kinds)
        for name, each in declared.items()
        if isinstance(each, Word) and name not in {"recorded_as"}
        for word in each.allowed
    }
    assert not {name for name in names if f"`{name}`" not in text}


CELLS = st.one_of(
    st.sampled_from(["", "quiet", "gone", "kind", "missing", "absence", "codes", "O:5;I:3", "share", "1", "-1", "1e400", "50%", "when", "seen_by", "police;school", "#", '"', '"two\nlines"', "days_median", "90"]),
    st.text(max_size=8),
)  # fmt: skip


@given(st.lists(st.lists(CELLS, max_size=7), max_size=12), st.sampled_from([",", ";", "\t"]), st.booleans())
def test_whatever_stands_in_a_file_it_is_read_or_refused_in_one_sentence(rows, between, with_head):
    lines = ([HEAD.strip()] if with_head else []) + [between.join(row) for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stories.csv"
        path.write_bytes("\n".join(lines).encode("utf-8", errors="surrogatepass"))
        try:
            assert read_shapes(path)
        except WrongStoriesFile as refusal:
            assert str(refusal).startswith("The stories file ") and "\n" not in str(refusal)


@given(st.binary(max_size=200))
def test_a_file_of_any_bytes_is_read_or_refused(raw):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stories.csv"
        path.write_bytes(raw)
        with pytest.raises(WrongStoriesFile):
            read_shapes(path)
