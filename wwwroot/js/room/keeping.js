// What is done with a message from its menu, and shows nowhere else on the page, is said in a few words.
(() => {
  const menu = document.getElementById('menu'), toast = document.getElementById('toast');
  if (!menu) return;

  document.addEventListener('chat:done', ({ detail: { words } }) => {
    menu.hidePopover();
    toast.replaceChildren(Object.assign(document.createElement('p'), { role: 'status', textContent: words }));
  });
  // A time that cannot be taken is asked for again in the same place.
  menu.addEventListener('htmx:after:swap', () => {
    if (menu.querySelector('#when-problem:not(:empty)') && !menu.matches(':popover-open')) menu.showPopover();
  });
})();
