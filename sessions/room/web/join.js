// Coming in: who are you, may I come in, and where else this seat is used.

import { button, el, field, heading, retext } from "./dom.js";
import { learnSides, sideMark, sideName } from "./sides.js";

/** Ask for a seat, and show why it was refused. */
async function ask(room, request, wrong, sender) {
  if (sender.getAttribute("aria-busy") === "true") return;
  sender.setAttribute("aria-busy", "true");
  wrong.textContent = "";
  try {
    room.sit(await room.link.join(request));
  } catch (error) {
    wrong.textContent = error.message;
    sender.removeAttribute("aria-busy");
  }
}

/** Return the page with the roles, or with a form where nobody is listed. */
export function joinPage(room, sentence) {
  const body = el("div", {}, el("p", { class: "quiet", text: "One moment…" }));
  const wrong = el("p", { class: "wrong", role: "alert", text: sentence });
  let closed = false;
  const load = async () => {
    try {
      const seats = await room.link.seats();
      learnSides(seats.sides);
      document.getElementById("session").textContent = [seats.title, seats.quarter].filter(Boolean).join(" · ");
      body.replaceChildren(...(seats.locked ? locked(load) : seats.people.length ? roles(room, seats, wrong, load) : form(room, seats.sides, wrong)));
      room.connect("");
    } catch {
      room.connect("not connected");
      if (!closed) setTimeout(load, 2000);
    }
  };
  load();
  return { nodes: [heading("Who are you?"), wrong, body], update: () => { closed = true; } };
}

function locked(load) {
  return [el("p", { class: "lead", text: "The room is locked: nobody new comes in now." }), button("Look again", load, { class: "second" })];
}

function roles(room, seats, wrong, load) {
  const nodes = [el("p", { class: "lead", text: "Tap your role. The facilitator lets you in." })];
  seats.sides.forEach((side) => {
    const people = seats.people.filter((person) => person.side === side);
    if (!people.length) return;
    nodes.push(el("h2", {}, sideMark(side)));
    nodes.push(el("ul", { class: "roles" }, ...people.map((person) => el("li", {}, role(room, person, wrong, load)))));
  });
  const other = el("details", {}, el("summary", { text: "Someone else" }), ...form(room, seats.sides, wrong));
  return [...nodes, other];
}

function role(room, person, wrong, load) {
  if (!person.free) return el("div", { class: "taken" }, el("span", { text: person.role }), el("span", { class: "quiet", text: "✓ is here" }));
  const tap = button(person.role, async () => {
    await ask(room, { person: person.id }, wrong, tap);
    if (wrong.textContent) load(); // someone else may have come
  });
  return tap;
}

function form(room, sides, wrong) {
  const name = el("input", { name: "role", maxlength: "40", autocomplete: "organization-title", required: true });
  const choices = sides.map((side) =>
    el("label", { class: "choice" }, el("input", { type: "radio", name: "side", value: side, required: true, checked: sides.length === 1 }), sideMark(side)));
  const send = el("button", { class: "main", text: "Ask to join" });
  return [
    el("form", {
      onsubmit: (event) => {
        event.preventDefault();
        const side = event.target.elements.side.value;
        if (!name.value.trim()) wrong.textContent = "Enter your role first.";
        else if (!side) wrong.textContent = `Choose your side first: ${sides.map(sideName).join(" or ")}.`;
        else ask(room, { role: name.value.trim(), side }, wrong, send);
      },
      novalidate: true,
    }, field("Your role", name, "As the room knows you, such as VP Sales."), el("fieldset", {}, el("legend", { text: "Your side" }), ...choices), send),
  ];
}

/** Return the page of the audience's window before it is let in. */
export function watchJoinPage(room, sentence) {
  const wrong = el("p", { class: "wrong", role: "alert", text: sentence });
  const send = button("Show the session here", () => ask(room, { watch: true }, wrong, send), { class: "main" });
  return { nodes: [heading("A screen for the room"), el("p", { class: "lead", text: "It follows the session and takes no votes." }), wrong, send] };
}

/** Return the page of somebody who waits at the door. */
export function askingPage(room) {
  const { you } = room.state;
  const name = room.watch ? "This screen" : you.role;
  const told = el("p", { class: "lead", role: "status" });
  const update = ({ you: { number }, now }) => retext(told, number ? now.sentence : "The facilitator lets you in. This page then follows by itself.");
  update(room.state);
  return {
    nodes: [
      el("div", { class: "middle" }, heading(`${name} asks to join`), told),
      el("footer", {}, button(room.watch ? "Not now" : "I am someone else", () => room.askWho(), { class: "second" })),
    ],
    update,
  };
}

/** Return the page of somebody who was not let in, or was asked to leave. */
export function outPage(room) {
  return {
    nodes: [
      el("div", { class: "middle" }, heading("You are not in the room"), el("p", { class: "lead", text: "The facilitator closed this seat." })),
      el("footer", {}, button("Ask again", () => room.askWho(), { class: "main" })),
    ],
  };
}

/** Return the page of a seat that another device has taken over. */
export function elsewherePage(room) {
  return {
    nodes: [
      el("div", { class: "middle" },
        heading("Used elsewhere"),
        el("p", { class: "lead", text: "Your seat is open in another tab or on another device. What you began here is kept." })),
      el("footer", {}, button("Use here", () => room.link.start(), { class: "main" })),
    ],
  };
}
