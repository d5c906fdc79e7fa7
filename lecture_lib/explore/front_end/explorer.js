// One explorer in a page: controls, picture, sentence, numbers. `mount(place, source)` draws it from its declaration and
// shows what the source answers; a source is a kernel (notebook.js) or states that were computed ahead (the static site).
//
//   source.spec                what is declared: name, question, controls, defaults, presets, tools, live, speeds
//   source.state()             what is shown: settings, written, sentence, code, message, playing, width, height,
//                              readings, drag, answered
//   source.picture()           the address of the picture
//   source.table()             the numbers: {note, rows: [[name, [cell, ...]], ...]}, or {}
//   source.ask(kind, details)  what the reader wants: move, drag, play, step, restart, speed, look, read, numbers, save
//   source.listen(act)         calls act(what) when state, picture or table have changed

const PATHS = {
  reset: 'M3 8a5 5 0 1 0 1.6-3.7M3 2.5v3h3',
  code: 'M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5',
  numbers: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M2.5 9.5h11M6.5 3.5v9',
  save: 'M8 2.5v7M5 6.5l3 3 3-3M2.5 11v2.5h11V11',
  full: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  play: 'M5 3l8 5-8 5z',
  pause: 'M5.5 3v10M10.5 3v10',
  step: 'M4 3l6 5-6 5zM12.5 3v10',
  start: 'M12 3 6 8l6 5zM3.5 3v10',
};
const PLAY_INTERVAL = 600; // milliseconds between two values of a slider that plays
const NEAR = 36; // pixels from the pointer within which a value is read off

function draw(name) { // an icon
  const part = tag => document.createElementNS('http://www.w3.org/2000/svg', tag);
  const icon = part('svg'), path = part('path');
  const look = {viewBox: '0 0 16 16', fill: 'none', stroke: 'currentColor', 'stroke-width': 1.5, 'stroke-linecap': 'round',
    'stroke-linejoin': 'round', 'aria-hidden': true};
  for (const [key, value] of Object.entries(look)) icon.setAttribute(key, value);
  path.setAttribute('d', PATHS[name]);
  icon.append(path);
  return icon;
}

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value != null && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children);
  return element;
}

function iconButton(icon, name, act, more = {}) {
  const attributes = {type: 'button', class: 'lx-icon', title: name, 'aria-label': name, onclick: act, ...more};
  return make('button', attributes, draw(icon));
}

// -- a control: its label and value, and below them a slider or a list as wide as its column

let made = 0;

function control(spec, moved) {
  const id = `lx-${++made}`;
  const label = make('label', {for: id, title: spec.help}, spec.label);
  const box = make('div', {class: `lx-control control-${spec.name}`}, label);
  if (spec.kind == 'reveal') return reveal(spec, box, moved);
  const main = spec.kind == 'slider' ? slider(spec, id, moved) : list(spec, id, moved);
  const typed = spec.typed && typing(spec, moved);
  const value = typed || (spec.kind == 'slider' && make('output', {class: 'lx-value', for: id}));
  if (value) box.append(value);
  box.append(main.element);
  if (main.player) { box.classList.add('lx-plays'); box.append(main.player); }
  box.pause = () => main.player?.pause();
  box.put = (setting, written) => {
    main.put(setting, written);
    if (value && document.activeElement != value && value.value != written) value.value = written;
  };
  return box;
}

function typing(spec, moved) { // a field for a value, taken on Enter (JupyterLab keeps the browser from saying so) or when it is left
  let taken = null;
  const take = () => {
    if (field.value == taken) return;
    taken = field.value;
    moved(spec.name, taken);
  };
  const field = make('input', {
    class: 'lx-typed', type: 'text', 'aria-label': `${spec.label}, typed`, autocomplete: 'off', spellcheck: 'false',
    onchange: take, onkeydown: event => { if (event.key == 'Enter') take(); }, onfocus: () => { taken = null; field.select(); },
  });
  return field;
}

function slider(spec, id, moved) {
  const grid = spec.grid;
  const element = make('input', {id, type: 'range', min: grid ? 0 : spec.low, max: grid ? grid.length - 1 : spec.high,
    step: grid ? 1 : spec.step});
  const place = value => {
    if (!grid) return value;
    const scale = spec.log ? Math.log : x => x;
    const away = grid.map(stop => Math.abs(scale(stop) - scale(value)));
    return away.indexOf(Math.min(...away));
  };
  const fill = () => element.style.setProperty('--at', (element.value - element.min) / (element.max - element.min || 1));
  const move = () => {
    fill();
    moved(spec.name, grid ? grid[+element.value] : +element.value);
  };
  element.addEventListener('input', move);
  const put = (value, written) => {
    if (place(value) != +element.value) element.value = place(value);
    fill();
    element.setAttribute('aria-valuetext', written);
  };
  return {element, put, player: spec.play && player(spec, element, move)};
}

function player(spec, range, move) { // a button that moves a slider on by itself
  let timer = null;
  const button = iconButton('play', `${spec.label}: play`, () => play(!timer));
  const play = on => {
    clearInterval(timer);
    timer = on ? setInterval(next, PLAY_INTERVAL) : null;
    button.replaceChildren(draw(on ? 'pause' : 'play'));
    button.title = `${spec.label}: ${on ? 'pause' : 'play'}`;
    button.setAttribute('aria-label', button.title);
    if (on && range.value == range.max) { range.value = range.min; move(); }
  };
  const next = () => {
    if (!range.isConnected || range.value == range.max) return play(false);
    range.stepUp();
    move();
  };
  button.pause = () => { if (timer) play(false); };
  return button;
}

function list(spec, id, moved) {
  const option = ([name, value]) => make('option', {value}, name);
  const element = make('select', {id, onchange: () => moved(spec.name, spec.options[element.selectedIndex]?.[1] ?? element.value)},
    ...spec.options.map(option));
  const put = value => {
    if (![...element.options].some(one => one.value == value)) element.append(option([value, value])); // a free value
    element.value = value;
  };
  return {element, put};
}

function reveal(spec, box, moved) { // the button of a prediction: what came out stays shut until it is pressed
  const button = make('button', {type: 'button', class: 'lx-reveal', onclick: () => moved(spec.name, button.dataset.next)});
  box.replaceChildren(button);
  box.put = value => {
    const shut = value == 'hidden';
    button.dataset.next = shut ? 'shown' : 'hidden';
    button.textContent = shut ? 'that is my guess (or skip it): show what came out' : 'cover it again';
  };
  return box;
}

// -- the explorer

export function mount(place, source) {
  const spec = source.spec;
  const moved = (name, value) => source.ask('move', {changes: {[name]: value}});
  const controls = Object.fromEntries(spec.controls.map(one => [one.name, control(one, moved)]));
  const folded = spec.controls.filter(one => one.folded).map(one => controls[one.name]);
  const inView = spec.controls.length - folded.length;
  folded.forEach(box => box.classList.add('lx-folded'));

  const unfold = what => {
    const open = root.classList.toggle(`lx-${what}-open`);
    for (const button of root.querySelectorAll(`[data-opens=${what}]`)) button.setAttribute('aria-expanded', open);
    if (what == 'numbers') source.ask('numbers', {open});
  };
  const fullScreen = () => document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen();
  const setAll = settings => source.ask('move', {changes: {...spec.defaults, ...settings}});

  const buttons = {
    reset: () => iconButton('reset', 'reset', () => setAll({})),
    code: () => iconButton('code', 'this state as code', () => unfold('code'), {'data-opens': 'code', 'aria-expanded': 'false'}),
    numbers: () => iconButton('numbers', 'the numbers', () => unfold('numbers'), {'data-opens': 'numbers', 'aria-expanded': 'false'}),
    save: () => iconButton('save', 'save picture', () => unfold('save'), {'data-opens': 'save', 'aria-expanded': 'false'}),
    full: () => iconButton('full', 'full screen', fullScreen),
  };
  const format = name => make('button', {type: 'button', class: 'lx-chip', onclick: () => source.ask('save', {format: name})},
    name.toUpperCase());
  const formats = make('span', {class: 'lx-formats', role: 'group', 'aria-label': 'save picture as'},
    ...['png', 'svg', 'pdf'].map(format));
  const tools = make('div', {class: 'lx-tools', role: 'group', 'aria-label': 'this explorer'}, formats,
    ...spec.tools.map(name => buttons[name]()));

  const chips = make('div', {class: 'lx-chips'});
  const transport = spec.live ? makeTransport(spec, source) : null;
  if (transport) chips.append(transport);
  const presets = spec.presets.map(([name, settings]) => {
    const whole = {...spec.defaults, ...settings};
    const chip = make('button', {type: 'button', class: 'lx-chip', title: name, onclick: () => setAll(settings)}, name);
    chip.put = now => chip.setAttribute('aria-pressed', Object.entries(whole).every(([key, value]) => now[key] == value));
    return chip;
  });
  chips.append(...presets);
  if (folded.length) {
    chips.append(make('button', {type: 'button', class: 'lx-fold', 'data-opens': 'more', 'aria-expanded': 'false',
      onclick: () => unfold('more')}, `${folded.length} more`));
  }

  const picture = makePicture(source);
  const sentence = make('p', {class: 'lx-sentence'});
  const message = make('div', {class: 'lx-message', role: 'alert'});
  const told = make('div', {class: 'lx-told', 'aria-live': 'polite'});
  const code = make('code', {class: 'lx-code', tabindex: '0'});
  const table = make('div', {class: 'lx-numbers'});
  const twins = document.querySelectorAll(`.lx.explorer-${spec.name}`).length; // each region has a name of its own
  const root = make('section', {class: `lx explorer-${spec.name}`, 'aria-label': spec.question + (twins ? ` (${twins + 1})` : '')},
    make('div', {class: 'lx-head'}, make('div', {class: 'lx-title'}, spec.question), tools),
    make('div', {class: 'lx-panel'}, make('div', {class: 'lx-controls'}, ...Object.values(controls)), chips),
    message, picture.stage, sentence, code, table, told);
  root.classList.toggle('lx-prediction', Boolean(spec.prediction));
  root.style.setProperty('--lines', spec.lines);
  root.style.setProperty('--columns', inView <= 4 ? Math.max(inView, 2) : inView <= 6 ? 3 : 4);
  if (!chips.children.length) chips.remove();
  // JupyterLab would take arrow keys for itself.
  for (const part of root.querySelectorAll('input, select, button')) part.dataset.lmSuppressShortcuts = 'true';
  place.append(make('div', {class: 'lx-frame'}, root));

  const tallest = {}; // of the sentence, by the width it had: its place never shrinks, or the page would jump
  let across, telling;
  const keepPlace = () => {
    sentence.style.minHeight = '';
    across = sentence.offsetWidth;
    tallest[across] = Math.max(tallest[across] ?? 0, sentence.offsetHeight);
    sentence.style.minHeight = `${tallest[across]}px`;
  };
  const widened = new ResizeObserver(() => { if (sentence.offsetWidth != across) keepPlace(); });
  widened.observe(sentence);
  const showSentence = text => {
    if (text == sentence.textContent) return;
    sentence.textContent = text;
    picture.describe(text);
    keepPlace();
    clearTimeout(telling);
    telling = setTimeout(() => { told.textContent = text; }, 400);
  };
  const show = what => {
    if (what == 'pause') return Object.values(controls).forEach(control => control.pause?.());
    if (what == 'table') return table.replaceChildren(...makeTable(source.table()));
    const state = source.state();
    for (const [name, value] of Object.entries(state.settings)) controls[name]?.put(value, state.written[name] ?? String(value));
    presets.forEach(chip => chip.put(state.settings));
    if (message.textContent != state.message) message.textContent = state.message;
    code.textContent = state.code;
    transport?.put(state.playing);
    showSentence(state.sentence);
    picture.show();
  };
  source.listen(show);
  source.ask('read', {on: false}); // until the pointer is on the picture
  show('state');
  const forget = watchLook(root, picture.stage, source);
  return () => { forget(); widened.disconnect(); clearTimeout(telling); };
}

function makeTable({note, rows = []}) { // the numbers behind the picture
  if (!rows.length) return [];
  const row = ([name, cells]) => make('tr', {}, make('th', {scope: 'row'}, name), ...cells.map(cell => make('td', {}, cell)));
  const table = make('table', {}, ...rows.map(row));
  return [make('p', {}, note), make('div', {class: 'lx-table', tabindex: 0}, table)];
}

function makeTransport(spec, source) { // play, one step, to the start, speed
  const toggle = make('button', {type: 'button', class: 'lx-play', onclick: () => source.ask('play', {})});
  const speed = make('select', {'aria-label': 'speed', onchange: () => source.ask('speed', {value: +speed.value})},
    ...spec.speeds.map(([name, value]) => make('option', {value}, name)));
  speed.value = spec.speed;
  const box = make('span', {class: 'lx-transport'}, toggle,
    iconButton('step', 'one step', () => source.ask('step', {})),
    iconButton('start', 'to the start', () => source.ask('restart', {})), speed);
  box.put = playing => {
    const word = playing ? 'pause' : 'play';
    if (toggle.textContent != word) toggle.replaceChildren(draw(word), make('span', {}, word));
  };
  return box;
}

// -- the picture: as sharp as the screen, values under the pointer, handles that can be dragged

function makePicture(source) {
  let image = make('img', {class: 'lx-image', draggable: 'false', alt: ''});
  const dot = make('div', {class: 'lx-dot', 'aria-hidden': 'true'});
  const tip = make('div', {class: 'lx-tip', 'aria-hidden': 'true'});
  const frame = make('div', {class: 'lx-picture'}, image, dot, tip);
  const stage = make('div', {class: 'lx-stage'}, frame);
  let address = '', decoded = '', readings = [], drag = null, dragging = false, pointer = null;

  const locate = event => {
    const box = image.getBoundingClientRect();
    return {x: (event.clientX - box.x) / box.width, y: (event.clientY - box.y) / box.height, width: box.width, height: box.height};
  };
  const hide = () => { dot.style.display = tip.style.display = 'none'; };
  const read = event => {
    const at = locate(event);
    const away = ([x, y]) => Math.hypot((x - at.x) * at.width, (y - at.y) * at.height / 4); // its column counts most
    const best = readings.reduce((a, b) => away(b) < away(a) ? b : a, readings[0]);
    if (!best || away(best) > NEAR) return hide();
    const [x, y] = [best[0] * at.width, best[1] * at.height];
    tip.textContent = best[2];
    dot.style.display = tip.style.display = 'block';
    dot.style.translate = `${x}px ${y}px`;
    const half = tip.offsetWidth / 2, above = y - tip.offsetHeight - 12;
    tip.style.left = `${Math.min(Math.max(x, half), at.width - half)}px`;
    tip.style.top = `${above > 0 ? above : y + 14}px`;
  };
  const follow = event => { // the pointer, or null: it is elsewhere, or it drags
    if (!event != !pointer) source.ask('read', {on: Boolean(event)});
    pointer = event;
    if (event) read(event);
    else hide();
  };
  const isInside = event => {
    const at = locate(event), [left, top, right, bottom] = drag?.box ?? [1, 1, 0, 0];
    return at.x > left && at.x < right && at.y > top && at.y < bottom;
  };
  const pull = event => {
    const at = locate(event);
    source.ask('drag', {x: at.x, y: at.y});
  };
  frame.addEventListener('pointerdown', event => {
    if (event.button || !isInside(event)) return;
    dragging = true;
    follow(null);
    frame.setPointerCapture(event.pointerId);
    pull(event);
  });
  frame.addEventListener('pointermove', event => {
    if (dragging) return pull(event);
    frame.style.cursor = isInside(event) ? 'grab' : '';
    follow(event);
  });
  for (const end of ['pointerup', 'pointercancel']) frame.addEventListener(end, () => { dragging = false; });
  frame.addEventListener('pointerleave', () => follow(null));

  const take = state => {
    readings = state.readings ?? [];
    if (pointer) read(pointer);
    else hide();
  };
  const show = () => {
    const state = source.state(), mine = source.picture();
    frame.title = state.drag?.hint ?? '';
    if (mine == decoded) take(state);
    if (mine == address) return;
    address = mine;
    const fresh = new Image(); // the old picture stays until the new one can be shown
    fresh.src = mine;
    fresh.decode().then(() => {
      if (mine != address) return;
      fresh.className = 'lx-image';
      fresh.alt = image.alt;
      fresh.draggable = false;
      fresh.style.aspectRatio = `${state.width} / ${state.height}`;
      fresh.style.width = `${state.width}px`;
      image.replaceWith(fresh);
      image = fresh;
      decoded = mine;
      drag = state.drag;
      take(source.state()); // what came while it was decoded
      frame.closest('.lx').dataset.drawn = state.answered ?? '';
      source.shown?.(mine);
    }, () => {
      if (mine == address) source.missing?.(mine);
    });
  };
  return {stage, show, describe: text => { image.alt = text; }};
}

// -- the page tells how it looks: width in pixels of the page, pixels a pixel, theme, full screen

function isDark(place) {
  const theme = document.body.dataset.jpThemeLight;
  if (theme) return theme == 'false';
  for (let element = place; element; element = element.parentElement) {
    const parts = getComputedStyle(element).backgroundColor.match(/[\d.]+/g)?.map(Number);
    if (parts && (parts[3] ?? 1) > 0) return parts[0] + parts[1] + parts[2] < 384;
  }
  return false;
}

function watchLook(root, stage, source) {
  let timer, last = '', density;
  const look = () => {
    const details = {
      width: Math.floor(stage.clientWidth),
      ratio: Math.min(Math.round(devicePixelRatio * 4) / 4, 3),
      dark: isDark(root.parentElement),
      large: document.fullscreenElement == root,
    };
    root.classList.toggle('lx-dark', details.dark);
    if (!details.width || last == JSON.stringify(details)) return;
    last = root.dataset.look = JSON.stringify(details);
    source.ask('look', details);
  };
  const soon = (wait = 120) => {
    clearTimeout(timer);
    timer = setTimeout(look, wait);
  };
  const resized = new ResizeObserver(() => soon());
  const themed = new MutationObserver(() => soon(30));
  resized.observe(stage);
  themed.observe(document.body, {attributes: true});
  root.addEventListener('fullscreenchange', () => soon(60));
  const watchDensity = () => {
    density?.removeEventListener('change', watchDensity);
    density = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    density.addEventListener('change', watchDensity);
    soon();
  };
  watchDensity();
  look();
  return () => {
    clearTimeout(timer);
    resized.disconnect();
    themed.disconnect();
    density.removeEventListener('change', watchDensity);
  };
}
