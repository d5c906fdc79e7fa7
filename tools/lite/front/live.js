// The bar above a notebook of the browser edition: what Python is doing, how far it is, what to do if it does not start, and
// the four things that a reader does with a notebook here. It also opens a notebook at the place that the address names.
(() => {
if (window.liveTooOld) return;
const told = JSON.parse(document.getElementById('live-told').textContent);
const wanted = new URLSearchParams(location.search), place = wanted.get('show');
const USUAL = 20; // seconds that a first start takes on a laptop
const SILENCE = 180; // seconds without any sign of life after which the bar says that something is wrong
const LITTLE = 2; // gigabytes of memory below which a device may fail
const WEAK = navigator.deviceMemory < LITTLE ? ' This device has little memory: if Python does not start, close other tabs.' : '';
const KEPT = 'lecture-start-seconds';

let state = 'loading', received = 0, begun = performance.now(), alive = begun, watching = null;
const wasKept = Boolean(navigator.serviceWorker?.controller); // whether the service worker saw this page come
let workers = 0, calm = 0; // Pythons that were started, and how often in a row all of them answered

// -- the bar

const make = (tag, about = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), about);
  element.append(...children);
  return element;
};
const words = make('p'), meter = make('progress', {max: 100, ariaLabel: 'Python is starting'});
const spoken = make('span', {className: 'spoken'}); // for screen readers: what is new, not every second
spoken.setAttribute('role', 'status');
const actions = make('span', {className: 'actions'});
const bar = make('section', {id: 'live', ariaLabel: 'Python in this browser'}, words, meter, actions, spoken);

function say(sentence, news = '') {
  if (words.textContent != sentence) words.textContent = sentence;
  if (news && spoken.textContent != news) spoken.textContent = news;
  place_page();
}

function place_page() { // the page stands below the bar, however high that is
  const height = `${bar.offsetHeight}px`;
  if (document.body.style.getPropertyValue('--live-height') == height) return;
  document.body.style.setProperty('--live-height', height);
  window.dispatchEvent(new Event('resize'));
}

const button = (name, title, act) => {
  const element = make('button', {type: 'button', title, onclick: act}, name);
  actions.append(element);
};

// -- how far it is

const seconds = () => Math.round((performance.now() - begun) / 1000);
const before = () => Number(localStorage.getItem(KEPT)) || 0;

function tell_progress() {
  calm = workers && all_answer() ? calm + 1 : 0;
  if (calm > 1) return ready();
  if (state == 'failed') return; // Python may come all the same, only late
  const part = Math.min(received / told.bytes, 1), usual = before() || USUAL;
  const time = `${seconds()} seconds so far, ${usual} are usual`;
  meter.value = Math.max(50 * part, 95 * Math.min(seconds() / usual, 1) * (0.4 + 0.6 * part));
  if (part < 0.98) {
    const here = Math.round(part * told.megabytes), coming = 'Python is coming into this browser';
    say(`${coming}: ${here} of about ${told.megabytes} MB, ${time}. ${meanwhile()}`, `${coming}.`);
  } else if (state == 'loading') {
    say('Everything is here. Python starts with the notebook that you open.');
  } else {
    say(`Everything is here, Python is starting: ${time}. ${meanwhile()}`, 'Python is starting.');
  }
  if (state == 'starting' && performance.now() - alive > 1000 * SILENCE) fail('silent');
}

function meanwhile() { // what a reader can do until then
  const isThere = document.querySelector('.jp-Notebook .jp-Cell') && !document.querySelector('.jp-Spinner');
  return (isThere ? 'Reading works meanwhile.' : 'The notebook comes first, in a moment.') + WEAK;
}

function all_answer() { // a kernel is idle, or busy with a cell, only once Python runs
  const kernels = [...app()?.shell?.widgets('main') ?? []].map(one => one.sessionContext?.session?.kernel).filter(Boolean);
  return kernels.length >= workers && kernels.every(kernel => ['idle', 'busy'].includes(kernel.status));
}

function ready() {
  if (state != 'failed') localStorage.setItem(KEPT, seconds());
  state = 'ready';
  document.documentElement.dataset.live = state;
  clearInterval(watching);
  bar.classList.remove('failed');
  meter.hidden = true;
  const sentence = `Python is ready, after ${seconds()} seconds. Shift+Enter runs a cell; every value is free.`;
  say(`${sentence} Your changes stay in this browser.`, 'Python is ready.');
  keep_page();
}

// -- what went wrong, in one sentence

const host = told.host || location.host;
const WRONG = {
  network: () => navigator.onLine
    ? `Python does not come: ${host} cannot be reached, which some school networks block. Try another network, then reload.`
    : 'There is no network, and this browser has kept no copy of Python yet. Connect once, then reload.',
  memory: () => 'This device has too little memory free for Python. Close other tabs and programs, then reload.',
  silent: () => `Python has not started in ${seconds()} seconds, perhaps for want of memory. Close other tabs, then reload; if that` +
    ' does not help, try Chrome, Edge or Firefox on a computer.',
  other: what => `Python could not start in this browser (${what}). Reload; if that does not help, try another browser.`,
};

function fail(kind, what = '') {
  if (state == 'ready' || state == 'failed') return;
  state = 'failed';
  document.documentElement.dataset.live = state;
  bar.classList.add('failed');
  meter.hidden = true;
  say(`${WRONG[kind](what)} `, WRONG[kind](what));
  const name = (wanted.get('path') ?? '').replace(/\.ipynb$/, '');
  const page = name && !name.startsWith('00') ? `${name}.html` : 'index.html';
  words.append(make('a', {href: new URL(`../../${page}`, location.href.split(/[?#]/)[0]).href}, 'The pages without Python work as well.'));
  place_page();
}

function fail_by(message) { // which kind of failure an error message means
  console.error(message);
  if (/out of memory|allocat/i.test(message)) fail('memory');
  else if (/fetch|network|failed to load|load failed/i.test(message)) fail('network');
  else fail('other', message.trim().split('\n').at(-1).slice(0, 120));
}

// -- signs of life: bytes from the service worker, messages of the kernel's worker

const channel = new BroadcastChannel('lecture-live');
channel.addEventListener('message', ({data}) => {
  alive = performance.now();
  if (data.failed) return fail('network', console.error(data.failed, data.why));
  if (data.kept) { // from an earlier visit, or fetched ahead; Python itself comes first
    if (data.kept.endsWith('.wasm') && !received) received = told.bytes;
    return;
  }
  received = Math.max(received, data.received);
});

async function fetch_ahead() { // what Python needs, while the page around it is still being built
  if (!navigator.serviceWorker) return;
  const root = document.currentScript?.src ?? document.querySelector('script[src*="live.js"]').src;
  await navigator.serviceWorker.register(new URL('service-worker.js?enableCache=false', root));
  await navigator.serviceWorker.ready;
  if (!navigator.serviceWorker.controller) {
    await new Promise(done => navigator.serviceWorker.addEventListener('controllerchange', done, {once: true}));
  }
  navigator.serviceWorker.controller.postMessage({ahead: told.first.map(address => new URL(address, root).href)});
  begin_early(root);
}

async function keep_page() { // a first visit loads this page before anything can keep it: ask for it once more, now that
  if (wasKept || !navigator.serviceWorker?.controller) return; // the service worker listens; most comes from the browser
  const loaded = performance.getEntriesByType('resource').map(entry => entry.name);
  const mine = [location.href.split(/[?#]/)[0], ...loaded].filter(address => address.startsWith(location.origin));
  await Promise.allSettled([...new Set(mine)].map(address => fetch(address).then(response => response.arrayBuffer())));
  document.documentElement.dataset.kept = 'true';
}

let early = null; // a worker whose Python starts while the page is still being built, until the kernel takes it

function begin_early(root) {
  if (!told.worker || !wanted.get('path') || crossOriginIsolated || workers) return;
  const theirs = new URL(told.worker.address, root), start = new URL('start.js', root);
  start.search = new URLSearchParams({worker: theirs.href, type: told.worker.type});
  early = {worker: new Worker(start, {type: told.worker.type}), path: theirs.pathname};
}

const PlainWorker = window.Worker;
window.Worker = class extends PlainWorker {
  constructor(...given) {
    if (early && new URL(given[0], location.href).pathname == early.path) {
      const {worker} = early;
      early = null;
      return worker;
    }
    super(...given);
    workers += 1;
    begin();
    this.addEventListener('error', event => fail_by(event.message || 'failed to load'));
    this.addEventListener('message', ({data}) => {
      alive = performance.now();
      const error = state != 'ready' && data?.name == 'throw' && data.value?.value;
      if (error) fail_by(String(error.message ?? error));
    });
  }
  terminate() {
    workers -= 1;
    super.terminate();
  }
};

function begin() { // a Python starts: the first one, another notebook's, or one after a restart
  if (state != 'loading') begun = performance.now();
  state = 'starting';
  calm = 0;
  alive = performance.now();
  document.documentElement.dataset.live = state;
  bar.classList.remove('failed');
  meter.hidden = false;
  clearInterval(watching);
  watching = setInterval(tell_progress, 250);
}

// -- the notebook

const app = () => window.jupyterapp;
const widget = () => app()?.shell?.currentWidget;
const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));

async function find(look) { // what `look` finds once it is there
  for (;;) {
    const found = look();
    if (found) return found;
    await pause(100);
  }
}

const run = command => app().commands.execute(command);

function add_actions() {
  button('Run all', 'Run all cells of this notebook', () => run('notebook:run-all-cells'));
  button('Stop', 'Start Python anew, which stops what is running; what you wrote stays', () => run('notebook:restart-kernel'));
  button('Download', 'Save this notebook with your changes as a file', () => run('docmanager:download'));
  button('Reset', 'Forget your changes to this notebook and take the newest version', reset);
}

async function reset() { // what is published is put in the place of the reader's copy, which is then forgotten
  if (!confirm('Forget your changes to this notebook, and take the newest version?')) return;
  const {context} = widget();
  const published = await fetch(new URL(`../files/${context.path}`, location.href.split(/[?#]/)[0]));
  context.model.fromJSON(await published.json());
  await context.save();
  await app().serviceManager.contents.delete(context.path);
  say('This is the newest version of the notebook; your changes to it are forgotten.', 'The newest version is here.');
}

async function open_place() { // #name or #name-2: the first or second cell that shows this explorer
  const page = await find(() => widget()?.content?.widgets && widget().context?.isReady && widget());
  const [, name, number] = place.match(/^(\w+?)(?:-(\d+))?$/) ?? [];
  const cells = page.content.widgets.map(cell => cell.model);
  const source = cell => cell.sharedModel.getSource();
  const shows = cells.flatMap((cell, at) => cell.type == 'code' && source(cell).includes(`explorers.${name}(`) ? [at] : []);
  const target = shows[(number ?? 1) - 1];
  if (target === undefined) return;
  const go = () => page.content.widgets[target].node.scrollIntoView({block: 'start'});
  page.content.activeCellIndex = target;
  go();
  setTimeout(go, 1500); // pictures above have come meanwhile
  const set = Object.fromEntries(new URLSearchParams(wanted.get('set') ?? ''));
  if (Object.keys(set).length) window.lectureWanted = {name, changes: set}; // the explorer takes it: see kernel_source.js
  await find(() => page.sessionContext.isReady && page.sessionContext.session?.kernel); // cells wait there for Python
  const first = cells.findIndex(cell => cell.type == 'code' && /^from lecture_lib import/m.test(source(cell)));
  for (const at of [first, target]) { // what it needs, and itself
    page.content.activeCellIndex = at;
    run('notebook:run-cell');
  }
  go();
}

// -- begin

function begin_page() {
  document.body.append(bar);
  document.body.classList.add('live-bar');
  new ResizeObserver(place_page).observe(bar);
  document.documentElement.dataset.live = state;
  add_actions();
  tell_progress();
  watching ??= setInterval(tell_progress, 250);
  if (place) open_place();
  fetch_ahead().catch(console.warn); // without it everything comes a little later
}
if (document.body) begin_page();
else document.addEventListener('DOMContentLoaded', begin_page);
})();
