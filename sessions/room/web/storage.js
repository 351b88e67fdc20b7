// What this browser keeps: the seat's token, and half-filled ballots. A browser that keeps nothing still works until it is closed.

const memory = new Map();

function kept(name) {
  try {
    return localStorage.getItem(name) ?? memory.get(name) ?? null;
  } catch {
    return memory.get(name) ?? null;
  }
}

function keep(name, value) {
  memory.set(name, value);
  try {
    localStorage.setItem(name, value);
  } catch {
    // private windows and full storages: memory has it
  }
}

function forget(name) {
  memory.delete(name);
  try {
    localStorage.removeItem(name);
  } catch {
    // as above
  }
}

/** The token of a seat; the audience window has one of its own. */
export class Token {
  constructor(watch) {
    this.name = watch ? "quarterdeck/watch" : "quarterdeck/seat";
  }

  /** Take the token from the address bar, where a link leaves it, and return the one that is known. */
  take() {
    const given = decodeURIComponent(location.hash.slice(1));
    if (given) {
      this.set(given);
      history.replaceState(null, "", location.pathname);
    }
    return this.get();
  }

  get() {
    return kept(this.name);
  }

  set(token) {
    keep(this.name, token);
  }

  drop() {
    forget(this.name);
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

/** Forget the drafts of other seats and of all rounds before this one. */
export function forgetDrafts(token, before) {
  const mine = draftName(token, "", "").slice(0, -2);
  let names = [...memory.keys()];
  try {
    names = names.concat(Object.keys(localStorage));
  } catch {
    // as above
  }
  for (const name of names) {
    if (!name.startsWith(DRAFT)) continue;
    if (!name.startsWith(`${mine}/`) || Number(name.slice(mine.length + 1).split("/")[0]) < before) forget(name);
  }
}
