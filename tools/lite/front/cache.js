// Keeps what the browser edition has loaded, so that a second visit is quick and works without network, and tells the page
// how many bytes have come. This text stands before JupyterLite's own service worker, which does the rest.
const told = /* told */;
const fixed = told.fixed.map(address => new URL(address, self.location).href); // what never changes under its address
const PAGES = 'lecture-pages';
const PATIENCE = 4000; // milliseconds after which a kept page is shown although the network has not answered
const TELL = 100; // milliseconds between two messages to the page
const channel = new BroadcastChannel('lecture-live');
let received = 0, timer = null;

function tell(message) {
  channel.postMessage(message);
}

function count(bytes) {
  received += bytes;
  timer ??= setTimeout(() => { timer = null; tell({received}); }, TELL);
}

async function drain(response) { // count bytes as they come, of a copy where the page wants the answer too: given as it is,
  const reader = response.body?.getReader(); // browsers can keep its code compiled
  for (let part = await reader?.read(); part && !part.done; part = await reader.read()) count(part.value.byteLength);
}

async function keep(name, address, response) {
  try {
    const cache = await caches.open(name);
    await cache.put(address, response);
  } catch { /* no room left, or a private window: the page works without a copy */ }
}

const coming = new Map(); // addresses that are on their way, and when they will be kept

async function bring(event, address, request) { // from the network, with a copy into the cache
  try {
    const asked = fetch(request);
    const done = asked.then(response => response.ok ? keep(told.cache, address, response.clone()) : null, () => {});
    coming.set(address, done);
    event.waitUntil(done.finally(() => coming.delete(address)));
    const response = await asked;
    if (!response.ok && response.type != 'opaque') throw new Error(`${response.status}`);
    return response;
  } catch (error) {
    tell({failed: address, why: String(error)});
    throw error;
  }
}

async function answerFixed(event) {
  const {request} = event, address = request.url;
  await coming.get(address);
  const cache = await caches.open(told.cache);
  const kept = await cache.match(address);
  if (kept) {
    tell({kept: address});
    return kept;
  }
  const response = await bring(event, address, request);
  event.waitUntil(drain(response.clone()).catch(() => {}));
  return response;
}

async function bringAhead(event, address) { // before Python asks for it; an answer that nobody reads would stay in memory
  const cache = await caches.open(told.cache);
  if (coming.has(address)) return;
  if (await cache.match(address)) tell({kept: address});
  else await drain(await bring(event, address, address));
}

self.addEventListener('message', event => {
  if (!event.data?.ahead) return;
  event.stopImmediatePropagation();
  received = 0; // what an earlier page had fetched
  event.waitUntil(Promise.allSettled(event.data.ahead.map(address => bringAhead(event, address))));
});

async function answerPage(event) { // from the network, and from what was kept if that does not answer
  const {request} = event;
  const cache = await caches.open(PAGES);
  const name = request.mode == 'navigate' ? request.url.split(/[?#]/)[0] : request.url;
  const asked = fetch(request).then(response => {
    if (response.ok) event.waitUntil(keep(PAGES, name, response.clone()));
    return response;
  });
  event.waitUntil(asked.catch(() => {}));
  const kept = await cache.match(name);
  if (!kept) return asked;
  const late = new Promise(done => setTimeout(done, PATIENCE, kept));
  return Promise.race([asked.catch(() => kept), late]);
}

self.addEventListener('fetch', event => {
  const address = new URL(event.request.url), here = address.origin == self.location.origin;
  const isFixed = fixed.some(start => address.href.startsWith(start)) && !address.pathname.endsWith('pyodide-lock.json');
  const isLive = /\/api\/(drive|stdin|service-worker-heartbeat)/.test(address.pathname);
  if (event.request.method != 'GET' || isLive || !(here || isFixed)) return;
  event.stopImmediatePropagation();
  event.respondWith(isFixed ? answerFixed(event) : answerPage(event));
});

self.addEventListener('activate', event => event.waitUntil(caches.keys().then(names => {
  const old = names.filter(name => name.startsWith('lecture-pyodide-') && name != told.cache);
  return Promise.all(old.map(name => caches.delete(name)));
})));
