// Reading the list: times as the reader's clock and calendar have them, the newest message in view while the reader is
// at the end, a count of what is new while not (in the title while the tab is hidden), and no more messages in the page
// than it can carry well.
(() => {
  const scroller = document.getElementById('scroller');
  const list = document.getElementById('messages');
  const jump = Object.assign(document.createElement('button'), { id: 'newest', type: 'button', hidden: true });
  const live = document.getElementById('live');
  if (!list) return;

  const NEAR = 100;               // px from the end that still count as being there
  const MOST = 340, KEEP = 300;   // messages in the page, at most, and after the oldest have been let go
  const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
  const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
  const calendar = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const anchors = CSS.supports('overflow-anchor', 'auto');
  const name = () => document.getElementById('room-name').textContent;
  const ending = document.title.slice(name().length);
  let atEnd = true, unseen = 0, missed = 0, height = 0, newest = 0;

  const timeOf = message => message.querySelector('time');
  const dayOf = message => new Date(timeOf(message).dateTime).toDateString();
  const numberOf = message => Number(message.id.slice(2));
  const isMessage = node => node?.classList?.contains('message');

  // The server's days are UTC; the reader's may begin elsewhere.
  function localise(message) {
    const time = timeOf(message), at = new Date(time.dateTime), before = message.previousElementSibling;
    time.textContent = clock.format(at);
    time.title = full.format(at);

    const opens = !isMessage(before) || dayOf(before) !== dayOf(message);
    let day = message.querySelector('.day');
    if (!opens) day?.remove();
    else {
      if (!day) message.prepend(day = Object.assign(document.createElement('h2'), { className: 'day' }));
      day.textContent = calendar.format(at);
    }
    message.classList.toggle('opens', opens);
  }

  function goToEnd() {
    scroller.scrollTop = 0;       // the scroller is a reversed column: its end is 0, and older messages are below 0
    atEnd = true;
    unseen = 0;
    showJump();
  }

  function showJump() {
    jump.hidden = atEnd;
    jump.textContent = unseen === 0 ? 'Newest messages' : unseen === 1 ? '1 new message' : `${unseen} new messages`;
  }

  function showTitle() {
    document.title = (missed ? `(${missed}) ` : '') + name() + ending;
  }

  function letOldestGo() {
    const messages = [...list.getElementsByClassName('message')];
    if (!atEnd || messages.length <= MOST) return;
    messages.slice(0, -KEEP).forEach(message => message.remove());

    const oldest = list.querySelector('.message'), before = numberOf(oldest), room = live.dataset.room;
    const link = Object.assign(document.createElement('a'), { href: `/rooms/${room}?before=${before}`, textContent: 'Older messages' });
    for (const [name, value] of Object.entries({ 'hx-get': `/rooms/${room}/older?before=${before}`, 'hx-trigger': 'intersect once, click', 'hx-target': 'closest .older', 'hx-swap': 'outerHTML' })) link.setAttribute(name, value);
    const older = list.querySelector('.older');
    older.className = 'older';
    older.replaceChildren(link);
    htmx.process(older);
    localise(oldest);
  }

  new MutationObserver(changes => {
    const added = changes.flatMap(change => [...change.addedNodes]).filter(isMessage).filter(message => message.isConnected);
    for (const message of added) {
      localise(message);
      if (isMessage(message.nextElementSibling)) localise(message.nextElementSibling);
    }
    for (const { removedNodes, nextSibling } of changes) {   // the day's heading may have gone with it
      if (removedNodes.length && isMessage(nextSibling) && nextSibling.isConnected) localise(nextSibling);
    }

    const grown = scroller.scrollHeight - height;
    height = scroller.scrollHeight;
    const fresh = added.filter(message => numberOf(message) > newest);
    newest = Math.max(newest, ...fresh.map(numberOf));
    const others = fresh.filter(message => message.dataset.author !== live.dataset.viewer).length;
    if (document.hidden && others) {
      missed += others;
      showTitle();
    }
    if (fresh.length && atEnd) goToEnd();
    else if (fresh.length) {
      unseen += others;
      if (!anchors) scroller.scrollTop -= grown;
      showJump();
    }
    letOldestGo();
  }).observe(list, { childList: true });

  document.addEventListener('visibilitychange', () => {
    if (document.hidden || !missed) return;
    missed = 0;
    showTitle();
  });

  // The room was given a new name.
  new MutationObserver(() => {
    showTitle();
  }).observe(document.querySelector('.bar'), { childList: true });

  scroller.addEventListener('scroll', () => {
    atEnd = scroller.scrollTop > -NEAR;
    if (atEnd) unseen = 0;
    showJump();
  }, { passive: true });
  jump.addEventListener('click', goToEnd);
  if (live.dataset.live) document.querySelector('.jump').append(jump);
  live.addEventListener('chat:sent', goToEnd);

  for (const message of list.querySelectorAll('.message')) {
    localise(message);
    newest = numberOf(message);
  }
  height = scroller.scrollHeight;
})();
