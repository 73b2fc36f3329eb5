// Embedded on product pages: shows customer reviews, runs in the shopper's browser.
export function renderReview(doc, root, review) {
  const card = doc.createElement('article');
  const title = doc.createElement('h3');
  title.textContent = review.title;
  title.setAttribute('title', String(review.title));
  const body = doc.createElement('p');
  body.textContent = review.body;
  card.append(title, body, author(doc, review));
  root.append(card);
}

/** The author's name; a link only where the address is one of the web. */
function author(doc, { author: name, authorUrl }) {
  if (!URL.canParse(authorUrl) || new URL(authorUrl).protocol !== 'https:') {
    const plain = doc.createElement('span');
    plain.textContent = name;
    return plain;
  }
  const link = doc.createElement('a');
  link.href = new URL(authorUrl).href;
  link.target = '_blank';
  link.rel = 'noopener nofollow ugc';
  link.textContent = name;
  return link;
}

/** Marks the words of `#words`. No text becomes HTML on the way, and no text becomes a pattern. */
export function highlight(root, hash) {
  const words = decoded(hash.slice(1));
  if (words === '' || words.length > 100) {
    return;
  }
  const literal = new RegExp(`(${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')})`, 'gi');
  for (const text of textNodes(root)) {
    const parts = text.data.split(literal); // every second part is a match
    if (parts.length > 1) {
      text.replaceWith(...parts.map((part, index) => (index % 2 ? mark(root.ownerDocument, part) : part)));
    }
  }
}

function mark(doc, text) {
  const element = doc.createElement('mark');
  element.textContent = text;
  return element;
}

function textNodes(node) {
  return [...node.childNodes].flatMap((child) => (child.nodeType === 3 ? [child] : textNodes(child)));
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/**
 * `helper` is the window of our own helper frame. `signIn` hands its one-time code to our server, which answers with an
 * HttpOnly cookie: no script on this page ever holds what a session is made of.
 */
export function listen(win, { helper, signIn }) {
  const origin = win.location.origin;
  win.addEventListener('message', (event) => {
    if (event.origin !== origin || event.source !== helper) {
      return;
    }
    const message = parsed(event.data);
    if (message?.type === 'session' && typeof message.token === 'string') {
      signIn(message.token);
    }
    if (message?.type === 'navigate' && staysAt(origin, message.url)) {
      win.location.href = new URL(message.url, origin).href;
    }
  });
}

function staysAt(origin, address) {
  if (typeof address !== 'string' || !URL.canParse(address, origin)) {
    return false;
  }
  const url = new URL(address, origin);
  return url.protocol === 'https:' && url.origin === origin; // `blob:` has our origin, too, and holds what a script put there
}

function parsed(data) {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
