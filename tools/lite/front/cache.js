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

function watch(response) { // the same answer, with its bytes counted as they come
  if (!response.body) return response;
  const counter = new TransformStream({transform(part, out) { count(part.byteLength); out.enqueue(part); }});
  const {status, statusText, headers} = response;
  return new Response(response.body.pipeThrough(counter), {status, statusText, headers});
}

async function keep(name, request, response) {
  try {
    const cache = await caches.open(name);
    await cache.put(request, response);
  } catch { /* no room left, or a private window: the page works without a copy */ }
}

async function answerFixed(event) {
  const {request} = event;
  const cache = await caches.open(told.cache);
  const kept = await cache.match(request.url);
  if (kept) return watch(kept);
  try {
    const response = await fetch(request);
    if (!response.ok && response.type != 'opaque') throw new Error(`${response.status}`);
    event.waitUntil(keep(told.cache, request.url, response.clone()));
    return response.type == 'opaque' ? response : watch(response);
  } catch (error) {
    tell({failed: request.url, why: String(error)});
    throw error;
  }
}

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
