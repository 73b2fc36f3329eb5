// Every feature works in both versions; every attack works on the vulnerable one only.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as vulnerable from './device-login.mjs';
import * as fixed from './device-login.fixed.mjs';

const PIN_KEY = 'only for tests';
const VIERA = 'viera@home.test';

// A document database that knows one operator, as the real ones know many.
const matches = (value, condition) =>
  typeof condition === 'object' && condition !== null ? '$ne' in condition && value !== condition.$ne : value === condition;

function site() {
  const rows = [{ email: VIERA, pin: '4821', pinHash: fixed.pinHash(PIN_KEY, VIERA, '4821').toString('hex'), userId: 5 }, { email: 'no-pin@home.test', userId: 6 }];
  const counts = new Map();
  return {
    sessions: new Map(),
    pinKey: PIN_KEY,
    devices: {
      findOne: async (query) => rows.find((row) => Object.entries(query).every(([key, value]) => matches(row[key], value))),
    },
    limits: {
      add: async (key) => counts.set(key, (counts.get(key) ?? 0) + 1).get(key),
      clear: async (key) => counts.delete(key),
    },
    counts,
    /** A quarter of an hour passes. */
    wait: () => [...counts.keys()].filter((key) => !key.startsWith('failures ')).forEach((key) => counts.delete(key)),
  };
}

let clients = 0;

/** What the visitor gets: code, body, cookie, address; and whose session it is. */
async function login(api, { body, headers = {}, cookies = {}, query = {}, ip = `client ${(clients += 1)}`, at = site() }) {
  const res = {
    status(code) {
      this.code = code;
      return this;
    },
    json(answer) {
      this.body = answer;
      return this;
    },
    cookie(name, value, flags) {
      Object.assign(this, { name, sid: value, flags });
    },
    redirect(address) {
      this.code = 302;
      this.address = address;
      return this;
    },
  };
  await api.deviceLogin({ body, headers, cookies, query, ip }, res, at);
  return { ...res, user: at.sessions.get(res.sid)?.userId };
}

for (const [version, api] of Object.entries({ vulnerable, fixed })) {
  describe(`features, ${version}`, () => {
    test('signs a television in', async () => {
      const { code, user, address } = await login(api, { body: { email: VIERA, pin: '4821' } });
      assert.deepEqual({ code, user, address }, { code: 302, user: 5, address: '/watch' });
    });

    test('leads back to the page that asked', async () => {
      const { address } = await login(api, { body: { email: VIERA, pin: '4821' }, query: { next: '/film/7?from=2' } });
      assert.equal(address, '/film/7?from=2');
    });

    test('refuses a wrong PIN, and takes the right one after it', async () => {
      const at = site();
      assert.equal((await login(api, { at, body: { email: VIERA, pin: '0000' } })).code, 401);
      assert.equal((await login(api, { at, body: { email: VIERA, pin: '4821' } })).user, 5);
    });

    test('each sign-in has a session of its own, and an etag of eight characters', async () => {
      const [one, two] = [await login(api, { body: { email: VIERA, pin: '4821' } }), await login(api, { body: { email: VIERA, pin: '4821' } })];
      assert.notEqual(one.sid, two.sid);
      assert.match(api.etag(one.sid), /^[0-9a-f]{8}$/);
    });
  });
}

describe('attacks', () => {
  for (const body of [{ email: VIERA, pin: { $ne: null } }, { email: { $ne: 'x' }, pin: { $ne: null } }]) {
    test(`N2-1 sign in with ${JSON.stringify(body)}`, async () => {
      const attack = async (api) => (await login(api, { body })).user;
      assert.equal(await attack(vulnerable), 5);
      assert.equal(await attack(fixed), undefined);
    });
  }

  for (const body of [undefined, {}, { email: VIERA }, { email: VIERA, pin: 4821 }, { email: [VIERA], pin: '4821' }, { email: 'x'.repeat(255), pin: '4821' }, { email: VIERA, pin: '4821\n' }]) {
    test(`N2-1 the fixed version refuses ${JSON.stringify(body)}`, async () => {
      assert.equal((await login(fixed, { body })).code, 400);
    });
  }

  test('N2-2 know the session before the victim signs in', async () => {
    const attack = async (api) => {
      const at = site();
      const { sid } = await login(api, { at, body: { email: VIERA, pin: '4821' }, cookies: { sid: 'planted', '__Host-sid': 'planted' } });
      return [sid, at.sessions.has('planted')];
    };
    assert.deepEqual(await attack(vulnerable), ['planted', true]);
    const [sid, known] = await attack(fixed);
    assert.match(sid, /^[0-9a-f]{32}$/);
    assert.equal(known, false);
  });

  test('N2-3 try every PIN with a header that changes', async () => {
    const attack = async (api) => {
      const at = site();
      for (let pin = 4700; pin < 4900; pin += 1) {
        const headers = { 'x-forwarded-for': `10.0.${pin % 256}.${pin % 250}` };
        if ((await login(api, { at, headers, ip: 'one', body: { email: VIERA, pin: String(pin) } })).user) {
          return pin;
        }
      }
      return 'refused';
    };
    assert.equal(await attack(vulnerable), 4821);
    assert.equal(await attack(fixed), 'refused');
  });

  test('N2-3 try every PIN from another address each time', async () => {
    const attack = async (api) => {
      const at = site();
      for (let pin = 4800; pin < 4830; pin += 1) {
        const ip = `192.0.2.${pin - 4800}`;
        if ((await login(api, { at, headers: { 'x-forwarded-for': ip }, ip, body: { email: VIERA, pin: String(pin) } })).user) {
          return pin;
        }
      }
      return 'refused';
    };
    assert.equal(await attack(vulnerable), 4821);
    assert.equal(await attack(fixed), 'refused');
  });

  test('N2-3 try every PIN with patience', async () => {
    const attack = async (api) => {
      const at = site();
      for (let pin = 4600; pin < 4900; pin += 1) {
        if (pin % 5 === 0) {
          at.wait();
        }
        const headers = { 'x-forwarded-for': `10.2.${pin % 256}.${pin % 250}` };
        if ((await login(api, { at, headers, body: { email: VIERA, pin: String(pin) } })).user) {
          return pin;
        }
      }
      return 'refused';
    };
    assert.equal(await attack(vulnerable), 4821);
    assert.equal(await attack(fixed), 'refused');
  });

  test('N2-3 the fixed version answers alike after a hundred tries, and takes the PIN no more', async () => {
    const at = site();
    const answers = new Set();
    for (let n = 0; n < 110; n += 1) {
      at.wait();
      for (const email of [VIERA, 'nobody@home.test', `${n}@home.test`]) {
        answers.add(JSON.stringify((await login(fixed, { at, body: { email, pin: '0000' } })).body));
      }
    }
    at.wait();
    assert.equal((await login(fixed, { at, body: { email: VIERA, pin: '4821' } })).code, 401);
    assert.equal(answers.size, 1);
    assert.deepEqual([...at.counts.keys()].filter((key) => key.startsWith('failures ')).sort(), ['failures of nobody', `failures ${VIERA}`]);
  });

  test('N2-4 the fixed version answers alike where an account has no PIN', async () => {
    assert.equal((await login(fixed, { body: { email: 'no-pin@home.test', pin: '0000' } })).code, 401);
  });

  test('N2-3 try one PIN on many accounts', async () => {
    const attack = async (api) => {
      const at = site();
      const codes = new Set();
      for (let account = 0; account < 100; account += 1) {
        const headers = { 'x-forwarded-for': `10.1.0.${account}` };
        codes.add((await login(api, { at, headers, ip: 'one', body: { email: `a${account}@home.test`, pin: '1234' } })).code);
      }
      return codes.has(429);
    };
    assert.equal(await attack(vulnerable), false);
    assert.equal(await attack(fixed), true);
  });

  test('N2-4 learn who is a customer', async () => {
    const attack = async (api) => {
      const known = await login(api, { body: { email: VIERA, pin: '0000' } });
      const unknown = await login(api, { body: { email: 'nobody@home.test', pin: '0000' } });
      return known.code !== unknown.code || known.body.error !== unknown.body.error;
    };
    assert.equal(await attack(vulnerable), true);
    assert.equal(await attack(fixed), false);
  });

  test('N2-5 read the cookie by script, over plain http, a year later', async () => {
    const attack = async (api) => {
      const { name, flags } = await login(api, { body: { email: VIERA, pin: '4821' } });
      return [!flags.httpOnly, !flags.secure, !flags.sameSite, !name.startsWith('__Host-'), flags.maxAge > 90 * 24 * 3600 * 1000];
    };
    assert.deepEqual(await attack(vulnerable), [true, true, true, true, true]);
    assert.deepEqual(await attack(fixed), [false, false, false, false, false]);
  });

  for (const next of ['cart', '//[', ['/cart'], undefined]) {
    test(`N2-6 the fixed version goes to its own page for ${JSON.stringify(next)}`, async () => {
      assert.equal((await login(fixed, { body: { email: VIERA, pin: '4821' }, query: { next } })).address, '/watch');
    });
  }

  for (const next of ['https://evil.test/', '//evil.test/', '/\\evil.test/', '/\t/evil.test/', '/.//evil.test/', '/a/..//evil.test/', 'javascript:alert(1)']) {
    test(`N2-6 end on ${JSON.stringify(next)}`, async () => {
      const attack = async (api) => (await login(api, { body: { email: VIERA, pin: '4821' }, query: { next } })).address;
      assert.equal(await attack(vulnerable), next);
      assert.equal(await attack(fixed), '/watch');
    });
  }
});
