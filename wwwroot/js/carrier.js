// What carries the room's log to this page, and from which number on. A WebSocket when one can be had, else Server-Sent
// Events from the same address; docs/wire.md describes both. The position is in the page: each batch ends with its own.
(() => {
  const live = document.getElementById('live');
  const status = document.getElementById('status');
  if (!live?.dataset.live) return;

  const FIRST_TRY = 3000;         // no WebSocket within this time: there will be none here
  const SILENCE = 12000;          // heartbeats come every 5 s: without any for this long, the connection is dead
  const REMEMBER = 10 * 60000;    // so long the next pages of this tab do not try a WebSocket again
  const WORDS = { connecting: 'Connecting…', live: 'Live', fallback: 'Live, by fallback', reconnecting: 'Reconnecting…' };

  let socket, stream;             // the extensions' connection objects
  let state, since, heard = Date.now();
  let proven = false;             // a WebSocket has brought something to this page
  let answers = 0;                // plain requests answered while no WebSocket could be had

  const address = () => live.dataset.live + '?after=' + encodeURIComponent(document.getElementById('position').value);
  const isUp = () => state === 'live' || state === 'fallback';
  const on = (names, act) => names.split(' ').forEach(name => document.addEventListener(name, act));

  function show(next) {
    heard = Date.now();
    if (next === state) return;
    since = Date.now();
    state = next;
    status.textContent = WORDS[state];
    status.dataset.state = state;
    live.dispatchEvent(new CustomEvent(isUp() ? 'chat:up' : 'chat:down'));
  }

  // WebSocket. The extension reads the address anew for each socket, so it is renewed whenever one may be about to open.
  on('htmx:ws:before:connection htmx:ws:close', ({ detail }) => {
    socket = detail.connection;
    const url = new URL(address(), location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    socket.url = url.href;
  });
  on('htmx:ws:before:connection', event => { if (stream || live.hasAttribute('hx-sse:connect')) event.preventDefault(); });
  on('htmx:ws:before:message:incoming', () => { proven = true; answers = 0; show('live'); });
  on('htmx:ws:close', ({ detail }) => {
    if (detail.code === 4001) location.reload();
    else if (!live.hasAttribute('hx-sse:connect')) show(proven ? 'reconnecting' : 'connecting');
  });

  // Server-Sent Events.
  on('htmx:sse:before:connection', ({ detail }) => { stream = detail.connection; });
  on('htmx:sse:before:message', () => show('fallback'));
  on('htmx:sse:error htmx:sse:close', ({ detail }) => {
    if ([401, 403, 404].includes(detail.status)) location.reload();
    else show('reconnecting');
  });
  on('htmx:response:error', ({ target, detail }) => {
    if (target === live && [401, 403, 404].includes(detail.ctx?.response?.status)) location.reload();
  });

  // The trigger repeats until a first answer comes, which the extension itself does not; hx-sync keeps it to one.
  function useStream() {
    live.removeAttribute('hx-ws:connect');
    live.setAttribute('hx-sse:connect', address());
    live.setAttribute('hx-trigger', 'load, every 3s');
    live.setAttribute('hx-sync', 'this:drop');
    live.dispatchEvent(new CustomEvent('chat:fallback'));
  }

  function fallBack() {
    sessionStorage.setItem('stream-until', Date.now() + REMEMBER);
    if (socket) {
      socket.config.reconnect = false;
      clearTimeout(socket.timer);
    }
    useStream();
    socket?.socket?.close();
    show('connecting');
    htmx.process(live, true);
  }

  // A dead connection does not say so. Taking its close for granted starts the extension's own reconnecting.
  function drop() {
    if (stream) stream.reader?.cancel();
    else socket?.socket?.dispatchEvent(new CloseEvent('close', { code: 1006 }));
    show('reconnecting');
  }

  // A WebSocket worked here before and does not come back: is it the server that is away, or the way there that changed?
  async function ask() {
    try {
      const answer = await fetch(location.href, { method: 'HEAD', redirect: 'manual', cache: 'no-store' });
      if (answer.type === 'opaqueredirect' || [401, 403, 404].includes(answer.status)) location.reload();
      else if (answer.ok && !isUp() && ++answers >= 5) fallBack();
    } catch {
      answers = 0;
    }
  }

  function look() {
    const down = isUp() ? 0 : Date.now() - since;
    if (isUp() && !(stream && document.hidden) && Date.now() - heard > SILENCE) drop();
    else if (!stream && !live.hasAttribute('hx-sse:connect') && down > FIRST_TRY) proven ? ask() : fallBack();
  }

  if (Date.now() < Number(sessionStorage.getItem('stream-until'))) useStream();
  else live.setAttribute('hx-ws:connect', address());
  show('connecting');
  setInterval(look, 1000);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) look(); });
})();
