// The pages of the staff: news arrive by themselves, cards can be dragged, and everything has a key.
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const main = () => $("#main");

  // News: the page is asked for again and put over the old one; not while a card is in the hand or a field in use.
  let heard = 0, shown = 0, flights = 0, waiting = false, dragging = false, refreshing = false, swapped = false, source = null;
  // Where the log stood when this page was drawn: what is told of up to there, the own steps too, is on it.
  const stands = () => Math.max(shown, Number(main().dataset.position) || 0);
  const catchUp = () => { if (!flights && (waiting || heard > stands())) refresh(); };
  // What was typed and not sent is nobody's to put away.
  const typed = new Set();
  document.addEventListener("input", (event) => { if (event.target.matches("main textarea, main input, main select")) typed.add(event.target); });
  document.addEventListener("submit", (event) => { for (const field of typed) if (field.form === event.target) typed.delete(field); }, true);
  const isChosen = (field) => [...field.options].some((option) => option.selected !== option.defaultSelected);
  const isTyped = (field) => field.isConnected && (field.options ? isChosen(field) : /^(checkbox|radio)$/.test(field.type) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue);
  const busy = () => {
    const at = document.activeElement;
    return dragging || !!$("dialog[open]") || [...typed].some(isTyped) || (at && at.matches && at.matches("main input, main textarea, main select"));
  };
  async function refresh() {
    if (!main() || !main().dataset.live) return;
    if (busy()) { waiting = true; return; }
    waiting = false;
    const focused = document.activeElement && document.activeElement.closest("[data-task]");
    const task = focused && focused.dataset.task;
    const asked = heard;
    refreshing = true;
    swapped = false;
    try {
      await htmx.ajax("GET", location.pathname + location.search, { target: "#main", select: "#main", swap: "outerMorph" });
    } finally {
      refreshing = false;
    }
    // Without an answer it stays behind, until there is news again: the first thing that a new connection tells.
    if (swapped) { shown = Math.max(shown, asked); catchUp(); }
    ready();
    if (task) focus($(`[data-task="${CSS.escape(task)}"]`));
  }
  document.addEventListener("htmx:before:swap", (event) => {
    // What was begun while the answer was on its way is not taken out of the hand.
    if (refreshing && busy()) { event.preventDefault(); waiting = true; }
  });
  document.addEventListener("htmx:after:swap", () => { swapped = true; ready(); });
  // The answer to an own step shows it: news that come while it is on its way are looked at afterwards.
  document.addEventListener("htmx:before:request", () => { flights += 1; });
  document.addEventListener("htmx:finally:request", () => { flights -= 1; if (!refreshing) setTimeout(catchUp, 0); });
  function listen() {
    if (source || document.hidden || !$("#live")) return;
    source = new EventSource("/live?at=" + encodeURIComponent(location.pathname));
    source.addEventListener("open", () => $("#live").classList.add("on"));
    source.addEventListener("error", () => {
      $("#live").classList.remove("on");
      // Closed for good, as by a server that is being replaced: asked again a little later.
      if (source && source.readyState === EventSource.CLOSED) { source = null; setTimeout(listen, 3000); }
    });
    source.addEventListener("news", (event) => {
      heard = Number(event.data);
      catchUp();
    });
    source.addEventListener("here", (event) => {
      const [count, names] = event.data.split("\n");
      $("#live span").textContent = count;
      $("#live small").textContent = names || "";
    });
  }
  function hush() {
    if (source) { source.close(); source = null; $("#live").classList.remove("on"); }
  }
  document.addEventListener("visibilitychange", () => (document.hidden ? hush() : listen()));
  document.addEventListener("focusout", () => setTimeout(catchUp, 50));
  document.addEventListener("close", catchUp, true);

  // Cards: what may be dropped where is the server's to say; the card goes back when it says no.
  function ready() {
    for (const zone of $$(".drop-zone")) {
      if (Sortable.get(zone)) continue;
      Sortable.create(zone, {
        group: { name: "board", put: (to) => may(to.el) }, draggable: ".tk", animation: still ? 0 : 120, delay: 120, delayOnTouchOnly: true,
        onStart: (event) => { dragging = true; lift(event.item.dataset.task, event.from); },
        onEnd: (event) => {
          dragging = false;
          // A place that does not take the card says why, as the server does.
          const under = over(event.originalEvent), no = under && !may(under) ? under : null;
          drop();
          // Where the hand let go counts, and not what the card lay over on the way.
          if (no) move(event.item.dataset.task, no.dataset.column);
          else if (event.to !== event.from) move(event.item.dataset.task, event.to.dataset.column);
          else catchUp();
        },
      });
    }
  }
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  // While a card is in the hand, the columns that would not take it say so, each with its reason.
  let closed = null, lifted = 0;
  const may = (zone) => !closed || !closed.has(zone.dataset.column);
  async function lift(task, from) {
    closed = null;
    const mine = ++lifted;
    const answer = await fetch(`${place(task)}/moves`).catch(() => null);
    if (!answer || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // The card may be down by now, or another one in the hand.
    if (!dragging || mine !== lifted) return;
    const open = new Set($$("[data-open]", page).map((one) => one.dataset.open)).add(from.dataset.column);
    closed = new Map($$(".drop-zone").filter((zone) => !open.has(zone.dataset.column)).map((zone) => [zone.dataset.column, zone]));
    for (const [column, zone] of closed) {
      zone.parentElement.classList.add("shut");
      const why = $(`[data-closed="${CSS.escape(column)}"] .lines`, page);
      if (!why) continue;
      const words = document.createElement("p");
      words.className = "why small";
      words.textContent = why.textContent.trim().split("\n")[0];
      zone.before(words);
    }
  }
  function drop() {
    closed = null;
    for (const column of $$(".col.shut")) column.classList.remove("shut");
    for (const words of $$(".why")) words.remove();
  }
  function over(event) {
    const at = event && (event.changedTouches ? event.changedTouches[0] : event);
    const found = at && document.elementFromPoint(at.clientX, at.clientY);
    const column = found && found.closest(".col");
    return column && $(".drop-zone", column);
  }
  const place = (task) => `/p/${task.split("/").map(encodeURIComponent).join("/")}`;
  const door = () => { location.href = "/login?to=" + encodeURIComponent(location.pathname + location.search); };
  async function move(task, to) {
    let said = null;
    flights += 1;
    try {
      const answer = await fetch(`${place(task)}/move`, { method: "POST", body: new URLSearchParams({ to }), redirect: "manual" });
      if (answer.status === 401) return door();
      if (answer.type !== "opaqueredirect") {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        said = ($(".gate", page) || $("main", page)).textContent;
      }
    } catch {
      said = $("#live").dataset.lost;
    } finally {
      flights -= 1;
    }
    waiting = false;
    await refresh();
    if (said) show(said);
  }
  function show(text) {
    const dialog = $("#menu");
    dialog.replaceChildren();
    const words = document.createElement("p");
    words.className = "lines";
    words.textContent = text.trim();
    const form = document.createElement("form");
    form.method = "dialog";
    const button = document.createElement("button");
    button.className = "btn pri";
    button.textContent = "OK";
    form.append(button);
    dialog.append(words, form);
    dialog.removeAttribute("aria-labelledby");
    dialog.showModal();
    $("#said").textContent = text.trim();
  }

  // Find: Ctrl K opens the page of it in a dialog; what is typed is looked for while it is typed.
  let looked = 0;
  async function find() {
    const dialog = $("#find");
    if (dialog.open || $("dialog[open]")) return;
    dialog.showModal();
    await look(dialog, "");
    const input = $("input[type=search]", dialog);
    if (!input) return dialog.close();
    input.focus();
    input.addEventListener("input", () => look(dialog, input.value));
  }
  async function look(dialog, typed) {
    const mine = ++looked;
    const answer = await fetch("/find?q=" + encodeURIComponent(typed)).catch(() => null);
    if (answer && answer.status === 401) return door();
    if (!answer || !answer.ok || mine !== looked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const hits = $("#hits", page), form = $("form.find", page), none = $("#nothing", page);
    if (!$("form.find", dialog)) dialog.replaceChildren(form, hits);
    else $("#hits", dialog).replaceWith(hits);
    for (const old of $$("#nothing", dialog)) old.remove();
    if (none) dialog.append(none);
    choose(dialog, 0);
    $("#said").textContent = none ? none.textContent : $$("li", hits).length;
  }
  function choose(dialog, at) {
    const all = $$("#hits a", dialog);
    all.forEach((hit, place) => hit.classList.toggle("chosen", place === at));
    if (all[at]) all[at].scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("keydown", (event) => {
    const dialog = $("#find[open]");
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.code === "KeyK" && $("#find")) {
      event.preventDefault();
      return void find();
    }
    if (!dialog || event.isComposing) return;
    const all = $$("#hits a", dialog);
    const at = all.findIndex((hit) => hit.classList.contains("chosen"));
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(dialog, Math.min(Math.max(at + (event.key === "ArrowDown" ? 1 : -1), 0), all.length - 1));
    }
    if (event.key === "Enter" && all[at] && event.target.matches("input")) {
      event.preventDefault();
      location.href = all[at].href;
    }
  });

  // Keys: everything without a mouse.
  const cards = () => $$(".tk");
  const current = () => document.activeElement && document.activeElement.closest(".tk");
  const focus = (card) => { const link = card && $("h3 a", card); if (link) link.focus(); };
  function step(by) {
    const all = cards();
    if (!all.length) return;
    const at = all.indexOf(current());
    focus(all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)]);
  }
  async function menu() {
    const card = current();
    if (!card) return;
    const answer = await fetch(`${place(card.dataset.task)}/moves`).catch(() => null);
    if (!answer) return show($("#live").dataset.lost);
    if (answer.status === 401) return door();
    if (!answer.ok) return;
    const dialog = $("#menu");
    dialog.innerHTML = await answer.text();
    dialog.setAttribute("aria-labelledby", "menu-title");
    dialog.showModal();
    const first = $("button.btn", dialog);
    if (first) first.focus();
    dialog.dataset.task = card.dataset.task;
  }
  document.addEventListener("submit", (event) => {
    const dialog = event.target.closest("#menu");
    if (!dialog || event.target.method === "dialog") return;
    event.preventDefault();
    dialog.close();
    move(dialog.dataset.task, new FormData(event.target).get("to"));
  });
  // Working time: on the panel, or on the panel of the card that is chosen.
  function time() {
    const card = current(), link = card && $("h3 a", card), fold = $("#time");
    if (link) {
      const to = new URL(link.href);
      to.searchParams.set("open", "time");
      location.href = to.href;
    } else if (fold) unfold(fold);
  }
  function unfold(fold) {
    fold.open = true;
    const first = $("input:not([type=hidden]), textarea", fold);
    if (first) first.focus();
  }
  const keys = {
    KeyT: time, KeyJ: () => step(1), KeyK: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1), KeyM: menu,
    KeyN: () => { location.href = "/new"; }, KeyB: () => { location.href = "/board"; }, KeyD: () => { location.href = "/today"; }, "/": find,
    "?": () => $("#keys").showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || $("dialog[open]")) return;
    // What is written in may lie in a shadow root.
    const [at] = event.composedPath();
    if (at.matches("input, textarea, select") || at.isContentEditable) return;
    // The place of a key counts and not its letter: a Ukrainian layout has other ones there.
    const key = keys[event.key] ? event.key : event.code;
    const arrow = key.startsWith("Arrow");
    if (!keys[key] || (arrow && !current())) return;
    event.preventDefault();
    keys[key]();
  });

  // A new project asks only for the roles of the chosen service.
  function roles() {
    const service = $("input[name=service]:checked");
    for (const role of $$(".role[data-services]")) {
      role.hidden = service ? !role.dataset.services.split(" ").includes(service.value) : false;
    }
  }
  document.addEventListener("change", (event) => { if (event.target.name === "service") roles(); });

  document.addEventListener("DOMContentLoaded", () => { ready(); roles(); listen();
    // Not by a fragment: a browser takes the focus away when it goes to one.
    const fold = new URLSearchParams(location.search).get("open") === "time" && $("#time");
    if (fold) unfold(fold);
  });
})();
