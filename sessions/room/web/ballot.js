// A ballot: its question, its form, one line of reason, and handing it in. What is half filled is kept here and is never drawn anew by the room.

import { approvalForm } from "./approval.js";
import { button, el, field, heading, retext, say } from "./dom.js";
import { consentForm, duelForm, questionForm, scoreForm } from "./choosing.js";
import { pointsForm } from "./points.js";
import { rankingForm } from "./ranking.js";
import { draftOf, keepDraft } from "./storage.js";

/** Every method of voting: its form, whether the name of the round is above it, and how its rules are shown. No other place knows a method by its name. */
const METHODS = {
  points: { form: pointsForm, named: true, rules: (round) => el("p", { text: round.rules }) },
  ranking: { form: rankingForm, named: true, rules: (round) => el("p", { text: round.rules }) },
  approval: { form: approvalForm, named: true, rules: (round) => el("p", { text: round.rules }) },
  score: { form: scoreForm },
  duel: { form: duelForm, named: true, rules: (round) => el("p", { class: "quiet", text: [round.about, round.rules].filter(Boolean).join(" · ") }) },
  consent: { form: consentForm, named: true },
  pulse: { form: questionForm, named: true },
  partnership: { form: questionForm, named: true },
};
const REASON_LIMIT = 200;
const STEP = 4096; // bytes

/** Return the voice whose ballot is to be filled in now: one that its owner changes, or the first that has not voted. */
export function openBallot({ state, local }) {
  if (!state.round || state.round.over || state.now.kind === "curtain" || state.now.kind === "closed") return null;
  const voices = state.you.voices ?? [];
  const changed = local.change === state.round.number ? voices.find((voice) => voice.id === local.voice) : null;
  return changed ?? voices.find((voice) => !voice.voted) ?? null;
}

/** Return the page of one ballot. */
export function ballotPage(room, voice) {
  const { round } = room.state;
  const method = METHODS[round.method];
  const token = room.token.get();
  const draft = draftOf(token, round.number, voice.id) ?? {};
  const changed = () => keepDraft(token, round.number, voice.id, draft);
  const body = el("div", { class: "form" }, el("p", { class: "quiet", text: "One moment…" }));
  const wrong = el("p", { class: "wrong", role: "alert" });
  const send = button("Hand in", () => handIn(), { class: "main" });
  const title = heading(round.question || round.about || round.title);
  const head = el("div", { class: "head" }, title);
  const none = button("Abstain", () => handIn(form?.none ? form.none.choice : null), { class: "plain" });
  let form = null;
  let reason = null;
  let cards = [];

  const busy = (is) => send.setAttribute("aria-busy", String(is));

  async function load() {
    try {
      cards = await room.link.cards(room.state.round?.listv ?? round.listv); // a title may have changed meanwhile
    } catch {
      if (document.contains(body)) setTimeout(load, 1500);
      return;
    }
    form = method.form({ round, cards, draft, changed });
    if (form.head) head.replaceChildren(...form.head(title));
    head.classList.toggle("stays", Boolean(form.headStays));
    if (form.none) retext(none, form.none.text);
    body.replaceChildren(...form.nodes);
    if (!form.noReason) {
      reason = reasonField(cards, draft, changed, () => form.chosen());
      body.append(reason);
    }
  }

  /** Hand in what the form holds, or an answer without any. */
  async function handIn(answer = undefined) {
    if (!form || send.getAttribute("aria-busy") === "true") return;
    const filled = answer === undefined;
    const missing = filled ? form.missing() : "";
    retext(wrong, "");
    if (missing) {
      retext(wrong, missing);
      form.lacking?.focus();
      return;
    }
    const what = { kind: "vote", voice: voice.id, choice: filled ? form.choice() : answer };
    if (filled && !form.noReason && draft.reason?.trim()) Object.assign(what, { reason_card: draft.reasonCard || form.chosen()[0] || cards[0].id, reason: draft.reason.trim() });
    busy(true);
    try {
      await room.link.act(what, {
        round: round.number,
        size: longest(cards),
        late: () => retext(wrong, "Not connected. Your ballot is kept here and goes out by itself."),
      });
      draft.own = filled ? form.own?.() : null; // now it may be shown to its owner at the reveal
      changed();
      say("Your ballot is in.");
      room.go({});
    } catch (error) {
      if (document.contains(wrong)) retext(wrong, error.message);
      else room.tell(error.message);
    }
    busy(false);
  }

  load();
  const nodes = [
    method.named && el("p", { class: "quiet top", text: round.title }),
    voice.proxy && el("p", { class: "proxy", text: `This ballot is for ${voice.role}` }),
    head,
    method.rules?.(round),
    el("p", { class: "quiet", text: [round.until && `Open until ${round.until}.`, round.told].filter(Boolean).join(" ") }),
    body,
    el("footer", {},
      wrong,
      el("div", { class: "row" }, send, none),
      voice.voted && button("Keep the one that is in", () => room.go({}), { class: "plain" })),
  ];
  return { nodes: nodes.filter(Boolean), update: () => {} };
}

/** Return the one line of reason, tied to one card. */
function reasonField(cards, draft, changed, chosen) {
  const text = el("input", { maxlength: String(REASON_LIMIT), value: draft.reason ?? "", autocomplete: "off" });
  text.addEventListener("input", () => {
    draft.reason = text.value;
    changed();
  });
  const parts = [];
  if (cards.length > 1) {
    const which = el("select", {});
    const fill = () => {
      const first = new Set(chosen());
      const card = draft.reasonCard || [...first][0] || cards[0].id;
      const named = cards.filter((each) => first.has(each.id)).concat(cards.length > 60 ? [] : cards.filter((each) => !first.has(each.id)));
      which.replaceChildren(...(named.length ? named : cards.slice(0, 1)).map((each) => el("option", { value: each.id, text: each.title })));
      which.value = card;
    };
    fill();
    which.addEventListener("focus", fill);
    which.addEventListener("change", () => {
      draft.reasonCard = which.value;
      changed();
    });
    parts.push(field("About", which));
  }
  parts.push(field("Your reason", text));
  const box = el("details", { class: "reason" }, el("summary", { text: "Add one line of reason" }), ...parts);
  box.open = Boolean(draft.reason);
  box.addEventListener("toggle", () => box.open && document.activeElement?.closest("details") === box && box.scrollIntoView({ block: "nearest" }));
  return box;
}

/** Return a length that no ballot of this round exceeds. */
function longest(cards) {
  const bytes = cards.reduce((all, card) => all + card.id.length + 12, STEP / 2);
  return Math.ceil(bytes / STEP) * STEP;
}
