// The table of claims: filter, sort, page, print, download. Uses what marks.js gives.

const PAGE = 100;
const PRINTED = 3000; // more rows than anyone reads on paper
const COLUMNS = ["relation", "polarity", "certainty", "intervention", "condition", "concept", "source", "evidence"];
const table = document.getElementById("table");
const form = document.getElementById("filters");
const body = make("tbody");
const collator = new Intl.Collator("en", { numeric: true });
let chosen = data.rows; // filtered and sorted
let first = 0; // place of the first row that is shown
let sorted = { name: "", up: true };

// --- filters ---

function distinct(name) {
  const codes = new Set(data.rows.map((row) => row[columnOf.get(name)]));
  return [...codes].map((code) => data.strings[code]).filter(Boolean).sort(collator.compare);
}

function shorter(text, length) {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

for (const name of ["relation", "polarity", "certainty", "source"]) {
  for (const choice of distinct(name)) form.elements[name].append(make("option", { value: choice }, shorter(choice, 80)));
}
for (const choice of distinct("concept")) document.getElementById("concepts").append(make("option", { value: choice }));

function tests() {
  const found = [];
  for (const name of ["relation", "polarity", "certainty", "source"]) {
    const wanted = form.elements[name].value;
    if (wanted) found.push((row) => value(row, name) === wanted);
  }
  const concept = form.elements.concept.value.trim().toLowerCase();
  if (concept) found.push((row) => value(row, "concept").toLowerCase().includes(concept));
  const words = form.elements.words.value.trim().toLowerCase();
  if (words) found.push((row) => `${value(row, "condition")}\n${value(row, "evidence")}`.toLowerCase().includes(words));
  return found;
}

function showAll() {
  form.reset();
  choose();
}

function compared(a, b) {
  const order = collator.compare(value(a, sorted.name), value(b, sorted.name));
  return (sorted.up ? order : -order) || a[0] - b[0];
}

function choose() {
  const wanted = tests();
  chosen = data.rows.filter((row) => wanted.every((test) => test(row)));
  if (sorted.name) chosen.sort(compared);
  first = 0;
  draw();
}

// --- rows ---

function cell(row, name) {
  const words = value(row, name);
  const attributes = { "data-label": name, class: name, role: "cell" };
  if (name === "relation") return make("td", attributes, make("span", { class: `badge ${data.looks[words]}` }, words));
  if (name === "condition") {
    return make("td", attributes, make("a", { href: wordsHref(row), id: `r${row[0]}` }, make("bdi", {}, words)));
  }
  if (name === "source") {
    const label = `original of claim ${row[0] + 1}, opens in a new tab`;
    const original = originalLink(row, "original");
    original.forEach((link) => link.setAttribute("aria-label", label));
    return make("td", attributes, make("span", {}, make("bdi", {}, shorter(words, 120)), " ", ...original));
  }
  if (name === "evidence") return make("td", attributes, sentence(row));
  return make("td", attributes, make("bdi", {}, words));
}

/** The sentence with the condition marked; places are code points, the script's strings are not. */
function sentence(row) {
  const points = [...value(row, "evidence")];
  const start = value(row, "start") - value(row, "evidence_start");
  const condition = value(row, "condition");
  const end = start + [...condition].length;
  if (start < 0 || points.slice(start, end).join("") !== condition) {
    return make("bdi", {}, shorter(points.join(""), 600));
  }
  const before = points.slice(Math.max(0, start - 300), start).join("");
  const after = points.slice(end, end + 300).join("");
  const cut = [start > 300 ? "…" : "", points.length > end + 300 ? "…" : ""];
  return make("bdi", {}, cut[0] + before, make("mark", {}, condition), after + cut[1]);
}

function draw(from = first, count = PAGE) {
  const rows = chosen.slice(from, from + count);
  body.replaceChildren(
    ...rows.map((row) => make("tr", { role: "row" }, ...COLUMNS.map((name) => cell(row, name)))),
  );
  const shownRows = rows.length ? `, ${(from + 1).toLocaleString("en")} to ${(from + rows.length).toLocaleString("en")} shown` : "";
  document.getElementById("status").textContent =
    `${chosen.length.toLocaleString("en")} of ${data.rows.length.toLocaleString("en")} claims${shownRows}`;
  document.getElementById("previous").disabled = from === 0;
  document.getElementById("next").disabled = from + count >= chosen.length;
  document.getElementById("pager").hidden = chosen.length <= PAGE;
}

function turn(by) {
  first = Math.max(0, first + by);
  draw();
  document.getElementById("status").scrollIntoView();
}

/** Show the row of a claim, on whatever page it is; filters that hide it are dropped. */
globalThis.goToRow = (index) => {
  if (!rowOf.has(index)) return;
  if (!chosen.some((row) => row[0] === index)) showAll();
  const at = chosen.findIndex((row) => row[0] === index);
  first = at - (at % PAGE);
  draw();
  const link = document.getElementById(`r${index}`);
  link.closest("tr").classList.add("on");
  link.scrollIntoView({ block: "center" });
  link.focus({ preventScroll: true });
};

// --- sorting ---

const heads = COLUMNS.map((name) => {
  const button = make("button", { type: "button" }, name);
  const head = make("th", { scope: "col", role: "columnheader", class: name }, button);
  button.addEventListener("click", () => {
    // Up, down, and back to the table's own order.
    if (sorted.name !== name) sorted = { name, up: true };
    else sorted = sorted.up ? { name, up: false } : { name: "", up: true };
    for (const other of heads) other.removeAttribute("aria-sort");
    if (sorted.name) head.setAttribute("aria-sort", sorted.up ? "ascending" : "descending");
    choose();
  });
  return head;
});

// --- download ---

/** One record as the claims table has it (RFC 4180); for a spreadsheet, no value can start a formula. */
function csvLine(values, safe) {
  const texts = values.map((each) => (each === null ? "" : String(each)));
  const kept = safe ? texts.map((text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)) : texts;
  return `${kept.map((text) => (/[,"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(",")}\n`;
}

document.getElementById("download").addEventListener("click", () => {
  const safe = form.elements.safe.checked;
  const lines = chosen.map((row) => csvLine(data.columns.map((name) => value(row, name)), safe));
  // Spreadsheets take a file without the mark for something other than UTF-8.
  const parts = [safe ? "\ufeff" : "", csvLine(data.columns, false), ...lines];
  const url = URL.createObjectURL(new Blob(parts, { type: "text/csv" }));
  make("a", { href: url, download: "claims.csv" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
});

table.setAttribute("role", "table");
table.setAttribute("aria-labelledby", "h-claims");
body.setAttribute("role", "rowgroup");
table.append(make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...heads)), body);
form.hidden = false;
const picker = document.getElementById("heat-relation");
if (picker) {
  picker.closest("p").hidden = false;
  picker.addEventListener("change", () => {
    for (const token of document.querySelectorAll(".heat td a")) {
      token.hidden = picker.value !== "" && !token.classList.contains(picker.value);
    }
  });
}
document.getElementById("table-region").hidden = false;
form.addEventListener("input", choose);
document.getElementById("all").addEventListener("click", showAll);
form.addEventListener("submit", (event) => event.preventDefault());
document.getElementById("previous").addEventListener("click", () => turn(-PAGE));
document.getElementById("next").addEventListener("click", () => turn(PAGE));
addEventListener("beforeprint", () => draw(0, PRINTED));
addEventListener("afterprint", () => draw());
choose();
follow();
