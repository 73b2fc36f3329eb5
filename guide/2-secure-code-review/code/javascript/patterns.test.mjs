// For each pattern: what it is for works in both versions, and the attack works in the weak one only.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import * as patterns from './patterns.mjs';

const pair = (name) => [patterns[`${name}Weak`], patterns[`${name}Fixed`]];

/** What comes of it, or that it was refused. */
const outcome = async (act) => {
  try {
    return await act();
  } catch {
    return 'refused';
  }
};

/** The same scene with both versions; `works` is what the weak one lets happen. */
function attack(what, name, works, refused, scene) {
  test(`${what}, attack`, async () => {
    const [weak, fixed] = pair(name);
    assert.deepEqual(await outcome(() => scene(weak)), works);
    assert.deepEqual(await outcome(() => scene(fixed)), refused);
  });
}

function feature(what, name, expected, scene) {
  test(`${what}, feature`, async () => {
    for (const act of pair(name)) {
      assert.deepEqual(await scene(act), expected);
    }
  });
}

function element() {
  const escape = (text) => text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);
  const box = {
    html: '',
    set innerHTML(html) {
      box.html = html;
    },
    ownerDocument: { createElement: (name) => ({ name }) },
    replaceChildren: ({ name, textContent }) => (box.html = `<${name}>${escape(textContent)}</${name}>`),
  };
  return box;
}

const shown = (act, name) => {
  const box = element();
  act(box, name);
  return box.html;
};
feature('DOM: a name', 'show', '<b>Ann</b>', (act) => shown(act, 'Ann'));
attack('DOM: a name with markup', 'show', true, false, (act) => shown(act, '<img src=x onerror=alert(1)>').includes('<img'));

const inPage = (act, state) => JSON.parse(/>(?:window\.state = )?(.*)<\/script>/s.exec(act(state))[1]);
feature('state: arrives whole', 'state', { name: 'A & B' }, (act) => inPage(act, { name: 'A & B' }));
attack('state: ends the script element', 'state', true, false, (act) => act({ name: '</script><script>alert(1)' }).includes('</script><script>'));

feature('merge: a setting', 'settings', { theme: 'dark', pageSize: 10 }, (act) => act({ theme: 'light', pageSize: 10 }, { theme: 'dark' }));
attack('merge: into the prototype', 'settings', true, 'refused', (act) => {
  try {
    act({}, JSON.parse('{"__proto__":{"isAdmin":true}}'));
    return {}.isAdmin === true;
  } finally {
    delete Object.prototype.isAdmin;
  }
});
attack('merge: a field that is not offered', 'settings', 'admin', 'refused', (act) => act({}, { role: 'admin' }).role);

test('merge: the fixed version changes all or nothing', () => {
  const settings = { theme: 'light' };
  assert.throws(() => patterns.settingsFixed(settings, { theme: 'dark', role: 'admin' }), TypeError);
  assert.deepEqual(settings, { theme: 'light' });
});

const users = {
  findOne: ({ email, pin }) =>
    email === 'ann@home.test' && (pin === '4821' || (typeof pin === 'object' && '$ne' in pin && pin.$ne !== '4821')) ? 'Ann' : undefined,
};
feature('query: the right PIN', 'user', 'Ann', (act) => act(users, { email: 'ann@home.test', pin: '4821' }));
attack('query: an operator', 'user', 'Ann', 'refused', (act) => act(users, { email: 'ann@home.test', pin: { $ne: null } }));

const data = await mkdtemp(path.join(tmpdir(), 'patterns-'));
after(() => rm(data, { recursive: true }));
for (const name of ['42', '420']) {
  await mkdir(path.join(data, name));
  await writeFile(path.join(data, name, 'price'), name);
}
feature('path: one’s own', 'read', '42', (act) => act(path.join(data, '42'), 'price'));
attack('path: two climbs', 'read', '420', 'refused', (act) => act(path.join(data, '42'), '.././../420/price'));

attack('process: a second command', 'size', 'owned\n', 'refused', (act) => act('/dev/null > /dev/null; echo owned'));
test('process, feature', async () => {
  const here = process.cwd();
  process.chdir(path.join(data, '42'));
  try {
    for (const act of pair('size')) {
      assert.match(await act('price'), /^2 /);
    }
  } finally {
    process.chdir(here);
  }
});

feature('pattern: nice names', 'nice', [true, false], (act) => [act('a nice-name'), act('../etc')]);
test('pattern: hold the process, attack', () => {
  const [weak, fixed] = pair('nice');
  const milliseconds = (act) => {
    const start = performance.now();
    act(`${'a'.repeat(25)}!`);
    return performance.now() - start;
  };
  const quickest = Math.min(...Array.from({ length: 9 }, () => milliseconds(fixed))); // others use this machine, too
  assert.ok(milliseconds(weak) > 20 * quickest);
});

feature('next: a path of ours', 'next', '/cart?step=2', (act) => act('/cart?step=2'));
for (const next of ['//evil.test/', '/\\evil.test/', '/\t/evil.test/', '/.//evil.test/']) {
  attack(`next: ${JSON.stringify(next)}`, 'next', next, '/', (act) => act(next));
}

const asked = (act, src) => {
  let to;
  act(src, (address, options) => (to = { host: new URL(address).hostname, redirect: options?.redirect ?? 'follow' }));
  return to;
};
feature('fetch: the source', 'image', 'images.example-cdn.com', (act) => asked(act, 'https://images.example-cdn.com/cat.png').host);
for (const src of ['https://images.example-cdn.com.evil.test/', 'https://images.example-cdn.com@169.254.169.254/']) {
  attack(`fetch: ${src}`, 'image', new URL(src).hostname, 'refused', (act) => asked(act, src).host);
}
test('fetch: the fixed version refuses an address that has only the origin in common', () => {
  assert.throws(() => patterns.imageFixed('blob:https://images.example-cdn.com/0f0e', () => {}), TypeError);
});
attack('fetch: a redirect', 'image', 'follow', 'error', (act) => asked(act, 'https://images.example-cdn.com/cat.png').redirect);

const paid = (act, origin) => {
  const amounts = [];
  let handler;
  act({ addEventListener: (type, listener) => (handler = listener) }, ({ amount }) => amounts.push(amount));
  handler({ origin, data: { amount: 5 } });
  return amounts;
};
feature('message: from the payment page', 'listen', [5], (act) => paid(act, 'https://pay.example'));
attack('message: from any page', 'listen', [5], [], (act) => paid(act, 'https://evil.test'));

const signedIn = (act) => {
  const res = { cookie: (name, value, flags = {}) => Object.assign(res, { name, value, flags }) };
  const sid = act({ cookies: { sid: 'planted', '__Host-sid': 'planted' } }, res);
  return { sid, ...res };
};
attack('cookie: an id that was planted', 'session', true, false, (act) => signedIn(act).sid === 'planted');
attack('cookie: read by script', 'session', true, false, (act) => !signedIn(act).flags.httpOnly);

function coupons() {
  const coupon = { usesLeft: 1 };
  const later = () => new Promise(setImmediate);
  return {
    get: async () => (await later(), { ...coupon }),
    save: async ({ usesLeft }) => (await later(), (coupon.usesLeft = usesLeft)),
    decrementIfPositive: async () => (await later(), coupon.usesLeft > 0 ? ((coupon.usesLeft -= 1), 1) : 0),
  };
}
feature('race: one after the other', 'take', [true, false], async (act) => {
  const store = coupons();
  return [await act(store, 'HALF'), await act(store, 'HALF')];
});
attack('race: ten at once', 'take', 10, 1, async (act) => {
  const store = coupons();
  const taken = await Promise.all(Array.from({ length: 10 }, () => act(store, 'HALF')));
  return taken.filter(Boolean).length;
});

const hook = (raw, secret = 'only for tests') => ({
  rawBody: Buffer.from(raw),
  body: JSON.parse(raw),
  headers: { 'x-signature': createHmac('sha256', secret).update(raw).digest('hex') },
});
feature('hook: a genuine one, and a forged one', 'genuine', [true, false], (act) => [
  act(hook('{"id":1}'), 'only for tests'),
  act(hook('{"id":1}', 'another'), 'only for tests'),
]);
// Nobody gains by it, until somebody switches the check off because genuine events fail.
attack('hook: a genuine one with a space', 'genuine', false, true, (act) => act(hook('{"id": 1}'), 'only for tests'));

attack('default: a host without the variable', 'trusted', true, false, (act) => {
  delete process.env.NODE_ENV;
  return act(false);
});
feature('default: a signed one', 'trusted', true, (act) => act(true));
