// Lets people join a seeded site by its invite link. Prints one signed-in cookie a line.
//   node people.mjs http://127.0.0.1:5000 --people 20
const [url, ...options] = process.argv.slice(2);
const option = name => Number(options[options.indexOf('--' + name) + 1]);

class Browser {
  cookies = new Map();

  async go(path, form) {
    const answer = await fetch(url + path, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: this.cookie, ...(form && { 'content-type': 'application/x-www-form-urlencoded' }) },
      body: form && new URLSearchParams(form),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = line.split(';')[0].split(/=(.*)/s);
      this.cookies.set(name, value);
    }
    return { status: answer.status, text: await answer.text() };
  }

  async send(path, fields) {
    const { text } = await this.go(path);
    const token = text.match(/__RequestVerificationToken" type="hidden" value="([^"]+)"/)[1];
    const answer = await this.go(path, { ...fields, __RequestVerificationToken: token });
    if (answer.status !== 302) throw new Error(`${path} answered ${answer.status}`);
  }

  get cookie() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

for (let i = 1; i <= option('people'); i++) {
  const person = new Browser();
  await person.send('/join/seeded-invite-link', { Name: `Person ${i}`, Password: 'correct horse' });
  console.log(`chat=${person.cookies.get('chat')}`);
}
