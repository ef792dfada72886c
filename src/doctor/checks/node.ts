import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareVersion } from '../compare-version';
import { Examiner } from '../examination';
import { parseJson, textAt } from '../machine/loose-json';

/** Checks the version of Node.js against the minimum in package.json. */
export const node: Examiner = {
  examine() {
    const engines =
      textAt(parseJson(readFileSync(join(__dirname, '..', '..', '..', 'package.json'), 'utf8')), 'engines', 'node') ??
      '';
    const [, least] = /^>=\s*(\S+)$/.exec(engines) ?? [];
    const facts = {
      subject: 'Node.js',
      found: process.versions.node,
      expected: least === undefined ? 'not specified' : `${least} or later`,
    };
    const isOld = least !== undefined && compareVersion(facts.found, least) === 'older';
    return [
      isOld ? { ...facts, status: 'failure', fix: `Install Node.js ${facts.expected}.` } : { ...facts, status: 'ok' },
    ];
  },
};
