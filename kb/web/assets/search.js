// Search of the published site, over search-index.json: {works: [[file, title, authors, year, why]], words: {word: [step, weight, ...]}, common: [word]}.
"use strict";

const input = document.getElementById("q");
const status = document.getElementById("status");
const results = document.getElementById("results");
const MOST = 50;
let index = null;

function fold(text) {
  const plain = text.toLowerCase().replace(/ß/g, "ss").replace(/æ/g, "ae").replace(/œ/g, "oe").replace(/ø/g, "o").replace(/ł/g, "l").replace(/đ/g, "d").replace(/ı/g, "i");
  return plain.normalize("NFKD").replace(/\p{M}/gu, "").match(/[\p{L}\p{N}]+/gu) || [];
}

function stem(word) {
  if (word.length > 4 && word.endsWith("ies")) return word.slice(0, -3) + "y";
  for (const ending of ["ing", "ed"]) if (word.endsWith(ending) && word.length - ending.length >= 4) return word.slice(0, -ending.length);
  return /^.{3,}[^su]s$/u.test(word) ? word.slice(0, -1) : word;
}

// Gives work number -> weight for a word; the last word of a query may be the beginning of one.
function postings(word, begins) {
  const found = new Map();
  const wanted = stem(word);
  const names = begins ? index.sorted.filter(name => name === wanted || name.startsWith(word)) : [wanted];
  for (const name of names) {
    const flat = Object.hasOwn(index.words, name) ? index.words[name] : [];
    const rarity = Math.log(1 + index.works.length / (1 + flat.length / 2)) * (name === wanted ? 1 : 0.6);
    for (let i = 0, number = 0; i < flat.length; i += 2) {
      number += flat[i];
      found.set(number, Math.max(found.get(number) || 0, flat[i + 1] * rarity));
    }
  }
  return found;
}

// Reads a query: words, "words side by side", -word, author: title: year:2018..2021; a OR b takes either.
function read(typed) {
  const query = { words: [], without: [], tests: [], any: false, plain: [] };
  for (const [, minus, name, quoted, bare] of typed.matchAll(/(-?)(?:(\p{L}+):)?(?:"([^"]*)"?|([^\s"()]+))/gu)) {
    const text = quoted ?? bare;
    const field = (name || "").toLowerCase();
    const words = fold(text).slice(0, 20);
    if (!name && !minus && quoted === undefined && ["OR", "AND", "NOT"].includes(text)) { query.any ||= text === "OR"; continue; }
    const test = field === "year" ? inYears(text) : field === "author" || field === "title" ? inColumn(field === "title" ? 1 : 2, words) : null;
    if (test) { query.tests.push(minus ? work => !test(work) : test); continue; }
    if (field && !["topic", "venue", "note"].includes(field) && FIELDS.includes(field)) query.plain.push(`${field}:`);
    if (field && !FIELDS.includes(field)) words.unshift(...fold(name));
    if (minus) query.without.push(...words);
    else query.words.push(...words);
  }
  const told = query.words.filter(word => !index.common.includes(word));
  query.words = (told.length ? told : query.words).slice(0, 20);
  return query;
}

const FIELDS = ["author", "title", "venue", "note", "topic", "year", "semester", "kind", "assigned", "annotated"];

function inYears(text) {
  const found = /^(<)?(\d{4})?(\.\.)?(\d{4})?$/.exec(text);
  if (!found || !(found[2] || found[4])) return null;
  const [, below, from, range, to] = found;
  if (below) return work => work[3] && work[3] < +from;
  const last = range ? +(to || 9999) : +from;
  return work => work[3] && work[3] >= +(from || 0) && work[3] <= last;
}

function inColumn(column, words) {
  return words.length ? work => { const own = fold(work[column]).map(stem); return words.every(word => own.includes(stem(word))); } : null;
}

function find({ words, without, tests, any }) {
  const each = words.map((word, n) => postings(word, n === words.length - 1 && word.length > 1));
  const gone = without.map(word => postings(word, false));
  const score = new Map(words.length ? [] : index.works.map((work, number) => [number, -number]));
  for (const found of each) for (const [number, weight] of found) score.set(number, (score.get(number) || 0) + weight);
  const left = [...score].filter(([number]) => tests.every(test => test(index.works[number])) && !gone.some(found => found.has(number)));
  const all = any ? left : left.filter(([number]) => each.every(found => found.has(number)));
  const shown = all.length ? all : left;
  return { any: !all.length && shown.length > 0 && words.length > 1, hits: shown.sort((a, b) => b[1] - a[1] || a[0] - b[0]) };
}

function marked(text, stems) {
  const parts = document.createDocumentFragment();
  for (const piece of text.split(/([\p{L}\p{N}\p{M}]+)/u)) {
    const folded = fold(piece);
    const hit = folded.length && stems.some(s => stem(folded[0]) === s || (s.length > 2 && folded[0].startsWith(s)));
    if (!hit) { parts.append(piece); continue; }
    const mark = document.createElement("mark");
    mark.textContent = piece;
    parts.append(mark);
  }
  return parts;
}

function item([file, title, authors, year, why], stems) {
  const li = document.createElement("li");
  const head = document.createElement("p");
  head.className = "title";
  const link = document.createElement("a");
  link.href = file.split("/").map(encodeURIComponent).join("/");
  link.append(marked(title, stems));
  head.append(link);
  const meta = document.createElement("p");
  meta.className = "meta";
  meta.append(marked(authors, stems), year ? `, ${year}` : "");
  const reason = document.createElement("p");
  reason.append(marked(why || "", stems));
  li.append(head, meta, reason);
  return li;
}

function show() {
  const query = read(input.value);
  results.replaceChildren();
  if (!query.words.length && !query.without.length && !query.tests.length) { status.textContent = `${index.works.length} works`; return; }
  const { any, hits } = find(query);
  const stems = query.words.map(stem);
  const count = hits.length === 1 ? "1 work" : `${hits.length} works`;
  const said = !hits.length ? "Nothing found; try fewer or other words." : (any ? `No work has all words; ${count} with some of them` : count) + (hits.length > MOST ? `, the best ${MOST}` : "");
  status.textContent = said + (query.plain.length ? ` ${[...new Set(query.plain)].join(" ")} was searched as words.` : "");
  results.append(...hits.slice(0, MOST).map(([number]) => item(index.works[number], stems)));
}

async function load() {
  if (!index) {
    const data = await (await fetch(results.dataset.index)).json();
    data.sorted = Object.keys(data.words);
    index = data;
  }
}

async function search(keep) {
  try {
    await load();
    show();
  } catch (error) {
    status.textContent = "The index could not be loaded; the topics list every work.";
  }
  if (keep) history.replaceState(null, "", input.value ? `?q=${encodeURIComponent(input.value)}` : location.pathname);
}

input.value = new URLSearchParams(location.search).get("q") || "";
input.form.addEventListener("submit", event => { event.preventDefault(); search(true); });
input.addEventListener("input", () => search(true));
if (input.value) search(false);
if (!input.value) input.focus({ preventScroll: true });
