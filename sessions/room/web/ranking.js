// A ranking: tap a card to add it, arrows to move it, = to put it level with the one above. Dragging is an extra for a mouse.

import { button, el, isOff, retext, say, setOff } from "./dom.js";
import { searchBox } from "./searching.js";
import { place } from "./sides.js";

/** Return the form of a ranking. The draft is a list of tiers, best first. */
export function rankingForm({ round, cards, draft, changed }) {
  const most = round.limit || cards.length;
  const titles = new Map(cards.map((card) => [card.id, card.title]));
  let tiers = (draft.ranking ?? []).map((tier) => tier.filter((id) => titles.has(id))).filter((tier) => tier.length);
  const ranked = el("ol", { class: "rows ranked" });
  const count = el("h2", {});
  const rest = el("ul", { class: "rows rest" }, ...cards.map((card) =>
    el("li", { "data-card": card.id }, button("", () => add(card.id), { "class": "add", "aria-label": `Add ${card.title}` }))));
  for (const row of rest.children) row.firstChild.append(el("span", { class: "ring" }), el("span", { class: "title", text: titles.get(row.dataset.card) }));
  const search = searchBox(cards, rest, (id) => chosen().includes(id));

  const chosen = () => tiers.flat();

  function change(next, sentence, focus) {
    tiers = next.filter((tier) => tier.length);
    draft.ranking = tiers;
    changed();
    show();
    say(sentence);
    focus?.();
  }

  function add(id) {
    if (chosen().length >= most) {
      say(`${most} are enough: take one out first.`);
      retext(count, `${most} of ${most} chosen: take one out first`);
      return;
    }
    const next = [...rest.children].find((row) => !row.hidden && row.dataset.card !== id && row.compareDocumentPosition(rowOf(rest, id)) & Node.DOCUMENT_POSITION_PRECEDING);
    change([...tiers, [id]], `${titles.get(id)} is ${place(chosen().length + 1)}.`, () => next?.firstChild.focus({ preventScroll: true }));
  }

  function takeOut(id) {
    change(tiers.map((tier) => tier.filter((each) => each !== id)), `${titles.get(id)} is out.`, () => (ranked.querySelector("button") ?? rest.querySelector("button")).focus());
  }

  /** Move a card one place, out of a tie first. */
  function move(id, by) {
    const at = tiers.findIndex((tier) => tier.includes(id));
    const next = tiers.map((tier) => tier.filter((each) => each !== id));
    if (tiers[at].length > 1) next.splice(by < 0 ? at : at + 1, 0, [id]);
    else {
      next.splice(at, 1);
      next.splice(at + by, 0, [id]);
    }
    settle(next, id, by < 0 ? "up" : "down");
  }

  function level(id) {
    const at = tiers.findIndex((tier) => tier.includes(id));
    const next = tiers.map((tier) => tier.filter((each) => each !== id));
    const alone = tiers[at].length === 1;
    if (alone) next[at - 1].push(id);
    else next.splice(at + 1, 0, [id]);
    settle(next, id, "level");
  }

  function settle(next, id, name) {
    change(next, "", () => rowOf(ranked, id).querySelector(`.${name}`).focus({ preventScroll: true }));
    say(`${titles.get(id)} is ${placeOf(id)}.`);
  }

  function placeOf(id) {
    const at = tiers.findIndex((tier) => tier.includes(id));
    return place(tiers.slice(0, at).flat().length + 1);
  }

  function show() {
    const rows = [];
    let before = 0;
    tiers.forEach((tier, at) => {
      tier.forEach((id, within) => {
        const title = titles.get(id);
        const up = button("↑", () => isOff(up) || move(id, -1), { "class": "step up", "aria-label": `${title}: up` });
        const down = button("↓", () => isOff(down) || move(id, 1), { "class": "step down", "aria-label": `${title}: down` });
        const same = button("=", () => isOff(same) || level(id), { "class": "step level", "aria-label": `${title}: level with the one above`, "aria-pressed": String(within > 0) });
        setOff(up, at === 0 && tier.length === 1);
        setOff(down, at === tiers.length - 1 && tier.length === 1);
        setOff(same, at === 0 && within === 0);
        const out = button(String(before + 1), () => takeOut(id), { "class": "number", "aria-label": `Take ${title} out, now ${place(before + 1)}` });
        rows.push(draggable(el("li", { "data-card": id, "class": "chosen" }, out, el("span", { class: "title", text: title }), el("span", { class: "steps" }, same, up, down)), id));
      });
      before += tier.length;
    });
    ranked.replaceChildren(...rows);
    retext(count, `${before} of ${most} chosen`);
    const inside = new Set(chosen());
    if (search) search.search();
    else for (const row of rest.children) row.hidden = inside.has(row.dataset.card);
    rest.classList.toggle("full", before >= most);
  }

  function draggable(row, id) {
    row.draggable = true;
    row.addEventListener("dragstart", (event) => event.dataTransfer.setData("text/plain", id));
    row.addEventListener("dragover", (event) => event.preventDefault());
    row.addEventListener("drop", (event) => {
      event.preventDefault();
      const dragged = event.dataTransfer.getData("text/plain");
      if (!titles.has(dragged) || dragged === id || !chosen().includes(dragged)) return;
      const next = tiers.map((tier) => tier.filter((each) => each !== dragged)).filter((tier) => tier.length);
      next.splice(next.findIndex((tier) => tier.includes(id)), 0, [dragged]);
      change(next, `${titles.get(dragged)} is moved.`);
    });
    return row;
  }

  show();
  return {
    head: (title) => {
      retext(title, round.question || "Your order, best first");
      return [title];
    },
    nodes: [ranked, count, search, rest].filter(Boolean),
    choice: () => ({ ranking: tiers }),
    own: () => ({
      words: Object.fromEntries(tiers.flatMap((tier, at) => tier.map((id) => [id, `You placed it ${place(1 + tiers.slice(0, at).flat().length)}.`]))),
      otherwise: "You did not rank it.",
    }),
    chosen,
    missing: () => (tiers.length ? "" : "Add a project first, or abstain."),
  };
}

function rowOf(list, id) {
  return [...list.children].find((row) => row.dataset.card === id);
}
