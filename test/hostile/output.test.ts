import { expectThere, shownBy, shownBySuite, testEvery } from './every-input';
import { outcome } from './outcome';
import { writeOutput } from '../../src/assembly/write-output';
import { aFolder, removeFolders, SOURCE, treeOf } from '../assembly/support';
import { aService } from '../rules/support';

afterEach(removeFolders);

const WRITE = 'test/assembly/write-output.test.ts';
const BYTES = 'test/suites/determinism.sh';

/** What is found wrong with generated files of these paths; nothing is written then, not even the good one. */
function problemsOf(...paths: readonly string[]): readonly string[] {
  const outdir = aFolder();
  const { findings } = writeOutput(outdir, ['good.yaml', ...paths].map((path) => ({ path, content: 'x\n' })), { source: SOURCE, label: 'dist' });
  expect(treeOf(outdir)).toEqual(findings.length > 0 ? {} : expect.objectContaining({ 'good.yaml': 'x\n' }));
  return findings.map(({ rule }) => rule);
}

describe('hostile paths', () => {
  testEvery('path-out', {
    '"é (NFC) + é (NFD)"': (both: string) => {
      const [composed, decomposed] = both.replace(/ \(NF[CD]\)/g, '').split(' + ');
      const pair = composed === decomposed ? [composed.normalize('NFC'), composed.normalize('NFD')] : [composed, decomposed];
      expect(problemsOf(...pair)).toEqual(['output-path']);
    },
    'target is a symlink': shownBy(WRITE, 'a symbolic link in place of a file is replaced, and its target is untouched'),
    'target is a directory': shownBy(WRITE, 'fails when a folder is where a file is due'),
    'foreign file in outdir': shownBy(WRITE, 'files that are not ours are left alone', 'fails when a file that is not ours is where a generated one is due; nothing is written'),
  }, (path: string) => expect(problemsOf(path)).toEqual(['output-path']));
});

describe('writing', () => {
  testEvery('write', {
    'SIGKILL during synth': shownBy('test/assembly/interrupted.test.ts', 'a run that is killed at any write, or in the middle of one, leaves the old tree or the new one'),
    'ENOSPC': shownBy('test/assembly/interrupted.test.ts', 'ENOSPC'),
    'read-only file': shownBy(WRITE, 'a read-only file is replaced'),
    'two writers': shownBy('test/assembly/lock.test.ts', 'processes that write at the same time leave the whole tree of one of them'),
    'temp in same dir': () => {
      // whatever is renamed lies beside its goal, so that no rename crosses from one file system to another
      expectThere('src/assembly/private/reserved.ts', ".toolbox-stage'");
      expect(problemsOf('.toolbox-stage/x')).toEqual(['output-path']);
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
      const render = (text: string) => outcome((box) => aService(box, 'app').overrideCompose('labels', JSON.parse(text), 'Because')).files;
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
    'tag without digest': shownBy('test/rules/image-digest.test.ts', 'fails for an image'),
    'digest of one platform': shownBy('src/rules/image-digest.ts', 'Look the index digest up (docker buildx imagetools inspect NAME:TAG)'),
    'digest and tag disagree': shownBy('src/cli/commands.ts', 'pins'),
    'lock file edited': shownBy('.ci/run', 'npm ci'),
    'install scripts': shownBy('.ci/run', 'npm ci --ignore-scripts'),
    'new dependency': shownBy('package.json', 'dependencies'),
    'SBOM missing': shownBy('package.json', 'x'),
    'published tarball': shownBySuite('test/suites/package.sh', 'The package holds what no user needs.'),
  });
});
