// PATCH /users/:id - the settings page sends the fields that changed.
const text = (limit) => (value) => typeof value === 'string' && value.length <= limit;
const flags = (...names) => (value) =>
  isRecord(value) && Object.entries(value).every(([name, on]) => names.includes(name) && typeof on === 'boolean');

// A Map: no name that a client sends can reach an inherited property.
const EDITABLE = new Map([
  ['displayName', text(80)],
  ['bio', text(500)],
  ['language', text(35)],
  ['notifications', flags('email', 'sms')],
]);
const SHOWN = ['id', 'displayName', 'bio', 'language', 'notifications', 'email'];

export async function patchProfile(req, res, { users }) {
  const userId = String(req.session?.userId ?? '');
  if (!userId || userId !== req.params.id) {
    return res.status(404).json({ error: 'not found' });
  }
  const user = await users.get(userId);
  if (!user) {
    return res.status(404).json({ error: 'not found' });
  }
  if (!isRecord(req.body)) {
    return res.status(400).json({ error: 'fields expected' });
  }
  const changes = Object.entries(req.body);
  // All or nothing: check every field before changing the first.
  if (!changes.every(([field, value]) => EDITABLE.get(field)?.(value))) {
    return res.status(400).json({ error: `only ${[...EDITABLE.keys()].join(', ')} can be changed` });
  }
  const fields = Object.fromEntries(changes.map(([field, value]) => [field, isRecord(value) ? { ...user[field], ...value } : value]));
  // Only these fields are written. The whole record would bring back a balance or a role that changed since it was read.
  await users.update(userId, fields);
  return res.status(200).json(shown({ ...user, ...fields }));
}

export function requireAdmin(req, res, next) {
  const session = req.session || {};
  // Only what the server wrote into this session counts, not what every object inherits.
  if (Object.hasOwn(session, 'isAdmin') && session.isAdmin) {
    return next();
  }
  return res.status(403).json({ error: 'forbidden' });
}

// Fields are named one by one, so that a new one stays inside until somebody decides to show it.
function shown(user) {
  return Object.fromEntries(SHOWN.map((field) => [field, user[field]]));
}

function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
