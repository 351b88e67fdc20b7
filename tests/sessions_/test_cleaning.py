"""Text from outside: what would move the cursor, turn the direction or hide is made visible, and nothing is changed silently."""

import re
import sys
import unicodedata

import pytest
from hostile import LOUD, loud
from hypothesis import given
from hypothesis import strategies as st

from sessions.sanitize import ELLIPSIS, MARK_LIMIT, clean, clean_counting

TRICKY = "\x00\x1b\n\r\t\x7f\x85\u200b\u200d\ufe0f\u202e\u2066\ufeff\u2028\ud800\U000e0041\ufffe\u0301\u0327e "
# Texts in pieces: in one `text` with both in its alphabet the tricky characters are as good as never drawn.
HOSTILE = st.lists(st.sampled_from(TRICKY) | st.text(max_size=3)).map("".join) | st.sampled_from(TRICKY).map("a{}b".format)


@pytest.mark.promise("text-H1")
@given(HOSTILE, st.integers(1, 40), st.booleans())
def test_nothing_harmful_is_left(text, limit, keep_lines):
    cleaned = clean(text, limit, keep_lines=keep_lines)
    assert len(cleaned) <= limit
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode("utf-8")
    allowed = {"\n"} if keep_lines else set()
    assert not {character for character in cleaned if unicodedata.category(character) in ("Cc", "Cs", "Cn") and _never(character)} - allowed
    assert loud("".join(character for character in cleaned if character not in allowed)) == []
    assert all(len(pile[0]) <= MARK_LIMIT for pile in re.finditer(r"[\u0300-\u036f]+", cleaned))


@pytest.mark.promise("text-H1")
def test_no_harmful_character_passes_and_each_one_is_said():
    for character in LOUD.findall("".join(map(chr, range(sys.maxunicode + 1)))):
        cleaned, changes = clean_counting(f"a{character}b", 10)
        assert loud(cleaned) == []
        assert changes, ascii(character)


def _never(character):
    """Return whether Unicode has assigned a character, or never will; those that it still may are let through."""
    return unicodedata.category(character) != "Cn" or 0xFDD0 <= ord(character) <= 0xFDEF or ord(character) & 0xFFFE == 0xFFFE


@pytest.mark.promise("text-H1")
@given(HOSTILE, st.integers(1, 4000), st.booleans())
def test_whatever_is_changed_beyond_trimming_and_normal_form_is_said(text, limit, keep_lines):
    cleaned, changes = clean_counting(text, limit, keep_lines=keep_lines)
    if not changes:
        ends = text.replace("\r\n", "\n").replace("\r", "\n") if keep_lines else text
        assert cleaned == unicodedata.normalize("NFC", ends).strip()


@given(HOSTILE, st.integers(1, 40))
def test_what_is_cut_ends_with_an_ellipsis_and_is_said(text, limit):
    cleaned, changes = clean_counting(text, limit)
    whole = clean(text, 10**6)
    assert (cleaned != whole) == any(change.startswith("cut from") for change in changes)
    assert cleaned == whole or cleaned.endswith(ELLIPSIS)


@pytest.mark.parametrize(
    ("raw", "cleaned", "said"),
    [
        (" Upgrade the e\u0301RP ", "Upgrade the éRP", ""), ("👩\u200d🚀 ❤\ufe0f [/]", "👩\u200d🚀 ❤\ufe0f [/]", ""),
        ("two\nlines\r\nor three", "two lines or three", "2 line ends became a space"), ("a\ttab", "a tab", "1 tab became a space"),
        ("\x1b[31mred", "\ufffd[31mred", "1 control character replaced"), ("pay\u202etxt", "pay\ufffdtxt", "1 direction mark replaced"),
        ("\ufeffTitle\u2028x", "\ufffdTitle\ufffdx", "2 hidden separators replaced"),
        ("zero\u200bwidth", "zerowidth", "1 zero-width space removed"), ("half \ud800 pair", "half \ufffd pair", "1 broken character replaced"),
        ("tag\U000e0041\U000e007f", "tag\ufffd\ufffd", "2 hidden tags replaced"),
        ("\uffff\U0001fffe\ufdd0", "\ufffd\ufffd\ufffd", "3 noncharacters replaced"),
    ],
)  # fmt: skip
def test_what_is_changed_is_said(raw, cleaned, said):
    assert clean_counting(raw, 200) == (cleaned, (said,) if said else ())


def test_a_cut_never_parts_a_base_from_its_marks():
    assert clean("ab" + "x\u0323\u0307\u0308" * 3, 5) == "ab…"


def test_marks_do_not_climb_over_the_lines_above():
    text, said = clean_counting("x" + "\u0323\u200d" * 50, 200)
    assert text.count("\u0323") == 8
    assert said == ("42 combining marks left out",)
