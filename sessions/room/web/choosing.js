// One answer among a few: scores, the hands of a consent, and duels. Large buttons with words.

import { button, el, field, isOff, retext, say, setOff } from "./dom.js";

const FIGURES = [0, 1, 2, 3, 4, 5];

/** Return large buttons for the figures of a scale; `pressed` is called with the figure. */
function scaleButtons(scale, pressed, figures = FIGURES) {
  const words = new Map(scale);
  const all = figures.map((figure) => {
    const word = words.get(figure);
    const node = button("", () => pressed(figure), { "class": "big", "aria-pressed": "false", "data-figure": figure });
    node.append(el("b", { text: String(figure) }), el("span", { text: word ?? "" }));
    return node;
  });
  return {
    node: el("div", { class: "scale" }, ...all),
    show: (chosen) => all.forEach((node) => node.setAttribute("aria-pressed", String(Number(node.dataset.figure) === chosen))),
  };
}

/** Return the form of scores: one card after the other. */
export function scoreForm({ round, cards, draft, changed }) {
  const scores = (draft.scores ??= {});
  let at = Math.max(0, cards.findIndex((card) => !(card.id in scores)));
  const where = el("p", { class: "quiet" });
  const buttons = scaleButtons(round.scale, (figure) => {
    const { id } = cards[at];
    scores[id] = figure;
    changed();
    show();
    if (at < cards.length - 1) go(at + 1);
  });
  const back = button("Back", () => isOff(back) || go(at - 1), { class: "second" });
  const next = button("Next", () => isOff(next) || go(at + 1), { class: "second" });
  let title = null;

  function go(to) {
    at = to;
    show();
    title.focus({ preventScroll: true });
  }

  function show() {
    const card = cards[at];
    retext(title, card.title);
    retext(where, `${at + 1} of ${cards.length} · ${Object.keys(scores).length} scored`);
    buttons.show(scores[card.id]);
    setOff(back, at === 0);
    setOff(next, at === cards.length - 1);
  }

  return {
    head: (heading) => {
      title = heading;
      show();
      return [title, el("p", { class: "lead", text: round.question })];
    },
    nodes: [buttons.node, cards.length > 1 && el("div", { class: "row" }, back, where, next)].filter(Boolean),
    choice: () => ({ scores: { ...scores } }),
    chosen: () => Object.keys(scores),
    none: cards.length === 1 ? { text: "No opinion", choice: { scores: {} } } : null,
    missing: () => (Object.keys(scores).length ? "" : "Choose a score first, or say that you have no opinion."),
  };
}

/** Return the form of questions about no card: one after the other, each with large buttons for its own answers. */
export function questionForm({ round, cards, draft, changed }) {
  const scores = (draft.scores ??= {});
  let at = Math.max(0, cards.findIndex((item) => !(item.id in scores)));
  let buttons = null;
  let title = null;
  let warned = false;
  const place = el("div", {});
  const where = el("p", { class: "quiet" });
  const back = button("Back", () => isOff(back) || go(at - 1), { class: "second" });
  const next = button("Next", () => isOff(next) || go(at + 1), { class: "second" });

  function answer(figure) {
    scores[cards[at].id] = figure;
    changed();
    buttons.show(figure);
    tell();
    if (at < cards.length - 1) go(at + 1);
  }

  function go(to) {
    at = to;
    show();
    title.focus({ preventScroll: true });
  }

  function tell() {
    retext(where, `${at + 1} of ${cards.length} · ${Object.keys(scores).length} answered`);
  }

  function show() {
    const item = cards[at];
    retext(title, item.name ?? item.title);
    buttons = scaleButtons(item.scale, answer, item.scale.map(([figure]) => figure));
    buttons.show(scores[item.id]);
    place.replaceChildren(buttons.node);
    tell();
    setOff(back, at === 0);
    setOff(next, at === cards.length - 1);
  }

  return {
    noReason: true,
    head: (heading) => {
      title = heading;
      show();
      return [title, el("p", { class: "lead", text: round.question })];
    },
    nodes: [place, el("div", { class: "row" }, back, where, next)],
    choice: () => ({ scores: { ...scores } }),
    chosen: () => Object.keys(scores),
    missing: () => {
      const left = cards.length - Object.keys(scores).length;
      if (left === cards.length) return "Answer a question first, or abstain.";
      const told = left && !warned ? `${left} not answered yet: hand in again to leave ${left === 1 ? "it" : "them"} out.` : "";
      warned = true;
      return told;
    },
  };
}

/** Return the form of consent: a hand from 0 to 5, and a sentence. */
export function consentForm({ round, cards, draft, changed }) {
  const { id } = cards[0];
  const owes = (figure) => (round.words ?? [0, 1, 2]).includes(figure); // an objection and a concern owe a sentence
  const buttons = scaleButtons(round.scale, (figure) => {
    draft.hand = figure;
    changed();
    buttons.show(figure);
    if (owes(figure)) say("A sentence goes with this.");
  });
  buttons.show(draft.hand);
  const words = el("textarea", { rows: "2", maxlength: "400" });
  words.value = draft.words ?? "";
  words.addEventListener("input", () => {
    draft.words = words.value;
    changed();
  });
  return {
    noReason: true,
    get lacking() {
      return draft.hand === undefined ? buttons.node.firstChild : words;
    },
    nodes: [buttons.node, field("Your sentence", words, "With a hand of 0, 1 or 2: what would have to change? Others need none.")],
    choice: () => ({ scores: { [id]: draft.hand }, ...(owes(draft.hand) && draft.words?.trim() ? { words: draft.words.trim() } : {}) }),
    chosen: () => [id],
    missing: () => {
      if (draft.hand === undefined) return "Choose a hand from 0 to 5 first.";
      return owes(draft.hand) && !draft.words?.trim() ? "Write a sentence first: what would have to change?" : "";
    },
  };
}

/** Return the form of a duel: one of two. */
export function duelForm({ cards, draft, changed }) {
  const all = cards.map((card) =>
    button(card.title, () => {
      draft.prefers = card.id;
      changed();
      show();
    }, { class: "big duel" }));
  const show = () => all.forEach((node, at) => node.setAttribute("aria-pressed", String(cards[at].id === draft.prefers)));
  show();
  return {
    nodes: [el("div", { class: "duels" }, ...all)],
    choice: () => ({ prefers: draft.prefers }),
    chosen: () => (draft.prefers ? [draft.prefers] : []),
    none: { text: "No opinion", choice: null },
    missing: () => (draft.prefers ? "" : "Choose one of the two first."),
  };
}
