// What carries the room's log to this page, and from which number on; docs/wire.md describes it. A WebSocket when one can
// be had; else a stream of events; and where something on the way keeps a stream back, one answer after the other.
// The position is in the page: each batch ends with its own.
(() => {
  const live = document.getElementById('live');
  const status = document.getElementById('status');
  if (!live?.dataset.live) return;

  const FIRST_TRY = 3000;         // no WebSocket within this time from the first try: there will be none here
  const SILENCE = 12000;          // heartbeats come every 5 s: without any for this long, the connection is dead
  const STALLED = 5000;           // behind, or about to connect, for so long without getting nearer: something went wrong
  const STALE = 15000;            // so long after the page was last right it says from when on it may not be
  const REMEMBER = 10 * 60000;    // so long the next pages of this tab do not try again what did not work
  const IDLE = 10 * 60000;        // nobody has touched the page for so long: nobody is looking at it
  const SAY_AGAIN = 20000;        // without a WebSocket it has to be said again that somebody is
  const PROBE = 5000;             // a plain request that has no answer by then gets none
  const PROBES = 5;               // plain requests that are answered while a carrier is not: it is the carrier's fault
  const page = Math.random().toString(36).slice(2, 12); // what it calls itself, among the pages of its session
  const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: document.documentElement.dataset.clock });
  const WORDS = {
    connecting: () => 'Connecting…', live: () => 'Live', fallback: () => 'Live, by fallback', asking: () => 'Live, by asking',
    behind: () => lack > 0 ? `Catching up: ${lack} new` : 'Catching up…', reconnecting: () => 'Reconnecting…',
    stale: () => `Out of date since ${clock.format(right)}`,
  };

  let socket, stream, request;    // the extensions' connection objects, and the request behind a stream
  let state, since, right = Date.now(), heard = right;
  let head, lack, place;          // the newest position there is, how many events are missing, and where the page stands
  let begun = Infinity;           // when a WebSocket was tried first: on a slow line htmx itself takes a while to come
  let proven = false;             // a WebSocket has brought something to this page
  let answers = 0, silences = 0, tried = 0, probing = false;
  let touched = Date.now(), told = {}, seen; // when there was a sign of somebody, what the server knows of that, and up to where they have looked

  const position = () => document.getElementById('position').value;
  const until = name => Date.now() < Number(sessionStorage.getItem(name));
  const remember = name => sessionStorage.setItem(name, Date.now() + REMEMBER);
  const streams = () => live.hasAttribute('hx-sse:connect');
  const isAsking = () => streams() && until('ask-until');
  const address = () => `${live.dataset.live}?after=${encodeURIComponent(position())}&shown=${document.getElementById('shown').value}${streams() ? `&page=${page}${isHere() ? '&here' : ''}` : ''}${isAsking() ? isUp() ? '&once' : '&once=now' : ''}`;
  const isHere = () => !document.hidden && Date.now() - touched < IDLE;
  const isRight = () => ['live', 'fallback', 'asking'].includes(state);
  const isUp = () => isRight() || state === 'behind';
  const on = (names, act) => names.split(' ').forEach(name => document.addEventListener(name, act));

  function show(next) {
    if ((next === 'connecting' || next === 'reconnecting') && Date.now() - right > STALE) next = 'stale';
    const was = isUp();
    if (next !== state) since = Date.now();
    state = next;
    if (isRight()) right = Date.now();
    const words = WORDS[state]();
    if (status.textContent !== words) status.textContent = words;
    status.dataset.state = state;
    if (was !== isUp()) live.dispatchEvent(new CustomEvent(isUp() ? 'chat:up' : 'chat:down'));
  }

  // Whatever comes is a sign of life; whether the page is right depends on its number.
  function hear() {
    heard = Date.now();
    answers = silences = 0;
    if (isHere()) seen = position();
    if (position() !== place) [place, since] = [position(), heard];
    const [[epoch, has], [now, newest]] = [position(), head ?? position()].map(p => p.split('.'));
    lack = epoch === now ? newest - has : NaN;
    show(!(lack <= 0) ? 'behind' : isAsking() ? 'asking' : streams() ? 'fallback' : 'live');
    tell();
  }

  // Whether somebody is looking at the page decides what is unread, and who is shown as here. Who comes back to it, or to its
  // end, has read also what they kept unread.
  function tell(end) {
    const here = isHere(), by = streams() ? 'post' : socket?.socket, back = here && (end || told.here === false);
    if (!isUp() || (!back && here === told.here && by === told.by && !(streams() && here && Date.now() - told.at > SAY_AGAIN))) return;
    const at = { ...(here || seen ? { at: here ? position() : seen } : {}), ...(back ? { back } : {}) };
    told = { here, by, at: Date.now() };
    if (!say('here', { here, ...at }, () => { told = {}; })) told = {};
  }

  // What a page says beside its messages: a frame, or without a WebSocket a form of its own.
  function say(path, words, lost) {
    if (!streams()) {
      const is = socket?.socket?.readyState === WebSocket.OPEN;
      if (is) socket.socket.send(JSON.stringify(words));
      return is;
    }
    const body = new URLSearchParams({ page, ...words, __RequestVerificationToken: document.forms[0].elements.__RequestVerificationToken.value });
    fetch(live.dataset.live.replace(/live$/, path), { method: 'POST', body }).then(answer => { if (!answer.ok) lost?.(); }, lost);
    return true;
  }
  live.addEventListener('chat:say', event => { if (isUp() && say(event.detail.path, event.detail.words, event.detail.lost)) event.preventDefault(); });

  // WebSocket. The extension reads the address anew for each socket, so it is renewed whenever one may be about to open.
  on('htmx:ws:before:connection htmx:ws:close', ({ detail }) => {
    [socket, tried] = [detail.connection, Date.now()];
    begun = Math.min(begun, tried);
    const url = new URL(address(), location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    socket.url = url.href;
  });
  on('htmx:ws:before:connection', event => { if (streams()) event.preventDefault(); });
  on('htmx:ws:before:message:incoming', ({ detail }) => {
    const data = detail.message.data;
    if (data.startsWith('{"head"')) head = JSON.parse(data).head;
    proven = true;
  });
  on('htmx:ws:after:message:incoming', hear);
  on('htmx:ws:close', ({ detail }) => {
    if (detail.code === 4001) location.reload();
    else if (!streams()) show(proven ? 'reconnecting' : 'connecting');
  });

  // Server-Sent Events. The extension asks for the first address again and again, so each request is given the newest.
  on('htmx:config:request', ({ target, detail }) => { if (target === live) (request = detail.ctx.request).action = address(); });
  on('htmx:sse:before:connection', ({ detail }) => {
    stream = detail.connection;
    request.action = address();
  });
  live.addEventListener('head', ({ detail }) => { head = detail.data; });
  on('htmx:sse:after:message', hear);
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
    live.setAttribute('hx-sse:connect', live.dataset.live);
    live.setAttribute('hx-trigger', 'load, every 3s');
    live.setAttribute('hx-sync', 'this:drop');
    live.dispatchEvent(new CustomEvent('chat:fallback'));
  }

  function fallBack() {
    remember('stream-until');
    if (socket) {
      socket.config.reconnect = false;
      clearTimeout(socket.timer);
    }
    useStream();
    socket?.socket?.close();
    show('connecting');
    htmx.process(live, true);
  }

  // Something on the way hands an answer over only when it is complete. So each ends after what there was to say.
  function askInstead() {
    remember('ask-until');
    if (stream) stream.abortController.abort();
    else request?.abort();
    stream?.reader?.cancel();
    show('reconnecting');
  }

  // A dead connection does not say so. Taking its close for granted starts the extension's own reconnecting.
  const giveUpSocket = () => socket?.socket?.dispatchEvent(new CloseEvent('close', { code: 1006 }));

  function drop() {
    heard = Date.now();
    show('reconnecting');
    if (!streams()) giveUpSocket();
    else if (++silences > 1 && !until('ask-until')) askInstead();
    else stream?.reader?.cancel();
  }

  // What carries the room does not come, or not any more: is it the server that is away, or the way there?
  async function probe() {
    if (probing) return;
    probing = true;
    try {
      const answer = await fetch(live.dataset.live, { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(PROBE) });
      if ([401, 403, 404].includes(answer.status)) location.reload();
      else if (answer.ok && !isUp() && ++answers >= PROBES) {
        answers = 0;
        if (!streams()) fallBack();
        else if (!until('ask-until')) askInstead();
      }
    } catch {
      answers = 0;
    } finally {
      probing = false;
    }
  }

  function look() {
    const now = Date.now();
    if (isUp()) {
      if (!(streams() && document.hidden) && (now - heard > SILENCE || (state === 'behind' && now - since > STALLED))) drop();
    } else {
      if (!streams() && proven && socket.socket?.readyState === WebSocket.CONNECTING && now - tried > STALLED) giveUpSocket();
      const works = streams() || proven;   // or did
      if (now - (works ? since : begun) > FIRST_TRY && !(streams() && document.hidden)) works ? probe() : fallBack();
      show(state);
    }
    tell();
  }

  if (until('stream-until')) useStream();
  else live.setAttribute('hx-ws:connect', address());
  show('connecting');
  setInterval(look, 1000);
  on('visibilitychange', () => {
    if (document.hidden) return tell();
    if (streams()) heard = since = Date.now(); // the stream was given back, and is asked for anew
    look();
  });
  for (const name of ['pointerdown', 'keydown', 'wheel']) document.addEventListener(name, () => { touched = Date.now(); }, { passive: true });
  window.addEventListener('online', look);
  live.addEventListener('chat:newest', () => tell(true));
})();
