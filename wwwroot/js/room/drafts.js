// What is typed and not sent is kept on the server, for the other devices and for whatever happens to this page.
(() => {
  const live = document.getElementById('live');
  const composer = document.getElementById('composer');
  if (!live?.dataset.live || !composer) return;

  const PAUSE = 1000, LONGEST = 5000; // so long after the last key, and at the latest, it is saved
  const DOUBT = 3000;                 // what was saved so lately may not have arrived
  const RECENT = 10 * 60000;          // so long this tab can bring back what it was left with
  const { text: input, kept, key, __RequestVerificationToken: token } = composer.elements;
  const place = `draft/${live.dataset.viewer}/${live.dataset.room}`;
  const stored = act => { try { return act(sessionStorage); } catch { return null; } };
  let timer, since = 0, before = kept.value, at = 0;

  const words = () => ({ draft: input.value, was: kept.value, key: key.value, reply: composer.elements.reply?.value ?? '' });

  function save() {
    clearTimeout(timer);
    since = 0;
    if (input.value === kept.value) return;
    const [was, now] = [kept.value, input.value];
    const detail = { path: 'draft', words: words(), lost: () => { if (kept.value === now) kept.value = was; } };
    if (live.dispatchEvent(new CustomEvent('chat:say', { detail, cancelable: true }))) return; // there is no connection: when there is
    [before, kept.value, at] = [was, now, Date.now()];
  }

  input.addEventListener('input', () => {
    since ||= Date.now();
    clearTimeout(timer);
    timer = setTimeout(save, Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
  });
  input.addEventListener('blur', save);
  live.addEventListener('chat:up', save);
  live.addEventListener('chat:sent', ({ detail: thread }) => {
    if (thread) return;
    clearTimeout(timer);
    since = at = 0;
    before = kept.value = '';
  });

  // The page may be left for the sign-in page, and the last word not be heard any more: the tab keeps it as well.
  window.addEventListener('pagehide', () => {
    const known = Date.now() - at < DOUBT ? before : kept.value;
    if (input.value === known) return;
    stored(s => s.setItem(place, JSON.stringify({ text: input.value, known, at: Date.now() })));
    navigator.sendBeacon(`/rooms/${live.dataset.room}/draft`, new URLSearchParams({ ...words(), __RequestVerificationToken: token.value }));
  });
  const left = JSON.parse(stored(s => s.getItem(place)) ?? 'null');
  stored(s => s.removeItem(place));
  // Not where another device has saved something since.
  if (left && left.known === kept.value && Date.now() - left.at < RECENT) input.value = left.text;

  document.querySelector('#composer .keep')?.remove();
})();
