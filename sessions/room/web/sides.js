// The sides: always a shape and a word beside the colour.

import { el } from "./dom.js";

const SHAPES = { business: "●", it: "◆" };
const FURTHER = ["■", "▲", "★", "▼"];
const further = [];

/** Learn which sides there are: further ones take their shapes in this order, as on the facilitator's screen. */
export function learnSides(sides) {
  further.push(...sides.filter((side) => side && !SHAPES[side] && !further.includes(side)));
}

/** Return the name of a side. */
export function sideName(side) {
  if (side === "it") return "IT";
  return side ? side[0].toUpperCase() + side.slice(1) : "";
}

/** Return the shape of a side. */
export function sideShape(side) {
  if (!side) return "";
  return SHAPES[side] ?? FURTHER[Math.max(0, further.indexOf(side)) % FURTHER.length];
}

/** Return a side's shape and name. */
export function sideMark(side, text = sideName(side)) {
  return el("span", { class: "side" }, el("span", { "class": "shape", "data-side": side, "aria-hidden": "true", "text": sideShape(side) }), ` ${text}`);
}

/** Return how many of each side are in, as a bar of people with a sentence; nothing for a room that must not be told apart. */
export function sideBars(counts) {
  return Object.entries(counts).filter(([side]) => side).map(([side, [done, all]]) => {
    const people = Array.from({ length: Math.min(all, 30) }, (_, index) => el("span", { class: index < Math.round((done * Math.min(all, 30)) / (all || 1)) ? "in" : "" }));
    return el("li", {}, sideMark(side), el("span", { "class": "bar", "data-side": side, "aria-hidden": "true" }, ...people), el("b", { text: `${done} of ${all}` }));
  });
}

/** Return how many are in, and how many there are. */
export function sum(counts) {
  return Object.values(counts ?? {}).reduce(([done, all], [more, of]) => [done + more, all + of], [0, 0]);
}

const ORDINALS = { one: "st", two: "nd", few: "rd", other: "th" };
const rules = new Intl.PluralRules("en", { type: "ordinal" });

/** Return a place in words: 1st, 22nd. */
export function place(number) {
  return Number.isInteger(number) ? `${number}${ORDINALS[rules.select(number)]}` : `${number}`;
}

/** Return a line from first to last with the place of each side, and the same in words. A side without a vote for it stands at the end. */
export function placesLine(places, of) {
  const sides = Object.entries(places);
  const at = (rank) => (of > 1 ? (100 * ((rank ?? of) - 1)) / (of - 1) : 0);
  const ends = sides.map(([, rank]) => at(rank));
  const apart = el("span", { class: "apart" });
  apart.style.left = `${Math.min(...ends)}%`;
  apart.style.width = `${Math.max(...ends) - Math.min(...ends)}%`;
  const marks = sides.map(([side, rank]) => {
    const mark = el("span", { "class": "shape", "data-side": side, "text": sideShape(side) });
    mark.style.left = `${at(rank)}%`;
    return mark;
  });
  return [
    el("div", { "class": "places", "aria-hidden": "true" }, el("div", { class: "track" }, apart, ...marks)),
    el("p", { class: "quiet row" }, ...sides.map(([side, rank]) => sideMark(side, `${sideName(side)} ${rank ? place(rank) : "no vote"}`))),
  ];
}
