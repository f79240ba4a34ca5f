"""A form filled in again is sent by a browser exactly as it was typed, and nothing else on the page changes."""

from html import escape

import lxml.html
from hypothesis import given
from hypothesis import strategies as st

from rowan.agencies.rules.filling_in import fill_in, may_be_kept

PAGE = """<!DOCTYPE html><html><body><main id="main-content"><p>Caf&eacute; &amp; <b>more</b></p>
<form action="/search/"><input name="note" value="asked, not sent"></form>
<form method="post" action="/answer/" novalidate>
  <input type="hidden" name="csrfmiddlewaretoken" value="fresh">
  <input type="hidden" name="version" value="4">
  <input class="govuk-input" type="text" name="who" value="earlier">
  <input type="password" name="password">
  <textarea class="govuk-textarea" name="note" rows="3">
As it stands</textarea>
  <input type="radio" name="kind" value="explained" checked><input type="radio" name="kind" value="concern">
  <input type="checkbox" name="told" value="parent" checked><input type="checkbox" name="told" value="school">
  <select name="agency"><option value="">Choose</option><option value="1" selected>One</option><option value="2">Two</option></select>
  <button type="submit" name="save" value="yes">Save</button>
</form><p>After</p></main></body></html>"""
WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), min_size=1, max_size=60
).filter(lambda text: text.strip())


def as_sent(html: str) -> dict[str, list[str]]:
    """What a browser would send, read by another parser than ours."""
    form = next(form for form in lxml.html.fromstring(html).forms if form.action == "/answer/")
    sent: dict[str, list[str]] = {}
    for name, value in form.form_values():
        # An HTML parser drops the first line break of a text area.
        sent.setdefault(name, []).append(value)
    return sent


@given(
    who=WORDS.map(lambda text: text.replace("\n", " ")),
    note=WORDS,
    kind=st.sampled_from(["explained", "concern"]),
    told=st.sets(st.sampled_from(["parent", "school"])).map(sorted),
    agency=st.sampled_from(["", "1", "2"]),
)
def test_whatever_was_typed_is_what_would_be_sent(who, note, kind, told, agency):
    typed = {"version": ["3"], "who": [who], "note": [note], "kind": [kind], "agency": [agency]}
    typed |= {"told": told} if told else {}
    filled = fill_in(PAGE, page="/question/", action="/answer/", typed=typed)
    sent = as_sent(filled)
    assert sent.pop("csrfmiddlewaretoken") == ["fresh"]
    sent.pop("password", None)
    assert [text.removeprefix("\n") for text in sent.pop("note")] == [note]
    assert sent == {name: values for name, values in typed.items() if name != "note"}


def test_the_rest_of_the_page_is_as_it_was():
    filled = fill_in(PAGE, page="/question/", action="/answer/", typed={"who": ["Somebody"]})
    assert filled.split("<form method")[0] == PAGE.split("<form method")[0]
    assert filled.split("</form>")[-1] == PAGE.split("</form>")[-1]


def test_what_is_typed_never_becomes_a_tag():
    hostile = '"></textarea></form><script src="/x"></script>'
    filled = fill_in(PAGE, page="/q/", action="/answer/", typed={"who": [hostile], "note": [hostile]})
    assert "<script" not in filled and filled.count("</form>") == PAGE.count("</form>")
    assert escape(hostile) in filled


def test_a_form_without_an_address_is_sent_to_its_own_page():
    page = '<form method="post"><textarea name="why"></textarea></form>'
    assert "Because" in fill_in(
        page, page="/accounts/3/end/", action="/accounts/3/end/", typed={"why": ["Because"]}
    )


def test_of_two_forms_alike_the_one_about_the_same_thing_is_filled():
    row = '<form method="post" action="/settle/"><input type="hidden" name="which" value="{0}"><input name="what"></form>'
    filled = fill_in(
        row.format(1) + row.format(2), page="/p/", action="/settle/", typed={"which": ["2"], "what": ["x"]}
    )
    first, second = filled.split("</form>")[:2]
    assert 'value="x"' in second and 'value="x"' not in first


def test_a_form_that_is_gone_is_not_made_up():
    assert fill_in("<p>Answered</p>", page="/p/", action="/answer/", typed={"who": ["x"]}) is None
    assert fill_in(PAGE, page="/p/", action="/elsewhere/", typed={"who": ["x"]}) is None


def test_what_proves_who_somebody_is_is_never_kept():
    kept = {
        name: may_be_kept(name) for name in ("password1", "oldpassword", "csrfmiddlewaretoken", "code", "why")
    }
    assert [name for name, may in kept.items() if may] == ["why"]
