// Compiles Python files of a folder with the Python of a Pyodide: node compile.mjs PYODIDE FOLDER
import {readFileSync} from 'node:fs';
import {pathToFileURL} from 'node:url';

const read = name => readFileSync(new URL(name, import.meta.url), 'utf8');
const [core, folder] = process.argv.slice(2);
const {loadPyodide} = await import(pathToFileURL(`${core}/pyodide.mjs`));
const python = await loadPyodide({indexURL: core});
python.FS.mkdirTree('/work');
python.FS.mount(python.FS.filesystems.NODEFS, {root: folder}, '/work');
python.runPython(read('compile_files.py'));
python.globals.get('compile_first')(python.toPy(read('first_modules.txt').split('\n')));
