// Fourteen kinds of flaw, each as it is written and as it should be. The page on JavaScript's patterns shows them in pairs.
import { execFile as nodeExecFile, exec as nodeExec } from 'node:child_process';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(nodeExec);
const execFile = promisify(nodeExecFile);

// region dom-weak
export function showWeak(element, name) {
  element.innerHTML = `<b>${name}</b>`;
}
// endregion dom-weak

// region dom-fixed
export function showFixed(element, name) {
  const bold = element.ownerDocument.createElement('b');
  bold.textContent = name;
  element.replaceChildren(bold);
}
// endregion dom-fixed

// region state-weak
export function stateWeak(state) {
  return `<script>window.state = ${JSON.stringify(state)}</script>`;
}
// endregion state-weak

// region state-fixed
export function stateFixed(state) {
  const json = JSON.stringify(state).replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `<script type="application/json" id="state">${json}</script>`;
}
// endregion state-fixed

// region merge-weak
export function settingsWeak(target, changes) {
  for (const key in changes) {
    if (typeof changes[key] === 'object' && changes[key] !== null) {
      target[key] = settingsWeak(target[key] ?? {}, changes[key]);
    } else {
      target[key] = changes[key];
    }
  }
  return target;
}
// endregion merge-weak

// region merge-fixed
const EDITABLE = new Map([
  ['theme', (value) => ['light', 'dark'].includes(value)],
  ['pageSize', (value) => Number.isInteger(value) && value > 0 && value <= 100],
]);

export function settingsFixed(target, changes) {
  if (!Object.entries(changes).every(([key, value]) => EDITABLE.get(key)?.(value))) {
    throw new TypeError('no such setting'); // all of them, or none
  }
  return Object.assign(target, changes);
}
// endregion merge-fixed

// region query-weak
export function userWeak(users, { email, pin }) {
  return users.findOne({ email, pin });
}
// endregion query-weak

// region query-fixed
export function userFixed(users, { email, pin }) {
  if (typeof email !== 'string' || typeof pin !== 'string') {
    throw new TypeError('texts expected');
  }
  return users.findOne({ email, pin });
}
// endregion query-fixed

// region path-weak
export function readWeak(folder, name) {
  return readFile(path.join(folder, name.replace('../', '')), 'utf8');
}
// endregion path-weak

// region path-fixed
export function readFixed(folder, name) {
  const file = path.resolve(folder, name);
  if (!file.startsWith(path.resolve(folder) + path.sep)) {
    throw new TypeError('outside');
  }
  return readFile(file, 'utf8');
}
// endregion path-fixed

// region process-weak
export async function sizeWeak(name) {
  return (await exec(`wc -c ${name}`)).stdout;
}
// endregion process-weak

// region process-fixed
export async function sizeFixed(name) {
  if (!/^[a-z0-9][a-z0-9._-]{0,60}$/.test(name)) {
    throw new TypeError('not a name of ours');
  }
  return (await execFile('wc', ['-c', `./${name}`], { timeout: 5000 })).stdout;
}
// endregion process-fixed

// region pattern-weak
export const niceWeak = (name) => /^([a-z0-9]+[-_ ]?)+$/.test(name);
// endregion pattern-weak

// region pattern-fixed
export const niceFixed = (name) => /^[a-z0-9][a-z0-9_ -]{0,80}$/.test(name);
// endregion pattern-fixed

// region next-weak
export function nextWeak(next) {
  return next.startsWith('/') ? next : '/';
}
// endregion next-weak

// region next-fixed
const SITE = 'https://site.invalid';

export function nextFixed(next) {
  if (typeof next !== 'string' || !next.startsWith('/') || !URL.canParse(next, SITE)) {
    return '/';
  }
  const url = new URL(next, SITE); // reads it as a browser will
  return url.origin === SITE && !url.pathname.startsWith('//') ? url.pathname + url.search : '/';
}
// endregion next-fixed

// region fetch-weak
export function imageWeak(src, fetch) {
  if (!/^https:\/\/images\.example-cdn\.com/.test(src)) {
    throw new TypeError('not allowed');
  }
  return fetch(src);
}
// endregion fetch-weak

// region fetch-fixed
export function imageFixed(src, fetch) {
  const url = new URL(src);
  if (url.protocol !== 'https:' || url.host !== 'images.example-cdn.com' || url.username || url.password) {
    throw new TypeError('not allowed');
  }
  return fetch(url.href, { redirect: 'error', signal: AbortSignal.timeout(5000) });
}
// endregion fetch-fixed

// region message-weak
export function listenWeak(win, pay) {
  win.addEventListener('message', (event) => pay(event.data));
}
// endregion message-weak

// region message-fixed
export function listenFixed(win, pay) {
  win.addEventListener('message', (event) => {
    if (event.origin === 'https://pay.example' && typeof event.data?.amount === 'number') {
      pay({ amount: event.data.amount });
    }
  });
}
// endregion message-fixed

// region cookie-weak
export function sessionWeak(req, res) {
  const sid = req.cookies.sid ?? randomBytes(16).toString('hex');
  res.cookie('sid', sid);
  return sid;
}
// endregion cookie-weak

// region cookie-fixed
export function sessionFixed(req, res) {
  const sid = randomBytes(16).toString('hex'); // new at every sign-in
  res.cookie('__Host-sid', sid, { httpOnly: true, secure: true, sameSite: 'lax', path: '/' });
  return sid;
}
// endregion cookie-fixed

// region race-weak
export async function takeWeak(coupons, code) {
  const coupon = await coupons.get(code);
  if (coupon.usesLeft === 0) {
    return false;
  }
  await coupons.save({ ...coupon, usesLeft: coupon.usesLeft - 1 });
  return true;
}
// endregion race-weak

// region race-fixed
export async function takeFixed(coupons, code) {
  // UPDATE coupon SET uses_left = uses_left - 1 WHERE code = ? AND uses_left > 0
  return (await coupons.decrementIfPositive(code)) === 1;
}
// endregion race-fixed

// region hook-weak
export function genuineWeak(req, secret) {
  const expected = createHmac('sha256', secret).update(JSON.stringify(req.body)).digest('hex');
  return req.headers['x-signature'] === expected;
}
// endregion hook-weak

// region hook-fixed
export function genuineFixed(req, secret) {
  const expected = createHmac('sha256', secret).update(req.rawBody).digest();
  const given = Buffer.from(String(req.headers['x-signature']), 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
// endregion hook-fixed

// region default-weak
export function trustedWeak(signed) {
  return process.env.NODE_ENV !== 'production' || signed;
}
// endregion default-weak

// region default-fixed
export function trustedFixed(signed) {
  return signed === true; // tests sign with a key of their own
}
// endregion default-fixed
