import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { textsOf } from './texts';
import { expectGolden } from '../golden';

/** Folders of `src`, and the targets one by one. */
const ROOMS = ['src', 'src/targets']
  .flatMap((parent) => readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${parent}/${entry.name}`))
  .filter((room) => room !== 'src/targets');

// Other tests assert rule, path and place. Here is the English: read it, and run
// "npx projen test:update test/messages".
test('the texts of each room are those that were reviewed', () => {
  expectGolden(join(__dirname, 'reviewed'), ROOMS
    .map((room) => ({ path: `${room.split('/').slice(1).join('-')}.txt`, content: textsOf(room) }))
    .filter(({ content }) => content !== ''));
});
