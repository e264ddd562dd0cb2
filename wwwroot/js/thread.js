// A thread that is open beside the room: loaded when the first is opened, see room/thread.js. What it shows comes by the
// same connection as the room: its list takes what is meant for it while it is open.
const live = document.getElementById('live');
const panel = document.getElementById('thread');
const PAUSE = 2000;             // so often what is typed is saved
const DOUBT = 3000;             // what was saved so lately may not have arrived
const place = `threads/${live.dataset.viewer}/${live.dataset.room}`;
const stored = act => { try { return act(sessionStorage); } catch { return null; } };
const texts = JSON.parse(stored(s => s.getItem(place)) ?? '{}');   // by thread, what was typed there and not sent when it was left, and what the server had of it
let saving, saved = { before: '', at: 0 };
let href, opener, told, last;   // the last: what had the focus here before a menu, an editor or an undo took it

const number = () => href?.match(/messages\/(\d+)/)[1];
const box = () => panel.querySelector('.reply textarea');
const moved = () => live.dispatchEvent(new CustomEvent('chat:thread'));
const address = thread => history.replaceState(history.state, '', `/rooms/${live.dataset.room}${thread ? `?thread=${thread}` : ''}`);

// What is typed is kept on the server, see room/drafts.js, and by this page, as the last word may not arrive before the thread is asked for again.
const words = ({ text, kept, key, thread }) => ({ draft: text.value, was: kept.value, key: key.value, thread: thread.value });

function save() {
  clearTimeout(saving);
  saving = null;
  const fields = box()?.form.elements;
  if (!fields || fields.text.value === fields.kept.value) return;
  const { kept } = fields, was = kept.value, now = fields.text.value;
  const detail = { path: 'draft', words: words(fields), lost: () => { if (kept.value === now) kept.value = was; } };
  if (live.dispatchEvent(new CustomEvent('chat:say', { detail, cancelable: true }))) return;   // there is no connection: when there is
  kept.value = now;
  saved = { before: was, at: Date.now() };
}

function remember() {
  const fields = box()?.form.elements;
  if (!fields) return;
  const known = Date.now() - saved.at < DOUBT ? saved.before : fields.kept.value;
  delete texts[number()];
  if (fields.text.value !== known) texts[number()] = { text: fields.text.value, known };
}

function leave() {
  remember();
  save();
  document.getElementById('outbox').append(...panel.querySelectorAll('.unsent'));
}

// Not where another device has saved something since.
function bring() {
  const { text, kept } = box().form.elements, left = texts[number()];
  if (left?.known === kept.value) text.value = left.text;
  delete texts[number()];
  saved = { before: '', at: 0 };
}

// Before the first thread is shown; without it a thread is readable as well.
const styled = new Promise(done => {
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: panel.dataset.style, onload: done, onerror: done });
  document.head.append(link);
});

/** @param {string} path  @param {HTMLAnchorElement} [from]  Where the focus goes back to. */
export async function show(path, from) {
  if (from) {
    opener = from.closest('#menu') ? `r-${from.pathname.split('/')[4]}` : from.id;
    document.getElementById('menu').hidePopover();
    told = null;
  }
  const again = path === href;
  const answer = await fetch(path, { headers: { 'HX-Request': 'true' } }).catch(() => ({}));
  if (!answer.ok) return again || location.assign(path);
  const html = await answer.text();
  await styled;
  const focus = document.activeElement === box();
  if (href) leave();
  href = path;
  await htmx.swap({ sourceElement: panel, target: panel, text: html, swap: 'innerHTML' });
  moved();
  address(number());
  if (!box()) return (again ? null : panel.querySelector('.log').focus());
  box().form.noValidate = true;
  bring();
  if (!focus && again) return;
  (panel.querySelector('[aria-current]') ?? box()).focus();
  if (!panel.contains(document.activeElement)) panel.querySelector('.log').focus();   // nobody writes here any more
}

function close() {
  leave();
  href = told = null;
  panel.replaceChildren();
  moved();
  address();
  (document.getElementById(opener) ?? document.getElementById('text') ?? document.getElementById('scroller')).focus();
}

function readTo() {
  const newest = [...panel.querySelectorAll('.replies > .message')].at(-1), form = panel.querySelector('form');
  const upto = newest && parseInt(newest.id.slice(2), 10);
  if (!upto || upto === told || document.hidden || !form) return;
  if (told) fetch(`/rooms/${live.dataset.room}/messages/${number()}/read`, { method: 'POST', body: new URLSearchParams({ upto, __RequestVerificationToken: form.elements.__RequestVerificationToken.value }) }).catch(() => { told = 0; });
  told = upto;
}

panel.addEventListener('click', event => {
  if (!event.target.closest('.close') || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  close();
});
panel.addEventListener('keydown', event => {
  if (event.key === 'ArrowUp' && event.target === box() && !box().value) {
    const own = [...panel.querySelectorAll(`.replies > [data-author="${live.dataset.viewer}"] > .more`)].at(-1);
    if (!own) return;
    event.preventDefault();
    htmx.ajax('GET', own.href.replace(/more$/, 'edit'), { target: '#editor', swap: 'innerHTML' });
  }
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  event.stopPropagation();
  close();
});

// What is done from here with a message ends here: the focus comes back to it, and an answer is written in the thread.
const note = ({ target }) => {
  if (panel.contains(target)) last = { target, id: target.closest('.message')?.id };
  else if (!target.closest('#menu, #editor, #toast')) last = null;
};
document.addEventListener('focusin', note);
panel.addEventListener('click', note);   // Safari does not give a link the focus
live.addEventListener('chat:back', event => {
  const message = last?.id && document.getElementById(last.id), to = last?.target.isConnected ? last.target : message ?? box();
  if (!last || !to) return;
  event.preventDefault();
  if (to === message && to.tabIndex < 0) to.tabIndex = -1;
  to.focus({ preventScroll: true });
});
document.addEventListener('click', event => {
  if (!last || !box() || !event.target.closest('#menu [data-into="#answering"]')) return;
  event.preventDefault();
  event.stopPropagation();
  document.getElementById('menu').hidePopover();
  box().focus();
}, true);
new MutationObserver(changes => {
  if (changes.some(({ target, addedNodes }) => target.id === 'thread-anew' && addedNodes.length)) show(href);
  live.dispatchEvent(new CustomEvent('chat:times', { detail: panel }));
  readTo();
}).observe(panel, { childList: true, subtree: true });
document.addEventListener('visibilitychange', readTo);
panel.addEventListener('input', ({ target }) => { if (target === box()) saving ??= setTimeout(save, PAUSE); });
panel.addEventListener('focusout', save);
live.addEventListener('chat:up', save);
window.addEventListener('pagehide', () => {
  remember();
  stored(s => s.setItem(place, JSON.stringify(texts)));
  const form = box()?.form;
  if (texts[number()]) navigator.sendBeacon(`/rooms/${live.dataset.room}/draft`, new URLSearchParams({ ...words(form.elements), __RequestVerificationToken: form.elements.__RequestVerificationToken.value }));
});
live.addEventListener('chat:sent', ({ detail }) => {
  if (!detail) return;
  clearTimeout(saving);
  saving = null;
  box().form.elements.kept.value = '';
  saved = { before: '', at: 0 };
  panel.querySelector('.log').scrollTop = 0;
});
