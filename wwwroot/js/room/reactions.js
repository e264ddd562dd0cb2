// Presses of reactions and of the answers of polls. Each is a link to a page that does it; here it is done at once, as a button,
// and says whether one is among those who did. What the menu shows of emoji goes into the text that is being written.
(() => {
  const live = document.getElementById('live');
  const list = document.getElementById('messages');
  const menu = document.getElementById('menu');
  const input = document.getElementById('text');
  if (!list) return;

  const isMine = press => press.dataset.by.split(' ').includes(live.dataset.viewer);
  const token = () => document.querySelector('[name=__RequestVerificationToken]').value;

  function mark() {
    for (const press of document.querySelectorAll('.message a[data-by]')) {
      const pressed = String(isMine(press));
      if (press.getAttribute('aria-pressed') === pressed) continue;
      press.setAttribute('role', 'button');
      press.setAttribute('aria-pressed', pressed);
    }
  }

  // A page without a live connection is shown what came of it by the answer.
  function send(url, values) {
    const place = live.dataset.live ? { target: '#toast' } : { target: `#m-${url.match(/messages\/(\d+)/)[1]}`, swap: 'outerMorph' };
    htmx.ajax('POST', url, { ...place, values: { ...values, whole: !live.dataset.live, __RequestVerificationToken: token() } });
  }

  document.addEventListener('click', event => {
    const press = event.target.closest('.message a[data-by]');
    if (!press || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    send(press.href, { wish: isMine(press) ? 'Leave' : 'Join' });
  });
  document.addEventListener('keydown', event => {
    if (event.key !== ' ' || !event.target.matches('.message a[data-by]')) return;
    event.preventDefault();
    event.target.click();
  });

  document.addEventListener('submit', event => {
    if (live.dataset.live || !event.target.matches('.quick form, #emoji:not([data-insert])')) return;
    event.preventDefault();
    event.stopPropagation();
    menu.hidePopover();
    send(event.target.action, { emoji: event.submitter.value });
  }, true);
  document.addEventListener('submit', ({ target, submitter }) => {
    if (!target.matches('[data-insert]') || !input) return;
    input.setRangeText(submitter.value, input.selectionStart, input.selectionEnd, 'end');
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.focus();
  });
  new MutationObserver(() => {
    if (menu.querySelector('.picker') && !menu.matches(':popover-open')) menu.showPopover();
  }).observe(menu, { childList: true });

  new MutationObserver(mark).observe(live, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-by', 'aria-pressed'] });
  mark();
})();
