// The page of a template: numbers and marks beside its lines, and the checks while somebody writes.
(() => {
  "use strict";
  const form = document.getElementById("template"), text = document.getElementById("text"), lines = document.getElementById("lines");
  if (!form || !text) return;
  function number() {
    const found = document.getElementById("findings");
    const marked = new Set((found ? found.dataset.lines : "").split(" "));
    const count = text.value.split("\n").length;
    lines.replaceChildren(...Array.from({ length: count }, (_, at) => {
      const line = document.createElement("span");
      line.textContent = `${at + 1}\n`;
      if (marked.has(String(at + 1))) line.className = "bad";
      return line;
    }));
    lines.hidden = false;
    lines.scrollTop = text.scrollTop;
  }
  let timer = null, asked = 0;
  async function check() {
    const turn = ++asked;
    const body = new URLSearchParams(new FormData(form));
    body.set("do", "check");
    const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
    if (!answer || !answer.ok || turn !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of ["findings", "publish"]) {
      const now = page.getElementById(id), old = document.getElementById(id);
      if (now && old) old.replaceWith(now);
    }
    number();
  }
  text.addEventListener("input", () => {
    number();
    // Until the new text is checked it cannot be published.
    const publish = document.getElementById("publish");
    if (publish) publish.disabled = true;
    clearTimeout(timer);
    timer = setTimeout(check, 500);
  });
  text.addEventListener("scroll", () => { lines.scrollTop = text.scrollTop; });
  // A press on a finding goes to its line.
  form.addEventListener("click", (event) => {
    const found = event.target.closest("#findings li");
    if (!found || event.target.closest("button, a")) return;
    const at = text.value.split("\n").slice(0, found.dataset.line - 1).join("\n").length + 1;
    text.focus();
    text.setSelectionRange(at, at);
    text.scrollTop = (found.dataset.line - 6) * parseFloat(getComputedStyle(text).lineHeight);
  });
  number();
})();
