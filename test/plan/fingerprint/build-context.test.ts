import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BuildContexts } from '../../../src/plan/fingerprint/build-context';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'toolbox-'));
  put('image/Dockerfile', 'FROM scratch\n');
  put('image/src/main.js', 'main();\n');
});

afterEach(() => rmSync(root, { recursive: true }));

function put(path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

function digest(context = 'image', dockerfile = 'Dockerfile'): string | undefined {
  return new BuildContexts(root).digestOf({ context, dockerfile });
}

/** Whether a change to the context is seen. */
function sees(change: () => void): boolean {
  const before = digest();
  change();
  return digest() !== before;
}

describe('the digest of a build context', () => {
  test('changes with a content, a name, a new file and one that is gone', () => {
    expect(sees(() => put('image/src/main.js', 'other();\n'))).toBe(true);
    expect(sees(() => put('image/src/more.js', ''))).toBe(true);
    expect(sees(() => rmSync(join(root, 'image/src/more.js')))).toBe(true);
    expect(sees(() => put('image/Dockerfile', 'FROM debian\n'))).toBe(true);
  });

  test('does not change with line ends, rights and times', () => {
    expect(sees(() => put('image/src/main.js', 'main();\r\n'))).toBe(false);
    expect(sees(() => chmodSync(join(root, 'image/src/main.js'), 0o755))).toBe(false);
    expect(sees(() => utimesSync(join(root, 'image/src/main.js'), 1, 1))).toBe(false);
  });

  test('takes the line ends of what is no text as they are', () => {
    put('image/picture', Buffer.from([0, 13, 10]));
    expect(sees(() => put('image/picture', Buffer.from([0, 10])))).toBe(true);
  });

  test('knows a link by where it points, and does not follow it', () => {
    put('outside', 'one');
    symlinkSync('../outside', join(root, 'image/link'));
    expect(sees(() => put('outside', 'two'))).toBe(false);
    expect(
      sees(() => {
        rmSync(join(root, 'image/link'));
        symlinkSync('../other', join(root, 'image/link'));
      }),
    ).toBe(true);
  });

  test('follows a context that is a link itself', () => {
    symlinkSync('image', join(root, 'alias'));
    expect(digest('alias')).toBe(digest('image'));
  });

  test('does not wait for a pipe', () => {
    execFileSync('mkfifo', [join(root, 'image/pipe')]);
    expect(digest()).toMatch(/^sha256:/);
  });

  test('leaves out what the ignore file names, but never the Dockerfile', () => {
    put('image/.dockerignore', '*\n!src\n**/*.test.js\n');
    expect(sees(() => put('image/README.md', 'words'))).toBe(false);
    expect(sees(() => put('image/src/main.test.js', 'test'))).toBe(false);
    expect(sees(() => put('image/src/deep/er.js', 'x'))).toBe(true);
    expect(sees(() => put('image/Dockerfile', 'FROM other\n'))).toBe(true);
  });

  test('enters an ignored folder only for an exception that lies in it', () => {
    put('image/.dockerignore', 'vendor\n!vendor/kept/one.js\n');
    expect(sees(() => put('image/vendor/two.js', ''))).toBe(false);
    expect(sees(() => put('image/vendor/kept/two.js', ''))).toBe(false);
    expect(sees(() => put('image/vendor/kept/one.js', ''))).toBe(true);
  });

  test('asks below a folder as long as a pattern goes deeper', () => {
    put('image/.dockerignore', '*\n!src\nsrc/deep/*.md\n');
    put('image/src/deep/main.js', '');
    expect(sees(() => put('image/src/deep/README.md', 'words'))).toBe(false);
    expect(sees(() => put('image/src/deep/more/README.md', 'words'))).toBe(true);
    expect(sees(() => put('image/src/README.md', 'words'))).toBe(true);
  });

  test('prefers the ignore file of the Dockerfile', () => {
    put('image/.dockerignore', 'src\n');
    put('image/Dockerfile.dockerignore', 'README.md\n');
    expect(sees(() => put('image/src/main.js', 'other();\n'))).toBe(true);
    expect(sees(() => put('image/README.md', 'words'))).toBe(false);
  });

  test('is undefined for a context that is not there or outside the project', () => {
    expect(digest('nothing')).toBeUndefined();
    expect(digest('../')).toBeUndefined();
    expect(digest('/etc')).toBeUndefined();
  });

  test('is that of each Dockerfile with its own ignore file', () => {
    put('image/Other', 'FROM scratch\n');
    put('image/Other.dockerignore', 'src\n');
    const contexts = new BuildContexts(root);
    const [one, other] = ['Dockerfile', 'Other'].map((dockerfile) =>
      contexts.digestOf({ context: 'image', dockerfile }),
    );
    expect(one).not.toBe(other);
    expect(contexts.digestOf({ context: 'image/src', dockerfile: 'Dockerfile' })).not.toBe(one);
  });

  test('is worked out once', () => {
    const contexts = new BuildContexts(root);
    const first = contexts.digestOf({ context: 'image', dockerfile: 'Dockerfile' });
    put('image/src/main.js', 'other();\n');
    expect(contexts.digestOf({ context: 'image', dockerfile: 'Dockerfile' })).toBe(first);
    expect(new BuildContexts(root).digestOf({ context: 'image', dockerfile: 'Dockerfile' })).not.toBe(first);
  });
});
