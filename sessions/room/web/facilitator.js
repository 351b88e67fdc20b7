// The facilitator's page, for a room without a screen: who asks to join, who has voted, and the end of the vote. It reveals nothing.

import { button, el, field, heading, retext } from "./dom.js";
import { sideBars, sideMark, sum } from "./sides.js";

/** Return the page. Its parts are drawn anew only when they change, so that a field keeps what is typed. */
export function facilitatorPage(room) {
  const wrong = el("p", { class: "wrong", role: "alert" });
  const title = heading("The room");
  const asking = el("section", {});
  const count = el("section", {});
  const missing = el("section", {});
  const proposals = el("section", {});
  const controls = roundControls(act);

  async function act(what, round = null) {
    retext(wrong, "");
    try {
      await room.link.act(what, { round });
      return true;
    } catch (error) {
      retext(wrong, error.message);
      return false;
    }
  }

  const parts = [
    [asking, (state) => ({ waiting: state.waiting ?? [], all: state.waiting_count ?? 0 }), ({ waiting, all }) => askList(waiting, all, act)],
    [count, ({ round, here }) => ({ round: round && [round.in, round.until, round.over], here }), ({ round, here }) => counts(round, here)],
    [missing, (state) => (state.round ? { missing: state.missing ?? [], all: state.missing_count ?? 0 } : null), missingList],
    [proposals, (state) => (state.proposals ?? []).filter((each) => each.status === "open"), proposalList],
  ];
  const drawn = new Map();
  const update = (state) => {
    retext(title, state.round ? state.round.title : state.now.sentence || state.now.phase_name);
    for (const [node, of, draw] of parts) {
      const value = of(state);
      const key = JSON.stringify(value);
      if (drawn.get(node) === key) continue;
      drawn.set(node, key);
      const within = node.contains(document.activeElement);
      node.replaceChildren(...draw(value).filter(Boolean));
      node.hidden = !node.firstChild;
      if (within) (node.querySelector("button") ?? title).focus({ preventScroll: true });
    }
    controls.update(state.round);
  };
  update(room.state);
  return { nodes: [title, wrong, asking, count, missing, proposals, controls.node], update };
}

function askList(waiting, all, act) {
  if (!waiting.length) return [];
  return [
    el("h2", { text: all > 1 ? `${all} ask to join` : "Asks to join" }),
    el("ul", { class: "rows asks" }, ...waiting.map((each) => el("li", {},
      el("span", { class: "title" }, sideMark(each.side, each.number ? `${each.role}, number ${each.number}` : each.role)),
      el("span", { class: "steps" },
        button("Let in", () => act({ kind: "admit", seat: each.seat }), { "class": "second", "aria-label": `Let ${each.role} in` }),
        button("Turn away", () => act({ kind: "turn_away", seat: each.seat }), { "class": "plain", "aria-label": `Turn ${each.role} away` }))))),
    waiting.length > 1 && button("Let all in", () => act({ kind: "admit_all" }), { class: "main" }),
    waiting.length > 1 && surely("Turn all away", "Press again to turn all away", () => act({ kind: "turn_all_away" }), "plain"),
  ];
}

function counts(round, here) {
  if (!round) return [el("h2", { text: "Who is here" }), el("ul", { class: "bars" }, ...sideBars(here ?? {}))];
  const [inside, until, over] = round;
  const [done, all] = sum(inside);
  return [
    el("p", { class: "count" }, el("b", { class: "huge", text: `${done} of ${all}` }), el("span", { text: done === 1 ? "has voted" : "have voted" })),
    el("ul", { class: "bars" }, ...sideBars(inside)),
    el("p", { class: "quiet", text: over ? "The vote is over." : until ? `Open until ${until}` : "" }),
  ];
}

function missingList(told) {
  if (!told) return [];
  const { missing, all } = told;
  const more = all - missing.length;
  if (!missing.length) return [el("p", { class: "lead", text: "Everybody has voted. Reveal it in the meeting." })];
  return [el("h2", { text: "Not in yet" }), el("ul", { class: "names" }, ...missing.map((role) => el("li", { text: role })), more > 0 && el("li", { text: `and ${more} more` })), el("p", { class: "quiet", text: "Only you see these names." })];
}

function proposalList(open) {
  if (!open.length) return [];
  return [
    el("h2", { text: "Proposed moves" }),
    el("ul", { class: "rows" }, ...open.map((each) => el("li", {}, el("span", { class: "title" }, `${each.role}: ${each.title} to rank ${each.rank}`, each.reason && el("span", { class: "status", text: `“${each.reason}”` }))))),
    el("p", { class: "quiet", text: "Answer them in the meeting." }),
  ];
}

/** Return a button that acts when it is pressed twice. */
function surely(text, again, act, style) {
  const sure = button(text, async () => {
    if (sure.dataset.sure !== "yes") {
      sure.dataset.sure = "yes";
      retext(sure, again);
      return;
    }
    await act();
    calm();
  }, { class: style });
  const calm = () => {
    sure.dataset.sure = "";
    retext(sure, text);
  };
  sure.addEventListener("blur", calm);
  return sure;
}

/** Return what the facilitator may do with the open round: say how long it is open, and end it; the ballots stay sealed. */
function roundControls(act) {
  const until = el("input", { maxlength: "80", autocomplete: "off" });
  let number = null;
  const extend = button("Set", async () => (await act({ kind: "extend", until: until.value.trim() }, number)) && (until.value = ""), { class: "second" });
  const end = surely("End the vote", "Press again to end the vote", () => act({ kind: "end" }, number), "danger");
  const node = el("section", {},
    el("div", { class: "inline" }, field("Open until", until, "Such as Tuesday 09:00."), extend),
    el("details", {}, el("summary", { text: "End the vote before that" }), el("p", { class: "quiet", text: "Nobody votes any more then. The ballots stay sealed until the meeting reveals them." }), end));
  return {
    node,
    update: (round) => {
      node.hidden = !round;
      number = round ? round.number : null;
    },
  };
}
