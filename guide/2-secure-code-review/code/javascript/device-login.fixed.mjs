// POST /device/login - a TV signs in with an e-mail address and the PIN set on the website.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const SITE = 'https://tv.invalid'; // stands for our own origin while an address is read
const THIRTY_DAYS = 30 * 24 * 3600 * 1000;

// `limits` counts in a store that all hosts share: add(key) resolves to the tries of the last quarter of an hour, and
// add(key, 'ever') to all of them until clear(key), which a new PIN on the website calls as well.
export async function deviceLogin(req, res, { devices, sessions, limits, pinKey }) {
  const { email, pin } = req.body ?? {};
  // Two texts, and nothing that a database could take for an operator.
  if (typeof email !== 'string' || email.length > 254 || typeof pin !== 'string' || !/^\d{4}$/.test(pin)) {
    return res.status(400).json({ error: 'e-mail address and four digits expected' });
  }
  // `req.ip` is what our own proxy saw. Headers are the visitor's.
  if ((await limits.add(`account ${email}`)) > 5 || (await limits.add(`client ${req.ip}`)) > 50) {
    return res.status(429).json({ error: 'slow down' });
  }
  const device = await devices.findOne({ email });
  // Five in a quarter of an hour are still 480 a day, and there are only 10,000 PINs. So there is an end. Addresses that
  // are no account's share one count, so that made-up ones leave nothing behind.
  const tries = await limits.add(`failures ${device ? email : 'of nobody'}`, 'ever');
  // The same work and the same answer, whether the account is missing, has no PIN, or has another one.
  const stored = Buffer.from(String(device?.pinHash), 'hex');
  const right = timingSafeEqual(pinHash(pinKey, email, pin), stored.length === 32 ? stored : randomBytes(32));
  if (!device || !right || tries > 100) {
    return res.status(401).json({ error: 'wrong e-mail address or PIN; after too many tries, set a new PIN on the website' });
  }
  await limits.clear(`account ${email}`);
  await limits.clear(`failures ${email}`);
  sessions.delete(req.cookies?.['__Host-sid']);
  const sid = randomBytes(16).toString('hex'); // always a new one
  sessions.set(sid, { userId: device.userId, at: Date.now() });
  res.cookie('__Host-sid', sid, { httpOnly: true, secure: true, sameSite: 'lax', path: '/', maxAge: THIRTY_DAYS });
  return res.redirect(ownPath(req.query.next) ?? '/watch');
}

export function pinHash(pinKey, email, pin) {
  return createHmac('sha256', pinKey).update(`${email}\0${pin}`).digest();
}

export function etag(sid) {
  return createHash('sha256').update(`etag\0${sid}`).digest('hex').slice(0, 8);
}

/** The path on our own site that `next` names, if it names one. Browsers read addresses leniently, so a parser decides. */
function ownPath(next) {
  if (typeof next !== 'string' || !next.startsWith('/') || !URL.canParse(next, SITE)) {
    return undefined;
  }
  const url = new URL(next, SITE);
  // `/.//evil.test` is a path of ours until its dot is taken out; then it begins with two slashes.
  return url.origin === SITE && !url.pathname.startsWith('//') ? url.pathname + url.search : undefined;
}
