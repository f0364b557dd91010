// Comfort only: every page works without this file.
"use strict";

const tell = (text) => {
  document.getElementById("told").textContent = text;
};

// Copying: the buttons exist for scripts alone; their text can be selected without.
const copy = async (text) => {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  // Plain http on another machine's address has no clipboard interface.
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "unseen";
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (!copied) throw new Error("not copied");
};

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  const label = button.textContent;
  button.addEventListener("click", async () => {
    try {
      await copy(button.dataset.copy);
      button.textContent = "Copied";
      button.classList.add("done");
      tell(`${label}: copied`);
    } catch {
      button.textContent = "Select the text to copy it";
      tell("The browser did not allow copying; select the text instead");
    }
    button.focus();
    setTimeout(() => {
      button.textContent = label;
      button.classList.remove("done");
    }, 2500);
  });
}

// Keys: "/" to the search box, n and p through the hits of a whole text.
const shown = (link) => link.getClientRects().length > 0;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (event.key === "/") {
    const box = document.getElementById("q");
    box.focus();
    box.select();
    event.preventDefault();
  } else if (event.key === "n" || event.key === "p") {
    // The links of the hit in view; before the first, those of the summary.
    const links = [...document.querySelectorAll(`[data-key="${event.key}"]`)].filter(shown);
    links.at(-1)?.click();
  }
});

// A filter box above a long list of values.
for (const list of document.querySelectorAll("[data-filterable]")) {
  const box = document.createElement("input");
  box.type = "search";
  box.className = "narrow";
  box.placeholder = "Narrow this list";
  box.setAttribute("aria-label", `Narrow the list of ${list.dataset.filterable}`);
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  box.addEventListener("input", () => {
    const wanted = plain(box.value);
    let left = 0;
    for (const row of list.children) {
      row.hidden = !plain(row.textContent).includes(wanted);
      left += row.hidden ? 0 : 1;
    }
    tell(`${left} values`);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  list.before(box);
}

// The search form: fields left empty stay out of the address, and filters may apply at
// once. That choice, and the box last ticked, are kept in the address and nowhere else.
const form = document.getElementById("search");
const AT_ONCE = "#at-once";
form.addEventListener("submit", () => {
  for (const field of form.elements) {
    if (field.name && field.value === "") field.disabled = true;
  }
});
window.addEventListener("pageshow", (event) => {
  for (const field of form.elements) {
    // A page that the browser kept shows what its address says, not what was ticked since.
    if (field.type !== "checkbox") field.disabled = false;
    else if (event.persisted) field.checked = field.defaultChecked;
  }
});
const choice = document.getElementById("at-once");
if (choice) {
  choice.parentElement.hidden = false;
  choice.checked = location.hash.startsWith(AT_ONCE);
  const last = decodeURIComponent(location.hash.slice(AT_ONCE.length + 1));
  if (choice.checked && last) {
    const box = document.getElementById(last);
    const list = box?.closest(".more");
    if (list) list.open = true;
    box?.focus();
  }
  document.addEventListener("change", (event) => {
    if (!choice.checked || !event.target.matches(".ticks input")) return;
    form.action = `${form.getAttribute("action")}${AT_ONCE}:${encodeURIComponent(event.target.id)}`;
    form.requestSubmit();
  });
}
