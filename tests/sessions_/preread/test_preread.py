"""The page that people read before the meeting."""

from __future__ import annotations

from functools import cache

from larkfield import meeting
from markdown_it import MarkdownIt
from support import Room, bare, person, small, with_cards

from sessions.commands.rounds import OpenRound
from sessions.portfolio.models import Benefit
from sessions.preread.page import new_people, preread
from sessions.quarters.carry_over import carry_over
from sessions.state.session import Session
from sessions.summary.html import as_html

CARDS = "The cards, and what each lacks"
HOSTILE = "<script>x</script> [a](http://evil.example) | `b` **c**"


@cache
def earlier() -> Session:
    """Return the sample meeting at its end."""
    return meeting().session


def following(**changes: object) -> Room:
    """Return the session after it, with someone new in place of the CFO."""
    carried = carry_over(earlier(), None, quarter="2026-Q4", day="2026-09-29")
    people = [each for each in carried.portfolio.participants if each.id != "cfo"]
    portfolio = carried.portfolio.model_copy(update={"participants": (*people, person("Head of Finance", "business")), **changes})
    return Room(portfolio, past=carried.past, title="Larkfield 2026-Q4")


def parts(page: str) -> dict[str, str]:
    """Return the sections of a page by their headings."""
    return {part.partition("\n")[0]: part for part in page.split("\n## ")[1:]}


SAID = (
    ("What is due", "- **AI quoting assistant pilot** is back from 2026-Q3: Benefit is a hope."),
    ("What is due", "Promised to start by now: **Customer segmentation and analysis** (27 July 2026);"),
    ("What is due", "25 decisions of 2026-Q3: was each kept, missed, reversed or overtaken?"),
    ("What is due", "Action: Funding proposal for mobile contractors (VP Operations, 31 August 2026)."),
    ("What changed", "- Head of Finance (business) joined"),
    (CARDS, "| back | what it is worth, how its use is measured, an owner of its adoption |"),
    ("The two questions", "1. Are we working on the highest value programs?"),
    ("How to vote", "Business and IT count the same"),
    ("How to vote", "at most 25 on one of them"),
)


def test_the_page_says_what_is_due_what_changed_and_what_each_card_lacks_and_ranks_nothing() -> None:
    session = following().session
    page = preread(session, earlier())
    found = parts(page)
    assert list(found)[:6] == ["What is due", "What changed", "What we work for", CARDS, "The two questions", "How to vote"]
    for section, text in SAID:
        assert text in found[section]
    titles = [line.split(" | ")[0] for line in found[CARDS].splitlines() if line.startswith("| ")][1:]
    assert titles == sorted(titles, key=str.casefold)
    assert [each.role for each in new_people(session)] == ["Head of Finance"]
    assert "For Head of Finance, who is new: the page of 2026-Q3." in page
    assert "\n### In one minute\n" in page
    assert "\n## In one minute\n" not in page
    assert "the page of 2026-Q3 is not here, because that session cannot be read." in preread(session)


def test_a_card_with_an_amount_does_not_lack_what_it_is_worth_and_one_that_is_done_lacks_nothing() -> None:
    benefits = {"A": Benefit(text="nicer", monthly=100), "B": Benefit(text="nicer")}
    cards = with_cards(bare(), C={"state": "done"}, **{card: {"benefit": benefit} for card, benefit in benefits.items()})
    lacking = {line[2]: line for line in parts(preread(Room(cards).session))[CARDS].splitlines() if line.startswith("| ")}
    assert "what will be better" in lacking["A"]
    assert "what it is worth" in lacking["B"]
    assert "| (done) |" in lacking["C"]


def test_a_first_session_has_nothing_due_and_the_open_ballot_is_explained() -> None:
    its = Room(small()).everybody()
    its.do(OpenRound(budget=40, cap=10, anonymity="secret"))
    found = parts(preread(its.session))

    assert list(found) == [CARDS, "The two questions", "How to vote"]
    assert "Up to 40 points, at most 10 on one card." in found["How to vote"]
    assert "no one can tell whose a ballot was" in found["How to vote"]


def test_hostile_texts_stay_words_in_both_forms() -> None:
    cards = tuple(card.model_copy(update={"title": HOSTILE, "sponsor": HOSTILE}) for card in small().projects)
    its = following(projects=cards, name=HOSTILE)
    page = preread(its.session, earlier())

    types = {token.type for token in MarkdownIt("commonmark").enable("table").parse(page)}
    assert not types & {"html_block", "blockquote_open"}
    html = as_html(its.session, page, sheets=True)
    assert "<script" not in html
    assert "href" not in html
    assert "&lt;script&gt;x&lt;/script&gt;" in html
