"use strict";
// The words in the articles: what is claimed of them on hover and focus, and the way to the table and back.
// Everything that comes from an article is written with textContent; nothing here takes text for markup.

const data = JSON.parse(document.getElementById("data").textContent);
const columnOf = new Map(data.columns.map((name, place) => [name, place + 1]));
const numeric = new Set(data.numbers);
const rowOf = new Map(data.rows.map((row) => [row[0], row]));

/** The value of a row's column: a string, a number, or null. */
function value(row, name) {
  const coded = row[columnOf.get(name)];
  return numeric.has(name) ? coded : data.strings[coded];
}

/** A new element with attributes and children, strings among them as text. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, content] of Object.entries(attributes)) element.setAttribute(key, content);
  element.append(...children);
  return element;
}

function says(row) {
  const words = [value(row, "relation"), value(row, "polarity"), value(row, "certainty")];
  return words.join(", ");
}

/** The address of the words of a row, and of the same place in the original ("" where there is none). */
function wordsHref(row) {
  return `${data.places[value(row, "source")][0]}#m${row[0]}`;
}

function originalHref(row) {
  const [, original, located] = data.places[value(row, "source")];
  const locator = value(row, "locator");
  return original && located && locator ? original + (original.includes("#") ? "" : "#") + locator : original;
}

function originalLink(row, words) {
  const href = originalHref(row);
  const attributes = { href, class: "original", target: "_blank", rel: "noopener noreferrer" };
  return href ? [make("a", attributes, words)] : [];
}

// --- the card ---

const card = make("aside", { id: "card", "aria-label": "Claim" });
card.hidden = true;
document.body.append(card);
let shown = null; // the marked words whose card is open
let pinned = false;
let leaving = 0;

function facts(row) {
  const link = value(row, "link");
  const score = link === "fuzzy" ? `, ${value(row, "link_score")}` : "";
  return [
    ["polarity", [value(row, "polarity"), value(row, "negation_cue") && `“${value(row, "negation_cue")}”`]],
    ["certainty", [value(row, "certainty"), value(row, "hedge_cue") && `“${value(row, "hedge_cue")}”`]],
    ["intervention", [value(row, "intervention"), `(${value(row, "intervention_scope")})`]],
    ["condition", [value(row, "condition")]],
    ["concept", link === "none" ? ["none"] : [value(row, "concept"), `(${link}${score})`]],
    ["rule", [value(row, "rule")]],
    ["cue", [`“${value(row, "cue")}”`]],
    ["section", [value(row, "section")]],
  ];
}

function described(row) {
  const look = data.looks[value(row, "relation")];
  const list = make("dl");
  for (const [name, parts] of facts(row)) {
    const words = parts.filter(Boolean).join(" ");
    if (words) list.append(make("dt", {}, name), make("dd", {}, make("bdi", {}, words)));
  }
  const back = make("a", { href: `${data.table}#r${row[0]}` }, "row in the table");
  const links = make("p", {}, back, ...originalLink(row, "original"));
  return make("div", {}, make("strong", { class: `badge ${look}` }, value(row, "relation")), list, links);
}

function claimsAt(mark) {
  return mark.dataset.c.split(" ").map((index) => rowOf.get(Number(index))).filter(Boolean);
}

function show(mark, pin = false) {
  clearTimeout(leaving);
  if (shown !== mark) {
    hide();
    const rows = claimsAt(mark);
    if (!rows.length) return;
    shown = mark;
    card.replaceChildren(...rows.map(described));
    card.hidden = false;
    place(mark);
    mark.setAttribute("aria-describedby", "card");
    light(mark, rows);
  }
  pinned = pinned || pin;
}

function hide() {
  if (!shown) return;
  shown.removeAttribute("aria-describedby");
  shown = null;
  pinned = false;
  card.hidden = true;
  light(null, []);
}

/** Put the card beside the text where there is room, else under the words or over them. */
function place(mark) {
  const boxes = [...mark.getClientRects()];
  const box = boxes[0] ?? mark.getBoundingClientRect();
  const last = boxes.at(-1) ?? box;
  const wide = document.documentElement.clientWidth;
  const beside = (mark.closest(".text")?.getBoundingClientRect().right ?? wide) + 16;
  let left = Math.max(8, Math.min(box.left, wide - card.offsetWidth - 8));
  let top = last.bottom + 6;
  const above = box.top - card.offsetHeight - 6;
  if (beside + card.offsetWidth <= wide) {
    left = beside;
    top = Math.max(60, Math.min(box.top - 8, innerHeight - card.offsetHeight - 8));
  } else if (top + card.offsetHeight > innerHeight && above > 0) {
    top = above;
  }
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${top + scrollY}px`;
}

function leave() {
  clearTimeout(leaving);
  if (!pinned) leaving = setTimeout(hide, 250);
}

// --- sentence and cue of the claim, lit in the text where the browser can do so without new elements ---

function light(mark, rows) {
  if (!globalThis.Highlight || !CSS.highlights) return;
  const text = mark?.closest(".text");
  for (const name of ["evidence", "cue"]) {
    const ranges = text ? rows.map((row) => rangeOf(text, value(row, `${name}_start`), value(row, `${name}_end`))) : [];
    CSS.highlights.set(name, new Highlight(...ranges.filter(Boolean)));
  }
}

/** The range of code points start to end of a text; null where it is not inside. */
function rangeOf(text, start, end) {
  const range = document.createRange();
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let before = 0;
  let begun = false;
  while (walker.nextNode()) {
    const points = [...walker.currentNode.data];
    const units = (count) => points.slice(0, count).join("").length;
    if (!begun && start < before + points.length) {
      range.setStart(walker.currentNode, units(start - before));
      begun = true;
    }
    if (begun && end <= before + points.length) {
      range.setEnd(walker.currentNode, units(end - before));
      return range;
    }
    before += points.length;
  }
  return null;
}

// --- to the words ---

function goToWords(index) {
  const place = document.getElementById(`m${index}`);
  if (!place) return;
  for (let node = place.parentElement; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
  for (const mark of document.querySelectorAll(".c.on")) mark.classList.remove("on");
  const marks = [...document.querySelectorAll(`.c[data-c~="${index}"]`)];
  for (const mark of marks) mark.classList.add("on");
  place.scrollIntoView({ block: "center" });
  marks[0]?.focus({ preventScroll: true });
}

function follow() {
  const words = /^#m(\d+)$/.exec(location.hash);
  if (words) goToWords(Number(words[1]));
  const article = /^#a\d+$/.exec(location.hash) && document.getElementById(location.hash.slice(1));
  if (article?.tagName === "DETAILS") article.open = true;
  const row = /^#r(\d+)$/.exec(location.hash);
  if (row && globalThis.goToRow) globalThis.goToRow(Number(row[1]));
}

let touched = false;
document.addEventListener("pointerdown", (event) => {
  touched = event.pointerType === "touch";
  if (shown && !event.target.closest("#card, a.c")) hide();
});
document.addEventListener("mouseover", (event) => {
  const mark = event.target.closest("a.c");
  if (mark && !touched) show(mark);
  else if (event.target.closest("#card")) clearTimeout(leaving);
});
document.addEventListener("mouseout", (event) => {
  if (shown && event.target.closest("a.c, #card")) leave();
});
document.addEventListener("focusin", (event) => {
  const mark = event.target.closest("a.c");
  if (mark && !touched) show(mark);
  else if (!event.target.closest("#card")) hide();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !shown) return;
  const mark = shown;
  const inside = card.contains(document.activeElement);
  hide();
  if (inside) {
    mark.focus({ preventScroll: true });
    hide();
  }
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link) return;
  // A finger has no hover, and words of several claims lead to several rows: the card first, it holds the links.
  if (link.matches("a.c") && (touched || link.dataset.c.includes(" "))) {
    event.preventDefault();
    show(link, true);
    if (!touched) card.querySelector("a").focus({ preventScroll: true });
    return;
  }
  // The same address a second time is no change of hash, but still a wish to go there.
  if (link.hash && link.href === location.href) {
    event.preventDefault();
    follow();
  }
  if (link.matches("a.c, #card a:not(.original)")) hide();
});
addEventListener("hashchange", follow);

const closedForPrint = [];
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("details:not([open])")) {
    closedForPrint.push(part);
    part.open = true;
  }
});
addEventListener("afterprint", () => {
  for (const part of closedForPrint.splice(0)) part.open = false;
});
if (!document.getElementById("table")) follow();
