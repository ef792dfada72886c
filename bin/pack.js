// @ts-check
'use strict';

/**
 * Texts by key in one file: opening, reading and closing a file for each of four hundred texts takes longer than all
 * else that loading them does.
 */

const fs = require('node:fs');
const path = require('node:path');
const zlib = require('node:zlib');

// new in Node 20.15 and 22.2
const crc32 = /** @type {(data: Buffer) => number} */ (/** @type {any} */ (zlib).crc32);

/** Digits of the checksum and of the length of the index, at the beginning of the file. */
const HEAD = 10;

/** @typedef {Record<string, [version: string, begin: number, end: number]>} Index */

class Pack {
  /** @param {string | undefined} file without one, nothing is kept */
  constructor(file) {
    this.file = file;
    const { index, data } = read(file);
    /** @private */
    this.index = index;
    /** @private */
    this.data = data;
    /** @private @type {Map<string, [version: string, text: string]>} */
    this.added = new Map();
    process.once('exit', () => this.save());
  }

  /**
   * @param {string} key
   * @param {string} version what was kept under another one is out of date
   */
  get(key, version) {
    const entry = Object.hasOwn(this.index, key) ? this.index[key] : undefined;
    return entry !== undefined && entry[0] === version ? this.data.toString('utf8', entry[1], entry[2]) : undefined;
  }

  /**
   * Keeps a text when the process ends.
   *
   * @param {string} key
   * @param {string} version
   * @param {string} text
   */
  set(key, version, text) {
    this.added.set(key, [version, text]);
  }

  /**
   * Another process may have kept other texts meanwhile. One that is lost is made again.
   *
   * @private
   */
  save() {
    if (this.added.size === 0 || this.file === undefined) return;
    const { index, data } = read(this.file);
    /** @type {Index} */
    const entries = {};
    /** @type {Buffer[]} */
    const parts = [];
    let end = 0;
    /** @type {(key: string, version: string, bytes: Buffer) => void} */
    const add = (key, version, bytes) => {
      entries[key] = [version, end, end += bytes.length];
      parts.push(bytes);
    };
    for (const [key, [version, begin, after]] of Object.entries(index)) {
      if (!this.added.has(key)) add(key, version, data.subarray(begin, after));
    }
    for (const [key, [version, text]] of this.added) add(key, version, Buffer.from(text));
    write(this.file, entries, parts);
  }
}

/**
 * What cannot be read, or is damaged, is empty.
 *
 * @param {string | undefined} file
 * @returns {{ index: Index, data: Buffer }}
 */
function read(file) {
  try {
    const bytes = fs.readFileSync(file ?? '');
    const [crc, length] = [0, HEAD].map(at => Number(bytes.toString('latin1', at, at + HEAD)));
    const body = bytes.subarray(2 * HEAD);
    if (crc32(body) === crc) return { index: JSON.parse(body.toString('utf8', 0, length)), data: body.subarray(length) };
  } catch {
    // not there yet
  }
  return { index: {}, data: Buffer.alloc(0) };
}

/**
 * A cache that cannot be written is no reason to fail.
 *
 * @param {string} file
 * @param {Index} index
 * @param {readonly Buffer[]} parts
 */
function write(file, index, parts) {
  const head = Buffer.from(JSON.stringify(index));
  const body = Buffer.concat([head, ...parts]);
  const numbers = [crc32(body), head.length].map(number => String(number).padStart(HEAD, '0')).join('');
  const beside = `${file}.${process.pid}.tmp`;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(beside, Buffer.concat([Buffer.from(numbers), body]));
    fs.renameSync(beside, file);
  } catch {
    try {
      fs.unlinkSync(beside);
    } catch {
      // it was not even begun
    }
  }
}

module.exports = { Pack };
