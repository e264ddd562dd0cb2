// Messages that were typed here and are not yet confirmed. Each is a form of its own below the messages, sent by htmx
// over whatever carries the room, and kept in the browser's storage until the server has said that it is on disk. Its key
// makes sending it again harmless.
(() => {
  const live = document.getElementById('live');
  const composer = document.getElementById('composer');
  const box = document.getElementById('outbox');
  if (!composer) {
    // There is none while others write here only, or nobody. From when on this person may, the page is loaded with one.
    if (live.dataset.live) new MutationObserver(() => { if (live.matches(':has(> .everybody), [data-manages]:has(> .managers)')) location.reload(); }).observe(live, { childList: true });
    return;
  }

  const INSIDE = '<input type="hidden" name="key"><input type="hidden" name="text"><p class="text" dir="auto"></p>'
    + '<p class="fate"><span></span> <button type="button" class="quiet">Send again</button> <button type="button" class="quiet">Discard</button></p>';
  const CONFIRM = 5000;           // unconfirmed for so long, a message is shown as not sent
  const input = composer.elements.text;
  const problem = document.getElementById('problem');
  const place = `unsent/${live.dataset.viewer}/${live.dataset.room}/`;
  const items = new Map();
  let up = false;

  const newKey = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
  const store = act => { try { return act(localStorage); } catch { return null; } };   // full, or forbidden: the page still has it

  function add({ key, text, at }, restored) {
    const form = Object.assign(document.createElement('form'), { className: 'unsent', method: 'post', action: composer.action, innerHTML: INSIDE });
    form.elements.key.value = key;
    form.elements.text.value = text;
    form.querySelector('.text').textContent = text;
    form.append(composer.elements.__RequestVerificationToken.cloneNode());
    const [again, discard] = form.querySelectorAll('button');
    again.onclick = () => send(key);
    discard.onclick = () => { settle(key); input.focus(); };
    items.set(key, { form, text, restored, seq: Infinity });
    box.append(form);
    arm(form);
    items.get(key).isKept = store(s => (s.setItem(place + key, JSON.stringify({ key, text, at })), true));
    if (restored) say(key, 'Not sent.');
    return form;
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
    if (!up) return say(key, 'Not sent yet: there is no connection. It will be sent when there is.');

    item.form.removeAttribute('data-unsent');
    item.form.querySelector('.fate span').textContent = 'Sending…';
    clearTimeout(item.timer);
    item.timer = setTimeout(say, CONFIRM, key, 'Not sent yet.');
    item.form.requestSubmit();
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
      if (item.seq <= seq || document.querySelector(`#messages [data-author="${live.dataset.viewer}"][data-key="${CSS.escape(key)}"]`)) settle(key);
    }
  }

  const answers = {
    ack({ ack, key = ack, seq }) {
      const item = items.get(key);
      if (item) {
        item.seq = seq;
        clearTimeout(item.timer);
      }
      store(s => s.removeItem(place + key));
      clear();
    },
    refused({ refused, key = refused, why }) {
      const item = items.get(key);
      if (!item || input.value) return say(key, why);
      input.value = item.text;
      problem.textContent = why;
      settle(key);
    },
    later({ later, key = later, why }) { say(key, why); },
  };
  const answer = data => Object.keys(answers).find(kind => kind in data && (answers[kind](data), true));

  document.addEventListener('htmx:ws:before:message:incoming', ({ detail }) => {
    if (detail.message.data[0] === '{') answer(JSON.parse(detail.message.data));
  });
  for (const kind in answers) document.addEventListener('chat:' + kind, ({ detail }) => answers[kind](detail));
  for (const name of ['htmx:ws:after:message:incoming', 'htmx:sse:after:message']) document.addEventListener(name, clear);
  live.addEventListener('chat:up', () => { up = true; for (const [key, item] of items) if (!item.restored) send(key); });
  live.addEventListener('chat:down', () => { up = false; });
  live.addEventListener('chat:fallback', () => { for (const { form } of items.values()) { form.removeAttribute('hx-ws:send'); arm(form); } });
  window.addEventListener('storage', ({ key, newValue }) => { if (newValue === null && key?.startsWith(place)) settle(key.slice(place.length)); });

  composer.addEventListener('submit', event => {
    event.preventDefault();
    const text = input.value.trim(), most = Number(composer.dataset.maxLength);
    problem.textContent = !text ? 'Write something first.'
      : text.length > most ? `That is ${text.length.toLocaleString('en')} characters, and a message can have ${most.toLocaleString('en')}. Please shorten it; your text is kept.` : '';
    input.focus();
    if (problem.textContent) return;

    const key = newKey();
    add({ key, text, at: Date.now() }, false);
    input.value = '';
    live.dispatchEvent(new CustomEvent('chat:sent'));
    send(key);
  });
  input.addEventListener('keydown', event => {
    // On a touch keyboard Enter is the only way to a new line, and the button is beside the thumb.
    const composes = event.isComposing || event.keyCode === 229;   // Safari says that it is over before its last Enter
    if (event.key !== 'Enter' || event.shiftKey || composes || matchMedia('(pointer: coarse)').matches) return;
    event.preventDefault();
    composer.requestSubmit();
  });
  composer.noValidate = true;

  // Where the browser keeps nothing, leaving would lose what is not sent.
  window.addEventListener('beforeunload', event => {
    for (const { isKept, seq } of items.values()) if (!isKept && seq === Infinity) event.preventDefault();
  });

  const read = key => { try { return JSON.parse(localStorage.getItem(key)); } catch { return []; } };   // not written by this page
  const kept = store(s => Object.keys(s).filter(k => k.startsWith(place)).flatMap(read)) ?? [];
  for (const item of kept.sort((a, b) => a.at - b.at)) add(item, true);
  clear();
})();
