"use strict";
// An explorer of the page: its controls choose one of the states computed ahead, and its picture, sentence, address and
// line of code follow. Nothing is computed or interpolated here.
const waiting = {};

window.lecture = (file, states) => waiting[file].done(states);

function load(file) { // the states of an explorer come as a script, for pages opened from a folder can fetch nothing
  if (!waiting[file]) {
    const entry = waiting[file] = {};
    entry.states = new Promise((done, failed) => {
      entry.done = done;
      const script = document.createElement("script");
      script.src = "states/" + file + ".js";
      script.onerror = () => { delete waiting[file]; failed(); };
      document.head.append(script);
    });
  }
  return waiting[file].states;
}

function explorer(box) {
  const plan = JSON.parse(box.querySelector("script").textContent), dials = plan.dials, fetched = new Set();
  const inputs = dials.map(dial => box.querySelector(`[data-name="${dial.name}"]`));
  const [image, source, sentence, told, line] =
    ["img", "source", ".sentence", ".told[role]", ".line"].map(part => box.querySelector(part));
  const places = () => inputs.map(input => Number(input.value));
  const number = at => at.reduce((sum, place, k) => sum * dials[k].stops.length + place, 0);
  let turn = 0;

  function code(at) {
    const given = plan.runs ? [plan.runs[dials[0].stops[at[0]]]] : [];
    dials.forEach((dial, k) => {
      const value = dial.code[at[k]];
      if (!(plan.runs && ["run", "step"].includes(dial.name)) && value !== plan.defaults[dial.name])
        given.push(dial.name + "=" + value);
    });
    return `explorers.${box.dataset.explorer}(${given.filter(Boolean).join(", ")})`;
  }

  function prefetch(states, at) { // what one step of any control leads to
    at.forEach((place, k) => [-1, 1].forEach(step => {
      if (dials[k].stops[place + step] === undefined) return;
      const name = states[number(at.with(k, place + step))][source.media && matchMedia(source.media).matches ? 2 : 1];
      if (!fetched.has(name)) { fetched.add(name); new Image().src = `pictures/${name}.webp`; }
    }));
  }

  async function show(note = "") {
    const mine = ++turn, at = places();
    dials.forEach((dial, k) => {
      if (inputs[k].type !== "range") return;
      inputs[k].setAttribute("aria-valuetext", dial.shown[at[k]]);
      inputs[k].nextElementSibling.value = dial.shown[at[k]];
    });
    let states;
    try { states = await load(plan.file); } catch { told.textContent = "The states could not be loaded."; return; }
    if (mine !== turn) return; // a later move came first
    const [text, wide, tall] = states[number(at)];
    box.classList.remove("missing");
    source.srcset = `pictures/${tall}.webp`;
    image.src = `pictures/${wide}.webp`; // the old picture stays until the new one is there
    image.alt = sentence.textContent = text;
    line.textContent = code(at);
    told.textContent = note;
    box.dataset.state = number(at);
    prefetch(states, at);
  }

  function moved() {
    const at = places();
    const set = new URLSearchParams(dials.map((dial, k) => [dial.name, dial.shown[at[k]]]));
    history.replaceState(null, "", "#" + box.id + "?" + set);
    return show();
  }

  function nearest(dial, text) { // the place of the stop that `text` names, or of the one next to it
    const exact = [dial.shown, dial.stops.map(String), dial.code].map(names => names.indexOf(text)).find(k => k >= 0);
    if (exact !== undefined) return [exact, ""];
    const wanted = Number(text), scale = dial.log ? Math.log : x => x;
    if (typeof dial.stops[0] !== "number" || text.trim() === "" || !Number.isFinite(wanted) || (dial.log && wanted <= 0))
      return [null, `${dial.label} has no value “${text}”. `];
    const apart = dial.stops.map(stop => Math.abs(scale(stop) - scale(wanted)));
    const place = apart.indexOf(Math.min(...apart));
    return [place, `${dial.label} ${text} was not computed ahead; the nearest is ${dial.shown[place]}. `];
  }

  function open(query) { // the state that an address names
    let note = "";
    for (const [name, text] of new URLSearchParams(query)) {
      const k = dials.findIndex(dial => dial.name === name);
      const [place, said] = k < 0 ? [null, `There is no control “${name}” here. `] : nearest(dials[k], text);
      if (place !== null) inputs[k].value = place;
      note += said;
    }
    return show(note);
  }

  box.querySelector("fieldset").disabled = false;
  inputs.forEach(input => input.addEventListener("input", moved));
  box.addEventListener("focusin", () => load(plan.file).then(states => prefetch(states, places()), () => {}));
  box.addEventListener("pointerenter", () => load(plan.file).then(states => prefetch(states, places()), () => {}));
  image.addEventListener("error", () => {
    box.classList.add("missing");
    told.textContent = "The picture of this state is missing; the sentence tells what it shows.";
  });
  for (const button of box.querySelectorAll("[data-state]"))
    button.addEventListener("click", () => {
      let rest = Number(button.dataset.state);
      for (let k = dials.length; k--; rest = Math.floor(rest / dials[k].stops.length)) inputs[k].value = rest % dials[k].stops.length;
      moved();
    });
  for (const button of box.querySelectorAll("[data-play]")) {
    const input = document.getElementById(button.dataset.play), name = button.getAttribute("aria-label").replace(/: .*/, "");
    let timer = null;
    const play = on => {
      clearInterval(timer);
      timer = on ? setInterval(step, 700) : null;
      button.textContent = on ? "pause" : "play";
      button.setAttribute("aria-label", `${name}: ${on ? "pause" : "play"}`);
    };
    const step = () => {
      if (input.value === input.max) return play(false);
      input.stepUp();
      moved();
    };
    button.addEventListener("click", () => {
      if (!timer && input.value === input.max) { input.value = 0; moved(); }
      play(!timer);
    });
  }
  return open;
}

const boxes = new Map([...document.querySelectorAll(".explorer")].map(box => [box.id, explorer(box)]));

function follow() { // #name?control=value&... opens a state of the explorer `name`
  const [name, query] = location.hash.slice(1).split(/\?(.*)/s);
  if (query === undefined || !boxes.has(name)) return;
  document.getElementById(name).scrollIntoView();
  boxes.get(name)(query);
}
addEventListener("hashchange", follow);
follow();
