// @ts-check
'use strict';

/**
 * Lets Node load TypeScript without waiting for the compiler: `node -r toolbox-constructs/bin/register src/main.ts`.
 *
 * Keeps the output of ts-node for a file in `node_modules/.cache/toolbox-constructs` of its project, with the hash of
 * everything it depends on. If all files are found there, neither ts-node nor TypeScript is loaded. Types are not
 * checked: that is the compile task's job.
 */

const crypto = require('node:crypto');
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { useCompileCache } = require('./compile-cache');
const { Pack } = require('./pack');

const FORMAT = 1;
const MAX_ENTRIES = 2000;
const NODE_MODULES = `${path.sep}node_modules${path.sep}`;
const INLINE_MAP = '//# sourceMappingURL=data:application/json;charset=utf-8;base64,';
const MAP_POSITION = Symbol.for('toolbox-constructs.mapPosition');
const REMEMBERED = Symbol.for('toolbox-constructs.remembered');

/** TypeScript 6 warns of the resolution that ts-node asks for; files compiled one by one need no resolution. */
const OLD_RESOLUTION = 5107;

/** Replaces the project's tsconfig.json: reading it would load the compiler on every run. */
const COMPILER_OPTIONS = {
  module: 'CommonJS',
  target: 'ES2022',
  esModuleInterop: true,
  experimentalDecorators: true,
  resolveJsonModule: true,
  inlineSources: false,
  removeComments: true,
  sourceMap: true,
};

/**
 * @typedef {object} Project
 * @property {string} root
 * @property {Pack} pack compiled code by the file's path
 * @property {string | undefined} cache folder of the other entries; undefined when the project has no node_modules
 * @property {string} compiler versions of the compiler and of what drives it
 * @property {{ compile(code: string, file: string): string } | undefined} service
 */

/** @type {Map<string, Project>} */
const projects = new Map();

/**
 * Reads the source map of a loaded file on demand: only a finding or an error needs it.
 *
 * @type {Map<string, () => string | undefined>}
 */
const mapTexts = new Map();

/** @type {Map<string, string>} real path of each folder that was searched */
const folders = new Map();

/** @type {Map<string, import('node:module').SourceMap | undefined>} */
const maps = new Map();

// node:module does not declare its extension table
const extensions = /** @type {any} */ (Module)._extensions;
const fallback = extensions['.ts'] ?? extensions['.js'];

extensions['.ts'] = extensions['.cts'] = /** @param {any} module @param {string} file */ (module, file) => {
  if (file.includes(NODE_MODULES)) return fallback(module, file);
  return module._compile(compiled(file), file, 'commonjs');
};

// a file of this kind mostly requires its own kind: Node would look for four other endings first
const resolveFilename = /** @type {any} */ (Module)._resolveFilename;
/** @type {any} */ (Module)._resolveFilename =
  /** @this {any} @param {string} request @param {any} parent */
  function (request, parent) {
    return besideParent(request, parent) ?? resolveFilename.apply(this, arguments);
  };

/** @type {any} */ (globalThis)[MAP_POSITION] = mapPosition;
/** @type {any} */ (globalThis)[REMEMBERED] = remembered;
process.on('uncaughtExceptionMonitor', mapStack);
startCompileCache(process.argv[1]);

/** @param {string | undefined} program */
function startCompileCache(program) {
  const { cache } = program === undefined ? { cache: undefined } : projectOf(path.dirname(path.resolve(program)));
  if (cache) useCompileCache(path.join(path.dirname(cache), 'v8'), program ?? '');
}

/**
 * The TypeScript file that a relative request of a TypeScript file names. A link is left to Node.
 *
 * @param {string} request
 * @param {any} parent
 */
function besideParent(request, parent) {
  const from = parent?.filename;
  if (!/^\.\.?\//.test(request) || !from?.endsWith('.ts') || from.includes(NODE_MODULES)) return undefined;
  const file = path.resolve(path.dirname(from), `${request}.ts`);
  const folder = path.dirname(file);
  let real = folders.get(folder);
  if (real === undefined) folders.set(folder, real = realpath(folder));
  return real === folder && fs.lstatSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined;
}

/** @param {string} folder */
function realpath(folder) {
  try {
    return fs.realpathSync(folder);
  } catch {
    return '';
  }
}

/** @param {string} file */
function compiled(file) {
  const source = fs.readFileSync(file, 'utf8');
  const project = projectOf(path.dirname(file));
  const options = JSON.stringify(COMPILER_OPTIONS);
  const name = sha256([FORMAT, project.compiler, options, path.extname(file), source].join('\0'));
  const map = project.cache && path.join(project.cache, `${name}.map`);
  const key = path.relative(project.root, file);
  const known = project.pack.get(key, name);
  if (known !== undefined) {
    mapTexts.set(file, () => map && readEntry(map));
    return known;
  }
  const made = compile(project, source, file);
  mapTexts.set(file, () => made.map);
  if (map) writeEntry(map, made.map);
  project.pack.set(key, name, made.code);
  return made.code;
}

/**
 * Caches what is made of a text, for results that depend on the text alone.
 *
 * @param {string} text with the form of what is made in it
 * @param {() => string | undefined} make undefined is not kept
 */
function remembered(text, make) {
  const { cache } = projectOf(process.cwd());
  const entry = cache && path.join(cache, `${sha256(`made of ${text}`)}.json`);
  const known = entry && readEntry(entry);
  if (known !== undefined) return known;
  const made = make();
  if (entry && made !== undefined) writeEntry(entry, made);
  return made;
}

/**
 * An entry begins with the hash of its text, so that a damaged one is noticed.
 *
 * @param {string} entry
 */
function readEntry(entry) {
  let text;
  try {
    text = fs.readFileSync(entry, 'utf8');
  } catch {
    return undefined;
  }
  const code = text.slice(65);
  return text.charAt(64) === '\n' && text.slice(0, 64) === sha256(code) ? code : undefined;
}

/**
 * A cache that cannot be written is no reason to fail.
 *
 * @param {string} entry
 * @param {string} code
 */
function writeEntry(entry, code) {
  const folder = path.dirname(entry);
  const beside = `${entry}.${process.pid}.tmp`;
  try {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(beside, `${sha256(code)}\n${code}`);
    fs.renameSync(beside, entry);
    prune(folder);
  } catch {
    quietly(() => fs.unlinkSync(beside));
  }
}

/** @param {() => void} action */
function quietly(action) {
  try {
    action();
  } catch {
    // the cache is a convenience
  }
}

/** @param {string} folder */
function prune(folder) {
  const names = fs.readdirSync(folder);
  if (names.length <= MAX_ENTRIES) return;
  const byAge = names
    .map((name) => ({ name, time: fs.statSync(path.join(folder, name)).mtimeMs }))
    .sort((a, b) => a.time - b.time);
  byAge.slice(0, names.length - MAX_ENTRIES / 2).forEach(({ name }) => {
    fs.rmSync(path.join(folder, name), { force: true });
  });
}

/**
 * @param {Project} project
 * @param {string} source
 * @param {string} file
 */
function compile(project, source, file) {
  const service = project.service ??= createService(project);
  try {
    const text = service.compile(source, file);
    const end = text.lastIndexOf(INLINE_MAP);
    return { code: text.slice(0, end), map: Buffer.from(text.slice(end + INLINE_MAP.length), 'base64').toString() };
  } catch (error) {
    const diagnostics = /** @type {any} */ (error).diagnostics;
    if (!Array.isArray(diagnostics)) throw error;
    throw syntaxError(diagnostics, source, file);
  }
}

/**
 * Creates the ts-node service without its stack rewriting: positions are mapped in one place, with or without a cache
 * hit.
 *
 * @param {Project} project
 * @returns {{ compile(code: string, file: string): string }}
 */
function createService(project) {
  const restore = [keep(Error, 'prepareStackTrace'), keep(process, 'emit'), keep(Module, '_resolveFilename')];
  const service = require(resolveFrom(project.root, 'ts-node')).create({
    cwd: project.root,
    transpileOnly: true,
    skipProject: true,
    skipIgnore: true,
    ignoreDiagnostics: [OLD_RESOLUTION],
    compilerOptions: COMPILER_OPTIONS,
  });
  restore.forEach(one => one());
  return service;
}

/**
 * @param {object} owner
 * @param {string} name
 */
function keep(owner, name) {
  const before = Object.getOwnPropertyDescriptor(owner, name);
  return () => {
    if (before === undefined) Reflect.deleteProperty(owner, name);
    else Object.defineProperty(owner, name, before);
  };
}

/**
 * A mistake in the source needs its place, not the compiler's stack.
 *
 * @param {readonly any[]} diagnostics
 * @param {string} source
 * @param {string} file
 */
function syntaxError(diagnostics, source, file) {
  const shown = path.relative(process.cwd(), file).split(path.sep).join('/');
  const lines = diagnostics.map(({ start, code, messageText }) => {
    const before = source.slice(0, start ?? 0).split('\n');
    const message = typeof messageText === 'string' ? messageText : messageText.messageText;
    return `${shown}:${before.length}:${before[before.length - 1].length + 1} error TS${code}: ${message}`;
  });
  const error = new SyntaxError(lines.join('\n'));
  error.stack = error.message;
  // uncaught: print where the mistake is, and nothing else
  process.once('uncaughtException', thrown => {
    if (thrown !== error) throw thrown;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
  return error;
}

/**
 * The project a folder belongs to: the nearest one above that has node_modules.
 *
 * @param {string} folder
 * @returns {Project}
 */
function projectOf(folder) {
  let project = projects.get(folder);
  if (project === undefined) {
    const above = path.dirname(folder);
    const modules = path.join(folder, 'node_modules');
    project = fs.existsSync(modules) || above === folder ? createProject(folder, modules) : projectOf(above);
    projects.set(folder, project);
  }
  return project;
}

/**
 * @param {string} root
 * @param {string} modules
 * @returns {Project}
 */
function createProject(root, modules) {
  const cache = fs.existsSync(modules) ? path.join(modules, '.cache', 'toolbox-constructs', 'ts') : undefined;
  const compiler = `${versionOf(root, 'typescript')} ${versionOf(root, 'ts-node')}`;
  return { root, cache, pack: new Pack(cache && path.join(cache, 'code.pack')), compiler, service: undefined };
}

/**
 * @param {string} root
 * @param {string} name
 */
function versionOf(root, name) {
  return JSON.parse(fs.readFileSync(resolveFrom(root, `${name}/package.json`), 'utf8')).version;
}

/**
 * @param {string} root
 * @param {string} request
 */
function resolveFrom(root, request) {
  return require.resolve(request, { paths: [root, __dirname] });
}

/**
 * Where a place in loaded code was written in TypeScript; first line and column are 1.
 *
 * @param {string} file
 * @param {number} line
 * @param {number} column
 */
function mapPosition(file, line, column) {
  const entry = /** @type {any} */ (mapOf(file)?.findEntry(line - 1, column - 1));
  return entry?.originalLine === undefined
    ? undefined
    : { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}

/** @param {string} file */
function mapOf(file) {
  if (!maps.has(file)) {
    const text = mapTexts.get(file)?.();
    maps.set(file, text === undefined ? undefined : new Module.SourceMap(JSON.parse(text)));
  }
  return maps.get(file);
}

/**
 * The stack of an error that ends the process speaks of the TypeScript lines.
 *
 * @param {unknown} error
 */
function mapStack(error) {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return;
  error.stack = error.stack.replace(/((?:\/|[A-Za-z]:\\)[^()\n]*?\.c?ts):(\d+):(\d+)/g, (text, file, line, column) => {
    const position = mapPosition(file, Number(line), Number(column));
    return position ? `${file}:${position.line}:${position.column}` : text;
  });
}

/** @param {string} text */
function sha256(text) {
  return crypto.hash('sha256', text);
}
