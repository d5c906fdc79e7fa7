// Moves explorers in a real browser over WebDriver BiDi (Firefox) or CDP (Chromium), with npm's puppeteer-core.
//
//   node drive.mjs '{"browser": "firefox", "executable": "...", "packages": ".browsers", "address": "...",
//                    "place": "lab" or "site", "explorers": ["neuron", ...], "ways": ["key", "pointer"],
//                    "paused": ["live_training", ...]}'
//
// Those that are paused may answer with another sentence: a learning rate is seen in the picture when they go on. On
// the site their steps are played from a record, and the line of code has no step.
//
// Writes one line of JSON: {explorer: {way: what the explorer's line of code said before and after the move}}.
import {createRequire} from 'node:module';

const task = JSON.parse(process.argv[2]);
const puppeteer = createRequire(`${task.packages}/`)('puppeteer-core');
const PATIENCE = 60_000;
const TOUCH = ['tap', 'drag'];

const isTouched = task.ways.some(way => TOUCH.includes(way));
const browser = await (puppeteer.default ?? puppeteer).launch({
  browser: task.browser, executablePath: task.executable, args: task.args ?? [], headless: true,
  protocolTimeout: 5 * PATIENCE,
});
const page = await browser.newPage();
page.setDefaultTimeout(PATIENCE);
await page.setViewport(isTouched ? {width: 360, height: 740, hasTouch: true, isMobile: true} : {width: 1280, height: 800});
await page.goto(task.address);
if (task.place == 'lab') await runAll();
const found = {};
for (const name of task.explorers) {
  await settle(name);
  found[name] = {};
  for (const way of task.ways) {
    const before = await tell(name);
    await {key, pointer, tap, drag}[way](name);
    found[name][way] = [before, await change(name, before)];
  }
}
await browser.close();
console.log(JSON.stringify(found));

async function runAll() { // as Run > Run All Cells does
  await page.waitForSelector('.jp-Notebook .jp-CodeCell');
  await page.waitForFunction(() => document.body.innerText.includes('| Idle'), {timeout: 2 * PATIENCE});
  await page.evaluate(() => jupyterapp.commands.execute('notebook:run-all-cells'));
}

async function settle(name) { // until it has a picture and its controls stand
  await page.waitForFunction(name => {
    const box = document.querySelector(`.lx.explorer-${name}`), image = box?.querySelector('.lx-image');
    return image?.naturalWidth > 0 && box.querySelector('.lx-code').textContent;
  }, {timeout: 4 * PATIENCE}, name);
  await page.$eval(`.lx.explorer-${name}`, box => box.scrollIntoView({block: 'start'}));
}

function tell(name) { // the line that opens it as it stands, its picture and its sentence
  return page.$eval(`.lx.explorer-${name}`, box => {
    const image = box.querySelector('.lx-image');
    return [box.querySelector('.lx-code').textContent, image.src, image.alt];
  });
}

async function change(name, before) { // what it tells once both line and picture are others; null if they stay
  const isOther = ([name, isPaused, isRecorded, code, picture, sentence]) => {
    const box = document.querySelector(`.lx.explorer-${name}`), image = box.querySelector('.lx-image');
    const isNew = image.src != picture || isPaused && image.alt != sentence;
    const isTold = isRecorded || box.querySelector('.lx-code').textContent != code;
    return isNew && isTold && image.naturalWidth > 0;
  };
  const isPaused = task.paused.includes(name);
  try {
    await page.waitForFunction(isOther, {timeout: PATIENCE}, [name, isPaused, isPaused && task.place == 'site', ...before]);
  } catch {
    return null;
  }
  return tell(name);
}

async function findRange(name) { // the first slider in view: {handle, part from 0 to 1, place of its track}
  const handle = (await page.$$(`.lx.explorer-${name} input[type=range]`))[0];
  if (!handle) return null;
  return {handle, ...await handle.evaluate(range => {
    range.scrollIntoView({block: 'center'});
    const box = range.getBoundingClientRect();
    return {x: box.x, y: box.y + box.height / 2, width: box.width,
      part: (range.value - range.min) / (range.max - range.min)};
  })};
}

function along(range, part) { // where the thumb is
  return range.x + 8 + part * (range.width - 16);
}

async function key(name) {
  const range = await findRange(name);
  if (range) {
    await range.handle.focus();
    return page.keyboard.press(range.part < 0.9 ? 'ArrowRight' : 'ArrowLeft');
  }
  const list = await page.$(`.lx.explorer-${name} select`);
  await list.focus();
  const isLast = await list.evaluate(list => list.selectedIndex == list.options.length - 1);
  return page.keyboard.press(isLast ? 'ArrowUp' : 'ArrowDown');
}

async function pointer(name) {
  const range = await findRange(name);
  if (range) return page.mouse.click(along(range, range.part > 0.5 ? 0.1 : 0.9), range.y);
  return (await page.$(`.lx.explorer-${name} .lx-chip[aria-pressed=false]`)).click();
}

async function tap(name) {
  const range = await findRange(name);
  if (range) return page.touchscreen.tap(along(range, range.part > 0.5 ? 0.1 : 0.9), range.y);
  return (await page.$(`.lx.explorer-${name} .lx-chip[aria-pressed=false]`)).tap();
}

async function drag(name) {
  const range = await findRange(name);
  if (!range) return tap(name);
  const end = range.part > 0.5 ? 0.1 : 0.9;
  await page.touchscreen.touchStart(along(range, range.part), range.y);
  for (let step = 1; step <= 8; step++) {
    await page.touchscreen.touchMove(along(range, range.part + (end - range.part) * step / 8), range.y);
  }
  await page.touchscreen.touchEnd();
}
