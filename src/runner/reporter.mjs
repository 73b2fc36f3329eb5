// A reporter for `node --test`: what each test did, as a JSON object a line. Places are those that an error went through,
// outermost first.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const place = (file, line) => ({ file: file.startsWith('file:') ? fileURLToPath(file) : file, line: Number(line) });

// `file:///guide/a.mjs:3:9`, `/guide/a.js:3`, `C:\guide\a.js:3:9`
const PLACE = /(?:^|[\s(])(file:\/\/\/[^\s()]+?|\/[^():\n]+|[A-Za-z]:\\[^():\n]+):(\d+)(?::\d+)?(?=[\s)]|$)/gm;

const places = (text) => [...text.matchAll(PLACE)].map(([, file, line]) => place(file, line)).reverse();

const line = (object) => `${JSON.stringify(object)}\n`;

const words = (text) => String(text).split(/\s+/).join(' ').trim().slice(0, 300);

// An error and what it came from, which says more: "fetch failed: connect ECONNREFUSED".
const told = (error) => {
  const causes = [];
  for (let cause = error; cause !== undefined && cause !== null && causes.length < 5; cause = cause.cause) {
    causes.push(words(cause.message ?? cause));
  }
  return error?.name === undefined ? causes.join(': ') : `${error.name}: ${causes.join(': ')}`;
};

// The last line of what a file has said that names an error.
const named = (text) => text.split('\n').findLast((part) => /^\w*Error\b.*:/.test(part));

export default async function* report(source) {
  // What a file has written to standard error: why it could not be run stands nowhere else.
  const said = new Map();
  for await (const { type, data } of source) {
    const own = data?.file === undefined ? [] : [place(data.file, data.line ?? 1)];
    const common = { name: data?.name, places: own };
    if (type === 'test:stderr') {
      said.set(data.file, ((said.get(data.file) ?? '') + data.message).slice(-8000));
    } else if (type === 'test:dequeue') {
      yield line({ kind: 'started', ...common });
    } else if (type === 'test:pass' || type === 'test:fail') {
      const isFile = data.nesting === 0 && data.file !== undefined && resolve(data.name) === data.file;
      const error = data.details?.error;
      if (data.skip !== undefined || data.todo !== undefined) {
        const why = data.skip ?? data.todo;
        yield line({ kind: 'skipped', ...common, message: typeof why === 'string' ? why : '' });
      } else if (type === 'test:pass') {
        const kind = isFile ? 'empty' : 'passed';
        if (data.details?.type !== 'suite') yield line({ kind, ...common });
      } else if (error?.failureType !== 'subtestsFailed') {
        const cause = error?.cause ?? error;
        const output = isFile ? (said.get(data.file) ?? '') : String(cause?.stack ?? cause ?? '').slice(0, 8000);
        const message = (isFile && named(output)) || told(cause);
        const through = places(output);
        // A whole file is no test that an error went through.
        const found = isFile && through.length > 0 ? through : [...own, ...through];
        yield line({ kind: 'failed', ...common, places: found, message: message.slice(0, 500), output });
      }
    }
  }
  yield line({ kind: 'finished' });
}
