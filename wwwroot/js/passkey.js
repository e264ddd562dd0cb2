// Passkeys: the one thing that a form cannot do by itself. A form with data-passkey asks the server what to ask the
// browser for, has the browser make or find a passkey, and is then sent as any other form, with the passkey in it.
(() => {
  const knows = window.PublicKeyCredential?.parseCreationOptionsFromJSON && PublicKeyCredential.parseRequestOptionsFromJSON;
  const words = {
    NotAllowedError: 'That was not finished. Please try again.',
    InvalidStateError: 'This device has a passkey for you here already.',
    SecurityError: 'There are no passkeys at this address: it has to be a name, and to begin with https.',
  };
  if (!knows) return;

  document.querySelectorAll('[data-without-passkeys]').forEach(hint => hint.hidden = true);
  document.querySelectorAll('form[data-passkey]').forEach(form => {
    const button = form.querySelector('button'), problem = Object.assign(document.createElement('p'), { className: 'problem', role: 'alert' });
    form.hidden = false;
    form.addEventListener('submit', async event => {
      event.preventDefault();
      problem.remove();
      button.disabled = true;
      try {
        if (await fill(form)) form.submit();
      } catch (e) {
        problem.textContent = words[e.name] ?? 'That did not work. Please try again.';
        button.before(problem);
      } finally {
        button.disabled = false;
      }
    });
  });

  async function fill(form) {
    const answer = await fetch(`${form.action.split('?')[0]}?handler=Options`, { method: 'POST', body: new FormData(form) });
    if (answer.status === 422) return refuse(form, new DOMParser().parseFromString(await answer.text(), 'text/html'));
    if (!answer.ok) throw new Error(answer.status);

    const options = await answer.json();
    const credential = form.dataset.passkey === 'create'
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    form.elements.Credential.value = JSON.stringify(credential);
    return true;
  }

  // The words are where they would be had the form been sent: beside its fields.
  function refuse(form, page) {
    for (const problem of form.querySelectorAll('.problem[id]')) {
      problem.textContent = page.getElementById(problem.id).textContent.trim();
      if (problem.textContent) form.querySelector(`[aria-describedby=${problem.id}]`).focus();
    }
    return false;
  }
})();
