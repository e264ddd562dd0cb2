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
  const hourCycle = document.documentElement.dataset.clock;   // as the person likes it, or else as the browser does
  const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle });
  const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium', hourCycle });
  const calendar = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const anchors = CSS.supports('overflow-anchor', 'auto');
  const name = () => document.getElementById('room-name').textContent;
  const ending = document.title.slice(name().length);
  const line = Object.assign(document.createElement('p'), { id: 'fresh', className: 'fresh' });
  const icon = document.querySelector('link[rel=icon]'), plain = icon.getAttribute('href');
  const passed = anchors && new CSSStyleSheet();   // an old Safari has neither
  const isForward = scroller.matches('.forward');
  let atEnd = !isForward, unseen = 0, missed = 0, newest = 0, opened = 0;
  let more = '';                  // that there were more than those counted
  let held, place, at;            // what is read, where it stands, and how far the list was scrolled then

  const timeOf = message => message.querySelector('time');
  const dayOf = message => new Date(timeOf(message).dateTime).toDateString();
  const isNearEnd = () => !isForward && scroller.scrollTop > -NEAR;
  const topOf = element => element.getBoundingClientRect().top;
  const numberOf = message => Number(message.id.slice(2));
  const besides = (message, way) => message[way] === line ? line[way] : message[way];
  const isMessage = node => node?.classList?.contains('message');

  // What says so already is left alone: to write is a change, and changes are looked at.
  const write = (element, words) => { if (element.textContent !== words) element.textContent = words; };

  // The server's days are UTC; the reader's may begin elsewhere.
  function localise(message) {
    for (const time of message.getElementsByTagName('time')) {
      const then = new Date(time.dateTime);
      write(time, clock.format(then));
      time.title = full.format(then);
    }
    const at = new Date(timeOf(message).dateTime), before = besides(message, 'previousElementSibling') ?? (message.closest('.replies') && message.closest('.log').querySelector('.root > *'));

    const opens = !isMessage(before) || dayOf(before) !== dayOf(message);
    let day = message.querySelector('.day');
    if (!opens) day?.remove();
    else {
      if (!day) message.prepend(day = Object.assign(document.createElement('h2'), { className: 'day' }));
      write(day, calendar.format(at));
    }
    message.classList.toggle('opens', opens);
  }

  // What is read is the first text whose beginning can be seen, or else the one that fills all that can be seen. Browsers
  // would rather hold the message of which the end can be seen above it: that one is taken out of their consideration.
  function hold() {
    const { top, bottom } = scroller.getBoundingClientRect(), texts = [...list.querySelectorAll('.message > .text')];
    const first = texts.findIndex(text => topOf(text) >= top && topOf(text) < bottom), above = texts[first - 1]?.parentElement.id;
    if (anchors && above !== held) passed.replaceSync(above ? `#${above}{overflow-anchor:none}` : '');
    held = anchors ? above : texts[first] ?? texts.findLast(text => topOf(text) < top);
    if (!anchors) [at, place] = [scroller.scrollTop, held && topOf(held)];
  }

  // Where the browser holds nothing: the list is pinned to its end, so what grows below would push up what is read.
  function keep() {
    if (atEnd || anchors) return;
    if (!held?.isConnected || scroller.scrollTop !== at) return hold();
    scroller.scrollTop += topOf(held) - place;
    at = scroller.scrollTop;
  }

  function goToEnd() {
    scroller.scrollTop = 0;       // the scroller is a reversed column: its end is 0, and older messages are below 0
    atEnd = true;
    unseen = 0;
    if (!document.hidden) more = '';
    showJump();
  }

  function showJump() {
    jump.hidden = atEnd;
    jump.textContent = unseen === 0 ? 'Newest messages' : unseen === 1 && !more ? '1 new message' : `${unseen}${more} new messages`;
  }

  // What came here while nobody looked, and where one is mentioned elsewhere.
  function showTitle() {
    const elsewhere = [...document.querySelectorAll('#room-list a:not([aria-current]) .at')].reduce((sum, at) => sum + parseInt(at.textContent.slice(1)), 0);
    const count = missed + elsewhere, title = (count ? `(${count}${missed ? more : ''}) ` : '') + name() + ending;
    if (document.title !== title) document.title = title;
    const shown = count ? icon.dataset.unread : plain;
    if (icon.getAttribute('href') !== shown) icon.href = shown;
  }

  // Above the first message that is new to whoever opened the page: the list itself is the same for all.
  function drawLine() {
    const { read, fresh, room, viewer } = live.dataset;
    const news = read ? [...list.getElementsByClassName('message')].filter(message => numberOf(message) > read && message.dataset.author !== viewer) : [];
    if (!news.length) return line.remove();

    const words = 'New since you were here', above = fresh - news.filter(message => numberOf(message) <= opened).length;
    line.textContent = words;
    line.role = above > 0 ? null : 'separator';
    line.ariaLabel = above > 0 ? null : words;
    if (above > 0) line.append(': ', Object.assign(document.createElement('a'), { href: `/rooms/${room}?after=${read}`, textContent: `${above} more above` }));
    news[0].before(line);
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
      const next = besides(message, 'nextElementSibling');
      if (isMessage(next)) localise(next);
    }
    // What changes inside of a message comes with the server's times.
    for (const message of new Set(changes.map(({ target }) => (target.closest ? target : target.parentElement)?.closest('.message')))) {
      if (message?.isConnected) localise(message);
    }
    for (const { removedNodes, nextSibling } of changes) {   // the day's heading may have gone with it
      if (removedNodes.length && isMessage(nextSibling) && nextSibling.isConnected) localise(nextSibling);
    }

    const fresh = added.filter(message => numberOf(message) > newest);
    // A page that was away for long gets the end of the list alone.
    if (fresh.length && newest && !document.getElementById(`m-${newest}`)) more = '+';
    newest = Math.max(newest, ...fresh.map(numberOf));
    const fromOthers = fresh.filter(message => message.dataset.author !== live.dataset.viewer), others = fromOthers.length;
    if (others) live.dispatchEvent(new CustomEvent('chat:fresh', { detail: fromOthers }));
    if (document.hidden && others) {
      missed += others;
      showTitle();
    }
    if (fresh.length && atEnd) goToEnd();
    else if (fresh.length) {
      unseen += others;
      showJump();
    }
    letOldestGo();
    if (live.dataset.read && (!line.isConnected || added.some(message => numberOf(message) < newest))) drawLine();
    keep();
  }).observe(list, { childList: true, subtree: true, characterData: true });

  document.addEventListener('visibilitychange', () => {
    if (document.hidden || !missed) return;
    missed = 0;
    if (atEnd) more = '';
    showTitle();
  });

  // The room was given a new name, or something is unread elsewhere.
  const titles = new MutationObserver(showTitle);
  titles.observe(document.querySelector('.bar'), { childList: true });
  titles.observe(document.getElementById('rooms'), { childList: true, subtree: true });

  scroller.addEventListener('scroll', () => {
    atEnd = isNearEnd();
    if (atEnd) [unseen, at, more] = [0, 0, document.hidden ? more : ''];
    else if (anchors || scroller.scrollTop !== at) hold();
    showJump();
  }, { passive: true });
  jump.addEventListener('click', () => live.dispatchEvent(new Event('chat:newest')));
  live.addEventListener('chat:newest', goToEnd);
  document.addEventListener('chat:kept', ({ detail }) => {
    opened = newest;
    Object.assign(live.dataset, { read: detail.read, fresh: 0 });
    drawLine();
  });
  if (live.dataset.live) document.querySelector('.jump').append(jump);
  live.addEventListener('chat:sent', ({ detail }) => { if (!detail) goToEnd(); });
  live.addEventListener('chat:times', ({ detail }) => detail.querySelectorAll('.message').forEach(localise));

  for (const message of list.querySelectorAll('.message')) {
    localise(message);
    newest = numberOf(message);
  }
  opened = newest;
  drawLine();
  // At its very beginning a browser would not hold the place, and seeing the link to older messages brings them.
  if (isForward) list.querySelector('.message')?.scrollIntoView();
  if (line.isConnected && !location.hash) {
    line.scrollIntoView();
    atEnd = isNearEnd();
    unseen = atEnd ? 0 : Number(live.dataset.fresh);
    showJump();
  }
  if (anchors) document.adoptedStyleSheets.push(passed);
  const sizes = new ResizeObserver(keep);
  sizes.observe(list);
  sizes.observe(scroller);
  showTitle();
})();
