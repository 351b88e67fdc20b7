// The connection to the room: one held question for the state, and acts that are sent until they are answered.

const HELD = 30000; // a question is held for 20 s at most; after this it is lost
const LONGEST_PAUSE = 4000;

/** A refusal by the room: one sentence for the one who asked. */
export class Refused extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

/** Return a random name for a request, so that it can be sent twice and is done once. */
export function clientId() {
  const bytes = new Uint8Array(12);
  crypto.getRandomValues(bytes);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Link {
  /** `heard(state)` is called with each new state, `changed(status)` with connected, catching up, not connected, elsewhere or gone. */
  constructor(token, heard, changed) {
    this.token = token;
    this.heard = heard;
    this.changed = changed;
    this.version = 0;
    this.asked = 0;
    this.newest = 0;
    this.turn = 0;
    this.running = false;
    this.held = null;
    this.waking = new Set();
    this.lists = new Map();
    const wake = () => document.visibilityState === "visible" && this.wake();
    document.addEventListener("visibilitychange", wake);
    window.addEventListener("pageshow", (event) => event.persisted && this.wake());
    window.addEventListener("online", () => this.wake());
    window.addEventListener("offline", () => this.running && this.changed("not connected"));
  }

  /** Begin to follow the room, or begin anew. */
  start() {
    this.running = true;
    this.version = 0;
    this.changed("catching up");
    this.#follow();
  }

  /** Stop following; nothing but `start` ends this. */
  stop() {
    this.running = false;
    this.turn += 1;
    this.held?.abort();
  }

  /** Ask now, without waiting any longer. */
  wake() {
    for (const early of this.waking) early();
    if (this.running) this.start();
  }

  async #follow() {
    const mine = (this.turn += 1);
    this.held?.abort();
    let failures = 0;
    while (mine === this.turn) {
      try {
        const state = await this.#get(`/state?since=${this.version}`);
        if (mine !== this.turn) return;
        failures = 0;
        this.changed("connected");
        this.#receive(state);
      } catch (error) {
        if (mine !== this.turn) return;
        if (error.status === 401 || error.status === 403) {
          this.stop();
          this.changed("gone");
          return;
        }
        failures += 1;
        this.changed(failures > 1 || !navigator.onLine ? "not connected" : "catching up");
        await this.#pause(failures);
      }
    }
  }

  async #get(path) {
    const asked = (this.asked += 1);
    const held = new AbortController();
    this.held = held;
    const lost = setTimeout(() => held.abort(), HELD);
    try {
      const answer = await fetch(path, { headers: this.#headers(), signal: held.signal, cache: "no-store", credentials: "omit" });
      if (!answer.ok) throw Object.assign(new Error(`answer ${answer.status}`), { status: answer.status });
      return { asked, state: await answer.json() };
    } finally {
      clearTimeout(lost);
    }
  }

  /** Take a state, unless a question asked later has already brought a newer one. */
  #receive({ asked, state }) {
    if (asked < this.newest && state.v < this.version) return;
    this.newest = Math.max(asked, this.newest);
    this.version = state.v;
    if (state.you.state === "elsewhere") {
      this.stop();
      this.changed("elsewhere");
    }
    this.heard(state);
  }

  #headers() {
    const token = this.token.get();
    return token ? { "X-Quarterdeck-Seat": token } : {};
  }

  #pause(failures) {
    const time = Math.min(LONGEST_PAUSE, 300 * 2 ** failures) * (0.7 + 0.6 * Math.random());
    return new Promise((resolve) => {
      const early = () => {
        clearTimeout(timer);
        this.waking.delete(early);
        resolve();
      };
      const timer = setTimeout(early, time);
      this.waking.add(early);
    });
  }

  /** Do something in the room. It is sent again until the room answers. Raises Refused. */
  async act(what, { round = null, size = 0, late = () => {} } = {}) {
    return this.#post("/act", { id: clientId(), round, version: this.version, what }, size, late);
  }

  /** Ask for a seat. Raises Refused. */
  async join(request) {
    const joined = await this.#post("/join", { id: clientId(), ...request }, 0, () => {});
    this.token.set(joined.token);
    return joined;
  }

  async #post(path, content, size, late) {
    const bare = JSON.stringify(content);
    const body = bare + " ".repeat(Math.max(0, size - new TextEncoder().encode(bare).length)); // as long as the longest ballot: its length tells nothing
    for (let failures = 1; ; failures += 1) {
      const asked = (this.asked += 1);
      let answer = null;
      try {
        answer = await fetch(path, {
          method: "POST", body, cache: "no-store", credentials: "omit",
          headers: { ...this.#headers(), "Content-Type": "application/json", "X-Quarterdeck": "1" },
        });
        const told = await answer.json();
        if (told.state) this.#receive({ asked, state: told.state });
        if (answer.ok) return told;
        if (answer.status !== 429) throw new Refused(told.error?.kind ?? "", told.error?.message ?? "The room did not accept that.");
      } catch (error) {
        if (error instanceof Refused) throw error;
        if (answer && answer.status >= 400 && answer.status < 500 && answer.status !== 429) throw new Refused("", "The room did not accept that.");
      }
      late();
      await this.#pause(failures);
    }
  }

  /** Return the cards of a list. */
  async cards(version) {
    return (await this.list(version)).cards;
  }

  /** Return a list of cards with the teams that may work on them; each version is asked for once. */
  async list(version) {
    if (!this.lists.has(version)) {
      const answer = await fetch(`/cards?v=${encodeURIComponent(version)}`, { headers: this.#headers(), credentials: "omit" });
      if (!answer.ok) throw new Error(`answer ${answer.status}`);
      if (this.lists.size > 4) this.lists.clear();
      this.lists.set(version, await answer.json());
    }
    return this.lists.get(version);
  }

  /** Return the people of the session, and what else the join page shows. */
  async seats() {
    const answer = await fetch("/seats", { cache: "no-store", credentials: "omit" });
    if (!answer.ok) throw new Error(`answer ${answer.status}`);
    return answer.json();
  }

  /** Return the page of a closed session, as a file. */
  async page(name) {
    const answer = await fetch(`/${name}`, { headers: this.#headers(), credentials: "omit" });
    if (!answer.ok) throw new Error(`answer ${answer.status}`);
    return answer.blob();
  }
}
