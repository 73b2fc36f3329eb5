// Node.js, started by `prepbook test`, without the network: whatever is not this machine is refused, in this process and in
// every Node.js that it starts. It keeps tests honest; it is no cage for code that means harm.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const isHere = (host) =>
  host === undefined || host === null || host === '' || host === 'localhost' ||
  (net.isIPv4(host) && host.startsWith('127.')) || host === '::1' || host === '::ffff:127.0.0.1';

const refused = (what, host, port) => {
  const error = new Error(`prepbook test refuses the network: ${what} ${port === undefined ? host : `${host}:${port}`}`);
  error.code = 'EACCES';
  return error;
};

// What `net.connect` was called with; it hands its arguments on in a list.
const target = (args) => {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === 'object' && first !== null) {
    return typeof first.path === 'string' ? {} : { host: first.host, port: first.port };
  }
  const isPath = typeof first === 'string' && !/^\d+$/.test(first);
  return isPath ? {} : { host: typeof second === 'string' ? second : undefined, port: first };
};

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const { host, port } = target(args);
  if (isHere(host)) return connect.apply(this, args);
  const error = refused('connect to', host, port);
  process.nextTick(() => this.destroy(error));
  return this;
};

// The address is a text: send(message, port, address), send(message, offset, length, port, address), connect(port, address).
for (const name of ['send', 'connect']) {
  const original = dgram.Socket.prototype[name];
  dgram.Socket.prototype[name] = function (...args) {
    const host = args.slice(1).find((arg) => typeof arg === 'string');
    if (!isHere(host)) throw refused(`${name} to`, host);
    return original.apply(this, args);
  };
}

const lookups = Object.keys(dns.promises).filter((name) => /^(lookup|resolve|reverse)/.test(name));
for (const name of lookups) {
  const [withCallback, withPromise] = [dns[name], dns.promises[name]];
  dns[name] = function (host, ...rest) {
    if (isHere(host)) return withCallback.call(dns, host, ...rest);
    process.nextTick(rest.at(-1), refused('look up', host));
  };
  dns.promises[name] = async (host, ...rest) => {
    if (!isHere(host)) throw refused('look up', host);
    return withPromise.call(dns.promises, host, ...rest);
  };
}
syncBuiltinESMExports();
