// Who is typing. Nothing is said more often than it has to be, and nothing that is not so any more is shown.
(() => {
  const live = document.getElementById('live');
  const input = document.querySelector('#composer #text');
  if (!live?.dataset.live) return;

  const AGAIN = 3000; // the others believe it for 5 s
  let said = 0;

  function say(typing) {
    said = typing ? Date.now() : 0;
    live.dispatchEvent(new CustomEvent('chat:say', { detail: { path: 'typing', words: { typing } }, cancelable: true }));
  }

  if (live.dataset.typing) input?.addEventListener('input', () => {
    if (input.value ? Date.now() - said > AGAIN : said) say(!!input.value);
  });
  live.addEventListener('chat:sent', () => { said = 0; });

  // Whoever was typing has said it now; and whoever hears nothing knows nothing.
  const clear = () => document.getElementById('typing').replaceChildren();
  new MutationObserver(changes => {
    const of = document.getElementById('typing').dataset.of?.split(' ') ?? [];
    if (changes.some(change => [...change.addedNodes].some(node => of.includes(node.dataset?.author)))) clear();
  }).observe(document.getElementById('messages'), { childList: true });
  live.addEventListener('chat:down', clear);
})();
