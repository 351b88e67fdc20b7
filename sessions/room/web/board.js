// The board's order, for those who want to see it: loaded while it is open, and at most every two seconds.

import { el, retext } from "./dom.js";

const PAUSE = 2000;
const SHOWN = 60;

export class BoardList {
  constructor(link, open) {
    this.link = link;
    this.list = el("ol", { class: "order" });
    this.summary = el("summary", { text: "The board" });
    this.node = el("details", { class: "board" }, this.summary, this.list);
    this.node.open = open;
    this.node.addEventListener("toggle", () => this.follow());
    this.wanted = "";
    this.shown = "";
    this.waits = false;
  }

  /** Show the board of a state, or of the last one. */
  follow(state = null) {
    if (state) this.wanted = state.listv ?? "";
    if (this.node.open && this.node.parentNode && this.wanted && this.wanted !== this.shown && !this.waits) this.#load();
  }

  async #load() {
    this.waits = true;
    try {
      const version = this.wanted;
      const cards = await this.link.cards(version);
      this.shown = version;
      retext(this.summary, `The board, ${cards.length} projects`);
      this.list.replaceChildren(...cards.slice(0, SHOWN).map((card) => el("li", { text: card.title })));
    } catch {
      // the next state, or the next look, asks again
    }
    setTimeout(() => {
      this.waits = false;
      this.follow();
    }, PAUSE);
  }
}
