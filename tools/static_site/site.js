// The states computed ahead as the source of an explorer (see explorer.js, which stands before this text): its controls
// choose one of them, and picture, sentence, address and line of code follow. Nothing is computed or interpolated here.
const waiting = {};
const LOADED = 'The states could not be loaded.';
const MISSING = 'The picture of this state is missing; the sentence tells what it shows.';
const TALL = 600; // pixels of the page below which the tall picture is shown
const LEGIBLE = 0.84; // of its width, at which its smallest words are 11 pixels high; what is wider than the page scrolls

window.lecture = (file, states) => waiting[file].done(states);

function load(file) { // the states of an explorer come as a script, for pages opened from a folder can fetch nothing
  if (!waiting[file]) {
    const entry = waiting[file] = {};
    entry.states = new Promise((done, failed) => {
      entry.done = done;
      const script = document.createElement('script');
      script.src = `states/${file}.js`;
      script.onerror = () => { delete waiting[file]; failed(); };
      document.head.append(script);
    });
  }
  return waiting[file].states;
}

function openExplorer(figure) {
  const plan = JSON.parse(figure.querySelector('script').textContent), dials = plan.dials, fetched = new Set();
  const listeners = [], live = figure.querySelector('.live a');
  let places = plan.places.slice(), known = null, message = '', tall = matchMedia(`(max-width: ${TALL}px)`).matches, turn = 0;

  const number = at => at.reduce((sum, place, k) => sum * dials[k].stops.length + place, 0);
  const values = () => Object.fromEntries(dials.map((dial, k) => [dial.name, dial.stops[places[k]]]));
  const shown = () => known ? known[number(places)] : plan.first;
  const say = () => listeners.forEach(act => act('state'));

  function code() {
    const given = plan.runs ? [plan.runs[dials[0].stops[places[0]]]] : [];
    dials.forEach((dial, k) => {
      const value = dial.code[places[k]];
      if (!(plan.runs && ['run', 'step'].includes(dial.name)) && value !== plan.defaults[dial.name]) given.push(`${dial.name}=${value}`);
    });
    return `explorers.${plan.spec.name}(${given.filter(Boolean).join(', ')})`;
  }

  function prefetch() { // what one step of any control leads to
    places.forEach((place, k) => [-1, 1].forEach(step => {
      if (!known || dials[k].stops[place + step] === undefined) return;
      const name = known[number(places.with(k, place + step))][tall ? 2 : 1];
      if (!fetched.has(name)) { fetched.add(name); new Image().src = `pictures/${name}.webp`; }
    }));
  }

  function lead_on() { // the link to this explorer with Python opens it as it stands
    if (!live || plan.runs) return;
    const address = new URL(live.href);
    address.searchParams.set('set', new URLSearchParams(dials.map((dial, k) => [dial.name, dial.stops[places[k]]])));
    live.href = address;
  }

  async function show(note = '') {
    const mine = ++turn;
    lead_on();
    try { known = await load(plan.file); } catch { message = LOADED; return say(); }
    if (mine !== turn) return; // a later move came first
    message = note;
    figure.classList.remove('missing');
    figure.dataset.state = number(places);
    say();
    prefetch();
  }

  function move(changes) {
    for (const [name, value] of Object.entries(changes)) {
      const k = dials.findIndex(dial => dial.name === name), place = k < 0 ? -1 : dials[k].stops.findIndex(stop => stop == value);
      if (place >= 0) places[k] = place;
    }
    const set = new URLSearchParams(dials.map((dial, k) => [dial.name, dial.shown[places[k]]]));
    history.replaceState(null, '', `#${figure.id}?${set}`);
    say(); // the control stands where it was put, before the states are there
    show();
  }

  function nearest(dial, text) { // the place of the stop that `text` names, or of the one next to it
    const exact = [dial.shown, dial.stops.map(String), dial.code].map(names => names.indexOf(text)).find(k => k >= 0);
    if (exact !== undefined) return [exact, ''];
    const wanted = Number(text), scale = dial.log ? Math.log : x => x;
    if (typeof dial.stops[0] !== 'number' || text.trim() === '' || !Number.isFinite(wanted) || (dial.log && wanted <= 0))
      return [null, `${dial.label} has no value “${text}”. `];
    const apart = dial.stops.map(stop => Math.abs(scale(stop) - scale(wanted)));
    const place = apart.indexOf(Math.min(...apart));
    return [place, `${dial.label} ${text} was not computed ahead; the nearest is ${dial.shown[place]}. `];
  }

  function open(query) { // the state that an address names
    let note = '';
    for (const [name, text] of new URLSearchParams(query)) {
      const k = dials.findIndex(dial => dial.name === name);
      const [place, said] = k < 0 ? [null, `There is no control “${name}” here. `] : nearest(dials[k], text);
      if (place !== null) places[k] = place;
      note += said;
    }
    return show(note);
  }

  const source = {
    spec: plan.spec,
    state: () => ({
      settings: values(), written: Object.fromEntries(dials.map((dial, k) => [dial.name, dial.shown[places[k]]])),
      sentence: shown()[0], code: code(), message, width: (tall ? LEGIBLE : 1) * plan.sizes[+tall][0], height: (tall ? LEGIBLE : 1) * plan.sizes[+tall][1],
      readings: [], drag: null,
    }),
    picture: () => `pictures/${shown()[tall ? 2 : 1]}.webp`,
    table: () => ({}),
    ask: (kind, details) => {
      if (kind == 'move') move(details.changes);
      if (kind == 'look' && tall != details.width < TALL) { tall = !tall; say(); }
    },
    listen: act => listeners.push(act),
    missing: () => { figure.classList.add('missing'); message = MISSING; say(); },
  };
  figure.querySelector('.still').remove();
  const place = document.createElement('div');
  figure.querySelector('script').after(place);
  mount(place, source);
  place.querySelector('.lx-stage').tabIndex = 0; // it scrolls where a picture is wider than the page
  const fetchAhead = () => load(plan.file).then(states => { known ??= states; prefetch(); }, () => {});
  figure.addEventListener('focusin', fetchAhead);
  figure.addEventListener('pointerenter', fetchAhead);
  return open;
}

const opened = new Map([...document.querySelectorAll('.explorer')].map(figure => [figure.id, openExplorer(figure)]));

function follow() { // #name?control=value&... opens a state of the explorer `name`
  const [name, query] = location.hash.slice(1).split(/\?(.*)/s);
  if (query === undefined || !opened.has(name)) return;
  document.getElementById(name).scrollIntoView();
  opened.get(name)(query);
}

function arrange() { // ?embed#name shows this explorer alone, for a frame in another page; ?answers unfolds all, to print
  const name = location.hash.slice(1).split('?')[0];
  if (location.search == '?embed' && opened.has(name)) document.body.replaceChildren(document.getElementById(name));
  if (location.search == '?answers') document.querySelectorAll('details').forEach(part => { part.open = true; });
}
arrange();
addEventListener('hashchange', follow);
follow();
