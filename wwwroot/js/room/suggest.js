// Whom an @ may call and what a slash can do is suggested by a script of its own, which comes when one is first typed.
(() => {
  let look;

  document.addEventListener('input', async ({ target, isComposing }) => {
    const live = document.getElementById('live');
    if (isComposing || !target.matches('#live textarea[name=text]') || !(look || /[@/]/.test(target.value))) return;
    look ??= (await import(live.dataset.suggest).catch(() => ({}))).look;   // no connection: it is asked for with the next letter
    look?.(target);
  });
})();
