import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Makes the compiled entry point load the project type only when somebody asks for it: projen takes longer to load than
 * a whole synthesis. TypeScript's own getters stay; only the `require` moves into them.
 */
const FILE = 'lib/index.js';
const REQUIRE = /^(?:var|const) (\w+) = (require\("\.\/project\/[\w-]+"\));\n/m;

const text = readFileSync(FILE, 'utf8');
const match = REQUIRE.exec(text);
if (match === null) {
  throw new Error(`${FILE} does not load the project type as expected.`);
}
const [line, name, load] = match;
writeFileSync(FILE, text.replace(line, '').replaceAll(`return ${name}.`, `return ${load}.`));
