// Messages that were typed here and are not yet confirmed. Each is a form of its own below the messages, sent by htmx
// over whatever carries the room, and kept in the browser's storage until the server has said that it is on disk. Its key
// makes sending it again harmless. Where one cannot write (any more), what was kept can be copied or discarded.
(() => {
  const live = document.getElementById('live');
  const composer = document.getElementById('composer');
  const box = document.getElementById('outbox');
  if (!live.dataset.live) return;

  const INSIDE = '<input type="hidden" name="key"><input type="hidden" name="text"><input type="hidden" name="reply"><input type="hidden" name="kept"><input type="hidden" name="thread"><input type="hidden" name="also"><p class="text" dir="auto"></p>'
    + '<p class="fate"><span></span> <button type="button" class="quiet"></button> <button type="button" class="quiet">Discard</button></p>';
  const CONFIRM = 5000;           // unconfirmed for so long, a message is shown as not sent
  const WAITING = 'Not sent yet: there is no connection. It will be sent when there is.';
  const input = composer?.elements.text;
  const problem = document.getElementById('problem');
  const place = `unsent/${live.dataset.viewer}/${live.dataset.room}/`;
  const items = new Map();
  let up = false;

  const newKey = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
  const store = act => { try { return act(localStorage); } catch { return null; } };   // full, or forbidden: the page still has it

  // Of a thread: beside the room while it is open there, else with the room's own.
  const boxOf = thread => (thread && live.querySelector(`.outbox[data-thread="${thread}"]`)) || box;

  function add({ key, text, reply, kept, thread, also, at, given }, restored) {
    const form = Object.assign(document.createElement('form'), { className: 'unsent', method: 'post', action: `/rooms/${live.dataset.room}`, innerHTML: INSIDE });
    form.elements.key.value = key;
    form.elements.text.value = text;
    form.elements.reply.value = reply ?? '';
    form.elements.kept.value = kept ?? '';
    form.elements.thread.value = thread ?? '';
    form.elements.also.value = also ?? '';
    if (thread) form.dataset.thread = thread;
    form.querySelector('.text').textContent = text;
    const [first, discard] = form.querySelectorAll('button');
    first.textContent = composer ? 'Send again' : 'Copy';
    first.onclick = () => composer ? send(key) : copy(form);
    discard.onclick = () => { settle(key); (thread ? live.querySelector('.reply textarea') : input)?.focus(); };
    items.set(key, { form, text, reply, thread, also, at, discard, restored, isKept: restored, given: 0, seq: Infinity });
    boxOf(thread).append(form);
    if (restored) say(key, (given ? 'It may have been sent.' : 'Not sent.') + (composer ? '' : ' You cannot write here now.'));
    else keep(key);
    if (!composer) return;

    form.append(composer.elements.__RequestVerificationToken.cloneNode());
    arm(form);
  }

  function keep(key) {
    const item = items.get(key), { text, reply, thread, also, at, given } = item;
    item.isKept = store(s => (s.setItem(place + key, JSON.stringify({ key, text, reply, thread, also, at, given })), true));
  }

  // The browser's clipboard is for pages over TLS only; this is for all.
  function copy(form) {
    getSelection().selectAllChildren(form.querySelector('.text'));
    document.execCommand('copy');
  }

  function arm(form) {
    const overHttp = live.hasAttribute('hx-sse:connect');
    form.toggleAttribute('hx-ws:send', !overHttp);
    if (overHttp) { form.setAttribute('hx-post', form.getAttribute('action')); form.setAttribute('hx-swap', 'none'); }
    if (window.htmx) htmx.process(form, true);
  }

  function send(key) {
    const item = items.get(key);
    item.restored = false;
    if (!up) return say(key, WAITING);

    item.form.removeAttribute('data-unsent');
    item.form.querySelector('.fate span').textContent = 'Sending…';
    clearTimeout(item.timer);
    item.timer = setTimeout(() => say(key, item.given ? 'Not sent yet. It may be on its way.' : 'Not sent yet.'), CONFIRM);
    item.form.requestSubmit();
  }

  // What was given to the server and not answered cannot be taken back: it may arrive at any time.
  function give(key, more) {
    const item = items.get(key);
    if (!(item?.seq === Infinity)) return;
    item.given = Math.max(0, item.given + more);
    item.discard.hidden = item.given > 0;
    keep(key);
  }

  function say(key, why) {
    const item = items.get(key);
    if (!item) return;
    clearTimeout(item.timer);
    item.form.dataset.unsent = '';
    item.form.querySelector('.fate span').textContent = why;
  }

  function settle(key) {
    const item = items.get(key);
    store(s => s.removeItem(place + key));
    if (!item) return;
    clearTimeout(item.timer);
    item.form.remove();
    items.delete(key);
  }

  // A message is confirmed by its number, and leaves this list when the list above shows it.
  function clear() {
    const seq = Number(document.getElementById('position').value.split('.').pop());
    for (const [key, item] of items) {
      const shown = live.querySelector(`.message[data-author="${live.dataset.viewer}"][data-key="${CSS.escape(key)}"]`);
      if (shown) confirm(item, Number(shown.id.slice(2)));
      if (shown || item.seq <= seq) settle(key);
    }
  }

  // By the answer or by the list, whichever comes first.
  function confirm(item, seq) {
    if (item.seq !== Infinity) return;
    item.seq = seq;
    clearTimeout(item.timer);
    const newest = [...items.values()].at(-1) === item;   // nothing was sent since that is still under way
    if (newest && !item.restored) live.dispatchEvent(new CustomEvent('chat:stored', { detail: item }));
  }

  const answers = {
    ack({ ack, key = ack, seq }) {
      if (items.has(key)) confirm(items.get(key), seq);
      store(s => s.removeItem(place + key));
      clear();
    },
    said({ said, key = said, why }) {
      settle(key);
      live.dispatchEvent(new CustomEvent('chat:told', { detail: why }));
    },
    refused({ refused, key = refused, why }) {
      const item = items.get(key);
      give(key, -1);
      if (!item || item.thread || input.value) return say(key, why);
      input.value = item.text;
      problem.textContent = why;
      settle(key);
    },
    later({ later, key = later, why }) { give(key, -1); say(key, why); },
  };
  const answer = data => Object.keys(answers).find(kind => kind in data && (answers[kind](data), true));

  document.addEventListener('htmx:ws:before:message:incoming', ({ detail }) => {
    if (detail.message.data[0] === '{') answer(JSON.parse(detail.message.data));
  });
  for (const kind in answers) document.addEventListener('chat:' + kind, ({ detail }) => answers[kind](detail));
  for (const name of ['htmx:ws:after:message:incoming', 'htmx:sse:after:message']) document.addEventListener(name, clear);
  // Without an open connection the extension would keep it for the next one, out of reach. It is sent then by chat:up.
  document.addEventListener('htmx:ws:before:message:outgoing', event => {
    const key = event.target.elements.key.value;
    if (event.detail.connection.socket?.readyState === WebSocket.OPEN) return give(key, 1);
    event.preventDefault();
    say(key, WAITING);
  });
  live.addEventListener('htmx:before:request', ({ target }) => { if (target.matches('.unsent')) give(target.elements.key.value, 1); });
  live.addEventListener('chat:thread', () => { for (const { thread, form } of items.values()) boxOf(thread).append(form); });
  live.addEventListener('chat:up', () => { up = true; for (const [key, item] of items) if (!item.restored) send(key); });
  live.addEventListener('chat:down', () => { up = false; });
  live.addEventListener('chat:fallback', () => { for (const { form } of items.values()) { form.removeAttribute('hx-ws:send'); arm(form); } });
  window.addEventListener('storage', ({ key, newValue }) => { if (newValue === null && key?.startsWith(place)) settle(key.slice(place.length)); });

  // The room's line to write in, and that of a thread that is open beside it.
  live.addEventListener('submit', event => {
    const form = event.target;
    if (!form.matches('#composer, .reply') || event.submitter?.hasAttribute('formaction')) return;   // a tool, see tools.js
    event.preventDefault();
    const { text: field, reply, thread, also } = form.elements, problem = form.querySelector('.problem');
    const text = field.value.trim(), most = Number(form.dataset.maxLength);
    problem.textContent = !text ? 'Write something first.'
      : text.length > most ? `That is ${text.length.toLocaleString('en')} characters, and a message can have ${most.toLocaleString('en')}. Please shorten it; your text is kept.` : '';
    field.focus();
    if (problem.textContent) return;

    const key = form.elements.key.value;
    form.elements.key.value = newKey();
    add({ key, text, reply: reply?.value, kept: form.elements.kept?.value, thread: thread?.value, also: also?.checked ? 'true' : '', at: Date.now() }, false);
    field.value = '';
    if (also) also.checked = false;
    else document.getElementById('answering').replaceChildren();
    live.dispatchEvent(new CustomEvent('chat:sent', { detail: thread?.value }));
    send(key);
  });
  live.addEventListener('keydown', event => {
    // On a touch keyboard Enter is the only way to a new line, and the button is beside the thumb.
    const composes = event.isComposing || event.keyCode === 229;   // Safari says that it is over before its last Enter
    if (!event.target.matches('#text, .reply textarea') || event.key !== 'Enter' || event.shiftKey || composes || matchMedia('(pointer: coarse)').matches) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });
  if (composer) {
    composer.noValidate = true;
    composer.elements.key.value = newKey();   // of what is being written: what is kept of it meanwhile says so too
  }
  // There is none while others write here only, or nobody. From when on this person may, the page is loaded with one.
  else new MutationObserver(() => { if (live.matches(':has(> .everybody), [data-manages=yes]:has(> .managers)')) location.reload(); }).observe(live, { childList: true });

  // Where the browser keeps nothing, leaving would lose what is not sent.
  window.addEventListener('beforeunload', event => {
    for (const { isKept, seq } of items.values()) if (!isKept && seq === Infinity) event.preventDefault();
  });

  const read = key => { try { return JSON.parse(localStorage.getItem(key)); } catch { return []; } };   // not written by this page
  const kept = store(s => Object.keys(s).filter(k => k.startsWith(place)).flatMap(read)) ?? [];
  for (const item of kept.sort((a, b) => a.at - b.at)) add(item, true);
  clear();
})();
