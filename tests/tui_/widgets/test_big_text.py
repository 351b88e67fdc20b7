"""Block letters: the largest that fit, words never broken, plain words if none fit."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tui.widgets.big_text import big_text

TITLE = "Promised delivery date at checkout"


def test_a_line_takes_four_rows_five_with_letters_below_the_line_and_seven_when_large() -> None:
    assert big_text("7 of 11", 60, 5) == (
        "▀▀▀▀██             ▄█▀▀      ▄██    ▄██",
        "   ██      ▄█▀▀█▄ ▀██▀▀       ██     ██",
        "  ██       ██  ██  ██         ██     ██",
        "  ▀▀        ▀▀▀▀   ▀▀        ▀▀▀▀   ▀▀▀▀",
    )
    assert len(big_text("go", 60, 5)) == 5
    assert len(big_text("7 of 11", 120, 9)) == 7
    inked = [sum(line.count(block) for line in big_text(TITLE, *size) for block in "█▀▄") for size in ((60, 15), (120, 12), (200, 40))]
    assert inked == sorted(set(inked)), "more room makes larger letters"


@pytest.mark.parametrize(("width", "rows"), [(200, 40), (120, 12), (80, 15), (60, 20), (40, 8), (24, 3), (9, 1)])
def test_what_is_drawn_stays_within_its_place(width: int, rows: int) -> None:
    for text in (TITLE, "Größe, façade & Übergabe: 100% €5", "在庫の正確さを改善する", "🚀 " * 30, "x" * 300, "", "[b]no markup[/b]"):
        lines = big_text(text, width, rows)
        assert len(lines) <= rows
        assert all(cell_len(line) <= width for line in lines)


@pytest.mark.parametrize(("text", "width"), [("Internationalisation", 60), ("在庫の正確さ", 100), ("A → B", 100)])
def test_a_word_that_is_too_long_and_letters_that_are_not_known_stay_plain(text: str, width: int) -> None:
    assert big_text(text, width, 20) == (text,)


def test_accents_are_drawn_and_typographic_marks_stand_for_plain_ones() -> None:
    assert len({big_text(letter, 20, 10) for letter in "eéèUÜ"}) == 5
    assert big_text("“it’s” – now…", 200, 5) == big_text("\"it's\" - now...", 200, 5)
