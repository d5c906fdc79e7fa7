// early.mjs for a kernel that loads Pyodide as a plain script.
self.loadPyodide = async options => (await import('./early.mjs')).loadPyodide(options);
