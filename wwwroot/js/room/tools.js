// The composer's tools: a menu that closes as menus do, and what they put above the line to write in, which goes when something is sent.
(() => {
  const menu = document.querySelector('#composer .tools');
  const place = document.getElementById('tool');
  if (!menu) return;

  const input = document.getElementById('text');
  const close = () => { menu.open = false; };
  const leave = () => { place.replaceChildren(); input.focus(); };

  document.addEventListener('click', ({ target }) => { if (!menu.contains(target)) close(); });
  menu.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || !menu.open) return;
    event.preventDefault();
    close();
    menu.firstElementChild.focus();
  });
  menu.addEventListener('htmx:before:request', close);
  menu.addEventListener('htmx:after:swap', () => { if (!place.querySelector('[autofocus]') && !document.querySelector('#menu .picker')) input.focus(); });
  place.addEventListener('click', event => {
    if (!event.target.closest('.cancel')) return;
    event.preventDefault();
    leave();
  });
  place.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    leave();
  });
  document.getElementById('live').addEventListener('chat:sent', ({ detail }) => { if (!detail) place.replaceChildren(); });
})();
