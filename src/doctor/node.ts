import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareVersion } from './compare-version';
import { Examiner } from './examination';
import { parseJson, textAt } from './loose-json';

/** The Node that runs this command, against the one the library asks for. */
export const node: Examiner = {
  examine() {
    const engines = textAt(parseJson(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')), 'engines', 'node') ?? '';
    const [, least] = /^>=\s*(\S+)$/.exec(engines) ?? [];
    const found = process.versions.node;
    const asked = least === undefined ? 'not said' : `${least} or later`;
    const isOld = least !== undefined && compareVersion(found, least) === 'older';
    return [{ subject: 'Node.js', found, asked, ...(isOld ? { status: 'wrong', mend: `Install Node.js ${asked}.` } : { status: 'ok' }) }];
  },
};
