// Keeps the page as it would be now, and makes it usable without a mouse. Without it the page is only not live.
"use strict";

const EVERY = 2000;
const main = document.getElementById("main");
const live = document.getElementById("live");
const filter = document.getElementById("filter");
const sources = new Map();

function remember(sections) {
  sources.clear();
  for (const section of sections) sources.set(section.id, section.outerHTML);
}

/** Puts in place what differs; the rest keeps its focus, selection and scroll position. */
function show(fresh) {
  const sections = [...fresh.getElementById("main").children];
  const same = sections.length === sources.size && sections.every((section) => sources.has(section.id));
  const focus = document.activeElement?.closest("#main a")?.getAttribute("href");
  const changed = sections.filter((section) => sources.get(section.id) !== section.outerHTML);
  if (!changed.length && same) return;
  const sourcesNow = sections.map((section) => ({ id: section.id, outerHTML: section.outerHTML }));
  if (same) for (const section of changed) document.getElementById(section.id).replaceWith(section);
  else main.replaceChildren(...sections);
  remember(sourcesNow);
  document.title = fresh.title;
  sift();
  if (focus && !main.contains(document.activeElement)) {
    [...main.querySelectorAll("a")].find((link) => link.getAttribute("href") === focus)?.focus({ preventScroll: true });
  }
}

async function refresh() {
  if (document.hidden || gone()) return;
  try {
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    show(new DOMParser().parseFromString(await response.text(), "text/html"));
    told(gone() ? "" : "live", false);
  } catch {
    told("not reached", true);
  }
}

/** What is not there does not come by itself. */
function gone() {
  return main.querySelector("#error[data-status='404']") !== null;
}

function told(text, lost) {
  if (live.textContent !== text) live.textContent = text;
  live.classList.toggle("lost", lost);
  live.hidden = !text;
}

async function stayLive() {
  await refresh();
  if (!gone()) setTimeout(stayLive, EVERY);
}

/** Hides the rows that do not hold every word of the filter. */
function sift() {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const row of main.querySelectorAll("tbody tr")) {
    const text = row.textContent.toLowerCase();
    row.hidden = !words.every((word) => text.includes(word));
  }
}

function step(by) {
  const links = [...main.querySelectorAll("a")].filter((link) => link.offsetParent);
  const at = links.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by;
  links[Math.max(0, Math.min(next, links.length - 1))]?.focus();
}

const KEYS = {
  "/": () => filter.focus(),
  j: () => step(1),
  k: () => step(-1),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input")) {
    if (event.key === "Escape") {
      filter.value = "";
      sift();
      event.target.blur();
    }
    return;
  }
  const section = document.querySelector(`nav a[data-key="${CSS.escape(event.key)}"]`);
  const act = KEYS[event.key] ?? (section && (() => section.click()));
  if (!act) return;
  event.preventDefault();
  act();
});

filter.addEventListener("input", sift);
document.addEventListener("visibilitychange", refresh);
remember([...main.children]);
sift();
if (gone()) told("", false);
else setTimeout(stayLive, EVERY);
