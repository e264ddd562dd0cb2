// Which keys do something: in the whole room, and more while a message has the focus. What they do is js/keys.js, which
// comes when one of them is first pressed; help/keys lists them.
(() => {
  const TYPED = 'input, textarea, select, [contenteditable]';
  const OPEN = ':popover-open, dialog[open], #editor > *, #answering > *, #tool > *, #composer details[open]';   // Escape closes these without us
  let wasOpen;

  function does({ key, target, ctrlKey, metaKey, altKey, shiftKey }) {
    if (ctrlKey || metaKey) return !altKey && !shiftKey && key.toLowerCase() === 'k' ? 'jump' : null;
    if (altKey) return /^Arrow(Up|Down)$/.test(key) ? 'go' : null;
    if (key === 'Escape') return wasOpen ? null : 'newest';
    if (target.closest(TYPED) || (wasOpen && wasOpen.id !== 'thread')) return null;
    if (key === '?') return 'help';
    if ((shiftKey && key !== '+') || !target.matches('[role=log], .message, .message > .more')) return null;
    if (/^(Arrow(Up|Down)|Home|End|j|k)$/.test(key)) return 'move';
    return !target.matches('[role=log]') && (key === 'Enter' ? target.matches('.message') : /^(Delete|[a-z+])$/.test(key)) ? 'act' : null;
  }

  const load = (act, event) => import('/js/keys.js').then(keys => keys[act](event));

  document.addEventListener('keydown', ({ target }) => { wasOpen = document.querySelector(OPEN) ?? target.closest('#thread:not(:empty)'); }, true);
  document.addEventListener('keydown', event => {
    const act = event.defaultPrevented || event.isComposing ? null : does(event);
    if (!act) return;
    event.preventDefault();
    load(act, event);
  });
  document.addEventListener('click', event => {
    if (!event.target.closest('a[href="/jump"]') || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    load('jump');
  });
})();
