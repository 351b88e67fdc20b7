// What this browser keeps: the seat's token, and half-filled ballots. A browser that keeps nothing still works until it is closed.

const memory = new Map();

/** Return what a storage of the browser does, or nothing where it is closed or full: then memory has it. */
function tried(doing) {
  try {
    return doing();
  } catch {
    return null;
  }
}

function kept(name) {
  return tried(() => localStorage.getItem(name)) ?? memory.get(name) ?? null;
}

function keep(name, value) {
  memory.set(name, value);
  tried(() => localStorage.setItem(name, value));
}

function forget(name) {
  memory.delete(name);
  tried(() => localStorage.removeItem(name));
}

/** The token of a seat; the audience window has one of its own. A tab stays with its token, also if another tab opens the link of another seat. */
export class Token {
  constructor(watch) {
    this.name = watch ? "quarterdeck/watch" : "quarterdeck/seat";
    this.own = null;
  }

  /** Take the token from the address bar, where a link leaves it, and return the one that is known. */
  take() {
    const given = location.hash.slice(1);
    if (given) {
      if (/^\w+$/.test(given)) this.set(given);
      history.replaceState(null, "", location.pathname);
    }
    return this.get();
  }

  get() {
    this.own ??= tried(() => sessionStorage.getItem(this.name)) ?? kept(this.name);
    return this.own;
  }

  set(token) {
    this.own = token;
    tried(() => sessionStorage.setItem(this.name, token));
    keep(this.name, token);
  }

  drop() {
    if (kept(this.name) === this.get()) forget(this.name);
    tried(() => sessionStorage.removeItem(this.name));
    this.own = null;
  }
}

const DRAFT = "quarterdeck/draft/";

/** Return the name of a draft: of one seat, one round and one voice. */
function draftName(token, round, voice) {
  return `${DRAFT}${(token || "").slice(-8)}/${round}/${voice}`;
}

/** Return the draft of a ballot, or nothing. */
export function draftOf(token, round, voice) {
  try {
    return JSON.parse(kept(draftName(token, round, voice)) || "null");
  } catch {
    return null;
  }
}

/** Keep the draft of a ballot. */
export function keepDraft(token, round, voice, draft) {
  keep(draftName(token, round, voice), JSON.stringify(draft));
}

/** Forget the drafts of a seat of all rounds before this one. */
export function forgetDrafts(token, before) {
  const mine = draftName(token, "", "").slice(0, -2);
  const names = [...memory.keys(), ...(tried(() => Object.keys(localStorage)) ?? [])];
  for (const name of names) {
    if (name.startsWith(`${mine}/`) && Number(name.slice(mine.length + 1).split("/")[0]) < before) forget(name);
  }
}
