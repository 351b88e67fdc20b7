// A search box above a long list.

import { el, field } from "./dom.js";

const LONG = 30;

/** Return a field that leaves only the rows whose title holds what is typed; nothing for a short list. Rows name their card in `data-card`. */
export function searchBox(cards, list, hidden = () => false) {
  if (cards.length <= LONG) return null;
  const words = new Map(cards.map((card) => [card.id, `${card.number ?? ""} ${card.title} ${card.sponsor ?? ""}`.toLowerCase()]));
  const input = el("input", { type: "search", autocomplete: "off", enterkeyhint: "search" });
  const none = el("p", { class: "quiet", role: "status" });
  const search = () => {
    const typed = input.value.trim().toLowerCase();
    let found = 0;
    for (const row of list.children) {
      const id = row.dataset.card;
      row.hidden = !words.get(id)?.includes(typed) || hidden(id, typed);
      if (!row.hidden) found += 1;
    }
    none.textContent = found ? "" : "No project has these letters.";
  };
  input.addEventListener("input", search);
  const box = el("div", { class: "search" }, field(`Search ${cards.length} projects`, input), none);
  box.search = search;
  return box;
}
