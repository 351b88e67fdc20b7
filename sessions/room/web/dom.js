// Elements. Data becomes text here and never markup: nothing in these pages parses HTML.

/** Return a new element. `on…` properties listen, `class` and `text` are what they say, others are attributes; false and null leave one out. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name === "text") node.textContent = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return node;
}

/** Return a button that acts when it is pressed. */
export function button(text, press, properties = {}) {
  return el("button", { type: "button", onclick: press, ...properties }, text);
}

/** Return the heading of a page; it takes the focus when the page changes. */
export function heading(...children) {
  return el("h1", { tabindex: "-1" }, ...children);
}

let ids = 0;

/** Return a field below its label. */
export function field(label, input, hint = "") {
  input.id = input.id || `field-${(ids += 1)}`;
  const parts = [el("label", { for: input.id, text: label }), input];
  if (hint) {
    const note = el("p", { class: "quiet", id: `${input.id}-hint`, text: hint });
    input.setAttribute("aria-describedby", note.id);
    parts.push(note);
  }
  return el("div", { class: "field" }, ...parts);
}

/** Set a text only if it differs, so that nothing is read out or painted anew without need. */
export function retext(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Make a button look and answer as if it were off, but keep the focus on it. */
export function setOff(node, off) {
  node.setAttribute("aria-disabled", off ? "true" : "false");
}

/** Return whether a button is off. */
export function isOff(node) {
  return node.getAttribute("aria-disabled") === "true";
}

let saying = 0;

/** Say a sentence to those who listen to the page instead of looking at it. Only the last of several quick ones is said. */
export function say(sentence) {
  clearTimeout(saying);
  saying = setTimeout(() => {
    document.getElementById("said").textContent = sentence;
  }, 150);
}
