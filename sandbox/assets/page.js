'use strict';
// Shows two chats of the sandbox and lets one type and press as each person. Data only ever becomes text nodes.

const seconds = 1000;
// `#-500,-1001` in the address names the chats of the two panes.
const asked = (location.hash.match(/^#(-?\d+),(-?\d+)$/) || []).slice(1);
let state = null;
let panes = [];

async function control(action, body) {
  const answer = await fetch('/control/' + action, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  });
  const value = await answer.json();
  if (!value.ok) throw new Error(value.error);
  return value.result;
}

function make(tag, name, text) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  return node;
}

function clockTime(ms) {
  return new Date(ms).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

function dayName(ms) {
  return new Date(ms).toLocaleDateString([], { day: 'numeric', month: 'long' });
}

// Entities nest, so the text is cut at every border and each piece is wrapped by all that cover it.
const TAGS = {
  bold: 'b', italic: 'i', underline: 'u', strikethrough: 's', code: 'code', pre: 'code',
  blockquote: 'span', spoiler: 'span', text_link: 'a', url: 'a', bot_command: 'span', mention: 'span', text_mention: 'span',
};

function safeUrl(url) {
  return /^(https?|tg):/i.test(url) ? url : null;
}

function wrap(entity, piece, inner) {
  const node = make(TAGS[entity.type] || 'span');
  if (entity.type === 'spoiler') node.className = 'spoiler';
  if (['bot_command', 'mention', 'text_mention'].includes(entity.type)) node.className = 'command';
  if (entity.type === 'blockquote') node.className = 'quoted';
  if (node.tagName === 'A') {
    const url = safeUrl(entity.type === 'url' ? piece : entity.url || '');
    if (url) { node.href = url; node.target = '_blank'; node.rel = 'noopener noreferrer'; }
  }
  node.append(inner);
  return node;
}

function marked(text, entities) {
  const words = make('span', 'words');
  const cuts = new Set([0, text.length]);
  for (const one of entities) { cuts.add(one.offset); cuts.add(one.offset + one.length); }
  const borders = [...cuts].filter((cut) => cut >= 0 && cut <= text.length).sort((a, b) => a - b);
  for (let i = 0; i + 1 < borders.length; i++) {
    const piece = text.slice(borders[i], borders[i + 1]);
    let node = document.createTextNode(piece);
    for (const one of entities) {
      if (one.offset <= borders[i] && one.offset + one.length >= borders[i + 1]) node = wrap(one, piece, node);
    }
    words.append(node);
  }
  return words;
}

class Pane {
  constructor(root, key, preferred) {
    this.root = root;
    this.key = key;
    this.preferred = preferred;
    this.replyTo = null;
    this.prompts = new Set();
    root.append(document.getElementById('pane-template').content.cloneNode(true));
    this.find = (name) => root.querySelector('.' + name);
    this.chat = this.find('chat');
    this.person = this.find('person');
    this.log = this.find('log');
    this.chat.addEventListener('change', () => { this.remember(); this.reply(null); this.fillPeople(); this.load(); });
    this.person.addEventListener('change', () => { this.remember(); this.load(); });
    this.find('type').addEventListener('submit', (event) => { event.preventDefault(); this.send(); });
    this.find('link').addEventListener('submit', (event) => { event.preventDefault(); this.open(); });
    this.find('reply-off').addEventListener('click', () => this.reply(null));
    this.find('file').addEventListener('change', () => this.attach());
    this.find('text').addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.send(); }
    });
  }

  remember() {
    sessionStorage.setItem(this.key, JSON.stringify([this.chat.value, this.person.value]));
  }

  remembered() {
    try { return JSON.parse(sessionStorage.getItem(this.key)) || []; } catch { return []; }
  }

  chatId() { return Number(this.chat.value); }
  personId() { return Number(this.person.value); }

  async tried(work) {
    try { return await work(); } catch (error) { this.toast(error.message, false); return undefined; }
  }

  // Selects keep their choice while the list behind them grows.
  fill() {
    const groups = state.chats.filter((chat) => chat.kind !== 'private' && chat.migrated_to === null);
    const titles = [...groups.map((chat) => [chat.id, chat.title]),
      ...state.people.map((one) => [one.id, one.name + ' (private)'])];
    const moved = state.chats.find((chat) => chat.id === this.chatId() && chat.migrated_to !== null);
    const first = (groups[Math.min(this.preferred, groups.length - 1)] || {}).id;
    const wanted = moved ? moved.migrated_to : this.chat.value || this.remembered()[0] || asked[this.preferred] || first;
    options(this.chat, titles, wanted);
    this.fillPeople();
  }

  fillPeople() {
    const chat = state.chats.find((one) => one.id === this.chatId());
    const privately = !chat || chat.kind === 'private';
    const here = state.people.filter((one) => (privately ? one.id === this.chatId() : chat.members.includes(one.id)));
    options(this.person, here.map((one) => [one.id, one.name]), this.person.value || this.remembered()[1]);
    const count = here.length + (chat && ['member', 'admin'].includes(chat.bot) ? 1 : 0);
    const seat = privately ? '' : { outside: ', bot not here', kicked: ', bot kicked', admin: ', bot is admin', member: '' }[chat.bot];
    this.find('about').textContent = privately ? 'private chat' : `${chat.kind}, ${count} members${seat}`;
    const title = this.chat.selectedOptions[0] ? this.chat.selectedOptions[0].textContent : '?';
    this.find('avatar').textContent = [...title][0] || '?';
  }

  async load() {
    const chat = this.chatId();
    if (!chat) { this.log.replaceChildren(make('div', 'empty', 'No chats yet.')); return; }
    const messages = await control('messages', { chat });
    if (chat === this.chatId()) this.draw(messages);
  }

  draw(messages) {
    const atEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60;
    const byId = new Map(messages.map((message) => [message.id, message]));
    const nodes = [];
    let day = '';
    for (const message of messages) {
      if (message.deleted) continue;
      const today = dayName(message.at_ms);
      if (today !== day) nodes.push(make('div', 'day', day = today));
      nodes.push(message.service ? make('div', 'service', message.service) : this.bubble(message, byId));
    }
    if (nodes.length === 0) nodes.push(make('div', 'empty', 'No messages yet.'));
    this.log.replaceChildren(...nodes);
    if (atEnd || this.shown !== this.chatId()) this.log.scrollTop = this.log.scrollHeight;
    this.shown = this.chatId();
    this.follow(messages);
  }

  // A new prompt asks the client's app to start a reply to it by itself.
  follow(messages) {
    const open = messages.filter((one) => one.force_reply && !one.deleted);
    const last = open[open.length - 1];
    if (!last) return;
    const answered = messages.some((one) => one.reply_to === last.id);
    if (!answered && !this.prompts.has(last.id) && last === messages[messages.length - 1]) this.reply(last);
    this.prompts.add(last.id);
  }

  bubble(message, byId) {
    const own = message.from_id === this.personId();
    const node = make('div', 'message' + (own ? ' own' : '') + (message.force_reply ? ' prompt' : ''));
    node.dataset.id = message.id;
    const box = make('div', 'bubble');
    if (!own) box.append(make('div', 'from', message.from_name));
    if (message.topic !== null) box.append(make('div', 'topic', '# ' + this.topicTitle(message.topic)));
    if (message.reply_to !== null) box.append(this.quote(byId.get(message.reply_to)));
    if (message.file) box.append(fileNode(message.file));
    if (message.other) box.append(make('span', 'other', '📍 ' + message.other));
    box.append(marked(message.text, message.entities));
    const time = make('span', 'time', (message.edited ? 'edited ' : '') + clockTime(message.at_ms));
    const answer = make('button', 'answer', 'reply');
    answer.type = 'button';
    answer.addEventListener('click', () => this.reply(message));
    time.prepend(answer);
    box.append(time);
    node.append(box);
    if (message.buttons.length > 0) node.append(this.keyboard(message));
    return node;
  }

  topicTitle(id) {
    const chat = state.chats.find((one) => one.id === this.chatId());
    const known = ((chat || {}).topics || []).find(([topic]) => topic === id);
    return known ? known[1] : String(id);
  }

  quote(message) {
    const node = make('button', 'quote');
    node.type = 'button';
    if (!message || message.deleted) { node.append(make('span', '', 'Deleted message')); return node; }
    node.append(make('span', 'from', message.from_name), make('span', '', message.text || (message.file || {}).kind || ''));
    node.addEventListener('click', () => {
      const target = this.log.querySelector(`[data-id="${Number(message.id)}"]`);
      if (target) target.scrollIntoView({ block: 'center' });
    });
    return node;
  }

  keyboard(message) {
    const keys = make('div', 'keys');
    for (const row of message.buttons) {
      const line = make('div', 'row');
      for (const button of row) line.append(this.oneKey(message, button));
      keys.append(line);
    }
    return keys;
  }

  oneKey(message, button) {
    const style = ['success', 'danger'].includes(button.style) ? ' ' + button.style : '';
    if (button.url !== null) {
      const link = make('a', 'key' + style, button.label + ' ↗');
      const url = safeUrl(button.url);
      if (url) { link.href = url; link.target = '_blank'; link.rel = 'noopener noreferrer'; }
      return link;
    }
    const key = make('button', 'key' + style, button.label);
    key.type = 'button';
    key.addEventListener('click', () => this.tried(async () => {
      key.disabled = true;
      const data = { person: this.personId(), chat: this.chatId(), message: message.id, data: button.data || '' };
      try { waiting.set((await control('press_raw', data)).press, this); } finally { setTimeout(() => { key.disabled = false; }, 2 * seconds); }
      await showAnswers();
    }));
    return key;
  }

  reply(message) {
    this.replyTo = message ? message.id : null;
    this.find('reply').hidden = !message;
    this.find('reply-text').textContent = message ? message.from_name + ': ' + message.text.replaceAll('\n', ' ') : '';
    this.find('text').placeholder = (message && message.placeholder) || 'Message';
    if (message) this.find('text').focus({ preventScroll: true });
  }

  async send() {
    const box = this.find('text');
    if (!box.value.trim()) return;
    await this.tried(async () => {
      await control('send_text', { person: this.personId(), chat: this.chatId(), text: box.value, reply_to: this.replyTo });
      box.value = '';
      this.reply(null);
      this.log.scrollTop = this.log.scrollHeight;
    });
  }

  async open() {
    const box = this.find('link-text');
    const chat = state.chats.find((one) => one.id === this.chatId());
    const group = chat && chat.kind !== 'private' ? chat.id : null;
    await this.tried(async () => {
      await control('open_link', { person: this.personId(), chat: group, link: box.value.trim() });
      box.value = '';
    });
  }

  async attach() {
    const input = this.find('file');
    const file = input.files[0];
    input.value = '';
    if (!file) return;
    await this.tried(async () => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      let text = '';
      for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
      await control('send_file', {
        person: this.personId(), chat: this.chatId(), kind: kindOf(file.type), file_name: file.name,
        mime: file.type || null, caption: this.find('text').value || null, reply_to: this.replyTo, base64: btoa(text),
      });
      this.find('text').value = '';
      this.reply(null);
    });
  }

  toast(text, alert) {
    const node = make('div', alert ? 'toast alert' : 'toast', text);
    if (alert) {
      const ok = make('button', '', 'OK');
      ok.type = 'button';
      ok.addEventListener('click', () => node.remove());
      node.append(ok);
    } else {
      setTimeout(() => node.remove(), 5 * seconds);
    }
    this.find('toasts').append(node);
  }
}

function options(select, pairs, wanted) {
  const chosen = String(wanted);
  const same = select.options.length === pairs.length
    && pairs.every(([id, name], i) => select.options[i].value === String(id) && select.options[i].textContent === name);
  if (!same) {
    select.replaceChildren(...pairs.map(([id, name]) => {
      const option = make('option', '', name);
      option.value = id;
      return option;
    }));
  }
  if (pairs.some(([id]) => String(id) === chosen)) select.value = chosen;
}

function kindOf(mime) {
  if (/^image\/(png|jpeg|webp)$/.test(mime)) return 'photo';
  if (mime.startsWith('audio/ogg')) return 'voice';
  return mime.startsWith('video/') ? 'video' : 'document';
}

function fileNode(file) {
  const address = '/control/file/' + encodeURIComponent(file.file_id);
  if (file.kind === 'photo' && /^image\//.test(file.mime || '')) {
    const image = make('img', 'photo');
    image.src = address;
    image.alt = file.name || 'Photo';
    return image;
  }
  const icon = {
    photo: '🖼', voice: '🎤', video: '🎬', document: '📄', audio: '🎵', animation: '🎞', video_note: '⏺', sticker: '🏷',
  }[file.kind];
  const link = make('a', 'doc', `${icon} ${file.name || file.kind}, ${Math.max(1, Math.round(file.size / 1024))} KB`);
  link.href = address;
  link.download = file.name || file.kind;
  return link;
}

const waiting = new Map();

async function showAnswers() {
  for (const press of (state || { presses: [] }).presses) {
    const pane = waiting.get(press.id);
    if (!pane || !press.answer) continue;
    waiting.delete(press.id);
    if (press.answer.text) pane.toast(press.answer.text, press.answer.show_alert);
  }
}

function drawBar() {
  document.getElementById('bot-name').textContent = '@' + state.bot.username;
  document.getElementById('clock').textContent = new Date(state.now_ms).toLocaleString();
  const faults = state.faults ? `, ${state.faults} faults on` : '';
  document.getElementById('counts').textContent = `${state.pending_updates} updates waiting${faults}`;
}

async function watch() {
  let since = 0;
  for (;;) {
    try {
      const answer = await (await fetch('/control/watch?since=' + since)).json();
      since = answer.result.seq;
      state = answer.result.state;
      drawBar();
      for (const pane of panes) pane.fill();
      await showAnswers();
      await Promise.all(panes.map((pane) => pane.load()));
      document.getElementById('offline').hidden = true;
    } catch {
      document.getElementById('offline').hidden = false;
      await new Promise((later) => setTimeout(later, seconds));
    }
  }
}

for (const button of document.querySelectorAll('[data-advance]')) {
  button.addEventListener('click', () => panes[0].tried(() => control('advance', { seconds: Number(button.dataset.advance) })));
}
panes = [new Pane(document.getElementById('pane-client'), 'client', 0), new Pane(document.getElementById('pane-staff'), 'staff', 1)];
watch();
