"""The pages of the room in a real Chromium: every situation, accessible, and nothing typed is ever lost."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from typing import Any

import pytest
from hostile import MARKUP
from room_pages import MANY, PROXY, SITUATIONS, THREE_SIDES, WEB, PageRoom, Step, ask, follow, page_room, seal, vote
from support import sample, small

from sessions.commands.phases import StartPhase
from sessions.commands.proposed_moves import SetFreeMode
from sessions.commands.rounds import RevealBallots, SealBallot
from sessions.errors import RecordError
from sessions.record.events import METHODS
from sessions.room import view

CHROMIUM = shutil.which("chromium")
HTML = (
    "<img src=x onerror=hit=1>", "<script>hit=1</script>", "javascript:hit=1", '"><svg onload=hit=1>', "&lt;b&gt;",
    "' onfocus=hit=1 autofocus='", *MARKUP[:4],
)  # fmt: skip
TOO_NEW = r"\.at\(|structuredClone|Object\.hasOwn|\.findLast|\.toSorted|AbortSignal\.|<dialog|\binert\b|:has\(|color-mix|light-dark\("
"""What Safari 15 does not know."""
SLEEP = """shown => {
Object.defineProperty(document, 'visibilityState', {value: shown, configurable: true});
document.dispatchEvent(new Event('visibilitychange')); }"""
ASKING = re.compile("asks? to join", re.IGNORECASE)
Begin = Callable[..., PageRoom]


@pytest.mark.promise("room-R22")
def test_no_page_parses_data_or_loads_from_elsewhere() -> None:
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|ContextualFragment|\beval\(|new Function|cssText|[\"']style[\"']"
    for file in WEB.iterdir():
        source = file.read_text(encoding="utf-8")
        assert not re.search(forbidden, source), file.name
        assert not re.search(TOO_NEW, source), file.name
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", source), file.name
    page = (WEB / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if not CHROMIUM:
        pytest.skip("chromium is not installed")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (group system)")
    with playwright.sync_playwright() as driver:
        flags = ["--no-sandbox", "--disable-dev-shm-usage", "--host-resolver-rules=MAP room.test 127.0.0.1"]
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield chromium
        chromium.close()


@pytest.fixture
def phone(browser: Any) -> Iterator[Any]:
    """Return a phone. It fails the test for an error, or a request to another host."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.set_default_timeout(60_000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: None if request.url.startswith(("http://room.test:", "blob:")) else faults.append(request.url))
    yield page
    context.close()
    assert not [fault for fault in faults if "Failed to load resource" not in fault]  # a refusal, or the lost connection of a test


@pytest.fixture
def begin(phone: Any) -> Iterator[Begin]:
    """Return how a test begins: the phone opens a person's link in a room after some steps."""
    with ExitStack() as rooms:

        def begin(who: str, *steps: Step, portfolio: Any = None) -> PageRoom:
            room = rooms.enter_context(page_room(*steps, portfolio=portfolio or sample()))
            open_on(phone, room.link(who) if who else room.server.url)
            return room

        yield begin


def open_on(page: Any, address: str) -> None:
    page.goto("about:blank")
    page.goto(address)
    page.locator("main[data-page] h1").first.wait_for()  # not the empty page, on which the room has not answered yet
    page.locator("text=One moment…").wait_for(state="detached")


def tap(page: Any, *buttons: str) -> None:
    for name in buttons:
        page.get_by_role("button", name=name).first.tap()


def sees(page: Any, *headings: str) -> None:
    for name in headings:
        page.get_by_role("heading", name=name).first.wait_for()


def options(page: Any, label: str) -> list[str]:
    """Return what a list offers, once it has come."""
    listed = page.get_by_label(label).locator("option")
    listed.first.wait_for(state="attached")
    return listed.all_inner_texts()  # type: ignore[no-any-return]


# --- every situation


FORM_PAGES = {
    "join": ("", "Someone else"), "propose": ("board", "Propose a move"), "benefit": ("board", "Benefit of your projects"),
    "move": ("board-it", "Move a project"), "effort": ("board-it", "Effort of the projects"),
}  # fmt: skip


@pytest.mark.system
@pytest.mark.parametrize("name", [*FORM_PAGES, *SITUATIONS, "three-sides", "elsewhere"])
def test_every_page_is_accessible_in_both_schemes_and_on_narrow_phones(begin: Begin, phone: Any, name: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed (group system)").Axe()
    situation, to_press = FORM_PAGES.get(name, (name, ""))
    who, steps = SITUATIONS.get(situation, ("vp-sales" if situation else "", vote()))
    free = [SetFreeMode(people=("cio",))] if name == "move" else []
    room = begin(who, *steps, *free, portfolio=THREE_SIDES if name == "three-sides" else None)
    if to_press:
        phone.get_by_text(to_press).tap()
    if name == "elsewhere":
        open_on(phone.context.new_page(), room.link(who).partition("#")[0])
        sees(phone, "Used elsewhere")
    for scheme, rules in (("light", {}), ("dark", {"runOnly": ["color-contrast"]})):
        phone.emulate_media(color_scheme=scheme)
        found = axe.run(phone, options=rules)
        assert found.violations_count == 0, found.generate_report()
    for width in (390, 320):
        phone.set_viewport_size({"width": width, "height": 640})
        assert phone.evaluate("document.documentElement.scrollWidth") <= width
    small_ones = phone.evaluate("""() => [...document.querySelectorAll('button, summary, select, input:not([type=checkbox]):not([type=radio])')]
        .filter(node => node.offsetParent && (node.offsetHeight < 44 || node.offsetWidth < 44)).map(node => node.outerHTML)""")
    assert not small_ones
    assert not phone.evaluate("""() => [...document.querySelectorAll('body *')].filter(node => node.offsetParent && node.childNodes.length &&
        [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim()) && parseFloat(getComputedStyle(node).fontSize) < 16).length""")


@pytest.mark.system
@pytest.mark.promise("room-R22")
def test_hostile_text_is_only_text(begin: Begin, phone: Any) -> None:
    keep = {"kind", "state", "side", "form", "listv", "id", "card", "v", "app", "voices", "status", "method", "seat"}

    def spoiled(value: Any, at: list[int]) -> Any:
        if isinstance(value, dict):
            return {key: each if key in keep and not isinstance(each, (dict, list)) else spoiled(each, at) for key, each in value.items()}
        if isinstance(value, list):
            return [spoiled(each, at) for each in value]
        at[0] += 1
        return HTML[at[0] % len(HTML)] if isinstance(value, str) else value

    def spoil(route: Any) -> None:
        answer = route.fetch(url=route.request.url.replace("room.test", "127.0.0.1"))
        route.fulfill(response=answer, json=spoiled(answer.json(), [len(name)]))

    phone.route(re.compile(r"/state\?since=0|/cards\?|/seats"), spoil)
    for name, (who, steps) in {"join": ("", []), **SITUATIONS}.items():
        begin(who, *steps)
        assert phone.evaluate("typeof hit") == "undefined", name
        assert not phone.evaluate("document.querySelectorAll('main img, main script, main svg, main b > b').length"), name


# --- coming in


@pytest.mark.system
def test_somebody_who_is_not_listed_enters_role_and_side(begin: Begin, phone: Any) -> None:
    room = begin("", lambda kit: kit.seat("coo"))
    assert not phone.get_by_role("button", name="COO").count(), "is here already"
    phone.get_by_text("Someone else").tap()
    phone.get_by_label("Your role").fill("Head of Risk")
    tap(phone, "Ask to join")
    phone.get_by_role("alert").get_by_text("Choose your side first").wait_for()
    phone.get_by_label("IT").check()
    tap(phone, "Ask to join")
    sees(phone, "asks to join")
    assert [(row.role, row.side) for row in room.kit.room.rows()] == [("COO", "business"), ("Head of Risk", "it")]


@pytest.mark.system
@pytest.mark.promise("room-R5")
def test_the_token_leaves_the_address_bar_and_is_that_of_the_tab_and_no_address_carries_it(begin: Begin, phone: Any) -> None:
    addresses: list[str] = []
    phone.on("request", lambda request: addresses.append(request.url))
    room = begin("vp-sales")
    assert phone.url == f"{room.server.url}/"
    token = phone.evaluate("localStorage.getItem('quarterdeck/seat')")
    assert room.kit.room.seats.of_token(token).person == "vp-sales"  # type: ignore[union-attr]
    assert not [address for address in addresses if token in address.partition("#")[0]]
    assert not phone.context.cookies()
    open_on(phone.context.new_page(), room.link("cfo"))  # two links in one browser are two seats
    with phone.expect_request("**/state*") as asked:
        phone.reload()
    assert asked.value.headers["x-quarterdeck-seat"] == token
    room.call(partial(room.kit.room.reissue, "vp-sales"))
    sees(phone, "Who are you?")  # a dead token leads to the roles
    phone.get_by_role("alert").get_by_text("This link").wait_for()


@pytest.mark.system
def test_another_device_takes_over_and_this_one_comes_back_only_when_asked(begin: Begin, phone: Any) -> None:
    room = begin("vp-sales", follow("card", "P09"))
    other = phone.context.browser.new_context().new_page()
    token = phone.evaluate("localStorage.getItem('quarterdeck/seat')")
    open_on(other, room.server.link(token))
    sees(phone, "Used elsewhere")
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.evaluate(SLEEP, "hidden")
    phone.evaluate(SLEEP, "visible")
    phone.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    assert not asked
    tap(phone, "Use here")
    sees(phone, "Electronic invoicing rule")
    other.context.close()


# --- a ballot arrives as it was meant, and is never lost


KEYS: dict[str, tuple[tuple[str, ...], Any]] = {
    "points": (("> More for Customer", "Enter", "Tab", "Tab", "7"), {"points": {"P01": 5, "P02": 7}}),
    "ranking": (("> Add Customer", "Enter", "Enter", "< Contractor CRM replacement: up", "Enter"), {"ranking": [["P02"], ["P01"]]}),
    "score": (("> 4", "Space"), {"scores": {"P02": 4}}),
    "duel": (("> Contractor", "Space"), {"prefers": "P02"}),
    "consent": (("> 1strong", "Space", "> Your sentence", "No tests"), {"scores": {"P02": 1}, "words": "No tests"}),
    "approval": (("> Search", "project-333", "Tab", "Tab", "Space"), {"points": {"Project-333": 1}}),
    "pulse": (("> 4", "Space", "> 2", "Space"), {"scores": {"value": 4, "focus": 2}}),
    "partnership": (
        # Handing in says once that some are not answered yet.
        ("> 3IT hears", "Space", "> Hand in", "Enter", "< Next", "Space", "> 1a business unit", "Space"),
        {"scores": {"direction": 3, "order": 1}},
    ),
}
"""The keys of each ballot, and the choice that they make. `>` moves with the tab key to the element of this name, `<` back."""


def press(page: Any, key: str) -> None:
    if key[:2] in {"> ", "< "}:
        tab_to(page, key[2:], back=key[0] == "<")
    elif key in {"Enter", "Space", "Tab"}:
        page.keyboard.press(key)
    else:
        page.keyboard.type(key)


def tab_to(page: Any, name: str, *, back: bool = False) -> None:
    """Press the tab key until the element with this name has the focus."""
    named = """() => { const node = document.activeElement;
        return node === document.body ? '' : node.getAttribute('aria-label') ?? node.labels?.[0]?.textContent ?? node.textContent; }"""
    for _ in range(100):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if name in page.evaluate(named):
            return
    raise AssertionError(f"the tab key does not reach {name}")


@pytest.mark.system
@pytest.mark.parametrize("form", METHODS)
def test_every_ballot_is_filled_in_with_the_keyboard_alone(begin: Begin, phone: Any, form: str) -> None:
    room = begin("vp-sales", *vote(form), portfolio=MANY if form == "approval" else None)
    keys, choice = KEYS[form]
    for key in (*keys, "> Hand in"):
        press(phone, key)
    phone.keyboard.press("Enter")
    sees(phone, "Your ballot is in")
    assert room.ballots == [choice]
    assert phone.evaluate("document.activeElement.tagName") == "H1"


@pytest.mark.system
def test_a_half_filled_ballot_survives_other_votes_a_reload_another_version_sleep_and_a_lost_connection(
    begin: Begin, phone: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = begin("vp-sales", *vote())
    card = "Customer segmentation and analysis"
    field = phone.get_by_label(f"Points for {card}")
    tap(phone, f"More for {card}")
    field.fill("1")
    field.evaluate("node => { node.mark = 1; node.focus(); }")
    for voice in ("coo", "cfo", "cio"):
        with phone.expect_response("**/state*"):
            room.do(*seal(voice))
    phone.wait_for_function("() => document.activeElement.mark === 1 && document.activeElement.value === '1'")
    field.press("Tab")
    phone.get_by_text("99 left of 100 points").wait_for()
    phone.reload()
    phone.get_by_text("99 left of 100 points").wait_for()
    with phone.expect_navigation():  # the room was restarted, in another version
        monkeypatch.setattr(view, "__version__", "another")
        room.do(*seal("security-lead"))
    phone.get_by_text("99 left of 100 points").wait_for()
    phone.context.set_offline(True)
    tap(phone, "Hand in")
    phone.get_by_role("alert").get_by_text("Your ballot is kept here").wait_for()
    phone.evaluate(SLEEP, "hidden")
    phone.context.set_offline(False)
    phone.evaluate(SLEEP, "visible")
    sees(phone, "Your ballot is in")
    assert room.ballots[-1] == {"points": {"P01": 1}}
    tap(phone, "Change it")
    phone.get_by_text("99 left of 100 points").wait_for()
    tap(phone, "Keep the one that is in")
    sees(phone, "Your ballot is in")


@pytest.mark.system
def test_a_refused_ballot_says_why_and_stays(begin: Begin, phone: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise RecordError("the disk is full")

    room = begin("vp-sales", *vote("duel"))
    monkeypatch.setattr(room.kit.session.log, "append_all", full)
    tap(phone, "Contractor CRM replacement", "Hand in")
    phone.get_by_role("alert").get_by_text("the disk is full").wait_for()
    monkeypatch.undo()
    tap(phone, "Hand in")
    sees(phone, "Your ballot is in")
    assert room.ballots == [{"prefers": "P02"}]


@pytest.mark.system
def test_a_ballot_that_comes_too_late_is_told_beside_the_result_and_is_not_taken_for_cast(begin: Begin, phone: Any) -> None:
    room = begin("vp-sales", *vote(), *seal("coo", "cfo", "cio"), StartPhase(phase="reveal"))

    def reveal(route: Any) -> None:
        room.do(RevealBallots(round=1), follow("reveal"))
        route.continue_()

    phone.route("**/act", reveal)
    tap(phone, "More for Electronic invoicing rule", "Hand in")
    sees(phone, "Most of the room would start 1 of the first 5.")
    phone.get_by_role("alert").get_by_text("Round 1 is not open").wait_for()
    assert not phone.get_by_text("You gave it").count()


@pytest.mark.system
@pytest.mark.parametrize(
    ("method", "chosen", "other"),
    [
        ("points", "You gave it 5 points.", "You gave it no points."),
        ("approval", "You ticked it.", "You did not tick it."),
        ("ranking", "You placed it 1st.", "You did not rank it."),
    ],
)
def test_at_the_reveal_voters_read_what_their_own_ballot_said(begin: Begin, phone: Any, method: str, chosen: str, other: str) -> None:
    room = begin("vp-sales", *vote(method), portfolio=small())
    row = phone.locator("[data-card='P1']")
    (row.get_by_role("checkbox") if method == "approval" else row.get_by_role("button").last).tap()
    tap(phone, "Hand in")
    sees(phone, "Your ballot is in")
    for voice, card in (("coo", "P1"), ("cio", "P2"), ("architect", "P2")):
        choice: dict[str, Any] = {"ranking": ((card,),)} if method == "ranking" else {"points": {card: 1}}
        room.do(SealBallot(round=1, voice=voice, **choice))
    room.do(RevealBallots(round=1), follow("reveal"))
    phone.get_by_text(chosen).wait_for()
    phone.get_by_text(other).first.wait_for()


@pytest.mark.system
def test_a_proxy_fills_in_a_second_ballot_marked_with_its_role(begin: Begin, phone: Any) -> None:
    room = begin("vp-sales", PROXY, *vote("score"))
    for role, score in (("", "5"), ("CFO", "2")):
        if role:
            phone.get_by_text(f"This ballot is for {role}").wait_for()
        phone.locator(f"[data-figure='{score}']").tap()
        tap(phone, "Hand in")
    sees(phone, "Your ballots are in")
    assert list(room.kit.session.session.rounds[0].seals) == ["vp-sales", "cfo"]
    assert room.ballots == [{"scores": {"P02": 5}}, {"scores": {"P02": 2}}]


@pytest.mark.system
@pytest.mark.promise("room-R18")
def test_all_ballots_of_a_round_are_as_long(begin: Begin, phone: Any) -> None:
    sent: list[Any] = []
    phone.on("request", lambda request: sent.append(request) if request.url.endswith("/act") else None)
    for card, reason in (("Customer segmentation and analysis", ""), ("AI quoting assistant pilot", "Überfällig — 逾期 " * 8)):
        begin("vp-sales", *vote())
        tap(phone, f"More for {card}")
        if reason:
            phone.get_by_text("Add one line of reason").tap()
            phone.get_by_label("Your reason").fill(reason)
        tap(phone, "Hand in")
        sees(phone, "Your ballot is in")
    assert len({len(each.post_data_buffer) for each in sent}) == 1
    assert sent[1].post_data_json["what"]["reason"].startswith("Überfällig")


# --- asking for a move, changing what is one's own, and the facilitator's page


@pytest.mark.system
def test_a_move_is_proposed_and_what_is_typed_stays_when_the_room_goes_on(begin: Begin, phone: Any) -> None:
    room = begin("vp-sales", follow("card", "P06"))
    tap(phone, "Propose a move")
    phone.get_by_label("To rank").fill("2")
    phone.get_by_label("Because").fill("the rule starts in September")
    room.do(follow("talk", "P15"))
    phone.get_by_text("The room has gone on").wait_for()
    phone.keyboard.press("Enter")
    phone.get_by_text("not answered yet").wait_for()
    (proposed,) = (each.proposed for each in room.kit.session.session.open_proposals)
    assert (proposed.card, proposed.rank, proposed.reason) == ("P06", 2, "the rule starts in September")


@pytest.mark.system
def test_people_change_what_is_theirs_from_their_phone(begin: Begin, phone: Any) -> None:
    room = begin("vp-sales", StartPhase(phase="open"), SetFreeMode(people=("vp-sales",)), portfolio=small())
    tap(phone, "Move a project")
    phone.get_by_label("Project").select_option(label="4. Returns")
    phone.get_by_label("To rank").fill("1")
    tap(phone, "Move it", "Benefit of your projects")
    assert options(phone, "Project") == ["Returns", "Checkout"]  # as their sponsor
    phone.get_by_label("What changes").fill("Half as many calls")
    tap(phone, "Save")
    phone.get_by_role("button", name="Move a project").wait_for()
    open_on(phone, room.link("cio"))
    tap(phone, "Effort of the projects")
    assert options(phone, "Team") == ["Web", "Mobile"]  # which has no work on it yet
    phone.get_by_label("Team").select_option(label="Mobile")
    phone.get_by_label("Effort in person-weeks").fill("2,5")
    tap(phone, "Save")
    phone.get_by_role("button", name="Effort of the projects").wait_for()
    card = room.kit.session.session.cards["P4"]
    assert room.kit.session.board == "P4 P1 P2 P3"
    assert (card.benefit.text, [(work.team, work.effort) for work in card.work]) == ("Half as many calls", [("WEB", 40), ("MOB", 25)])


@pytest.mark.system
def test_the_facilitators_page_lets_in_and_ends_the_vote_by_a_second_press(begin: Begin, phone: Any) -> None:
    room = begin("host", *SITUATIONS["facilitator"][1])
    tap(phone, "Let Head of Risk in", "Let all in")
    phone.get_by_text(ASKING).wait_for(state="detached")
    assert [row.state for row in room.kit.room.rows()] == ["in", "in", "in"]
    room.do(ask("coo", "vp-sales"))
    tap(phone, "Turn all away", "Press again")
    phone.get_by_text(ASKING).wait_for(state="detached")
    phone.get_by_label("Open until").fill("Wednesday 12:00")
    tap(phone, "Set")
    phone.get_by_text("Open until Wednesday 12:00").wait_for()
    phone.get_by_text("End the vote before that").tap()
    tap(phone, "End the vote", "Press again")
    phone.get_by_text("The vote is over").wait_for()
    assert room.kit.session.session.open_round.over  # type: ignore[union-attr]
