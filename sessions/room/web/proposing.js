// What a participant may ask for or change: a move, in free mode the move itself, the benefit of their own cards, the effort of IT's work.

import { button, el, field, heading, retext, say } from "./dom.js";

const REASON_LIMIT = 200;
export const STATUS = { open: "not answered yet", accepted: "accepted", declined: "declined", undone: "accepted, then undone" };

/** Return the buttons that lead to the forms. */
export function proposeButtons(state, room) {
  const { may } = state.you;
  return [
    may?.move && button("Move a project", () => room.go({ page: "move" }), { class: "second" }),
    may?.propose && !may.move && button("Propose a move", () => room.go({ page: "propose" }), { class: "second" }),
    may?.benefit && button("Benefit of your projects", () => room.go({ page: "benefit" }), { class: "plain" }),
    may?.effort && button("Effort of the projects", () => room.go({ page: "effort" }), { class: "plain" }),
  ].filter(Boolean);
}

/** Return the list of one's own proposals with their answers. */
export function ownProposals(state, room) {
  const own = state.proposals ?? [];
  if (!own.length) return null;
  return el("section", { class: "proposals" }, el("h2", { text: "Your proposals" }), el("ul", { class: "rows" }, ...own.slice(-4).reverse().map((each) => el("li", {},
    el("span", { class: "title" }, `${each.title} to rank ${each.rank}`, el("span", { class: `status ${each.status}`, text: STATUS[each.status] ?? each.status })),
    each.status === "open" && button("Withdraw", () => room.link.act({ kind: "withdraw", proposal: each.id }).catch((error) => room.tell(error.message)), { "class": "plain", "aria-label": `Withdraw ${each.title}` })))));
}

/** Return the page of one form. What is typed stays when the room moves on; a line says that it did. */
export function proposingPage(room, page) {
  const moved = el("p", { class: "moved", role: "status" });
  const wrong = el("p", { class: "wrong", role: "alert" });
  const body = el("div", { class: "form" }, el("p", { class: "quiet", text: "One moment…" }));
  const begun = room.state.now.kind;
  const back = button("Back to the room", () => room.go({}), { class: "plain" });
  const send = button(BUTTONS[page], async () => {
    if (send.getAttribute("aria-busy") === "true" || !form) return;
    retext(wrong, form.missing());
    if (wrong.textContent) return;
    send.setAttribute("aria-busy", "true");
    try {
      await room.link.act(form.what(), { late: () => retext(wrong, "Not connected. This goes out by itself.") });
      say(page === "propose" ? "Your proposal is with the facilitator." : "Done.");
      room.go({});
    } catch (error) {
      if (document.contains(wrong)) retext(wrong, error.message);
      else room.tell(error.message);
    }
    send.setAttribute("aria-busy", "false");
  }, { class: "main" });
  let form = null;
  body.addEventListener("keydown", (event) => event.key === "Enter" && event.target.tagName === "INPUT" && send.click());

  async function load() {
    try {
      const { cards, teams } = await room.link.list(room.state.listv);
      form = FORMS[page](cards, room.state, teams);
      body.replaceChildren(...form.nodes);
    } catch (error) {
      if (!document.contains(body)) return;
      setTimeout(load, 1500);
    }
  }

  load();
  return {
    nodes: [heading(TITLES[page]), moved, body, el("footer", {}, wrong, send, back)],
    update: (state) => {
      const vote = state.round && (state.you.voices ?? []).some((voice) => !voice.voted);
      retext(moved, vote ? "A vote is open. Your ballot waits in the room." : state.now.kind === begun ? "" : `The room has gone on: ${state.now.sentence || state.now.phase_name}`);
    },
  };
}

const TITLES = { propose: "Propose a move", move: "Move a project", benefit: "Benefit of your projects", effort: "Effort of a project" };
const BUTTONS = { propose: "Propose it", move: "Move it", benefit: "Save", effort: "Save" };
const FORMS = { propose: moveForm, move: moveForm, benefit: benefitForm, effort: effortForm };

function choose(cards, state, words = (card) => card.title) {
  const select = el("select", {}, ...cards.map((card) => el("option", { value: card.id, text: words(card) })));
  const now = state.talk?.card ?? state.card?.id;
  if (cards.some((card) => card.id === now)) select.value = now;
  return select;
}

function moveForm(cards, state) {
  const which = choose(cards, state, (card) => `${card.number}. ${card.title}`);
  const rank = el("input", { inputmode: "numeric", maxlength: "4", autocomplete: "off" });
  const reason = el("input", { maxlength: String(REASON_LIMIT), autocomplete: "off" });
  const wanted = () => Number(rank.value);
  return {
    nodes: [
      field("Project", which),
      field("To rank", rank, `1 is first, ${cards.length} is last.`),
      !state.you.may.move && field("Because", reason, "One line; the room sees it with your role."),
    ].filter(Boolean),
    missing: () => (Number.isInteger(wanted()) && wanted() >= 1 && wanted() <= cards.length ? "" : `Enter a rank from 1 to ${cards.length} first.`),
    what: () => (state.you.may.move ? { kind: "move", card: which.value, rank: wanted() } : { kind: "propose", card: which.value, rank: wanted(), reason: reason.value.trim() }),
  };
}

function benefitForm(cards, state) {
  const own = cards.filter((card) => card.may?.includes("benefit"));
  const which = choose(own, state);
  const text = el("textarea", { rows: "4", maxlength: "400" });
  const fill = () => {
    text.value = own.find((card) => card.id === which.value)?.benefit ?? "";
  };
  which.addEventListener("change", fill);
  fill();
  return {
    nodes: !own.length ? [el("p", { text: "No project has you as its sponsor." })] : [field("Project", which), field("What changes for whom, and how you would notice", text)],
    missing: () => (own.length && text.value.trim() ? "" : "Write the benefit first."),
    what: () => ({ kind: "benefit", card: which.value, text: text.value.trim() }),
  };
}

function effortForm(cards, state, teams) {
  const own = teams.length ? cards.filter((card) => card.may?.includes("work")) : [];
  const which = choose(own, state);
  const team = el("select", {});
  const weeks = el("input", { inputmode: "decimal", maxlength: "8", autocomplete: "off" });
  const work = () => own.find((card) => card.id === which.value)?.effort ?? [];
  const show = () => {
    const mine = work().find((each) => each.team === team.value);
    weeks.value = mine ? String(mine.tenths / 10) : "";
  };
  const fill = () => {
    const busy = new Set(work().map((each) => each.team)); // the teams that work on it come first
    const order = [...teams].sort((one, other) => busy.has(other.team) - busy.has(one.team));
    team.replaceChildren(...order.map((each) => el("option", { value: each.team, text: each.name })));
    show();
  };
  which.addEventListener("change", fill);
  team.addEventListener("change", show);
  fill();
  const tenths = () => Math.round(Number(weeks.value.replace(",", ".")) * 10);
  return {
    nodes: own.length ? [field("Project", which), field("Team", team), field("Effort in person-weeks", weeks)] : [el("p", { text: "There are no teams in this session yet." })],
    missing: () => (own.length && weeks.value.trim() && Number.isInteger(tenths()) && tenths() >= 0 ? "" : "Enter person-weeks first, such as 2.5."),
    what: () => ({ kind: "effort", card: which.value, team: team.value, tenths: tenths() }),
  };
}
