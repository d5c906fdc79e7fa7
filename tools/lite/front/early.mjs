// Stands between the kernel and Pyodide: a worker that the page makes ahead begins here to load Python, before JupyterLite
// has a kernel that asks for it.
const told = /* told */;
const root = new URL('.', import.meta.url);
const absolute = address => new URL(address, root).href;
const core = absolute(told.core);
const usual = Object.fromEntries(Object.entries(told.options).map(([name, value]) => [name, name.endsWith('URL') ? absolute(value) : value]));
// What a first picture imports, but for the widgets, which want a kernel when they are imported.
const WARM = `
import os
os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")  # as the kernel does
import IPython.core.completer, IPython.core.interactiveshell
import lecture_lib.explore.canvas, lecture_lib.exercises, lecture_lib.explorers`;
let begun = null;

async function load(options) {
  const pyodide = await import(new URL(told.start, core).href);
  return pyodide.loadPyodide({...options, indexURL: core});
}

async function warm() {
  const python = await load(usual);
  await python.runPythonAsync(WARM);
  return python;
}

export function begin() {
  begun = warm();
  begun.catch(() => {}); // the kernel hears of it when it asks
}

export async function loadPyodide(options) {
  const early = begun;
  begun = null;
  if (!early) return load(options);
  const python = await early;
  if (options.stdout) python.setStdout({batched: options.stdout});
  if (options.stderr) python.setStderr({batched: options.stderr});
  return python;
}
