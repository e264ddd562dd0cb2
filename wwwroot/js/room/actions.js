// What somebody does with messages. The pages behind it work without this: here a message's own page of actions opens beside
// the message as a menu, its forms take the place of the line to write in, and what was just done can be undone.
(() => {
  const live = document.getElementById('live');
  const menu = document.getElementById('menu');
  const toast = document.getElementById('toast');
  const editor = document.getElementById('editor');
  const answering = document.getElementById('answering');
  const composer = document.getElementById('composer');
  const input = composer?.elements.text;
  const sent = document.getElementById('sent');
  const list = document.getElementById('messages');
  if (!list) return;

  const UNDO = 5000;              // so long sending and deleting can be undone
  let about, hide, unsend, taken; // the link that the menu belongs to; two timers; what was sent last

  const show = (url, place, swap = 'innerHTML') => htmx.ajax('GET', url, { target: place, swap });
  const back = () => { if (live.dispatchEvent(new Event('chat:back', { cancelable: true }))) input?.focus(); };   // see js/thread.js
  const writeOn = () => { const edited = editor?.querySelector('textarea'); if (edited) edited.focus(); else back(); };

  // What is sent from now on is an answer, however slow the line is to say to what.
  function answerTo(url) {
    answering.innerHTML = '<p class="answering"><input type="hidden" name="reply"><span>Answering…</span> <a class="cancel" href="#text" aria-label="Do not answer it" title="Do not answer it">✕</a></p>';
    answering.querySelector('input').value = url.split('/').at(-2);
    return show(url, answering.firstChild, 'outerHTML');
  }

  async function openMenu(link) {
    about = link.id;
    await show(link.href, menu);
    if (!menu.firstElementChild || about !== link.id) return;
    const at = document.getElementById(about) ?? link;
    if (!menu.matches(':popover-open')) menu.showPopover({ source: at });
    const box = at.getBoundingClientRect(), size = menu.getBoundingClientRect();
    menu.style.setProperty('--x', `${Math.max(8, Math.min(box.right - size.width, innerWidth - size.width - 8))}px`);
    menu.style.setProperty('--y', `${box.bottom + size.height < innerHeight ? box.bottom : Math.max(8, box.top - size.height)}px`);
    menu.querySelector('a, button').focus();
  }

  function say(words) {
    toast.replaceChildren(Object.assign(document.createElement('p'), { role: 'status', textContent: words }));
  }

  // The browser's clipboard is for pages over TLS only; this is for all.
  function copy(text) {
    const from = document.createElement('textarea');
    from.value = text;
    menu.append(from);
    from.select();
    document.execCommand('copy');
    from.remove();
  }

  // As if somebody had pointed there: it is on the page already.
  function goTo(link) {
    const message = document.getElementById(`m-${new URL(link.href).pathname.split('/').pop()}`);
    if (!message) return false;
    message.tabIndex = -1;
    message.focus({ preventScroll: true });
    message.scrollIntoView({ block: 'center' });
    return true;
  }

  const closeEditor = () => { editor.replaceChildren(); back(); };

  document.addEventListener('click', event => {
    const link = event.target.closest('a');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const place = link.dataset.into && document.querySelector(link.dataset.into);
    const does =
      link.matches('.message > .more') ? () => openMenu(link) :
      link.matches('.message > .quote') ? () => goTo(link) :
      link.matches('#editor .cancel') ? closeEditor :
      link.matches('#answering .cancel') ? () => { answering.replaceChildren(); input.focus(); } :
      place === menu ? async () => { await show(link.href, menu); menu.querySelector('input, button').focus(); } :
      place && place === answering ? () => { menu.hidePopover(); answerTo(link.dataset.from); writeOn(); } :
      place ? async () => { menu.hidePopover(); await show(link.href, place); writeOn(); } :
      link.dataset.copy ? () => { copy(link.dataset.copy); menu.hidePopover(); say('Copied.'); } : null;
    if (does && does() !== false) event.preventDefault();
  });

  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && editor?.contains(event.target)) closeEditor();
    if (event.key === 'Escape' && event.target === input && answering.firstElementChild) answering.replaceChildren();
    if (event.key === 'ArrowUp' && event.target === input && !input.value) {
      const own = list.querySelectorAll(`[data-author="${live.dataset.viewer}"] > .more`), last = own[own.length - 1];
      if (!last) return;
      event.preventDefault();
      show(last.href.replace(/more$/, 'edit'), editor);
    }
    if (event.key === 'Enter' && event.target.matches('.editor textarea') && !event.shiftKey && !event.isComposing && event.keyCode !== 229 && !matchMedia('(pointer: coarse)').matches) {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
  });
  document.addEventListener('chat:edited', closeEditor);

  // One goes on where the text ends.
  if (editor) new MutationObserver(() => {
    const text = editor.querySelector('textarea');
    text?.setSelectionRange(text.value.length, text.value.length);
  }).observe(editor, { childList: true });

  // The menu goes with what was chosen, and the focus back to where it came from, which may be another element by now.
  menu.addEventListener('submit', ({ target }) => { if (target.method === 'post') menu.hidePopover(); });
  menu.addEventListener('toggle', ({ newState }) => {
    if (newState === 'closed' && document.activeElement === document.body) document.getElementById(about)?.focus({ preventScroll: true });
  });

  new MutationObserver(() => {
    clearTimeout(hide);
    if (!toast.firstElementChild) return document.activeElement === document.body && writeOn();
    if (toast.querySelector('button') && !document.activeElement.closest('#toast, input, textarea')) toast.querySelector('button').focus({ preventScroll: true });
    hide = setTimeout(() => toast.replaceChildren(), Math.max(UNDO, toast.textContent.length * 60));
  }).observe(toast, { childList: true });
  answering?.addEventListener('htmx:response:error', () => answering.replaceChildren());
  for (const place of [menu, toast, editor, answering]) {
    place?.addEventListener('htmx:response:error', () => say('That could not be done. Please load the page again.'));
  }

  live.addEventListener('chat:told', ({ detail }) => say(detail));

  // What was sent last can be taken back as long as nobody can have read much of it.
  live.addEventListener('chat:sent', () => { if (sent) sent.hidden = true; });
  live.addEventListener('chat:stored', ({ detail: { seq, text, reply, thread } }) => {
    taken = { text, reply, thread };
    sent.action = `/rooms/${live.dataset.room}/composer?handler=TakeBack&sent=${seq}`;
    sent.hidden = false;
    clearTimeout(unsend);
    unsend = setTimeout(() => { sent.hidden = true; }, UNDO);
  });
  sent?.addEventListener('submit', async event => {
    event.preventDefault();
    sent.hidden = true;
    const { text, reply, thread } = taken, field = (thread && live.querySelector('.reply textarea')) || input;
    const answer = await fetch(sent.action, { method: 'POST', headers: { 'HX-Request': 'true' }, body: new FormData(sent) }).catch(() => ({}));
    if (!answer.ok) return say('It was sent too long ago to be taken back. It can still be deleted.');
    field.value = field.value ? `${text}\n${field.value}` : text;
    field.focus();
    if (reply && !thread) answerTo(`/rooms/${live.dataset.room}/messages/${reply}/reply`);
  });
})();
