"""The pages of the room in a real Chromium, against a room that only pretends: every state, accessible, and never losing what somebody typed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from hostile import MARKUP
from room_pages import CARDS, FORMS, REVEAL, STATES, WEB, PretendedRoom, pretended_room, state, voice, vote

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
def room() -> Iterator[PretendedRoom]:
    with pretended_room() as pretended:
        yield pretended


@pytest.fixture
def phone(browser: Any, room: PretendedRoom) -> Iterator[Any]:
    """Return a phone that opens the link of a seat. It fails the test for an error, or a request to another host."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.set_default_timeout(20_000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: None if request.url.startswith((room.address, "blob:")) else faults.append(request.url))
    yield page
    context.close()
    assert not [fault for fault in faults if "Failed to load resource" not in fault]  # a refusal, or the lost connection of a test


def open_on(page: Any, room: PretendedRoom, shown: dict[str, Any], path: str = "/") -> None:
    room.show(shown)
    page.goto(f"{room.address}{path}#token")
    page.locator("main[data-page] h1").first.wait_for()
    page.locator("text=One moment…").wait_for(state="detached")


# --- every state


@pytest.mark.system
@pytest.mark.parametrize("name", ["join", "propose", "benefit", "move", "effort", *STATES])
def test_every_page_is_accessible_in_both_schemes_and_on_narrow_phones(phone: Any, room: PretendedRoom, name: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed (group system)").Axe()
    if name == "join":
        phone.goto(room.address)
        phone.get_by_text("Somebody else").tap()
    elif name in {"propose", "benefit"}:
        open_on(phone, room, STATES["board"])
        phone.get_by_role("button", name={"propose": "Propose a move", "benefit": "Benefit of your projects"}[name]).tap()
    elif name in {"move", "effort"}:
        open_on(phone, room, STATES["board-it"])
        phone.get_by_role("button", name={"move": "Move a project", "effort": "Effort of the projects"}[name]).tap()
    else:
        open_on(phone, room, STATES[name], "/watch" if name.startswith("watch") else "/")
    phone.locator("text=One moment…").wait_for(state="detached")
    for scheme, rules in (("light", {}), ("dark", {"runOnly": ["color-contrast"]})):
        phone.emulate_media(color_scheme=scheme)
        found = axe.run(phone, options=rules)
        assert found.violations_count == 0, found.generate_report()
    for width in (390, 320):
        phone.set_viewport_size({"width": width, "height": 640})
        assert phone.evaluate("document.documentElement.scrollWidth") <= width
    small = phone.evaluate("""() => [...document.querySelectorAll('button, summary, select, input:not([type=checkbox]):not([type=radio])')]
        .filter(node => node.offsetParent && (node.offsetHeight < 44 || node.offsetWidth < 44)).map(node => node.outerHTML)""")
    assert not small
    assert not phone.evaluate("""() => [...document.querySelectorAll('body *')].filter(node => node.offsetParent && node.childNodes.length &&
        [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim()) && parseFloat(getComputedStyle(node).fontSize) < 16).length""")


# --- coming in


@pytest.mark.system
def test_a_role_is_tapped_and_the_seat_waits_until_it_is_let_in(phone: Any, room: PretendedRoom) -> None:
    room.show(STATES["asking"])
    phone.goto(room.address)
    assert not phone.get_by_role("button", name="COO").count()  # is here already
    phone.get_by_role("button", name="VP Sales").tap()
    phone.get_by_role("heading", name="VP Sales asks to join").wait_for()
    room.show(STATES["card"])
    phone.get_by_role("heading", name="Electronic invoicing rule").wait_for()
    phone.reload()
    phone.get_by_role("heading", name="Electronic invoicing rule").wait_for()


@pytest.mark.system
def test_somebody_who_is_not_listed_enters_role_and_side(phone: Any, room: PretendedRoom) -> None:
    room.people = []
    room.show(STATES["asking"])
    phone.goto(room.address)
    phone.get_by_label("Your role").fill("Security Lead")
    phone.get_by_role("button", name="Ask to join").tap()
    phone.get_by_role("alert").get_by_text("Choose your side first").wait_for()
    phone.get_by_label("IT").check()
    phone.get_by_role("button", name="Ask to join").tap()
    phone.get_by_role("heading", name="asks to join").wait_for()


@pytest.mark.system
@pytest.mark.promise("room-R5")
def test_the_token_leaves_the_address_bar_and_no_request_carries_it_in_an_address(phone: Any, room: PretendedRoom) -> None:
    addresses: list[str] = []
    phone.on("request", lambda request: addresses.append(request.url))
    open_on(phone, room, STATES["board"])
    assert phone.url == f"{room.address}/"
    assert phone.evaluate("localStorage.getItem('quarterdeck/seat')") == "token"
    assert not [address for address in addresses if "token" in address.partition("#")[0]]
    assert not phone.context.cookies()


@pytest.mark.system
def test_a_dead_token_leads_to_the_roles(phone: Any, room: PretendedRoom) -> None:
    room.known.clear()
    phone.goto(f"{room.address}#old")
    phone.get_by_role("heading", name="Who are you?").wait_for()
    phone.get_by_role("alert").get_by_text("This link").wait_for()


# --- a ballot is never lost


@pytest.mark.system
def test_a_half_filled_ballot_survives_other_votes_a_reload_another_version_sleep_and_a_lost_connection(phone: Any, room: PretendedRoom) -> None:
    open_on(phone, room, vote("points"))
    field = phone.get_by_label(f"Points for {CARDS[0]['title']}")
    phone.get_by_role("button", name=f"More for {CARDS[0]['title']}").tap()
    field.fill("1")
    field.evaluate("node => { node.mark = 1; node.focus(); }")
    for done in range(50):
        room.show(vote("points", **{"in": {"business": [done % 6, 6], "it": [3, 5]}}))
    phone.wait_for_function("() => document.activeElement.mark === 1 && document.activeElement.value === '1'")
    field.press("Tab")
    phone.get_by_text("99 left of 100 points").wait_for()
    phone.reload()
    phone.get_by_text("99 left of 100 points").wait_for()
    with phone.expect_navigation():  # the room was started anew, by another version
        room.show({**vote("points"), "app": "another"})
    phone.get_by_text("99 left of 100 points").wait_for()
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Hand in").tap()
    phone.get_by_role("alert").get_by_text("Your ballot is kept here").wait_for()
    phone.evaluate(SLEEP, "hidden")
    phone.context.set_offline(False)
    phone.evaluate(SLEEP, "visible")
    phone.get_by_role("heading", name="Your ballot is in").wait_for()
    assert [act["what"]["choice"] for act in room.acts] == [{"points": {"P01": 1}}]
    phone.get_by_role("button", name="Change it").tap()
    phone.get_by_text("99 left of 100 points").wait_for()
    phone.get_by_role("button", name="Keep the one that is in").tap()
    phone.get_by_role("heading", name="Your ballot is in").wait_for()


@pytest.mark.system
def test_a_refused_ballot_says_why_and_stays(phone: Any, room: PretendedRoom) -> None:
    open_on(phone, room, vote("duel"))
    room.refusal = {"kind": "disk", "message": "Not recorded, try again: the disk is full."}
    phone.get_by_role("button", name=CARDS[1]["title"]).tap()
    phone.get_by_role("button", name="Hand in").tap()
    phone.get_by_role("alert").get_by_text("the disk is full").wait_for()
    room.refusal = None
    phone.get_by_role("button", name="Hand in").tap()
    phone.get_by_role("heading", name="Your ballot is in").wait_for()
    assert room.acts[0]["what"] == {"kind": "vote", "voice": "vp-sales", "choice": {"prefers": "P02"}}


@pytest.mark.system
def test_a_ballot_that_comes_too_late_is_told_beside_the_result_and_is_not_taken_for_cast(phone: Any, room: PretendedRoom) -> None:
    open_on(phone, room, vote("points"))
    room.refusal, room.then = {"kind": "over", "message": "The ballots are revealed: this one came too late."}, STATES["reveal"]
    phone.get_by_role("button", name=f"More for {CARDS[8]['title']}").tap()
    phone.get_by_role("button", name="Hand in").tap()
    phone.get_by_role("heading", name="Business and IT agree").wait_for()
    phone.get_by_role("alert").get_by_text("came too late").wait_for()
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
def test_at_the_reveal_voters_read_what_their_own_ballot_said(phone: Any, room: PretendedRoom, method: str, chosen: str, other: str) -> None:
    open_on(phone, room, vote(method, listv="r1"))
    row = phone.locator(f"[data-card='{CARDS[0]['id']}']")
    (row.get_by_role("checkbox") if method == "approval" else row.get_by_role("button").last).tap()
    phone.get_by_role("button", name="Hand in").tap()
    phone.get_by_role("heading", name="Your ballot is in").wait_for()
    lines = [{**REVEAL["lines"][0], "card": each["id"], "title": each["title"]} for each in CARDS[:2]]
    revealed = {**REVEAL, "lines": lines, "round": room.state["round"]["number"]}
    room.show(state("reveal", "See where the sides differ", you={"voices": [voice()]}, reveal=revealed))
    phone.get_by_text(chosen).wait_for()
    phone.get_by_text(other).wait_for()


@pytest.mark.system
def test_a_proxy_fills_in_a_second_ballot_marked_with_its_role(phone: Any, room: PretendedRoom) -> None:
    open_on(phone, room, vote("score", voice(), voice("cfo", "CFO", proxy=True)))
    for role, score in (("", "5"), ("CFO", "2")):
        if role:
            phone.get_by_text(f"This ballot is for {role}").wait_for()
        phone.locator(f"[data-figure='{score}']").tap()
        phone.get_by_role("button", name="Hand in").tap()
    phone.get_by_role("heading", name="Your ballots are in").wait_for()
    assert {act["what"]["voice"]: act["what"]["choice"] for act in room.acts} == {"vp-sales": {"scores": {"P01": 5}}, "cfo": {"scores": {"P01": 2}}}


@pytest.mark.system
def test_another_device_takes_over_and_this_one_comes_back_only_when_asked(phone: Any, room: PretendedRoom) -> None:
    open_on(phone, room, STATES["elsewhere"])
    room.show(STATES["card"])
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.evaluate(SLEEP, "hidden")
    phone.evaluate(SLEEP, "visible")
    phone.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    assert not asked
    phone.get_by_role("heading", name="Used elsewhere").wait_for()
    phone.get_by_role("button", name="Use here").tap()
    phone.get_by_role("heading", name="Electronic invoicing rule").wait_for()


@pytest.mark.system
def test_two_links_in_one_browser_are_two_seats(phone: Any, room: PretendedRoom) -> None:
    room.known.add("other")
    open_on(phone, room, STATES["card"])
    other = phone.context.new_page()
    other.goto(f"{room.address}#other")
    other.get_by_role("heading", name="Electronic invoicing rule").wait_for()
    with phone.expect_request("**/state*") as asked:
        phone.reload()
    assert asked.value.headers["x-quarterdeck-seat"] == "token"


@pytest.mark.system
@pytest.mark.promise("room-R18")
def test_all_ballots_of_a_round_are_as_long(phone: Any, room: PretendedRoom) -> None:
    for card, reason in ((0, ""), (11, "Überfällig — 逾期 " * 8)):
        open_on(phone, room, vote("points"))
        phone.get_by_role("button", name=f"More for {CARDS[card]['title']}").tap()
        if reason:
            phone.get_by_text("Add one line of reason").tap()
            phone.get_by_label("Your reason").fill(reason)
        phone.get_by_role("button", name="Hand in").tap()
        phone.get_by_role("heading", name="Your ballot is in").wait_for()
    assert len(set(room.lengths)) == 1
    assert room.acts[1]["what"]["reason"].startswith("Überfällig")


# --- hostile text, and the keyboard


@pytest.mark.system
@pytest.mark.promise("room-R22")
def test_hostile_text_is_only_text(phone: Any, room: PretendedRoom) -> None:
    def spoiled(value: Any, at: list[int]) -> Any:
        if isinstance(value, dict):
            keep = {"kind", "state", "side", "form", "listv", "id", "card", "v", "app", "voices", "status"}
            return {key: each if key in keep and not isinstance(each, (dict, list)) else spoiled(each, at) for key, each in value.items()}
        if isinstance(value, list):
            return [spoiled(each, at) for each in value]
        at[0] += 1
        return HTML[at[0] % len(HTML)] if isinstance(value, str) else value

    room.lists = {name: [{**spoiled(card, [3]), "id": card["id"]} for card in cards[:12]] for name, cards in room.lists.items()}
    room.people = [{**spoiled(person, [0]), "id": person["id"], "side": person["side"]} for person in room.people]
    phone.goto(room.address)
    for name, shown in STATES.items():
        if name == "elsewhere":
            continue
        open_on(phone, room, spoiled(shown, [len(name)]))
        assert phone.evaluate("typeof hit") == "undefined", name
        assert not phone.evaluate("document.querySelectorAll('main img, main script, main svg, main b > b').length"), name


KEYS: dict[str, tuple[tuple[str, ...], Any]] = {
    "points": (("> More for Contractor", "Enter", "Tab", "Tab", "7"), {"points": {"P01": 5, "P02": 7}}),
    "ranking": (("> Add Contractor", "Enter", "Enter", "< segmentation and analysis: up", "Enter"), {"ranking": [["P02"], ["P01"]]}),
    "score": (("> 4", "Space"), {"scores": {"P01": 4}}),
    "duel": (("> Customer segmentation", "Space"), {"prefers": "P02"}),
    "consent": (("> 1strong", "Space", "> Your sentence", "No tests"), {"scores": {"P01": 1}, "words": "No tests"}),
    "approval": (("> Search", "project 333", "Tab", "Tab", "Space"), {"points": {"P333": 1}}),
    "pulse": (("> 4", "Space", "> 2", "Space"), {"scores": {"value": 4, "focus": 2}}),
    "partnership": (
        # Handing in says once that some are not answered yet.
        ("> 3IT hears", "Space", "> Hand in", "Enter", "< Next", "Space", "> 1a business unit", "Space"),
        {"scores": {"direction": 3, "order": 1}},
    ),
}
"""The keys of each ballot, and the choice that they make. `>` goes on with the tab key to the element of this name, `<` back."""


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
        return node.getAttribute('aria-label') ?? node.labels?.[0]?.textContent ?? node.textContent; }"""
    for _ in range(60):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if name in page.evaluate(named):
            return
    raise AssertionError(f"the tab key does not reach {name}")


@pytest.mark.system
@pytest.mark.parametrize("form", FORMS)
def test_every_ballot_is_filled_in_with_the_keyboard_alone(phone: Any, room: PretendedRoom, form: str) -> None:
    open_on(phone, room, vote(form))
    keys, choice = KEYS[form]
    for key in (*keys, "> Hand in"):
        press(phone, key)
    phone.keyboard.press("Enter")
    phone.get_by_role("heading", name="Your ballot is in").wait_for()
    assert room.acts[0]["what"]["choice"] == choice
    assert phone.evaluate("document.activeElement.tagName") == "H1"


# --- asking for a move, and the facilitator's page


@pytest.mark.system
def test_a_move_is_proposed_and_what_is_typed_stays_when_the_room_goes_on(phone: Any, room: PretendedRoom) -> None:
    open_on(phone, room, STATES["card"])
    phone.get_by_role("button", name="Propose a move").tap()
    phone.get_by_label("To rank").fill("2")
    phone.get_by_label("Because").fill("the rule starts in September")
    room.show(STATES["talk"])
    phone.get_by_text("The room has gone on").wait_for()
    phone.keyboard.press("Enter")
    phone.get_by_role("heading", name="Staff sign-in").wait_for()
    assert room.acts[0]["what"] == {"kind": "propose", "card": "P06", "rank": 2, "reason": "the rule starts in September"}


@pytest.mark.system
def test_the_facilitators_page_lets_in_and_ends_the_vote_by_a_second_press(phone: Any, room: PretendedRoom) -> None:
    open_on(phone, room, STATES["facilitator"])
    phone.get_by_role("button", name="Let all in").tap()
    phone.get_by_role("button", name="Turn all away").tap()
    phone.get_by_role("button", name="Press again").tap()
    phone.get_by_role("button", name="Turn all away").wait_for()
    phone.get_by_label("Open until").fill("Wednesday 12:00")
    phone.get_by_role("button", name="Set").tap()
    phone.get_by_text("End the vote before that").tap()
    phone.get_by_role("button", name="End the vote").tap()
    phone.get_by_role("button", name="Press again").tap()
    phone.wait_for_function("() => [...document.querySelectorAll('button')].some(node => node.textContent === 'End the vote')")
    assert [act["what"]["kind"] for act in room.acts] == ["admit_all", "turn_all_away", "extend", "end"]


@pytest.mark.system
def test_the_page_of_a_closed_session_is_downloaded(phone: Any, room: PretendedRoom) -> None:
    open_on(phone, room, STATES["closed"])
    with phone.expect_download() as download:
        phone.get_by_role("button", name="Download the page").tap()
    assert download.value.suggested_filename == "Larkfield Supply 2026-Q4.html"
