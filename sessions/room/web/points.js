// Points: what is left stands on top; each card has a minus, a figure to type, and a plus.

import { el, isOff, retext, say, setOff } from "./dom.js";
import { searchBox } from "./searching.js";

/** Return the form of a ballot of points. */
export function pointsForm({ round, cards, draft, changed }) {
  const points = (draft.points ??= {});
  const cap = round.cap || round.budget;
  const step = round.budget >= 50 ? 5 : 1;
  const given = () => Object.values(points).reduce((all, each) => all + each, 0);
  const figure = el("b", { class: "large" });
  const words = el("span", {});
  const filled = el("span", {});
  const rows = new Map();

  function show() {
    const left = round.budget - given();
    retext(figure, String(Math.abs(left)));
    retext(words, left < 0 ? ` too many of ${round.budget} points` : ` left of ${round.budget} points`);
    filled.style.width = `${Math.min(100, (100 * given()) / round.budget)}%`;
    for (const [id, row] of rows) {
      const mine = points[id] ?? 0;
      if (document.activeElement !== row.input) row.input.value = String(mine);
      row.node.classList.toggle("chosen", mine > 0);
      setOff(row.less, mine === 0);
      setOff(row.more, mine >= cap || left <= 0);
    }
  }

  function set(card, value) {
    const most = Math.min(cap, (points[card.id] ?? 0) + Math.max(0, round.budget - given()));
    const mine = Math.max(0, Math.min(value, most));
    if (mine) points[card.id] = mine;
    else delete points[card.id];
    changed();
    show();
    say(`${mine}. ${round.budget - given()} left.`);
  }

  const list = el("ul", { class: "rows" }, ...cards.map((card) => {
    const now = () => points[card.id] ?? 0;
    const less = el("button", { "type": "button", "class": "step", "aria-label": `Fewer for ${card.title}`, "text": "−" });
    const more = el("button", { "type": "button", "class": "step", "aria-label": `More for ${card.title}`, "text": "+" });
    less.addEventListener("click", () => isOff(less) || set(card, Math.ceil(now() / step) * step - step));
    more.addEventListener("click", () => isOff(more) || set(card, Math.floor(now() / step) * step + step));
    const input = el("input", { "inputmode": "numeric", "maxlength": "4", "autocomplete": "off", "aria-label": `Points for ${card.title}` });
    input.addEventListener("focus", () => input.select());
    input.addEventListener("input", () => set(card, Number.parseInt(input.value, 10) || 0)); // kept as it is typed
    input.addEventListener("change", () => {
      input.value = String(now());
    });
    const node = el("li", { "data-card": card.id }, el("span", { class: "title", text: card.title }), el("span", { class: "stepper" }, less, input, more));
    rows.set(card.id, { node, input, less, more });
    return node;
  }));
  show();
  return {
    head: (title) => {
      retext(title, "");
      title.append(figure, words);
      return [title, el("div", { "class": "meter", "aria-hidden": "true" }, filled)];
    },
    headStays: true,
    nodes: [searchBox(cards, list), list].filter(Boolean),
    choice: () => ({ points: { ...points } }),
    own: () => ({ words: Object.fromEntries(Object.entries(points).map(([id, mine]) => [id, `You gave it ${mine} point${mine === 1 ? "" : "s"}.`])), otherwise: "You gave it no points." }),
    chosen: () => Object.entries(points).sort(([, one], [, other]) => other - one).map(([id]) => id),
    missing: () => (given() ? "" : "Give some points first, or abstain."),
  };
}
