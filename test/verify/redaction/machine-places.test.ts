import { symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { machinePlaces } from '../../../src/verify/redaction/machine-places';
import { Redactor } from '../../../src/verify/redaction/redactor';
import { aFolder, removeFolders } from '../../cli/support';

afterEach(removeFolders);

function shown(root: string, text: string): string {
  return new Redactor(machinePlaces(root)).text(text);
}

test('folders of the machine are called by what they are', () => {
  const root = join(homedir(), 'somewhere', 'project');
  expect(
    shown(root, `${root}/src/main.ts ${root}-2/x ${homedir()}/.docker ${tmpdir()}/x file://${root} /var${tmpdir()}/y`),
  ).toBe(`./src/main.ts ~/somewhere/project-2/x ~/.docker <tmp>/x file://. /var${tmpdir()}/y`);
});

test('a folder is known by its own name and by the one it links to, with slashes at the end or without', () => {
  const root = aFolder();
  const link = `${root}-link`;
  symlinkSync(root, link);
  expect(shown(`${link}//`, `${link}/a ${root}/b`)).toBe('./a ./b');
});

test('a name with signs of patterns stands for itself', () => {
  expect(shown('/srv/a.b+(c)', '/srv/a.b+(c)/x /srv/axb+(c)/x')).toBe('./x /srv/axb+(c)/x');
});

test('the root of a file system is no place that tells anything', () => {
  expect(shown('/', 'a /b /')).toBe('a /b /');
  expect(shown('//', '//b')).toBe('//b');
});
