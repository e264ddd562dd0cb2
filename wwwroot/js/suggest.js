// Suggests what may be meant by what is being typed, as a list of the server's beside the field: arrows choose, Enter and Tab take,
// Escape closes. The field keeps the focus; screen readers are told which line is chosen, and how many there are.
const live = document.getElementById('live');
const box = Object.assign(document.createElement('div'), { className: 'suggest', hidden: true });
const list = document.createElement('div');
const count = Object.assign(document.createElement('p'), { className: 'unseen' });
count.setAttribute('role', 'status');
box.append(list);

const PAUSE = 80;               // so long after a letter the server is asked; whoever types fast asks once
let field, begun, at = -1, timer, asking;

// A command is the first word of all, and a handle is not inside of an address.
function begunIn({ value, selectionStart, selectionEnd }) {
  const before = value.slice(0, selectionStart);
  return selectionStart === selectionEnd && (/^\/\p{L}*$/u.exec(before) ?? /(?<![\p{L}\p{M}\p{N}._@-])@[\p{L}\p{M}\p{N}._-]{0,40}$/u.exec(before));
}

export function look(target) {
  const now = begunIn(target);
  clearTimeout(timer);
  asking?.abort();
  if (!now) return close();
  timer = setTimeout(() => ask(target, now), PAUSE);
  if (!box.hidden && !goesOn(list.querySelector('[aria-selected=true]'), now[0])) choose(-1);   // what is still shown may be about less
}

const goesOn = (line, word) => line?.dataset.put.toLowerCase().startsWith(word.toLowerCase()) && line.dataset.put.length > word.length;

async function ask(target, now) {
  asking = new AbortController();
  const answer = await fetch(`/rooms/${live.dataset.room}/suggest?q=${encodeURIComponent(now[0])}`, { signal: asking.signal }).catch(() => null);
  const html = answer?.ok ? await answer.text().catch(() => '') : '';
  if (begunIn(target)?.[0] === now[0] && document.activeElement === target) show(target, now, html);
}

function show(target, now, html) {
  list.innerHTML = html;
  const lines = list.querySelectorAll('[role=option]');
  if (!lines.length) return close();
  [field, begun] = [target, now];
  field.form.append(box);
  field.form.after(count);
  box.hidden = false;
  for (const [name, value] of [['aria-autocomplete', 'list'], ['aria-controls', 'suggested']]) field.setAttribute(name, value);
  count.textContent = lines.length === 1 ? '1 suggestion' : `${lines.length} suggestions`;
  // What is written out already is sent by Enter, and not put there once more.
  choose([...lines].some(line => line.dataset.put.toLowerCase() === begun[0].toLowerCase()) ? -1 : 0);
}

function choose(next) {
  const lines = [...list.querySelectorAll('[role=option]')];
  at = next === lines.length ? 0 : next;
  lines.forEach((line, i) => line.setAttribute('aria-selected', i === at));
  if (at < 0) return field.removeAttribute('aria-activedescendant');
  field.setAttribute('aria-activedescendant', lines[at].id);
  lines[at].scrollIntoView({ block: 'nearest' });
}

function take(line) {
  const target = field, { index } = begun;
  close();
  target.setRangeText(`${line.dataset.put} `, index, target.selectionStart, 'end');
  target.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

function close() {
  clearTimeout(timer);
  asking?.abort();
  if (box.hidden) return;
  box.hidden = true;
  list.replaceChildren();
  count.textContent = '';
  for (const name of ['aria-autocomplete', 'aria-controls', 'aria-activedescendant']) field.removeAttribute(name);
}

// Before anybody else hears of the key: while the list is open, Enter sends nothing.
document.addEventListener('keydown', event => {
  if (box.hidden || event.target !== field || event.isComposing || event.keyCode === 229) return;
  const line = list.querySelector('[aria-selected=true]');
  const does = {
    ArrowDown: () => choose(at + 1),
    ArrowUp: () => choose(at > 0 ? at - 1 : list.querySelectorAll('[role=option]').length - 1),
    Enter: line && !event.shiftKey ? () => take(line) : null,
    Tab: line && !event.shiftKey ? () => take(line) : null,
    Escape: close,
  }[event.key];
  if (!does) return ['Enter', 'Tab', 'ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key) ? close() : undefined;
  event.preventDefault();
  event.stopPropagation();
  does();
}, true);
box.addEventListener('pointerdown', event => event.preventDefault());   // the field keeps the focus
box.addEventListener('click', ({ target }) => { if (target.closest('[role=option]')) take(target.closest('[role=option]')); });
document.addEventListener('focusout', ({ target }) => { if (target === field) close(); });
live.addEventListener('chat:sent', close);
