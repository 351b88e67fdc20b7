// The page follows the room: each new state chooses a page, and a page that stays is only brought up to date.

import { ballotPage, openBallot } from "./ballot.js";
import { BoardList } from "./board.js";
import { retext, say } from "./dom.js";
import { facilitatorPage } from "./facilitator.js";
import { followingPage } from "./following.js";
import { askingPage, elsewherePage, joinPage, outPage, watchJoinPage } from "./join.js";
import { Link } from "./link.js";
import { STATUS, proposingPage } from "./proposing.js";
import { learnSides, sideName, sideShape } from "./sides.js";
import { Token, forgetDrafts } from "./storage.js";

const WATCH = location.pathname.replace(/\/$/, "") === "/watch";

const TOLD = 10000; // a sentence about the page before stays at least as long

class Room {
  constructor() {
    this.watch = WATCH;
    this.token = new Token(WATCH);
    this.link = new Link(this.token, (state) => this.hear(state), (status) => this.connect(status));
    this.board = new BoardList(this.link, WATCH);
    this.state = null;
    this.app = null;
    /** What its owner chose to look at: a ballot to change, or the form of a move. */
    this.local = {};
    this.shown = { key: "", update: () => {} };
    this.ends = null;
    this.still = null;
    this.told = 0;
    setInterval(() => this.tick(), 500);
  }

  begin() {
    if (this.token.take()) this.link.start();
    else this.askWho();
  }

  /** Show who could sit here. */
  askWho(sentence = "") {
    this.link.stop();
    forgetDrafts(this.token.get(), Infinity);
    this.token.drop();
    this.state = null;
    this.local = {};
    this.connect("");
    this.show(`join ${sentence}`, () => (this.watch ? watchJoinPage : joinPage)(this, sentence));
  }

  /** Take a seat that was just given. */
  sit(joined) {
    this.hear(joined.state);
    this.link.start();
  }

  connect(status) {
    if (status === "gone") {
      this.askWho("This link is no longer valid. Choose your role again.");
      return;
    }
    if (status === "elsewhere") this.show("elsewhere", () => elsewherePage(this));
    const line = document.getElementById("link");
    const words = { "connected": "connected", "catching up": "catching up…", "not connected": "not connected, trying again" }[status] ?? "";
    line.dataset.status = status;
    if (line.textContent === words) return;
    const was = line.textContent;
    line.textContent = words;
    if (status === "not connected" || (status === "connected" && was.startsWith("not connected"))) say(words);
  }

  hear(state) {
    this.app ??= state.app;
    if (state.app && state.app !== this.app) {
      location.reload(); // the room was started anew by another version; drafts stay
      return;
    }
    for (const each of this.state?.proposals ?? []) {
      const now = state.proposals?.find(({ id }) => id === each.id);
      if (now && now.status !== each.status) say(`Your proposal for ${now.title}: ${STATUS[now.status]}.`);
    }
    this.state = state;
    learnSides(Object.keys(state.here ?? {}));
    const clock = state.now?.clock;
    this.ends = clock ? Date.now() + clock.left * 1000 : null;
    this.still = clock && !clock.running ? clock.left : null;
    if (state.round) forgetDrafts(this.token.get(), state.round.number - 1);
    this.header();
    this.follow();
  }

  /** Show the page of the last state. */
  follow() {
    const state = this.state;
    if (!state || state.you.state === "elsewhere") return;
    if (state.you.state === "asking") this.show("asking", () => askingPage(this));
    else if (state.you.state === "out") this.show("out", () => outPage(this));
    else if (state.you.facilitator) this.show("facilitator", () => facilitatorPage(this));
    else if (this.local.page) this.show(`local ${this.local.page}`, () => proposingPage(this, this.local.page));
    else {
      const ballot = openBallot(this);
      if (ballot) this.show(`ballot ${state.round.number} ${ballot.id}`, () => ballotPage(this, ballot));
      else this.show(followingKey(state), () => followingPage(this));
    }
    this.shown.update(state);
    this.name();
  }

  /** Name the tab after what the page shows. */
  name() {
    const name = `${document.querySelector("h1")?.textContent ?? ""} · Quarterdeck`;
    if (document.title !== name) document.title = name;
  }

  /** Show what has gone wrong with something that its page no longer shows. */
  tell(sentence) {
    document.getElementById("notice").textContent = sentence;
    this.told = Date.now();
  }

  /** Go to a page of one's own choice. */
  go(local) {
    this.tell("");
    this.local = local;
    this.follow();
  }

  show(key, build) {
    if (this.shown.key === key) return;
    const page = document.getElementById("page");
    const first = this.shown.key === "";
    if (Date.now() - this.told > TOLD) this.tell("");
    this.shown = { key, update: () => {}, ...build() };
    page.replaceChildren(...this.shown.nodes);
    page.dataset.page = key.split(" ")[0];
    this.name();
    window.scrollTo(0, 0);
    const title = page.querySelector("h1");
    if (!first) title?.focus({ preventScroll: true });
  }

  header() {
    const { you } = this.state;
    retext(document.getElementById("session"), [this.state.title, this.state.quarter].filter(Boolean).join(" · "));
    const seat = document.getElementById("seat");
    const words = you.role ? `${sideShape(you.side)} ${you.role}`.trim() : "";
    retext(seat, words);
    seat.dataset.side = you.side ?? "";
    seat.title = you.side ? sideName(you.side) : "";
    this.tick();
  }

  tick() {
    const clock = document.getElementById("clock");
    if (this.ends === null) {
      retext(clock, "");
      return;
    }
    const left = this.still ?? Math.round((this.ends - Date.now()) / 1000);
    const minutes = Math.floor(Math.abs(left) / 60);
    const seconds = String(Math.abs(left) % 60).padStart(2, "0");
    retext(clock, `${minutes}:${seconds} ${left < 0 ? "over" : this.still === null ? "left" : "· paused"}`);
  }
}

/** Return what tells one page of the room from the next: a page with another key is another page. The next card is the same page. */
function followingKey(state) {
  const count = state.round && ["vote", "waiting"].includes(state.now.kind);
  return count ? `vote ${state.round.number}` : state.now.kind;
}

document.documentElement.classList.toggle("watch", WATCH);
new Room().begin();
