// GET /img?src=... fetches partner images so that pages stay on one origin; GET /files/:name downloads.
import path from 'node:path';

const HOST = 'images.example-cdn.com';
const TYPES = new Set(['image/avif', 'image/gif', 'image/jpeg', 'image/png', 'image/webp']); // no SVG: it can hold script
const LARGEST = 5 * 1024 * 1024;
const TIME_LIMIT = 5000;

const CUSTOMER = /^[a-z0-9]{1,40}$/;
const FILE_NAME = /^[a-z0-9][a-z0-9 _-]{0,80}\.(pdf|csv)$/i; // nothing is repeated within a repetition
const ROOT = '/srv/customer-files';

export async function proxyImage(req, res, { fetch }) {
  const source = allowed(req.query.src);
  if (!source) {
    return res.status(400).send('source not allowed');
  }
  let bytes;
  let type;
  try {
    // Nothing of the customer's request goes along, and an answer that points elsewhere is an error.
    const upstream = await fetch(source.href, { redirect: 'error', signal: AbortSignal.timeout(TIME_LIMIT) });
    type = String(upstream.headers.get('content-type')).split(';')[0].trim().toLowerCase();
    bytes = upstream.ok && TYPES.has(type) ? await limited(upstream.body) : undefined;
  } catch {
    bytes = undefined;
  }
  if (!bytes) {
    return res.status(502).send('no image');
  }
  res.set('content-type', type);
  res.set('x-content-type-options', 'nosniff');
  res.set('content-security-policy', "default-src 'none'; sandbox");
  return res.send(bytes);
}

function allowed(src) {
  if (typeof src !== 'string' || !URL.canParse(src)) {
    return undefined;
  }
  const url = new URL(src);
  const ours = url.hostname === HOST || url.hostname.endsWith(`.${HOST}`);
  return url.protocol === 'https:' && ours && !url.port && !url.username && !url.password ? url : undefined;
}

/** All of the body, or nothing once it is too long. */
async function limited(body) {
  const chunks = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > LARGEST) {
      return undefined; // leaving the loop cancels the stream
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export function isNiceName(name) {
  return typeof name === 'string' && name.length <= 100 && FILE_NAME.test(name);
}

export async function download(req, res, { readFile }) {
  const { customerId } = req.session ?? {};
  const name = decoded(req.params.name);
  if (typeof customerId !== 'string' || !CUSTOMER.test(customerId) || !isNiceName(name)) {
    return res.status(404).send('no such file');
  }
  const folder = path.join(ROOT, customerId);
  const file = path.resolve(folder, name);
  if (!file.startsWith(folder + path.sep)) {
    return res.status(404).send('no such file'); // cannot happen with such names, until somebody changes the pattern
  }
  let data;
  try {
    data = await readFile(file);
  } catch {
    // A promise that nobody catches ends the process, and a name that is not there is nothing special.
    return res.status(404).send('no such file');
  }
  res.set('content-disposition', `attachment; filename="${name}"`);
  res.set('x-content-type-options', 'nosniff');
  return res.send(data);
}

function decoded(name) {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}
