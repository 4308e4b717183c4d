// Adds buttons that copy: beside everything marked data-copy, and in the places marked data-copy-from (an element's id) or data-copy-text. Without it the text can still be selected.
"use strict";

const status = document.createElement("p");
status.className = "visually-hidden";
status.setAttribute("role", "status");
document.body.append(status);

function makeButton(label, what, source, text) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet copy";
  button.textContent = label;
  if (label === "Copy") button.setAttribute("aria-label", `Copy ${what}`);
  button.addEventListener("click", async () => {
    let done = true;
    try {
      await navigator.clipboard.writeText(text ?? source.textContent.trim() + "\n");
    } catch {
      if (source) getSelection().selectAllChildren(source);
      done = Boolean(source) && document.execCommand("copy");
    }
    button.textContent = done ? "Copied" : "Press Ctrl+C";
    status.textContent = done ? `${what} copied` : "";
    setTimeout(() => { button.textContent = label; }, 2500);
  });
  return button;
}

for (const source of document.querySelectorAll("[data-copy]")) source.after(makeButton("Copy", source.dataset.copy, source));
for (const place of document.querySelectorAll("[data-copy-from], [data-copy-text]")) {
  const { copyFrom, copyText, copyWhat } = place.dataset;
  place.append(makeButton(`Copy ${copyWhat}`, copyWhat, copyFrom ? document.getElementById(copyFrom) : null, copyText));
  place.hidden = false;
}
