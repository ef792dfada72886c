import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectThere, shownBy, shownBySuite, testEvery } from './every-input';
import { outcome } from './outcome';
import { writeOutput } from '../../src/assembly/write-output';
import { aFolder, put, removeFolders, SOURCE, treeOf } from '../assembly/support';
import { aService } from '../rules/support';

afterEach(removeFolders);

const WRITE = 'test/assembly/write-output.test.ts';
const BYTES = 'test/suites/determinism.sh';

/** What is found wrong with generated files of these paths; nothing is written then, not even the good one. */
function problemsOf(...paths: readonly string[]): readonly string[] {
  const outdir = aFolder();
  const { findings } = writeOutput(
    outdir,
    ['good.yaml', ...paths].map((path) => ({ path, content: 'x\n' })),
    { source: SOURCE, label: 'dist' },
  );
  expect(treeOf(outdir)).toEqual(findings.length > 0 ? {} : expect.objectContaining({ 'good.yaml': 'x\n' }));
  return findings.map(({ rule }) => rule);
}

describe('hostile paths', () => {
  testEvery(
    'path-out',
    {
      '"é (NFC) + é (NFD)"': (both: string) => {
        const [composed, decomposed] = both.replace(/ \(NF[CD]\)/g, '').split(' + ');
        const pair =
          composed === decomposed ? [composed.normalize('NFC'), composed.normalize('NFD')] : [composed, decomposed];
        expect(problemsOf(...pair)).toEqual(['output-path']);
      },
      'target is a symlink': shownBy(
        WRITE,
        'a symbolic link in place of a file is replaced, and its target is untouched',
      ),
      'target is a directory': shownBy(WRITE, 'fails when there is a folder in place of a file'),
      'foreign file in outdir': shownBy(
        WRITE,
        'files that are not ours are left alone',
        'fails when a foreign file is in place of a generated one, and writes nothing',
      ),
    },
    (path: string) => expect(problemsOf(path)).toEqual(['output-path']),
  );
});

describe('writing', () => {
  testEvery('write', {
    'SIGKILL during synth': shownBy(
      'test/assembly/interrupted.process.test.ts',
      'after a kill at any write, or in the middle of one, files are whole and the next synth is right',
    ),
    'ENOSPC': shownBy('test/assembly/faults.process.test.ts', 'ENOSPC'),
    'read-only file': shownBy(WRITE, 'a read-only file is replaced'),
    'two writers': shownBy(
      'test/assembly/lock.process.test.ts',
      'processes that write at the same time leave the whole tree of one of them',
    ),
    'temp in same dir': () => {
      // temporary files are made in the output folder, so that no rename crosses file systems
      expectThere('src/assembly/private/apply-changes.ts', 'writeTemporary(root, content)');
      expect(problemsOf('.toolbox-new-x')).toEqual(['output-path']);
    },
    'invalid construct last': () => {
      const { files } = outcome((box) => {
        aService(box, 'good');
        aService(box, 'last', { name: 'not a name' });
      });
      expect(files).toEqual({});
    },
  });
});

describe('the same bytes', () => {
  testEvery('determinism', {
    'two runs': shownBySuite(BYTES, "variant 'the committed files'"),
    'other outdir': shownBySuite(BYTES, "variant 'a path with spaces and other letters'"),
    'TZ': shownBySuite(BYTES, "variant 'time zone'"),
    'locale': shownBySuite(BYTES, "variant 'Turkish locale'"),
    'umask': shownBySuite(BYTES, "variant 'a tight umask'", 'modes under a tight umask'),
    'integer-like keys': (json: string) => {
      const render = (text: string) =>
        outcome((box) => aService(box, 'app').overrideCompose('labels', JSON.parse(text), 'Because')).files;
      const [first, second] = Object.entries(JSON.parse(json) as object);
      expect(render(json)).toEqual(render(JSON.stringify(Object.fromEntries([second, first]))));
    },
    'readdir order': shownBySuite(BYTES, "variant 'folders read in another order'"),
    'parallel synth': shownBySuite(BYTES, "variant 'two at once'"),
    'CRLF checkout': shownBySuite(BYTES, "variant 'a checkout with CR LF'"),
    'other machine path': shownBySuite(BYTES, "variant 'a path with spaces and other letters'"),
  });
});

describe('the supply chain', () => {
  testEvery('supply-chain', {
    'tag without digest': shownBy(
      'test/rules/image-digest.test.ts',
      'fails for an image of a registry without a digest',
      'fails for a base image without a digest',
    ),
    'digest of one platform': shownBy(
      'test/registry/client/registry-client.test.ts',
      'gives the digest of an index, and asks for one',
      'reports an image that is for one platform only',
    ),
    'digest and tag disagree': shownBy(
      'test/registry/pins.process.test.ts',
      'reports moved tags and missing images, and writes nothing',
    ),
    'lock file edited': () => {
      const root = aFolder();
      const archive = join(root, 'part.tgz');
      put(root, 'part/package.json', JSON.stringify({ name: 'part', version: '1.0.0' }));
      execFileSync('tar', ['-czf', archive, '-C', root, '--transform', 's,^part,package,', 'part']);
      const integrity = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
      put(
        root,
        'package.json',
        JSON.stringify({ name: 'whole', version: '1.0.0', dependencies: { part: 'file:part.tgz' } }),
      );
      const install = (checksum: string): string => {
        const packages = {
          '': { name: 'whole', version: '1.0.0', dependencies: { part: 'file:part.tgz' } },
          'node_modules/part': { version: '1.0.0', resolved: 'file:part.tgz', integrity: checksum },
        };
        put(
          root,
          'package-lock.json',
          JSON.stringify({ name: 'whole', version: '1.0.0', lockfileVersion: 3, requires: true, packages }),
        );
        const { status, stderr } = spawnSync(
          'npm',
          ['ci', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--cache', join(root, 'cache')],
          { cwd: root, encoding: 'utf8' },
        );
        return status === 0 ? 'installed' : (/EINTEGRITY/.exec(stderr)?.[0] ?? stderr);
      };
      expect([install(integrity), install(integrity.replace(/-..../, '-AAAA'))]).toEqual(['installed', 'EINTEGRITY']);
      // and this is how everything is installed here
      expectThere('.ci/run', 'npm ci');
      expectThere('test/supply-chain/dependencies.test.ts', 'pins every package by checksum');
    },
    'install scripts': () => {
      expectThere('.ci/run', 'npm ci --ignore-scripts');
      ['codex-cli', 'mcp-gateway'].forEach((image) =>
        expectThere(`containers/${image}/Dockerfile`, 'npm ci --ignore-scripts'),
      );
      expectThere('test/supply-chain/dependencies.test.ts', 'runs no script of what a user installs');
    },
    'new dependency': shownBy(
      'test/supply-chain/dependencies.test.ts',
      'is what was decided, and nothing more',
      'stays small',
    ),
    'SBOM missing': shownBySuite('test/suites/package.sh', 'the bill of materials names every package that is bundled'),
    'published tarball': shownBySuite('test/suites/package.sh', 'The package holds what no user needs.'),
  });
});
