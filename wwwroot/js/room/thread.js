// Links to threads open them beside the room. Without this they lead to a page of its own; where there are scripts, that page leads here.
(() => {
  const live = document.getElementById('live');
  if (!live?.dataset.live) return;   // see beside.js

  const open = (...how) => import('/js/thread.js').then(threads => threads.show(...how));

  document.addEventListener('click', event => {
    const link = event.target.closest('a');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    if (!link.pathname.startsWith(`/rooms/${live.dataset.room}/messages/`) || !link.pathname.endsWith('/thread') || link.closest('#thread .older, #thread .newer')) return;
    event.preventDefault();
    open(link.pathname + link.search, link).catch(() => location.assign(link.href));
  });

  const asked = new URLSearchParams(location.search), thread = asked.get('thread'), at = asked.get('at');
  if (/^\d+$/.test(thread)) open(`/rooms/${live.dataset.room}/messages/${thread}/thread${/^\d+$/.test(at) ? `?at=${at}` : ''}`);
})();
