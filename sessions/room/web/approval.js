// Approval: a tick for each card that is worth it. Made for long lists.

import { el, retext } from "./dom.js";
import { searchBox } from "./searching.js";

/** Return the form of an approval ballot. */
export function approvalForm({ cards, draft, changed }) {
  const ticked = new Set(draft.ticked ?? []);
  let warned = false;
  const figure = el("b", { class: "large" });
  const words = el("span", {});
  const show = () => {
    retext(figure, String(ticked.size));
    retext(words, ` ticked of ${cards.length}`);
  };
  const list = el("ul", { class: "rows ticks" }, ...cards.map((card) => {
    const box = el("input", { type: "checkbox", value: card.id });
    box.checked = ticked.has(card.id);
    return el("li", { "data-card": card.id }, el("label", {}, box, el("span", { class: "title", text: card.title })));
  }));
  list.addEventListener("change", (event) => {
    const id = event.target.value;
    if (event.target.checked) ticked.add(id);
    else ticked.delete(id);
    draft.ticked = [...ticked];
    changed();
    show();
  });
  const search = searchBox(cards, list, (id) => mine.getAttribute("aria-pressed") === "true" && !ticked.has(id));
  const mine = el("button", { "type": "button", "class": "second", "aria-pressed": "false", "text": "Only those I ticked" });
  mine.addEventListener("click", () => {
    mine.setAttribute("aria-pressed", String(mine.getAttribute("aria-pressed") !== "true"));
    search.search();
  });
  show();
  return {
    head: (title) => [title, el("p", { class: "count" }, figure, words)],
    headStays: true,
    nodes: [search, search && mine, list].filter(Boolean),
    choice: () => ({ points: Object.fromEntries([...ticked].map((id) => [id, 1])) }),
    own: () => ({ words: Object.fromEntries([...ticked].map((id) => [id, "You ticked it."])), otherwise: "You did not tick it." }),
    chosen: () => [...ticked],
    missing: () => (ticked.size || warned ? "" : ((warned = true), "You have ticked nothing: press again if you support none of these.")),
  };
}
