// What the keys do that room/keys.js has noticed: the box to jump from, the list of the keys, from room to room, and from
// message to message. The pages behind the box work without it.
const live = document.getElementById('live');
const scroller = document.getElementById('scroller');
const menu = document.getElementById('menu');
const box = document.body.appendChild(Object.assign(document.createElement('dialog'), { id: 'box' }));
box.setAttribute('aria-labelledby', 'box-title');
const JUMP = '<h2 id="box-title" class="unseen">Jump to…</h2><form method="get" action="/jump" role="search"><label for="q">Room or person</label><input id="q" name="q" maxlength="100" dir="auto" autocomplete="off" spellcheck="false" enterkeyhint="go"></form>'
  + '<div id="found"></div><p id="count" class="unseen" role="status"></p><p class="hint"><a href="/help/keys">Keys</a></p>';
const ACTIONS = { Enter: '', m: '' };   // these open the menu and no more
let wanted, asked, stop, hasLost;

const question = () => box.querySelector('#q');
const answers = () => [...box.querySelectorAll('.destinations :is(a, button)')];

function open() {
  const rooms = document.getElementById('rooms');
  if (rooms.matches(':popover-open')) rooms.hidePopover();   // on a phone
  if (!box.open) box.showModal();
}

// One types at once; what there is comes a moment later.
export function jump() {
  box.innerHTML = JUMP;
  open();
  findQuietly();
}

export async function help() {
  await htmx.ajax('GET', '/help/keys', { target: box, swap: 'innerHTML' });
  if (box.querySelector('.keys')) open();
}

async function find() {
  asked?.abort();
  asked = new AbortController();
  const found = box.querySelector('#found'), typed = question().value;
  const answer = await fetch(`/jump?q=${encodeURIComponent(typed)}`, { headers: { 'HX-Request': 'true' }, signal: asked.signal });
  if (!answer.ok) return location.reload();
  found.innerHTML = await answer.text();
  found.dataset.for = typed;
  const count = answers().length;
  box.querySelector('#count').textContent = typed && count ? `${count} found` : '';
}

const findQuietly = () => find().catch(() => {});   // another question has come, or there is no connection

box.addEventListener('input', findQuietly);
box.addEventListener('submit', async event => {
  if (!event.target.contains(question())) return;
  event.preventDefault();
  if ((box.querySelector('#found').dataset.for ?? '') !== question().value) await findQuietly();
  answers()[0]?.click();
});
box.addEventListener('keydown', event => {
  const all = answers(), at = all.indexOf(document.activeElement);
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    (all[event.key === 'ArrowDown' ? at < 0 ? Math.min(1, all.length - 1) : at + 1 : at - 1] ?? (at < 0 ? all.at(-1) : question()))?.focus();
  } else if (at >= 0 && event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey) question()?.focus();   // and is typed there
});
box.addEventListener('click', event => {
  if (event.target === box) box.close();   // beside it
  if (!event.target.closest('[href="/help/keys"]')) return;
  event.preventDefault();
  help();
});

// Whatever is open goes first; what was typed stays.
export function newest() {
  const thread = document.querySelector('#thread .close'), panel = document.querySelector('.bar details[open]');
  if (thread) return thread.click();
  if (panel) {
    panel.open = false;
    return panel.querySelector('summary').focus();
  }
  const onward = document.querySelector('.onward a');
  if (onward) return onward.click();
  live.dispatchEvent(new Event('chat:newest'));
  (document.getElementById('text') ?? scroller).focus({ preventScroll: true });
}

export function go({ key, shiftKey }) {
  const rooms = [...document.querySelectorAll('#room-list a')].filter(a => !shiftKey || a.matches('[aria-current], :has(.mark > b)'));
  const at = rooms.findIndex(a => a.matches('[aria-current]')), step = key === 'ArrowDown' ? 1 : -1;
  const next = rooms.at((at < 0 && step < 0 ? 0 : at) + step) ?? rooms[0];
  if (next && !next.matches('[aria-current]')) next.click();
}

// One message has the focus, or would have it next; the other ones are not stops of the Tab key.
function stand(message) {
  stop?.removeAttribute('tabindex');
  stop = message;
  name(message);
  message.focus({ preventScroll: true });
  message.scrollIntoView({ block: 'nearest' });
}

function name(message) {
  const text = message.querySelector('.text').cloneNode(true);
  text.querySelectorAll('details:not([open])').forEach(hidden => hidden.replaceWith(hidden.querySelector('summary')));
  message.tabIndex = 0;
  message.setAttribute('aria-label', `${message.querySelector('.by b').textContent}, ${message.querySelector('.by time').textContent}: ${text.textContent.trim().slice(0, 300)}`);
}

// One that somebody changes comes without this, and would lose the focus.
live.addEventListener('focusout', ({ target }) => { hasLost = target === stop && !stop.hasAttribute('tabindex'); });
new MutationObserver(() => {
  if (!stop?.isConnected || stop.hasAttribute('tabindex')) return;
  name(stop);
  if (hasLost) stop.focus({ preventScroll: true });
}).observe(live, { subtree: true, attributeFilter: ['tabindex'] });

export function move({ key }) {
  const log = document.activeElement.closest('[role=log]');
  const messages = [...log.querySelectorAll('.message')], at = messages.indexOf(document.activeElement.closest('.message'));
  const seen = messages.findLastIndex(message => message.getBoundingClientRect().top < log.getBoundingClientRect().bottom);
  const to = key === 'Home' ? 0 : key === 'End' ? messages.length - 1 : at < 0 ? seen : at + (key === 'ArrowDown' || key === 'j' ? 1 : -1);
  if (messages[to]) stand(messages[to]);
}

// By the menu of the message, which knows what this person may do with it. What cannot be undone is asked for.
export function act({ key }) {
  const more = document.activeElement.closest('.message')?.querySelector('.more');
  if (!more) return;
  more.click();
  wanted = ACTIONS[key] ?? key;
}

// A menu that never came leaves its key to no other.
live.addEventListener('click', ({ target }) => { if (target.closest('.more')) wanted = null; });

menu.addEventListener('toggle', ({ newState }) => {
  if (newState !== 'open') return;
  const item = wanted && menu.querySelector(`[data-key="${CSS.escape(wanted)}"]`);
  wanted = null;
  if (item) item.classList.contains('bad') ? item.focus() : item.click();
});
