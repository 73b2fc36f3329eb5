// Every feature works in both versions; every attack works on the vulnerable one only.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as vulnerable from './review-widget.mjs';
import * as fixed from './review-widget.fixed.mjs';

const SHOP = 'https://shop.test';

// As much of a document as the widget touches. Text is escaped when it is written out, as browsers do; what was assigned
// to innerHTML is kept as it is, because a browser would parse it.
const escaped = (text) => String(text).replace(/[&<>"]/g, (c) => `&#${c.codePointAt(0)};`);

class Text {
  nodeType = 3;

  constructor(data, parent) {
    Object.assign(this, { data: String(data), parent });
  }

  get html() {
    return escaped(this.data);
  }

  replaceWith(...nodes) {
    const at = this.parent.childNodes.indexOf(this);
    this.parent.childNodes.splice(at, 1, ...nodes.map((node) => this.parent.adopt(node)));
  }
}

class Raw {
  nodeType = 1;
  childNodes = [];

  constructor(html) {
    this.html = html;
  }
}

class Element {
  nodeType = 1;
  childNodes = [];
  attributes = new Map();

  constructor(name, ownerDocument) {
    Object.assign(this, { name, ownerDocument });
    for (const attribute of ['href', 'target', 'rel']) {
      Object.defineProperty(this, attribute, {
        get: () => this.attributes.get(attribute),
        set: (value) => this.attributes.set(attribute, String(value)),
      });
    }
  }

  setAttribute(name, value) {
    this.attributes.set(name, String(value));
  }

  adopt(node) {
    return typeof node === 'string' ? new Text(node, this) : node;
  }

  append(...nodes) {
    this.childNodes.push(...nodes.map((node) => this.adopt(node)));
  }

  set textContent(text) {
    this.childNodes = [new Text(text, this)];
  }

  set innerHTML(html) {
    this.childNodes = [new Raw(html)];
  }

  get innerHTML() {
    return this.childNodes.map((child) => child.html).join('');
  }

  get html() {
    const attributes = [...this.attributes].map(([name, value]) => ` ${name}="${escaped(value)}"`).join('');
    return `<${this.name}${attributes}>${this.innerHTML}</${this.name}>`;
  }
}

const doc = { createElement: (name) => new Element(name, doc) };
const REVIEW = { title: 'Fine & dandy', body: 'I <3 it', author: 'Ann', authorUrl: 'https://ann.test/blog' };

function rendered(api, changes = {}) {
  const root = doc.createElement('main');
  api.renderReview(doc, root, { ...REVIEW, ...changes });
  return root.html;
}

function highlighted(api, text, hash) {
  const root = doc.createElement('main');
  const paragraph = doc.createElement('p');
  paragraph.textContent = text;
  root.append(paragraph);
  api.highlight(root, hash);
  return root.html;
}

/** A page with the helper frame: `say` sends it a message, `signedIn` and `at` tell what came of it. */
function page(api) {
  const stored = new Map();
  const exchanged = [];
  const helper = { name: 'helper' };
  let handler;
  const win = {
    addEventListener: (type, listener) => (handler = listener),
    localStorage: { setItem: (key, value) => stored.set(key, value), getItem: (key) => stored.get(key) },
    location: { origin: SHOP, href: `${SHOP}/p/1` },
  };
  api.listen(win, { helper, signIn: (code) => exchanged.push(code) });
  return {
    win,
    say: (message, { origin = SHOP, source = helper } = {}) =>
      handler({ origin, source, data: typeof message === 'string' ? message : JSON.stringify(message) }),
    signedIn: () => [...stored.values(), ...exchanged],
    at: () => new URL(win.location.href, SHOP).href,
  };
}

for (const [version, api] of Object.entries({ vulnerable, fixed })) {
  describe(`features, ${version}`, () => {
    test('shows title, text and author', () => {
      const html = rendered(api);
      for (const piece of ['Fine &#38; dandy</h3>', 'title="Fine &#38; dandy"', '<p>I &#60;3 it</p>', 'href="https://ann.test/blog"', '>Ann</a>']) {
        assert.ok(html.includes(piece), `${piece} in ${html}`);
      }
    });

    test('marks the words of the address, in any case', () => {
      assert.equal(highlighted(api, 'A soft sofa', '#sof'), '<main><p>A <mark>sof</mark>t <mark>sof</mark>a</p></main>');
      assert.match(highlighted(api, 'Soft', '#SOFT'), /<mark>soft<\/mark>/i);
      assert.equal(highlighted(api, 'A soft sofa', '#table'), '<main><p>A soft sofa</p></main>');
    });

    test('follows the helper frame to a page of the shop', () => {
      const { say, at } = page(api);
      say({ type: 'navigate', url: '/cart' });
      assert.equal(at(), `${SHOP}/cart`);
    });

    test('signs in with what the helper frame says', () => {
      const { say, signedIn } = page(api);
      say({ type: 'session', token: 'one-time code' });
      assert.deepEqual(signedIn(), ['one-time code']);
    });
  });
}

describe('attacks', () => {
  for (const title of ['" onmouseover="alert(1)', '" tabindex="1" autofocus onfocus="alert(1)']) {
    test(`N3-1 leave the attribute with ${title}`, () => {
      const attack = (api) => /title="" (on|tabindex="1" autofocus on)/.test(rendered(api, { title }));
      assert.equal(attack(vulnerable), true);
      assert.equal(attack(fixed), false);
    });
  }

  for (const authorUrl of ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', 'data:text/html,<script>alert(1)</script>']) {
    test(`N3-2 link to ${authorUrl}`, () => {
      const attack = (api) => rendered(api, { authorUrl }).includes('href=');
      assert.equal(attack(vulnerable), true);
      assert.equal(attack(fixed), false);
    });
  }

  for (const authorUrl of [undefined, '', 'ann.test', 'https://[']) {
    test(`N3-2 the fixed version shows the name alone for ${authorUrl}`, () => {
      assert.match(rendered(fixed, { authorUrl }), /<span>Ann<\/span>/);
    });
  }

  test('N3-3 have the fragment of the address run as HTML', () => {
    const attack = (api) => highlighted(api, 'hello', `#${encodeURIComponent('hello|<img src=x onerror=alert(1)>')}`).includes('<img');
    assert.equal(attack(vulnerable), true);
    assert.equal(attack(fixed), false);
  });

  test('N3-3 freeze the tab with a pattern', () => {
    const attack = (api) => {
      const start = performance.now();
      highlighted(api, `${'a'.repeat(24)}!`, `#${encodeURIComponent('(a+)+$')}`);
      return performance.now() - start;
    };
    const quickest = Math.min(...Array.from({ length: 9 }, () => attack(fixed))); // others use this machine, too
    assert.ok(attack(vulnerable) > 20 * quickest);
  });

  test('N3-3 the fixed version lives with fragments that mean nothing', () => {
    for (const hash of ['', '#', '#%', '#%E0%A4%A', `#${'a'.repeat(101)}`, '#.*']) {
      assert.equal(highlighted(fixed, 'hello', hash), '<main><p>hello</p></main>');
    }
    assert.ok(!highlighted(fixed, 'a'.repeat(101), `#${'a'.repeat(101)}`).includes('<mark>'));
  });

  const strangers = { 'another site': { origin: 'https://evil.test' }, 'another frame of our own': { source: {} } };
  for (const [who, from] of Object.entries(strangers)) {
    test(`N3-4 sign the shopper in as ${who} likes`, () => {
      const attack = (api) => {
        const { say, signedIn } = page(api);
        say({ type: 'session', token: 'the attacker’s own' }, from);
        return signedIn();
      };
      assert.deepEqual(attack(vulnerable), ['the attacker’s own']);
      assert.deepEqual(attack(fixed), []);
    });

    test(`N3-5 send the shopper away as ${who} likes`, () => {
      const attack = (api) => {
        const { say, at } = page(api);
        say({ type: 'navigate', url: 'https://evil.test/' }, from);
        return at();
      };
      assert.equal(attack(vulnerable), 'https://evil.test/');
      assert.equal(attack(fixed), `${SHOP}/p/1`);
    });
  }

  for (const url of ['javascript:alert(1)', 'https://evil.test/', '//evil.test/', '/\\evil.test/', `blob:${SHOP}/0f0e`, 7]) {
    test(`N3-5 send the shopper to ${url} through a helper that was deceived`, () => {
      const attack = (api) => {
        const { say, win } = page(api);
        say({ type: 'navigate', url });
        return win.location.href;
      };
      assert.equal(attack(vulnerable), url);
      assert.ok(attack(fixed).startsWith(`${SHOP}/`));
    });
  }

  test('N3-6 read the session from what scripts can read', () => {
    const attack = (api) => {
      const { say, win } = page(api);
      say({ type: 'session', token: 'one-time code' });
      return win.localStorage.getItem('sessionToken');
    };
    assert.equal(attack(vulnerable), 'one-time code');
    assert.equal(attack(fixed), undefined);
  });

  test('N3-4 the fixed version ignores messages that are none', () => {
    const { say, signedIn, at } = page(fixed);
    for (const message of ['', 'hello', 'null', { type: 'session' }, { type: 'session', token: {} }, { type: 'navigate' }, { type: 'navigate', url: 'https://[' }]) {
      say(message);
    }
    assert.deepEqual([signedIn(), at()], [[], `${SHOP}/p/1`]);
  });
});
