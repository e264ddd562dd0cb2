// Sets a fresh server up for measuring: a site, people, rooms. Prints one signed-in cookie a line.
//   node people.mjs http://127.0.0.1:5000 --people 20 --rooms 500
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

const Password = 'correct horse';
const first = new Browser();
await first.send('/setup', { Site: 'Bench', Name: 'Person 1', Password });
const invite = (await first.go('/invite')).text.match(/\/join\/[a-z0-9]+/)[0];
const people = [first];
for (let i = 2; i <= option('people'); i++) {
  const person = new Browser();
  await person.send(invite, { Name: `Person ${i}`, Password });
  people.push(person);
}
for (let i = 2; i <= option('rooms'); i++) await first.send('/rooms/new', { Name: `Room ${i}`, About: '' });

for (const person of people) console.log(`chat=${person.cookies.get('chat')}`);
