// What the room does now, for everybody who only looks: the card, how many have voted, the reveal, the talk, the decision, the end.

import { button, el, heading, retext, say } from "./dom.js";
import { ownProposals, proposeButtons } from "./proposing.js";
import { draftOf } from "./storage.js";
import { placesLine, sideBars, sideMark, sideName, sum } from "./sides.js";

/** Return the page of what the room does now. Counts are brought up to date on it; anything else is another drawing of the same page. */
export function followingPage(room) {
  const draw = PAGES[pageName(room.state)] ?? board;
  const nodes = el("div", { class: "follow" });
  const foot = el("footer", {});
  let was = "";
  const update = (state) => {
    const now = JSON.stringify([state.now.kind, state.now.sentence, state.now.phase_name, state.card, state.talk, state.decided, state.reveal, state.round, state.here, state.proposals, state.you]);
    if (now === was) return;
    const first = was === "";
    was = now;
    const focused = nodes.contains(document.activeElement) && document.activeElement.tagName === "H1";
    nodes.replaceChildren(...draw(state, room).filter(Boolean));
    if (OPEN.includes(state.now.kind)) nodes.append(ownProposals(state, room) ?? "");
    room.board.follow(state);
    foot.replaceChildren(...footer(state, room).filter(Boolean));
    foot.hidden = !foot.firstChild;
    if (focused && !first) nodes.querySelector("h1")?.focus({ preventScroll: true });
  };
  update(room.state);
  return { nodes: [nodes, foot], update };
}

function pageName(state) {
  return state.round && ["vote", "waiting"].includes(state.now.kind) ? "vote" : state.now.kind;
}

/** Where a participant may ask for a move. At a reveal they look up instead. */
const OPEN = ["board", "card", "talk", "line", "decide", "waiting"];
const PAGES = { curtain, board, card, vote, reveal, talk, line: decide, decide, closed, waiting: board };

function curtain() {
  return [el("div", { class: "middle" }, heading("The host is preparing"), el("p", { class: "lead", text: "This page follows by itself." }))];
}

function board(state, room) {
  const here = Object.keys(state.here ?? {}).length ? el("ul", { class: "bars" }, ...sideBars(state.here)) : null;
  return [
    el("p", { class: "quiet", text: state.now.phase_name }),
    heading(state.now.sentence || state.now.phase_name),
    here && el("h2", { text: "Who is here" }),
    here,
    state.now.kind === "board" && room.board.node,
  ];
}

function card(state, room) {
  const it = state.card;
  if (!it) return board(state, room);
  return [
    el("p", { class: "quiet", text: [`#${it.number}`, it.sponsor].filter(Boolean).join(" · ") }),
    heading(it.title),
    it.benefit ? el("p", { class: "read", text: it.benefit }) : el("p", { class: "quiet", text: "No benefit is written yet." }),
    facts({ "Worth": it.worth, "Effort": effortWords(it.effort), "Needs": (it.needs ?? []).join(", "), "Serves": it.objective }),
    it.description && el("p", { class: "quiet", text: it.description }),
  ];
}

/** Return what each team does, in person-weeks. */
function effortWords(effort) {
  return (effort ?? []).map((work) => `${work.name} ${work.tenths / 10}`).join(", ") + (effort?.length ? " person-weeks" : "");
}

function facts(pairs) {
  const known = Object.entries(pairs).filter(([, text]) => text);
  return known.length ? el("dl", {}, ...known.flatMap(([name, text]) => [el("dt", { text: name }), el("dd", { text })])) : null;
}

function vote(state) {
  const { round } = state;
  const [done, all] = sum(round.in);
  const mine = state.you.voices ?? [];
  const title = mine.length && mine.every((voice) => voice.voted) ? `Your ballot${mine.length > 1 ? "s are" : " is"} in` : round.title;
  return [
    heading(round.over ? "The vote is over" : title),
    round.over && el("p", { class: "lead", text: "The ballots stay sealed until the meeting reveals them." }),
    el("p", { class: "count" }, el("b", { class: "huge", text: `${done} of ${all}` }), el("span", { text: done === 1 ? "has voted" : "have voted" })),
    el("ul", { class: "bars" }, ...sideBars(round.in)),
    !mine.length && el("p", { class: "lead", text: round.question || round.rules }),
    el("p", { class: "quiet", text: round.until ? `Open until ${round.until}. ${round.told}` : round.told }),
  ];
}

function reveal(state, room) {
  const told = state.reveal;
  if (!told) return board(state, room);
  const lines = told.lines ?? [];
  const own = (card) => ownLine(room, told.round, card);
  return [
    heading(told.headline),
    !room.watch && el("p", { class: "look", text: "Look up: the room talks about it now." }),
    lines.length && el("ul", { class: "lines" }, ...lines.map((line) => el("li", {},
      el("h2", { text: line.title }),
      ...(line.places && Object.keys(line.places).length > 1 && told.of > 1 ? placesLine(line.places, told.of) : []),
      line.sentence && el("p", { text: line.sentence }),
      own(line.card),
      line.quote && quote(line.quote)))),
    lines.some((line) => own(line.card)) && el("p", { class: "quiet", text: "Your own ballot is shown to nobody but you." }),
    told.order?.length && el("section", {}, el("h2", { text: "The group's order" }), el("ol", { class: "order" }, ...told.order.map((each) => el("li", {}, each.title ?? String(each))))),
  ];
}

/** Return what one's own ballot said of a card, as this browser has kept it; nobody else sees it. */
function ownLine(room, round, card) {
  const voice = room.state.you.voices?.find((each) => !each.proxy)?.id ?? room.state.you.person;
  const own = round && draftOf(room.token.get(), round, voice)?.own;
  return own && el("p", { class: "quiet", text: own.words[card] ?? own.otherwise });
}

function quote({ side, who, text }) {
  return el("p", { class: "quote" }, side ? sideMark(side, `${who || sideName(side)}: `) : "", `“${text}”`);
}

function talk(state, room) {
  const it = state.talk;
  if (!it) return board(state, room);
  return [
    el("p", { class: "quiet", text: "The room talks about" }),
    heading(it.title),
    it.sentence && el("p", { class: "lead", text: it.sentence }),
    ...(it.places && Object.keys(it.places).length > 1 && it.of > 1 ? placesLine(it.places, it.of) : []),
    state.card && state.card.benefit && el("p", { text: state.card.benefit }),
    !room.watch && el("p", { class: "look", text: "Look up: the room talks." }),
  ];
}

function decide(state, room) {
  const told = state.decided;
  if (!told) return board(state, room);
  const about = state.card;
  const count = el("b", { class: about ? "large" : "huge", text: `${told.done} of ${told.of}` });
  return [
    about && el("p", { class: "quiet", text: told.here ? "Decided" : "The room decides on" }),
    heading(about?.title || state.now.sentence || "The room decides"),
    about && told.here ? el("p", { class: "read", text: told.here }) : about && el("p", { class: "lead", text: state.now.sentence }),
    (told.done > 0 || state.now.kind === "decide") && el("p", { class: "count" }, count, el("span", { text: about ? " decided" : "decided" })),
    !told.here && told.last && el("section", {}, about && el("p", { class: "quiet", text: "Decided last" }), el("h2", { text: told.last.title }), el("p", { class: "lead", text: told.last.words })),
  ];
}

function closed(state, room) {
  const wrong = el("p", { class: "wrong", role: "alert" });
  const save = (name, text) => button(text, async () => {
    try {
      const link = el("a", { href: URL.createObjectURL(await room.link.page(name)), download: `${state.title} ${state.quarter}.${name.split(".")[1]}`.replace(/[^\p{L}\p{N}. -]/gu, "") });
      document.body.append(link);
      link.click();
      link.remove();
      retext(wrong, "");
      say("The page is saved.");
    } catch {
      retext(wrong, "The page did not arrive. Try again.");
    }
  }, { class: name.endsWith("html") ? "main" : "second" });
  return [
    el("div", { class: "middle" },
      heading("The session is closed"),
      el("p", { class: "lead", text: state.closed?.sentence || "This is what was decided, on one page." }),
      wrong,
      !room.watch && save("page.html", "Download the page"),
      !room.watch && save("page.md", "Download as Markdown")),
  ];
}

function footer(state, room) {
  const kind = pageName(state);
  if (room.watch || kind === "curtain" || kind === "closed") return [];
  if (kind === "vote") {
    const mine = state.round.over ? [] : (state.you.voices ?? []).filter((voice) => voice.voted);
    const one = mine.length === 1 && (state.you.voices ?? []).length === 1;
    const change = mine.map((voice) => button(one ? "Change it" : `Change the one for ${voice.role}`, () => room.go({ change: state.round.number, voice: voice.id }), { class: "second" }));
    return mine.length ? [...change, el("p", { class: "quiet", text: "You can, until the votes are revealed." })] : [];
  }
  return OPEN.includes(state.now.kind) ? proposeButtons(state, room) : [];
}
