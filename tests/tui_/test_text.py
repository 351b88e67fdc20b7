"""A user's text on its way to the screen: clean, never markup, exactly as wide as asked."""

import pytest
from hostile import BLENDS, BLENDS_SHOWN, CORPUS, SHOWN, loud
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text
from textual.content import Content

from tui.text import cell, fit, fit_right, fit_sentence, fixed_width, hint_lines, length, plain, safe, wrap


@given(st.text(max_size=60), st.integers(0, 40))
def test_fit_gives_exactly_the_width_for_any_text(text, width):
    assert cell_len(fit(text, width)) == cell_len(fit_right(text, width)) == width
    assert not loud(fit(text, width))


def test_fit_cuts_with_an_ellipsis_and_never_half_a_wide_character():
    assert fit("Contractor CRM", 10) == "Contracto…"
    assert fit("漢字漢字", 6) == "漢字… "
    assert fit("漢字漢字", 8) == "漢字漢字"
    assert fit("short", 8) == "short   "
    assert fit_right("16.1", 6) == "  16.1"
    assert fit("titles · 2027-Q1", 12) == "titles…     "


def test_a_sentence_is_cut_between_its_words():
    assert fit_sentence("Yes, from 28 September. The CRM team", 23) == "Yes, from 28 September…"
    assert fit_sentence("on #1 Contractor replacement", 26) == "on #1 Contractor…         "
    assert fit("on #1 Contractor replacement", 26) == "on #1 Contractor replacem…"
    assert fit_sentence("W" * 40, 10) == "WWWWWWWWW…"


def test_what_terminals_measure_differently_is_settled():
    assert fixed_width("🇩🇪 Berlin") == "DE Berlin"
    assert fixed_width("👍🏽 ❤️") == "👍 ❤"
    assert length("👨‍👩‍👧") == 6


@given(st.text(max_size=200), st.integers(1, 30), st.integers(1, 6))
def test_wrap_keeps_within_width_and_lines(text, width, max_lines):
    lines = wrap(text, width, max_lines)
    assert len(lines) <= max_lines
    assert all(cell_len(line) <= width for line in lines)


def test_wrap_breaks_between_words_and_marks_what_it_cuts():
    assert wrap("one two three four", 9, 5) == ["one two", "three", "four"]
    assert wrap("one two three four", 9, 2) == ["one two", "three…"]
    assert wrap("first\nsecond", 20, 5) == ["first", "second"]
    assert wrap("abcdefghij", 4, 5) == ["abcd", "efgh", "ij"]
    assert wrap("anything", 0, 3) == wrap("anything", 3, 0) == []


def test_a_hint_of_keys_is_not_broken_in_its_middle():
    assert hint_lines("enter accepts · tab next field · esc cancel", 34) == ["enter accepts · tab next field", "esc cancel"]
    assert hint_lines("enter accepts · esc cancel", 9) == ["enter", "accepts", "esc", "cancel"]


@pytest.mark.promise("text-H2")
@pytest.mark.parametrize("text", [*CORPUS, *BLENDS], ids=ascii)
def test_every_hostile_text_is_seen_as_the_table_says(text):
    wanted = {**SHOWN, **dict(zip(BLENDS, BLENDS_SHOWN, strict=True))}[text]
    content, rich = safe(f"x{text}"), cell(f"x{text}")
    assert plain(f"x{text}") == rich.plain == content.plain.replace("\n", " ") == f"x{wanted}"
    assert (type(content), content.spans, type(rich), rich.spans) == (Content, [], Text, [])
