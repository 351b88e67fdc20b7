"""A room that only pretends, for the tests of its pages: it serves the real files, and the state that a test wants to see."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import sessions
from sessions.record.events import RoundOpened
from sessions.room.showing import item_of
from sessions.rounds.methods.partnership import SPEC as PARTNERSHIP
from sessions.rounds.methods.pulse import SPEC as PULSE
from sessions.rounds.methods.questions import QuestionSpec

WEB = Path(sessions.__file__).parent / "room" / "web"
CSP = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
TOLD = "Afterwards the room sees totals by side and reasons, not names. (The session file keeps the names.)"

TITLES = (
    "Contractor CRM replacement", "Customer segmentation and analysis", "Northwest price lists and tax", "Repeat-order checkout",
    "Server operating system upgrade", "Electronic invoicing rule", "Stock accuracy feed", "Promised delivery date at checkout",
    "Staff sign-in with second factor", "Northwest branch network", "AI quoting assistant pilot", "Self-service returns",
)  # fmt: skip


def card(number: int, title: str) -> dict[str, Any]:
    """Return a card as the room serves it."""
    return {
        "id": f"P{number:02}", "number": number, "title": title, "sponsor": "VP Sales", "benefit": "Orders leave a day earlier.",
        "worth": "$15,000 a month", "effort": [{"team": "web", "name": "Web", "tenths": 120}, {"team": "data", "name": "Data", "tenths": 25}],
        "may": ["benefit", "work"] if number == 1 else [],
    }  # fmt: skip


CARDS = [card(number, title) for number, title in enumerate(TITLES, 1)]
PEOPLE = [
    {"id": role.lower().replace(" ", "-"), "role": role, "side": side, "free": free}
    for role, side, free in (
        ("COO", "business", False), ("CFO", "business", False), ("VP Sales", "business", True), ("Head of Customer Service", "business", True),
        ("CIO", "it", False), ("Director Infrastructure", "it", True), ("Head of Data & BI", "it", True),
    )
]  # fmt: skip
YOU = {
    "state": "in", "seat": "s3", "person": "vp-sales", "role": "VP Sales", "side": "business", "votes": True, "decides": False, "facilitator": False,
    "watch": False, "voices": [], "may": {"propose": True, "move": False, "benefit": True, "effort": False},
}  # fmt: skip
SCALE = [[0, "not at all"], [1, "a little"], [3, "clearly"], [5, "more than almost anything"]]
HANDS = [[0, "objection"], [1, "strong concern"], [2, "concern"], [3, "can live with it"], [5, "fully"]]


def state(kind: str = "board", sentence: str = "", *, you: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """Return the state of a seat."""
    return {
        "v": 1, "app": "test", "title": "Larkfield Supply", "quarter": "2026-Q4", "you": {**YOU, **(you or {})}, "listv": "b1",
        "now": {"kind": kind, "phase": "vote", "phase_name": "Vote", "sentence": sentence, "clock": {"left": 222, "running": True}},
        "here": {"business": [5, 6], "it": [5, 5]}, "round": None, "reveal": None, "talk": None, "card": None, "decided": None,
        "proposals": [], "waiting": [], "missing": [], "free": False, "locked": False, **more,
    }  # fmt: skip


def outside(status: str) -> dict[str, Any]:
    """Return the state of a seat that is not let in: nothing of the session."""
    told = state(you={"state": status, "voices": []})
    now = {"kind": "waiting", "phase": "", "phase_name": "", "sentence": "", "clock": None}
    return {name: told[name] for name in ("v", "app", "title", "quarter", "you")} | {"now": now}


FORMS = ("points", "ranking", "score", "duel", "consent", "approval", "pulse", "partnership")


def questions(spec: QuestionSpec) -> list[dict[str, Any]]:
    """Return the list of a round of questions as devices get it."""
    opened = RoundOpened(round=1, cards=(), questions=tuple(each.id for each in spec.all), voices=(), method=spec.name)
    return [item_of(opened, each.id, each.text) for each in spec.all]


QUESTIONS = {"pulse": questions(PULSE), "items": questions(PARTNERSHIP)}
TEAMS = [{"team": "web", "name": "Web"}, {"team": "data", "name": "Data"}]


def voice(name: str = "vp-sales", role: str = "VP Sales", *, proxy: bool = False, voted: bool = False) -> dict[str, Any]:
    """Return one of the ballots that a seat may cast."""
    return {"id": name, "role": role, "proxy": proxy, "voted": voted}


def round_of(method: str, **more: Any) -> dict[str, Any]:
    """Return an open round."""
    asked = {
        "points": {"rules": "12 cards · 100 points per voter, at most 25 on one card", "budget": 100, "cap": 25},
        "ranking": {"rules": "12 cards · each voter ranks up to 10", "limit": 10},
        "score": {"question": "How much does this move our top objectives?", "scale": SCALE, "listv": "one"},
        "duel": {"question": "Which of the two should rank higher?", "listv": "two"},
        "consent": {"about": "Do Contractor CRM replacement in 2026-Q4.", "words": [0, 1, 2], "scale": HANDS, "listv": "one"},
        "approval": {"question": "Which cards do you support?", "rules": "495 cards · each voter ticks as many cards as they like", "listv": "many"},
        "pulse": {"question": "How far is each of these true?", "listv": "pulse"},
        "partnership": {"question": "How do business and IT work together now?", "listv": "items"},
    }[method]
    return {
        "number": 1 + FORMS.index(method), "method": method, "title": "Ballot 1", "about": "", "question": "", "rules": "", "told": TOLD,
        "listv": "r1", "cards": 12, "budget": 0, "cap": 0, "limit": 0, "scale": [], "in": {"business": [4, 6], "it": [3, 5]},
        "until": "", "over": False, "what_ifs": False, **asked, **more,
    }  # fmt: skip


def vote(method: str, *voices: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return the state of a seat that votes."""
    return state("vote", "7 of 11 have voted", you={"voices": list(voices) or [voice()]}, round=round_of(method, **more))


LINES = [
    {
        "card": "P09", "number": 9, "title": TITLES[8], "sentence": "All 4 IT want it now; none of 6 business does.",
        "places": {"business": 19, "it": 5},
    },
    {
        "card": "P05", "number": 5, "title": TITLES[4], "sentence": "All 4 IT want it now; 1 of 6 business does.",
        "places": {"business": 14, "it": 3}, "quote": {"side": "it", "who": "", "text": "The order desk stands still 3 hours a month"},
    },
]  # fmt: skip
ORDER = [{"number": each["number"], "title": each["title"]} for each in CARDS]
REVEAL = {"headline": "Business and IT agree on 3 of the first 7.", "lines": LINES, "of": 24, "order": ORDER}
TALK = {**LINES[0], "of": 24}
DECIDED = {"done": 9, "of": 24, "last": {"title": TITLES[0], "words": "Start in week 2, with Web and Data."}}
PROPOSALS = [
    {"id": 1, "card": "P08", "title": TITLES[7], "old": 8, "rank": 2, "reason": "Customers call", "status": "accepted"},
    {"id": 2, "card": "P09", "title": TITLES[8], "old": 9, "rank": 5, "reason": "Risk", "status": "open", "role": "VP Sales"},
]
ASKING = [{"seat": "s7", "role": "Security Lead", "side": "it"}, {"seat": "s8", "role": "VP Operations", "side": "business"}]
ASKED = {"waiting": ASKING, "waiting_count": 2, "missing": ["CFO", "CIO"], "missing_count": 3}
IT = {"side": "it", "role": "CIO", "may": {"propose": True, "move": True, "benefit": False, "effort": True}}
HOST = {"facilitator": True, "role": "Facilitator", "side": "", "votes": False, "voices": []}

LOOKS = {"watch": True, "role": "", "side": "", "may": {}}

STATES: dict[str, dict[str, Any]] = {
    "asking": outside("asking"),
    "asking-twice": {
        **(twice := outside("asking")),
        "you": {**twice["you"], "number": 12},
        "now": {**twice["now"], "sentence": "Somebody else asks as VP Sales too. Tell the facilitator your number: 12."},
    },
    "out": outside("out"),
    "elsewhere": outside("elsewhere"),
    "points": vote("points"),
    "ranking": vote("ranking"),
    "scores": vote("score"),
    "scores-of-many": vote("score", listv="r1"),
    "duel": vote("duel"),
    "consent": vote("consent"),
    "approval": vote("approval", listv="r1"),
    "pulse": vote("pulse"),
    "partnership": vote("partnership"),
    "proxy": vote("points", voice(voted=True), voice("cfo", "CFO", proxy=True), until="Tuesday 09:00"),
    "voted": vote("points", voice(voted=True)),
    "voted-both": vote("points", voice(voted=True), voice("cfo", "CFO", proxy=True, voted=True)),
    "over": vote("points", over=True),
    "whole-room": vote("points", voice(voted=True), **{"in": {"": [3, 4]}}),
    "no-vote": state("vote", "7 of 11 have voted", you={"votes": False}, round=round_of("score")),
    "curtain": state("curtain", "The host is preparing"),
    "board": state("board", "Read the cards, one by one", proposals=PROPOSALS),
    "three-sides": state("board", "Begin", here={"business": [2, 2], "it": [1, 1], "supervisory board": [1, 2]}),
    "board-it": state("board", "Read the cards, one by one", you=IT),
    "card": state("card", "Card 5 of 12", card=CARDS[5]),
    "reveal": state("reveal", "See where the sides differ", reveal=REVEAL),
    "talk": state("talk", "VP Sales speaks", talk=TALK),
    "decide": state("decide", "Decide card by card", decided=DECIDED),
    "decide-card": state("decide", "All 4 IT want it now.", card=CARDS[5], decided=DECIDED),
    "decided-card": state("decide", "", card=CARDS[0], decided={**DECIDED, "here": "Start in week 2, with Web and Data."}),
    "line": state("line", "The line is after 7", decided={"done": 0, "of": 24, "last": None}),
    "closed": state("closed", "The session is closed"),
    "facilitator": state("vote", "7 of 11 have voted", you=HOST, round=round_of("points"), **ASKED, proposals=PROPOSALS),
    "facilitator-waits": state("board", "Nobody votes now", you=HOST),
    "watch-vote": state("vote", "7 of 11 have voted", you=LOOKS, round=round_of("points")),
    "watch-reveal": state("reveal", "See where the sides differ", you=LOOKS, reveal=REVEAL),
}
"""A state for each page that the room can show."""


class PretendedRoom:
    """Serves the pages. `show` changes the state of every seat; `acts` are what the pages sent.

    With a `refusal` acts are refused; what comes `then` is shown by that time."""

    def __init__(self) -> None:
        self.people: list[dict[str, Any]] = PEOPLE
        many = [card(number, f"Project {number} of many") for number in range(1, 496)]
        self.lists = {"b1": CARDS, "r1": CARDS, "one": CARDS[:1], "two": CARDS[:2], "many": many, **QUESTIONS}
        self.locked = False
        self.acts: list[dict[str, Any]] = []
        self.lengths: list[int] = []
        self.refusal: dict[str, str] | None = None
        self.then: dict[str, Any] | None = None
        self.state = state()
        self.known = {"token"}
        self.address = ""
        self._changed = threading.Condition()
        self._ended = False

    def show(self, shown: dict[str, Any]) -> None:
        """Show a state from now on."""
        with self._changed:
            self.state = {**shown, "v": self.state["v"] + 1}
            self._changed.notify_all()

    def end(self) -> None:
        """Let every held question go."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def wait(self, since: int) -> dict[str, Any]:
        """Return the state when it is another than this."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self.state["v"] != since, timeout=20)
            return self.state

    def act(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Return the answer to an act. A vote is in at once."""
        if self.refusal:
            if self.then:
                self.show(self.then)
            return 409, {"error": self.refusal, "state": self.state}
        self.acts.append(body)
        what = body["what"]
        if what["kind"] == "vote":
            voices = [{**each, "voted": each["voted"] or each["id"] == what["voice"]} for each in self.state["you"]["voices"]]
            self.show({**self.state, "you": {**self.state["you"], "voices": voices}})
        return 200, {"done": True, "state": self.state}


def _handler(room: PretendedRoom) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

        def answer(self, status: int, body: bytes, kind: str = "application/json") -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", CSP)
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            with suppress(OSError):  # the page has gone
                self.wfile.write(body)

        def json(self, content: Any, status: int = 200) -> None:
            self.answer(status, json.dumps(content).encode())

        def seated(self) -> bool:
            return self.headers.get("X-Quarterdeck-Seat") in room.known

        def do_GET(self) -> None:
            url = urlsplit(self.path)
            asked = parse_qs(url.query)
            if url.path in {"/", "/watch"}:
                self.answer(200, (WEB / "index.html").read_bytes(), TYPES[".html"])
            elif url.path.startswith("/web/"):
                file = WEB / Path(url.path).name
                self.answer(200, file.read_bytes(), TYPES[file.suffix])
            elif url.path == "/seats":
                about = {"title": "Larkfield Supply", "quarter": "2026-Q4", "sides": ["business", "it"]}
                self.json({**about, "locked": room.locked, "people": room.people})
            elif not self.seated():
                self.json({"error": {"kind": "seat", "message": "No such seat."}}, 401)
            elif url.path == "/state":
                self.json(room.wait(int(asked["since"][0])))
            elif url.path == "/cards":
                self.json({"v": asked["v"][0], "cards": room.lists[asked["v"][0]], "teams": TEAMS})
            else:
                self.answer(200, b"<h1>The page</h1>", "text/html")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/join":
                room.known.add("seat")
                self.json({"token": "seat", "state": room.state})
                return
            room.lengths.append(len(body))
            status, told = room.act(json.loads(body))
            self.json(told, status)

    return Handler


@contextmanager
def pretended_room() -> Iterator[PretendedRoom]:
    """Serve a pretended room on this machine; its address is insecure, as that of a room in a local network is."""
    room = PretendedRoom()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(room))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    room.address = f"http://room.test:{server.server_port}"
    try:
        yield room
    finally:
        room.end()
        server.shutdown()
        server.server_close()
