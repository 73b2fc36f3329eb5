// Every feature works in both versions; every attack works on the vulnerable one only.
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import * as vulnerable from './profile-patch.mjs';
import * as fixed from './profile-patch.fixed.mjs';

const ALICE = {
  id: 7,
  displayName: 'Alice',
  bio: '',
  language: 'en-GB',
  notifications: { email: true, sms: true },
  email: 'alice@shop.test',
  role: 'customer',
  balanceCents: 0,
  passwordHash: 'hash of Alice',
};
const BOB = { ...ALICE, id: 8, displayName: 'Bob', email: 'bob@shop.test', passwordHash: 'hash of Bob' };

const SHOWN = ['id', 'displayName', 'bio', 'language', 'notifications', 'email'];

const own = Object.getOwnPropertyNames(Object.prototype);
afterEach(() => {
  for (const name of Object.getOwnPropertyNames(Object.prototype)) {
    if (!own.includes(name)) {
      delete Object.prototype[name];
    }
  }
});

function reply() {
  return {
    status(code) {
      this.code = code;
      return this;
    },
    json(body) {
      this.body = JSON.parse(JSON.stringify(body));
      return this;
    },
  };
}

// One PATCH of `id` by `userId` (null: nobody signed in), its body as it comes off the wire: the answer, whose record
// was asked for, and what is stored afterwards.
async function patch({ patchProfile }, body, { userId = 7, id = '7', meanwhile = {} } = {}) {
  const stored = new Map([ALICE, BOB].map((user) => [String(user.id), structuredClone(user)]));
  const asked = [];
  const users = {
    get: async (wanted) => {
      asked.push(wanted);
      const user = structuredClone(stored.get(wanted));
      Object.assign(stored.get(wanted) ?? {}, meanwhile); // what another request writes after this one has read
      return user;
    },
    save: async (user) => stored.set(String(user.id), structuredClone(user)),
    update: async (wanted, fields) => Object.assign(stored.get(wanted), structuredClone(fields)),
  };
  const req = {
    params: { id },
    session: userId === null ? undefined : { userId },
    body: body === undefined ? undefined : JSON.parse(body),
  };
  const res = await patchProfile(req, reply(), { users });
  return { code: res.code, body: res.body, asked, alice: stored.get('7'), bob: stored.get('8') };
}

function admits({ requireAdmin }, session) {
  let admitted = false;
  const res = reply();
  requireAdmin({ session }, res, () => {
    admitted = true;
  });
  assert.equal(res.code, admitted ? undefined : 403);
  return admitted;
}

for (const [version, api] of Object.entries({ vulnerable, fixed })) {
  describe(`features, ${version}`, () => {
    for (const change of [{ displayName: 'Ann' }, { bio: 'x', language: 'fr' }, { bio: '' }, {}]) {
      test(`saves and shows ${JSON.stringify(change)} and leaves the rest`, async () => {
        const { code, body, alice, bob } = await patch(api, JSON.stringify(change));
        assert.equal(code, 200);
        assert.deepEqual(alice, { ...ALICE, ...change });
        assert.deepEqual(bob, BOB);
        for (const field of SHOWN) {
          assert.deepEqual(body[field], alice[field]);
        }
      });
    }

    test('changes one notification and leaves the other', async () => {
      const { code, alice } = await patch(api, '{"notifications":{"sms":false}}');
      assert.equal(code, 200);
      assert.deepEqual(alice, { ...ALICE, notifications: { email: true, sms: false } });
    });

    test('answers 404 for a user who is not there', async () => {
      assert.equal((await patch(api, '{"bio":"x"}', { userId: 9, id: '9' })).code, 404);
    });

    test('lets administrators through, and nobody else', () => {
      assert.equal(admits(api, { userId: 1, isAdmin: true }), true);
      assert.equal(admits(api, { userId: 7, isAdmin: false }), false);
      assert.equal(admits(api, { userId: 7 }), false);
      assert.equal(admits(api, undefined), false);
    });
  });
}

describe('attacks', () => {
  const routes = {
    '{"__proto__":{"isAdmin":true}}': 200,
    '{"notifications":{"__proto__":{"isAdmin":true}}}': 200,
    // The assignment to Object.prototype throws, when the harm is done.
    '{"constructor":{"prototype":{"isAdmin":true}}}': 500,
  };
  for (const [body, answer] of Object.entries(routes)) {
    test(`N1-1 make everybody an administrator with ${body}`, async () => {
      const attack = async (api) => {
        const { code } = await patch(api, body).catch(() => ({ code: 500 }));
        const outcome = { code, polluted: {}.isAdmin === true, admitted: admits(api, { userId: 8 }) };
        delete Object.prototype.isAdmin;
        return outcome;
      };
      assert.deepEqual(await attack(vulnerable), { code: answer, polluted: true, admitted: true });
      assert.deepEqual(await attack(fixed), { code: 400, polluted: false, admitted: false });
    });
  }

  test('N1-1 pass as an administrator after somebody else has polluted the prototype', () => {
    const attack = (api) => {
      Object.prototype.isAdmin = true;
      try {
        return [admits(api, { userId: 8 }), admits(api, undefined)];
      } finally {
        delete Object.prototype.isAdmin;
      }
    };
    assert.deepEqual(attack(vulnerable), [true, true]);
    assert.deepEqual(attack(fixed), [false, false]);
  });

  const forbidden = [
    { role: 'admin' },
    { bio: 'x', balanceCents: 100 },
    { email: 'mallory@evil.test' },
    { id: 8 },
    { displayName: 'x'.repeat(81) },
    { language: 1 },
    { notifications: { sms: 'yes' } },
    { notifications: { post: true } },
  ];
  for (const change of forbidden) {
    test(`N1-2 set ${JSON.stringify(change).slice(0, 40)}`, async () => {
      const attack = async (api) => {
        const { code, alice, bob } = await patch(api, JSON.stringify(change));
        return { code, saved: !same(alice, ALICE) || !same(bob, BOB) };
      };
      assert.deepEqual(await attack(vulnerable), { code: 200, saved: true });
      assert.deepEqual(await attack(fixed), { code: 400, saved: false });
    });
  }

  test('N1-2 bring a balance back that was spent in the same second', async () => {
    const attack = async (api) => {
      const { code, alice } = await patch(api, '{"bio":"x"}', { meanwhile: { balanceCents: -500 } });
      return [code, alice.bio, alice.balanceCents];
    };
    assert.deepEqual(await attack(vulnerable), [200, 'x', 0]);
    assert.deepEqual(await attack(fixed), [200, 'x', -500]);
  });

  for (const body of ['[]', '"bio"', 'null', undefined]) {
    test(`N1-2 the fixed version refuses ${body} for a body`, async () => {
      assert.equal((await patch(fixed, body)).code, 400);
    });
  }

  test("N1-3 edit another customer's profile", async () => {
    const attack = async (api, userId) => {
      const { code, asked, bob } = await patch(api, '{"displayName":"was here"}', { userId, id: '8' });
      return { code, asked, name: bob.displayName };
    };
    assert.deepEqual(await attack(vulnerable, 7), { code: 200, asked: ['8'], name: 'was here' });
    assert.deepEqual(await attack(vulnerable, null), { code: 200, asked: ['8'], name: 'was here' });
    assert.deepEqual(await attack(fixed, 7), { code: 404, asked: [], name: 'Bob' });
    assert.deepEqual(await attack(fixed, null), { code: 404, asked: [], name: 'Bob' });
    assert.deepEqual((await patch(fixed, '{}', { userId: null, id: 'undefined' })).asked, []);
  });

  test('N1-4 read the internal fields of a record', async () => {
    const attack = async (api) => {
      const { body } = await patch(api, '{}');
      return Object.keys(body).filter((field) => !SHOWN.includes(field));
    };
    assert.deepEqual(await attack(vulnerable), ['role', 'balanceCents', 'passwordHash']);
    assert.deepEqual(await attack(fixed), []);
  });
});

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
