// A worker for Python that live.js makes before JupyterLite asks for one: it begins to load Python, and is JupyterLite's own
// worker besides. What comes for that one before it listens is given to it later.
const waiting = [];
const wait = event => waiting.push(event);
addEventListener('message', wait);

function hand_over() {
  removeEventListener('message', wait);
  for (const {data, ports} of waiting) dispatchEvent(new MessageEvent('message', {data, ports: [...ports]}));
}

import('./early.mjs').then(({begin}) => begin());
const asked = new URL(location).searchParams, theirs = asked.get('worker');
if (asked.get('type') == 'module') import(theirs).then(hand_over);
else {
  importScripts(theirs);
  hand_over();
}
