// @ts-check
'use strict';

/**
 * Keeps what V8 makes of JavaScript from one run to the next: half of the time of a synthesis is compiling libraries that never change.
 * Node does this itself from 22.1 on; for Node 20 it is done here, in the same way: nothing is used but for the very same text.
 */

const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const vm = require('node:vm');
const zlib = require('node:zlib');

const MAX_BLOBS = 12;
const HEAD_DIGITS = 12;
/** V8 copies data that does not begin at a multiple of this. */
const ALIGNMENT = 8;
/** V8 forgets for cached code who is to resolve this, also where it stands in a text for eval. */
const DYNAMIC_IMPORT = /\bimport\s*(?:\(|\/[*/])/;
const NODE_MODULES = `${path.sep}node_modules${path.sep}`;

// not declared for Node 20: the loader's inner workings, and what is new in 22
const loader = /** @type {any} */ (Module);
const crc32 = /** @type {(data: string | Buffer) => number} */ (/** @type {any} */ (zlib).crc32);

/**
 * @typedef {object} Blob
 * @property {string} file
 * @property {Record<string, [number, number]>} entries place of each script's data
 * @property {Buffer} data
 * @property {Map<string, import('node:vm').Script>} scripts loaded in this run
 * @property {boolean} missed
 */

/**
 * Begins to use a cache for everything that is required from now on.
 *
 * @param {string} folder
 * @param {string} program what is run: each program has data of its own
 */
function useCompileCache(folder, program) {
  if (process.env.NODE_DISABLE_COMPILE_CACHE || process.env.NODE_V8_COVERAGE || process.execArgv.some(word => word.startsWith('--inspect'))) return;
  if (loader.enableCompileCache) {
    loader.enableCompileCache(folder);
  } else {
    install(folder, program);
  }
}

/**
 * @param {string} folder
 * @param {string} program
 */
function install(folder, program) {
  const name = `${process.version}-${process.arch}-${crc32(program).toString(16)}`;
  // sources change often, dependencies hardly ever: a changed source does not make the large part be written again
  const sources = readBlob(path.join(folder, `${name}-sources.bin`));
  const dependencies = readBlob(path.join(folder, `${name}-dependencies.bin`));
  const compile = loader.prototype._compile;
  loader.prototype._compile = /** @this {any} @param {string} content @param {string} filename */ function (content, filename) {
    const script = load(filename.includes(NODE_MODULES) ? dependencies : sources, content, filename);
    // for wrong syntax Node has better words
    if (script === undefined) return compile.apply(this, arguments);
    return script.runInThisContext().call(this.exports, this.exports, requireOf(this), this, filename, path.dirname(filename));
  };
  process.on('exit', () => [sources, dependencies].forEach(blob => blob.missed && writeBlob(blob)));
}

/**
 * @param {Blob} blob
 * @param {string} content
 * @param {string} filename
 */
function load(blob, content, filename) {
  const key = `${filename} ${content.length} ${crc32(content)}`;
  const place = blob.entries[key];
  if (place === undefined && DYNAMIC_IMPORT.test(content)) return undefined;
  const [before, after] = loader.wrapper;
  const text = content.startsWith('#!') ? `//${content.slice(2)}` : content;
  try {
    const script = new vm.Script(`${before}${text}${after}`, {
      filename,
      columnOffset: -before.length,
      cachedData: place && blob.data.subarray(place[0], place[1]),
    });
    blob.missed ||= place === undefined || script.cachedDataRejected === true;
    blob.scripts.set(key, script);
    return script;
  } catch {
    return undefined;
  }
}

/**
 * The function a module knows as `require`.
 *
 * @param {any} module
 */
function requireOf(module) {
  const own = /** @param {string} request */ request => module.require(request);
  own.resolve = Object.assign(
    /** @param {string} request @param {object} options */ (request, options) => loader._resolveFilename(request, module, false, options),
    { paths: /** @param {string} request */ request => loader._resolveLookupPaths(request, module) },
  );
  return Object.assign(own, { main: process.mainModule, extensions: loader._extensions, cache: loader._cache });
}

/**
 * A blob is the length of its head, the head as JSON, and the data of all scripts. What cannot be read is empty.
 *
 * @param {string} file
 * @returns {Blob}
 */
function readBlob(file) {
  try {
    const bytes = fs.readFileSync(file);
    const dataAt = Number(bytes.toString('latin1', 0, HEAD_DIGITS));
    const { entries, crc } = JSON.parse(bytes.toString('utf8', HEAD_DIGITS, dataAt));
    const data = bytes.subarray(dataAt);
    if (crc32(data) === crc) return { file, entries, data, scripts: new Map(), missed: false };
  } catch {
    // not there yet, or damaged
  }
  return { file, entries: {}, data: Buffer.alloc(0), scripts: new Map(), missed: false };
}

/** @param {Blob} blob */
function writeBlob(blob) {
  /** @type {Record<string, [number, number]>} */
  const entries = {};
  /** @type {Buffer[]} */
  const parts = [];
  let end = 0;
  for (const [key, data] of dataOf(blob)) {
    entries[key] = [end, end + data.length];
    parts.push(data, Buffer.alloc(padding(data.length)));
    end += data.length + padding(data.length);
  }
  const data = Buffer.concat(parts);
  const head = JSON.stringify({ crc: crc32(data), entries });
  const length = HEAD_DIGITS + Buffer.byteLength(head);
  const dataAt = length + padding(length);
  replace(blob.file, Buffer.concat([Buffer.from(String(dataAt).padEnd(HEAD_DIGITS) + head + ' '.repeat(padding(length))), data]));
}

/**
 * What was loaded in this run, with the functions that were really called, and what other commands loaded in theirs.
 *
 * @param {Blob} blob
 * @returns {Generator<[string, Buffer]>}
 */
function* dataOf({ entries, data, scripts }) {
  const loaded = new Set([...scripts.keys()].map(fileOf));
  for (const [key, [begin, end]] of Object.entries(entries)) {
    if (!loaded.has(fileOf(key)) && fs.existsSync(fileOf(key))) yield [key, data.subarray(begin, end)];
  }
  for (const [key, script] of scripts) yield [key, script.createCachedData()];
}

/** @param {string} key */
function fileOf(key) {
  return key.replace(/ \d+ \d+$/, '');
}

/**
 * @param {string} file
 * @param {Buffer} bytes
 */
function replace(file, bytes) {
  const beside = `${file}.${process.pid}.tmp`;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(beside, bytes);
    fs.renameSync(beside, file);
    prune(path.dirname(file));
  } catch {
    // the cache is a convenience; a file that is left beside it is pruned some day
  }
}

/** @param {number} length */
function padding(length) {
  return (ALIGNMENT - length % ALIGNMENT) % ALIGNMENT;
}

/** @param {string} folder */
function prune(folder) {
  const byAge = fs.readdirSync(folder)
    .map(name => path.join(folder, name))
    .map(file => ({ file, time: fs.statSync(file).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  byAge.slice(MAX_BLOBS).forEach(({ file }) => fs.rmSync(file, { force: true }));
}

module.exports = { useCompileCache };
