// Every feature works in both versions; every attack works on the vulnerable one only.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { afterEach, describe, test } from 'node:test';
import * as vulnerable from './checkout.mjs';
import * as fixed from './checkout.fixed.mjs';

const SECRET = 'only for tests';
const PRICES = { book: 1000, tv: 50_000 };
const CARDS = { alice: ['card of alice'], bob: ['card of bob'] };
const NOW = 1_700_000_000_000;

afterEach(() => {
  delete process.env.NODE_ENV;
});

function reply() {
  return {
    status(code) {
      this.code = code;
      return this;
    },
    json(body) {
      this.body = body;
      return this;
    },
    end() {
      return this;
    },
  };
}

/** A shop with a coupon for one use. Its stores answer a little later, as real ones do. */
function shop({ declines = false } = {}) {
  const charged = [];
  const placed = new Map();
  const coupon = { percent: 50, usesLeft: 1 };
  const later = () => new Promise(setImmediate);
  return {
    charged,
    placed,
    coupon,
    catalogue: { priceCents: async (id) => (Object.hasOwn(PRICES, id) ? PRICES[id] : undefined) },
    cards: { owns: async (customer, card) => CARDS[customer].includes(card) },
    coupons: {
      get: async (code) => (await later(), code === 'HALF' ? { ...coupon } : undefined),
      save: async ({ usesLeft }) => (await later(), (coupon.usesLeft = usesLeft)),
      // UPDATE … SET uses_left = uses_left - 1 WHERE code = ? AND uses_left > 0
      reserve: async (code) => {
        await later();
        return code === 'HALF' && coupon.usesLeft > 0 ? ((coupon.usesLeft -= 1), coupon.percent) : undefined;
      },
      release: async (code) => code === 'HALF' && (coupon.usesLeft += 1),
    },
    payments: {
      charge: async ({ cardId, amount, amountCents = amount }) => {
        await later();
        if (declines) {
          throw Object.assign(new Error('declined'), { declined: true });
        }
        charged.push({ cardId, amountCents });
        return { id: `charge ${charged.length}` };
      },
    },
    orders: {
      create: async (order) => {
        const id = `order ${placed.size + 1}`;
        placed.set(id, { id, status: 'pending', ...order });
        return { id };
      },
      insert: async (order) => !placed.has(order.id) && Boolean(placed.set(order.id, order)),
      update: async (id, changes) => Object.assign(placed.get(id), changes),
      get: async (id) => placed.get(id),
      markPaid: async (id, { from } = {}) => {
        const order = placed.get(id);
        if (from === undefined || order.status === from) {
          order.status = 'paid';
          order.times = (order.times ?? 0) + 1;
        }
      },
    },
    secret: SECRET,
    now: () => NOW,
  };
}

let keys = 0;
const nextKey = () => `0123456789abcdef-${(keys += 1)}`;

async function buy(api, at, items, { couponCode, cardId = 'card of alice', customerId = 'alice', key = nextKey() } = {}) {
  const res = reply();
  const body = { items: items.map((item) => ({ price: PRICES[item.productId] / 100, ...item })), couponCode, cardId };
  await api.checkout({ body, headers: { 'idempotency-key': key }, session: { customerId } }, res, at).catch(() => (res.code = 500));
  return res;
}

/** The provider tells that something was paid, signed as this version expects, unless `signature` says otherwise. */
async function hook(api, at, event, { signature, secret = SECRET, time = NOW, raw = JSON.stringify(event) } = {}) {
  const hmac = (text) => createHmac('sha256', secret).update(text).digest('hex');
  const genuine = api === vulnerable ? hmac(JSON.stringify(event)) : `t=${time},v1=${hmac(`${time}.${raw}`)}`;
  const req = { body: event, rawBody: Buffer.from(raw), headers: { 'x-signature': signature ?? genuine } };
  const res = reply();
  await api.paymentHook(req, res, at);
  return res.code;
}

const book = { productId: 'book', quantity: 1 };
const only = (map) => [...map.values()][0];
const event = (order, changes) => ({ id: 'event 1', type: 'charge.paid', orderId: order.id, chargeId: order.chargeId ?? order.charge, amountCents: order.amountCents ?? 1000, currency: 'EUR', ...changes });

async function bought(api, at, items = [book]) {
  await buy(api, at, items);
  return only(at.placed);
}

for (const [version, api] of Object.entries({ vulnerable, fixed })) {
  describe(`features, ${version}`, () => {
    test('charges what the things cost', async () => {
      const at = shop();
      const { code, body } = await buy(api, at, [{ productId: 'book', quantity: 3 }, { productId: 'tv', quantity: 1 }]);
      assert.deepEqual([code, body.total, at.charged], [201, 530, [{ cardId: 'card of alice', amountCents: 53_000 }]]);
      assert.equal(at.placed.get(body.orderId).customer, 'alice');
    });

    test('takes a coupon, and none that is spent or unknown', async () => {
      const at = shop();
      const totals = [];
      for (const couponCode of ['HALF', 'HALF', 'NONE']) {
        totals.push((await buy(api, at, [book], { couponCode })).body.total);
      }
      assert.deepEqual([totals, at.coupon.usesLeft], [[5, 10, 10], 0]);
    });

    test('a genuine event marks an order as paid, and a forged one does not', async () => {
      process.env.NODE_ENV = 'production';
      const at = shop();
      const order = await bought(api, at);
      await hook(api, at, event(order), { secret: 'another' });
      assert.equal(order.status, 'pending');
      assert.equal(await hook(api, at, event(order)), 200);
      assert.equal(order.status, 'paid');
    });
  });
}

describe('attacks', () => {
  test('N5-1 name the price', async () => {
    const attack = async (api) => {
      const at = shop();
      await buy(api, at, [{ productId: 'tv', quantity: 1, price: 0.01 }]);
      return at.charged[0].amountCents;
    };
    assert.equal(await attack(vulnerable), 1);
    assert.equal(await attack(fixed), 50_000);
  });

  const odd = { '-1': -1, 'a fraction': 0.001, 'a text': '1', 'nothing': null };
  for (const [name, quantity] of Object.entries(odd)) {
    test(`N5-2 order ${name} of something`, async () => {
      const attack = async (api) => {
        const at = shop();
        const { code } = await buy(api, at, [book, { productId: 'book', quantity }]);
        return [code, at.placed.size];
      };
      assert.deepEqual(await attack(vulnerable), [201, 1]);
      assert.deepEqual(await attack(fixed), [400, 0]);
    });
  }

  test('N5-2 the fixed version refuses what is no order', async () => {
    for (const items of [[], [{}], Array(51).fill(book), [{ productId: 'yacht', quantity: 1 }], [{ productId: '__proto__', quantity: 1 }], [{ productId: 'book', quantity: 100 }]]) {
      assert.equal((await buy(fixed, shop(), items)).code, 400);
    }
    for (const key of ['short', 'k'.repeat(101), ['0123456789abcdef'], 7, null]) {
      assert.equal((await buy(fixed, shop(), [book], { key })).code, 400);
    }
    const res = reply();
    const req = { body: { items: 'all of it', cardId: 'card of alice' }, headers: { 'idempotency-key': nextKey() }, session: { customerId: 'alice' } };
    await fixed.checkout(req, res, shop());
    assert.equal(res.code, 400);
    assert.equal((await buy(fixed, shop(), [book], { cardId: ['card of alice'] })).code, 404);
  });

  test('N5-1 the fixed version sells nothing whose price it does not know', async () => {
    for (const price of [null, -1, '1000', 9.99, NaN]) {
      const at = { ...shop(), catalogue: { priceCents: async () => price } };
      assert.equal((await buy(fixed, at, [book])).code, 400);
    }
  });

  test('N5-3 use a coupon for one use in ten requests at once', async () => {
    const attack = async (api) => {
      const at = shop();
      await Promise.all(Array.from({ length: 10 }, () => buy(api, at, [book], { couponCode: 'HALF' })));
      return at.charged.filter(({ amountCents }) => amountCents === 500).length;
    };
    assert.equal(await attack(vulnerable), 10);
    assert.equal(await attack(fixed), 1);
  });

  test('N5-3 lose a coupon to a card that is declined', async () => {
    const attack = async (api) => {
      const at = shop({ declines: true });
      const { code } = await buy(api, at, [book], { couponCode: 'HALF' });
      return [code, at.coupon.usesLeft];
    };
    assert.deepEqual(await attack(vulnerable), [500, 0]);
    assert.deepEqual(await attack(fixed), [402, 1]);
  });

  test('N5-3 the fixed version gives back only what the order took', async () => {
    const at = shop({ declines: true });
    at.coupon.usesLeft = 0;
    assert.equal((await buy(fixed, at, [book], { couponCode: 'HALF' })).code, 402);
    assert.equal(at.coupon.usesLeft, 0);
  });

  test('N5-3 be charged twice for one click', async () => {
    const attack = async (api) => {
      const at = shop();
      const key = nextKey();
      await Promise.all([buy(api, at, [book], { key }), buy(api, at, [book], { key })]);
      return at.charged.length;
    };
    assert.equal(await attack(vulnerable), 2);
    assert.equal(await attack(fixed), 1);
  });

  test('N5-4 pay with somebody else’s card', async () => {
    const attack = async (api) => {
      const at = shop();
      const { code } = await buy(api, at, [book], { cardId: 'card of bob' });
      return [code, at.charged.map(({ cardId }) => cardId)];
    };
    assert.deepEqual(await attack(vulnerable), [201, ['card of bob']]);
    assert.deepEqual(await attack(fixed), [404, []]);
  });

  for (const [where, value] of Object.entries({ 'where the variable is unset': undefined, 'in staging': 'staging', 'on a host with a slip': 'Production' })) {
    test(`N5-5 mark an order as paid without a signature ${where}`, async () => {
      const attack = async (api) => {
        if (value !== undefined) {
          process.env.NODE_ENV = value;
        }
        const at = shop();
        const order = await bought(api, at);
        await hook(api, at, event(order), { signature: '' });
        delete process.env.NODE_ENV;
        return order.status;
      };
      assert.equal(await attack(vulnerable), 'paid');
      assert.equal(await attack(fixed), 'pending');
    });
  }

  test('N5-6 send an old event again', async () => {
    process.env.NODE_ENV = 'production';
    const attack = async (api) => {
      const at = shop();
      const order = await bought(api, at);
      await hook(api, at, event(order));
      order.status = 'refunded';
      await hook(api, at, event(order));
      return [order.status, order.times];
    };
    assert.deepEqual(await attack(vulnerable), ['paid', 2]);
    assert.deepEqual(await attack(fixed), ['refunded', 1]);
  });

  test('N5-6 the fixed version refuses signatures that are late, early or malformed', async () => {
    const at = shop();
    const order = await bought(fixed, at);
    assert.equal(await hook(fixed, at, event(order), { time: NOW - 301_000 }), 400);
    assert.equal(await hook(fixed, at, event(order), { time: NOW + 301_000 }), 400);
    for (const signature of ['', 't=1', `t=${NOW},v1=00`, `t=${NOW},v1=${'0'.repeat(64)}`]) {
      assert.equal(await hook(fixed, at, event(order), { signature }), 400);
    }
    assert.equal(await hook(fixed, { ...at, secret: undefined }, event(order)), 400);
    assert.equal(await hook(fixed, at, null, { raw: 'null' }), 400);
  });

  test('N5-6 a genuine event that the provider wrote with a space', async () => {
    process.env.NODE_ENV = 'production';
    const at = shop();
    const order = await bought(fixed, at);
    assert.equal(await hook(fixed, at, event(order), { raw: JSON.stringify(event(order), null, 1) }), 200);
    assert.equal(order.status, 'paid');
  });

  for (const changes of [{ amountCents: 1 }, { currency: 'JPY' }, { chargeId: 'charge of something cheap' }, { type: 'charge.failed' }, { type: 'charge.refunded' }]) {
    test(`N5-7 pay a large order with ${JSON.stringify(changes)}`, async () => {
      process.env.NODE_ENV = 'production';
      const attack = async (api) => {
        const at = shop();
        const order = await bought(api, at, [{ productId: 'tv', quantity: 1 }]);
        await hook(api, at, event(order, changes));
        return order.status;
      };
      assert.equal(await attack(vulnerable), 'paid');
      assert.equal(await attack(fixed), 'pending');
    });
  }
});
