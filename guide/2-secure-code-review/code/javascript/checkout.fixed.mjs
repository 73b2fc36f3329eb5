// POST /checkout places an order; POST /hooks/payment is called by the payment provider.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const CURRENCY = 'EUR';
const FRESH = 5 * 60 * 1000;

// All money is in whole cents. `coupons.reserve` and `orders.insert` decide and write in one step of the database.
export async function checkout(req, res, { catalogue, cards, coupons, payments, orders }) {
  const { items, couponCode, cardId } = req.body ?? {};
  const customer = req.session.customerId;
  const key = req.headers['idempotency-key'];
  if (typeof key !== 'string' || key.length < 16 || key.length > 100 || !Array.isArray(items) || !items.length || items.length > 50) {
    return res.status(400).json({ error: 'items and an idempotency key expected' });
  }
  let cents = 0;
  for (const item of items) {
    const { productId, quantity } = item ?? {};
    const price = typeof productId === 'string' ? await catalogue.priceCents(productId) : undefined;
    if (!Number.isSafeInteger(price) || price < 0 || !Number.isInteger(quantity) || quantity < 1 || quantity > 99) {
      return res.status(400).json({ error: 'no such product or quantity' });
    }
    cents += price * quantity;
  }
  if (typeof cardId !== 'string' || !(await cards.owns(customer, cardId))) {
    return res.status(404).json({ error: 'no such card' });
  }
  // One order for one key: a request that is sent twice finds the first one's order.
  const id = createHash('sha256').update(JSON.stringify([customer, key])).digest('hex').slice(0, 32);
  const lines = items.map(({ productId, quantity }) => ({ productId, quantity }));
  if (!(await orders.insert({ id, customer, items: lines, status: 'open' }))) {
    return res.status(409).json({ error: 'this order was placed before', orderId: id });
  }
  // Takes one use while there is one, for this order; nothing happens between the look and the write.
  const percent = typeof couponCode === 'string' ? ((await coupons.reserve(couponCode, id)) ?? 0) : 0;
  const amountCents = Math.round((cents * (100 - percent)) / 100);
  try {
    const charge = await payments.charge({ cardId, amountCents, currency: CURRENCY, idempotencyKey: id });
    await orders.update(id, { status: 'pending', chargeId: charge.id, amountCents, currency: CURRENCY });
  } catch (error) {
    // A charge that failed gives the coupon back. One that may have gone through is left to reconciliation.
    if (error.declined) {
      if (percent) {
        await coupons.release(couponCode, id); // only what this order took
      }
      await orders.update(id, { status: 'declined' });
      return res.status(402).json({ error: 'the card was declined' });
    }
    throw error;
  }
  return res.status(201).json({ orderId: id, total: amountCents / 100 });
}

/** `req.rawBody` holds the bytes as they came; the provider signs `time.bytes` with its key for us, in tests as well. */
export async function paymentHook(req, res, { orders, secret, now = Date.now }) {
  const event = verified(req, secret, now());
  if (!event) {
    return res.status(400).end();
  }
  if (event.type !== 'charge.paid') {
    return res.status(200).end(); // that a charge failed or went back is genuine news as well, and no payment
  }
  const order = typeof event.orderId === 'string' ? await orders.get(event.orderId) : undefined;
  const same = order && ['chargeId', 'amountCents', 'currency'].every((field) => order[field] === event[field]);
  if (!same) {
    return res.status(409).end(); // the provider sends it again, and an alarm counts these
  }
  // Only a pending order becomes paid, once: the same event again changes nothing.
  await orders.markPaid(order.id, { from: 'pending', eventId: event.id });
  return res.status(200).end();
}

function verified(req, secret, now) {
  const [, time, signature] = /^t=(\d{1,15}),v1=([0-9a-f]{64})$/.exec(req.headers['x-signature'] ?? '') ?? [];
  if (!secret || !signature || Math.abs(now - Number(time)) > FRESH) {
    return undefined;
  }
  const expected = createHmac('sha256', secret).update(`${time}.`).update(req.rawBody).digest();
  return timingSafeEqual(expected, Buffer.from(signature, 'hex')) ? parsed(req.rawBody) : undefined;
}

function parsed(bytes) {
  try {
    return JSON.parse(bytes) ?? undefined;
  } catch {
    return undefined;
  }
}
