// Saves the answers in passing. The page works without it: the button "save" does the same.
'use strict';
(() => {
  const form = document.querySelector('form[data-saved]');
  const state = document.getElementById('state');
  if (!form || !state) return;
  let timer = 0;
  let waiting = false;
  let saving = false;

  const body = () => {
    const data = new URLSearchParams(new FormData(form));
    data.set('do', 'autosave');
    return data;
  };

  async function save() {
    if (saving) return;
    saving = true;
    waiting = false;
    try {
      const answer = await fetch(form.action, { method: 'POST', body: body(), redirect: 'manual' });
      if (!answer.ok) throw new Error(String(answer.status));
      const version = await answer.text();
      if (/^\d{1,15}$/.test(version)) form.elements.version.value = version;
      state.textContent = form.dataset.saved;
    } catch {
      state.textContent = form.dataset.failed;
    }
    saving = false;
    if (waiting) later();
  }

  function later() {
    waiting = true;
    clearTimeout(timer);
    timer = setTimeout(save, 1500);
  }

  form.addEventListener('input', later);
  form.addEventListener('submit', () => { clearTimeout(timer); waiting = false; });
  addEventListener('pagehide', () => {
    if (waiting && navigator.sendBeacon) navigator.sendBeacon(form.action, body());
  });
})();
