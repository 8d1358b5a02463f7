// The page of a template: the editor in place of the plain field, and the checks while somebody writes.
(() => {
  "use strict";
  const form = document.getElementById("template"), text = document.getElementById("text"), host = document.getElementById("editor");
  if (!form || !text || !host) return;
  let editor = null, timer = null, asked = 0;

  /** What the checks found, as marks of the editor; a fix is the press of its button beside the text. */
  function found() {
    return [...document.querySelectorAll("#findings li[data-from]")].map((one) => {
      const button = one.querySelector("button"), hint = one.querySelector("p:not(.muted)");
      return {
        from: Number(one.dataset.from),
        to: Number(one.dataset.to),
        severity: one.className,
        message: [one.querySelector("b"), hint].filter(Boolean).map((part) => part.textContent).join("\n"),
        actions: button ? [{ name: button.textContent, apply: () => button.click() }] : [],
      };
    });
  }
  /** Does what a button says and takes over what the page has then, without leaving the text. */
  async function ask(what, parts) {
    const turn = ++asked;
    const body = new URLSearchParams(new FormData(form));
    body.set("do", what);
    const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
    if (!answer) return "lost";
    if (!answer.ok || answer.redirected) return "other";
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (turn !== asked) return "overtaken";
    for (const part of parts) {
      const now = page.querySelector(part), old = document.querySelector(part);
      if (now && old) old.replaceWith(now);
    }
    const other = page.getElementById("text");
    if (other && other.value !== text.value) {
      text.value = other.value;
      if (editor) editor.replace(text.value);
    }
    if (editor) editor.mark(found());
    return "done";
  }
  function changed() {
    // An answer that is still under way is about another text.
    asked += 1;
    // Until the new text is checked it cannot be published.
    const publish = document.getElementById("publish");
    if (publish) publish.disabled = true;
    clearTimeout(timer);
    timer = setTimeout(() => ask("check", ["#findings", "#publish"]), 500);
  }
  text.addEventListener("input", changed);

  let sent = false;
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (sent || !button || !/^(check|try|fix:)/.test(button.value)) {
      sent = true;
      return;
    }
    event.preventDefault();
    clearTimeout(timer);
    button.setAttribute("aria-busy", "true");
    const field = document.activeElement.closest("input[id], select[id]");
    const became = await ask(button.value, [".tpl-beside"]);
    button.removeAttribute("aria-busy");
    if (became === "other") {
      sent = true;
      form.requestSubmit(button);
    }
    // Without a server the text stays where it is.
    if (became === "lost") document.getElementById("said").textContent = document.getElementById("live").dataset.lost;
    // Whoever types on meanwhile keeps the keyboard.
    if (became !== "done") return;
    const same = field ? document.getElementById(field.id) : document.querySelector(`.tpl-beside button[value="${CSS.escape(button.value)}"]`);
    (same || document.getElementById("problems")).focus();
  });
  // A text that was changed and not published is not left by a slip.
  window.addEventListener("beforeunload", (event) => { if (!sent && text.value !== text.defaultValue) event.preventDefault(); });
  // A press on a finding goes to its place.
  form.addEventListener("click", (event) => {
    const one = event.target.closest("#findings li[data-from]");
    if (one && editor && !event.target.closest("button, a")) editor.go(Number(one.dataset.from));
  });

  async function start() {
    if (!window.SignoffEditor) return;
    const { label, schema, words } = host.dataset;
    const answer = schema ? await fetch(schema).catch(() => null) : null;
    const writes = document.activeElement === text, at = text.selectionStart;
    host.hidden = false;
    editor = window.SignoffEditor.open(host, {
      text: text.value,
      label,
      isYaml: label.endsWith(".yaml"),
      readOnly: text.readOnly,
      schema: answer && answer.ok ? await answer.json() : null,
      words: JSON.parse(words),
      changed(now) {
        if (now === text.value) return;
        text.value = now;
        changed();
      },
    });
    text.hidden = true;
    editor.mark(found());
    if (writes) editor.go(at);
  }
  start();
})();
