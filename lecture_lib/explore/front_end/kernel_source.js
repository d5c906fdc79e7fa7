// A kernel as the source of an explorer (see explorer.js): one question at a time, so that a slow answer is never followed
// by a queue of old ones. What the reader wants meanwhile is kept together and asked next.

const NO_ANSWER = 8000; // milliseconds after which the page says that nobody answers
const SILENT = 'Python does not answer. If it is not busy with another cell, run this cell again.';

export function mountInNotebook({model, el}) {
  const listeners = [], old = [];
  let flying = null, waiting = null, after = [], silent = false, timer, address = '';
  const say = what => listeners.forEach(act => act(what));

  const send = () => {
    if (!waiting || flying) return;
    [flying, waiting] = [waiting, null];
    model.send(flying);
    after.forEach(told => model.send(told)); // what was asked for after this move
    after = [];
    timer = setTimeout(() => {
      silent = true;
      answered();
      say('state');
    }, NO_ANSWER);
  };
  const answered = () => {
    clearTimeout(timer);
    flying = null;
    send();
  };
  const keepFile = (file, content) => {
    const href = URL.createObjectURL(new Blob([content], {type: file.type}));
    make('a', {href, download: file.name}).click();
    setTimeout(() => URL.revokeObjectURL(href), 60000);
  };
  const hear = (told, buffers) => {
    if (told.kind == 'file') return keepFile(told, buffers[0]);
    if (told.kind == 'pause') return say('pause'); // Jupyter's interrupt button
    silent = false;
    answered();
    say('state');
  };
  const ask = (kind, details) => {
    if (kind != 'move' && kind != 'drag') {
      if (waiting) after.push({kind, ...details}); // or a button would overtake a move
      else model.send({kind, ...details});
      return;
    }
    const changes = {...(waiting?.changes ?? {}), ...(details.changes ?? {})};
    waiting = {kind, ...details, changes};
    send();
  };

  // The reader's hand is ahead of the kernel: what was asked for stays where the reader put it.
  const state = () => {
    const shown = model.get('_state'), settings = {...shown.settings};
    for (const [name, value] of Object.entries({...(flying?.changes ?? {}), ...(waiting?.changes ?? {})})) {
      if (typeof value == typeof settings[name]) settings[name] = value;
    }
    return {...shown, settings, message: silent ? SILENT : shown.message};
  };
  const keepPicture = () => {
    if (address) old.push(address);
    address = URL.createObjectURL(new Blob([model.get('_picture')], {type: 'image/png'}));
  };
  const drawn = () => {
    keepPicture();
    say('state');
  };
  const changed = () => say('state');
  const listed = () => say('table');
  const events = {'change:_picture': drawn, 'change:_state': changed, 'change:_table': listed, 'msg:custom': hear};

  keepPicture();
  for (const [event, act] of Object.entries(events)) model.on(event, act);
  const forget = mount(el, {
    spec: model.get('_spec'), state, ask,
    picture: () => address,
    table: () => model.get('_table'),
    listen: act => listeners.push(act),
    shown: () => { while (old.length) URL.revokeObjectURL(old.pop()); },
  });
  const wanted = window.lectureWanted; // a state that an address names, in the browser edition
  if (wanted && wanted.name == model.get('_spec').name) {
    delete window.lectureWanted;
    ask('move', {changes: wanted.changes}); // as if it was typed: the kernel checks it
  }
  return () => {
    forget();
    clearTimeout(timer);
    for (const [event, act] of Object.entries(events)) model.off(event, act);
    for (const one of [...old, address]) URL.revokeObjectURL(one);
  };
}
