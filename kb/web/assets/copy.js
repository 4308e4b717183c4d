// Adds a button to everything marked data-copy; without it the text can still be selected.
for (const source of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  const what = source.dataset.copy;
  button.type = "button";
  button.className = "quiet copy";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy ${what}`);
  button.addEventListener("click", async () => {
    let done = true;
    try {
      await navigator.clipboard.writeText(source.textContent.trim() + "\n");
    } catch {
      getSelection().selectAllChildren(source);
      done = document.execCommand("copy");
    }
    button.textContent = done ? "Copied" : "Press Ctrl+C";
    status.textContent = done ? `${what} copied` : "";
    setTimeout(() => { button.textContent = "Copy"; }, 2500);
  });
  source.after(button);
}
const status = document.createElement("p");
status.className = "visually-hidden";
status.setAttribute("role", "status");
document.body.append(status);
