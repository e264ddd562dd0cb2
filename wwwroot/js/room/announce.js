// What a screen reader is told: each new message of others once, as name and text; of many at a time, how many. By the
// person's choice also a short tone while nobody looks at the page, or nothing at all.
(() => {
  const live = document.getElementById('live');
  const said = document.getElementById('said');
  const thread = document.getElementById('thread');
  if (!said) return;

  const { announces, sounds } = document.documentElement.dataset;

  const GATHER = 1000;            // what comes within this time is told together
  const FEW = 3;                  // more than so many are counted
  const LONG = 300;               // of a longer message its beginning is read
  const FORGET = 20000;           // after this time nobody finds it any more who walks through the page
  const mentions = `:is([data-calls~="${live.dataset.viewer}"], [data-calls~="*"])`;
  let heard = [], forget;

  const isFor = (message, choice) => choice !== 'nothing' && (choice !== 'mentions' || message.matches(mentions));

  // As it is seen: what is hidden in it stays so.
  function read(message) {
    const text = message.querySelector('.text').cloneNode(true);
    text.querySelectorAll('details').forEach(hidden => hidden.replaceWith(hidden.querySelector('summary')));
    text.querySelectorAll('br, p, .p, li, pre, td, th').forEach(part => part.after(' '));
    text.querySelector('.edited')?.remove();
    const words = [...text.textContent.replace(/\s+/g, ' ').trim()].slice(0, LONG).join('');
    return Object.assign(document.createElement('p'), { lang: text.lang, textContent: `${message.querySelector('.by b').textContent}: ${words}` });
  }

  function tell() {
    const messages = heard.map(id => document.getElementById(id)).filter(message => message?.querySelector('.text:not(.gone)'));
    said.replaceChildren(...messages.length > FEW ? [`${messages.length} new messages`] : messages.map(read));
    heard = [];
    clearTimeout(forget);
    forget = setTimeout(() => said.replaceChildren(), FORGET);
  }

  // One that a thread shows as well is told once.
  function hear(messages) {
    if (sounds && document.hidden && messages.some(message => isFor(message, sounds))) import('/js/tone.js').then(({ play }) => play());
    const told = messages.filter(message => isFor(message, announces) && !heard.some(id => parseInt(id.slice(2)) === parseInt(message.id.slice(2)))).map(message => message.id);
    if (told.length && !heard.length) setTimeout(tell, GATHER);
    heard.push(...told);
  }

  live.addEventListener('chat:fresh', ({ detail }) => hear(detail));

  // What comes at the end of the replies is new; a thread that opens comes as a whole, with its list.
  if (thread) new MutationObserver(changes => {
    const added = changes.filter(({ target, nextSibling }) => target.matches('.replies') && !nextSibling).flatMap(({ addedNodes }) => [...addedNodes]);
    hear(added.filter(node => node.matches?.('.message') && node.isConnected && node.dataset.author !== live.dataset.viewer));
  }).observe(thread, { childList: true, subtree: true });
})();
