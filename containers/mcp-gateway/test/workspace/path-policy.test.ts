import { describe, expect, it } from 'vitest';
import { PathPolicy } from '../../src/workspace';
import { cpuMs } from '../cpu';

describe('a path policy', () => {
  const narrow = PathPolicy.of({ allow: ['docs/**', 'src/*/*.ts', '*.{md,txt}'], deny: ['docs/private', '**/*.bak'] });

  it.each(['docs/a', 'docs/a/b/c.pdf', 'docs/.hidden', 'src/model/a.ts', 'README.md', 'notes.txt', 'docs'])(
    'allows %s',
    (path) => {
      expect(narrow.allows(path)).toBe(true);
    },
  );

  it.each([
    'src/a.ts',
    'src/model/deep/a.ts',
    'x/README.md',
    'README.MD',
    '',
    'docs/private',
    'docs/private/a',
    'docs/PRIVATE/a',
    'docs/a.bak',
    'docs/a.BAK',
  ])('fails to allow %j', (path) => {
    expect(narrow.allows(path)).toBe(false);
  });

  it.each([
    '.git/config',
    'sub/.git/config',
    '.git',
    '.ENV',
    '.env.local',
    'a/.Env/b',
    'key.PEM',
    'id_rsa',
    'docs/id_ed25519',
    '.npmrc',
    '.netrc',
    '.aws/credentials',
    '.kube/config',
    '.docker/config.json',
    '.ssh/known_hosts',
    'prod.env',
    'deploy/PROD.Env',
    'prod.env.local',
    'app.env.bak/a',
    'release.jks',
    'debug.keystore',
    'putty.ppk',
    'AuthKey.p8',
    'passwords.kdbx',
    '_netrc',
    '.dockercfg',
    'certs.JKS/a',
  ])('keeps %s closed even when everything is allowed', (path) => {
    const open = PathPolicy.of({ allow: ['**', '.git/**', path] });
    expect(open.allows(path)).toBe(false);
    expect(open.allowsFolder(path)).toBe(false);
  });

  it.each([
    '.gitignore',
    '.github/workflows/a.yml',
    'environment.md',
    'environment',
    'src/env.ts',
    'vite-env.d.ts',
    'idea.ts',
    'docker/Dockerfile',
  ])('does not take %s for a secret', (path) => {
    expect(PathPolicy.of({ allow: ['**'] }).allows(path)).toBe(true);
  });

  it('opens secret names for the gateway alone', () => {
    expect(PathPolicy.internal(['.git/**']).allows('.git/HEAD')).toBe(true);
  });

  it('shows the folders that lead to what is allowed, and no others', () => {
    expect(['', 'docs', 'docs/x', 'src', 'src/model'].map((path) => narrow.allowsFolder(path))).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
    expect(
      ['lib', 'src/model/deep', 'docs/private', 'docs/private/x', '.git'].map((path) => narrow.allowsFolder(path)),
    ).toEqual(Array(5).fill(false));
  });

  it('judges names with line feeds like others', () => {
    expect(PathPolicy.of({ allow: ['**'] }).allows('docs/a\nb.md')).toBe(true);
    expect(PathPolicy.of({ allow: ['**'], deny: ['**/*.bak'] }).allows('docs/a\nb.bak')).toBe(false);
    expect(PathPolicy.of({ allow: ['**'], deny: ['*/?.bak'] }).allows('docs/\n.bak')).toBe(false);
    expect(PathPolicy.of({ allow: ['**'] }).allows('a/.env\nlocal')).toBe(false);
  });

  it('reads ! [ ] and parentheses as letters', () => {
    expect(PathPolicy.of({ allow: ['a[b].md'] }).allows('a[b].md')).toBe(true);
    expect(PathPolicy.of({ allow: ['a[b].md'] }).allows('ab.md')).toBe(false);
    expect(PathPolicy.of({ allow: ['!secret.md'] }).allows('other.md')).toBe(false);
    expect(PathPolicy.of({ allow: ['@(a|b).md'] }).allows('a.md')).toBe(false);
  });

  it('shows folders below alternatives that span segments', () => {
    const spanning = PathPolicy.of({ allow: ['{a/b,c}/d.md'] });
    expect(spanning.allowsFolder('a')).toBe(true);
    expect(spanning.allows('a/b/d.md')).toBe(true);
    expect(spanning.allows('a/x/d.md')).toBe(false);
  });

  it('takes a slash at the end of a glob for the folder', () => {
    const slashed = PathPolicy.of({ allow: ['docs/', 'src/*'], deny: ['src/private/'] });
    expect(
      ['docs', 'src/a', 'docs/a', 'src/private', 'src/private/a'].map((path) => [
        slashed.allows(path),
        slashed.allowsFolder(path),
      ]),
    ).toEqual([
      [true, true],
      [true, true],
      [false, false],
      [false, false],
      [false, false],
    ]);
  });

  it('shows no folder below the last segment of a glob', () => {
    const policy = PathPolicy.of({ allow: ['*/a', 'b/{c,d}/e'] });
    expect(['x', 'x/a', 'x/a/b', 'b/c', 'b/d', 'b/x', 'b/c/e/f'].map((path) => policy.allowsFolder(path))).toEqual([
      true,
      true,
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  it('takes a double star inside a segment for a single one', () => {
    const policy = PathPolicy.of({ allow: ['a/b**/c'] });
    expect(['a', 'a/bx', 'a/x', 'a/bx/y', 'x'].map((path) => policy.allowsFolder(path))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('denies nothing when nothing is said', () => {
    expect(PathPolicy.of({ allow: ['**'] }).deny).toEqual([]);
    expect(PathPolicy.internal(['**']).deny).toEqual([]);
  });

  it.each(['private (1)', 'a|b', '"quoted"', 'a+', '$home', '^x', 'x)', '(x', '#1', '~', '[b]', '{c'])(
    'denies a folder called %s, which is no pattern',
    (name) => {
      const policy = PathPolicy.of({ allow: ['**'], deny: [`${name}/**`] });
      expect([policy.allows(name), policy.allows(`${name}/a`), policy.allowsFolder(`${name}/b`)]).toEqual([
        false,
        false,
        false,
      ]);
      expect(['private 1/a', 'a/x', 'b/x', 'quoted/a', 'aa/a', 'c'].map((path) => policy.allows(path))).toEqual(
        Array(6).fill(true),
      );
    },
  );

  it.each([
    [
      '.ENV',
      '.\u017fsh/x',
      '.\u212aube/config',
      'a/\u212aey.\u212aey',
      '.g\u200cit/config',
      '.\ufeffgit',
      '.e\u00adnv',
      '.pgpa\u00df',
      'GIT~1/config',
      'git~12',
      'ENV~1.LOC',
      'NPMRC~1',
      'GIT-CR~1',
      'AWS~1/credentials',
    ],
  ])('keeps secrets closed in spellings that some file systems take for the same', (...paths) => {
    const open = PathPolicy.of({ allow: ['**'] });
    expect(paths.filter((path) => open.allows(path) || open.allowsFolder(path))).toEqual([]);
    expect(['digit~1', 'environ~1', 'straße.md', 'a~1.md'].filter((path) => !open.allows(path))).toEqual([]);
  });

  it('denies what is denied, however it is composed', () => {
    const policy = PathPolicy.of({ allow: ['**'], deny: ['caf\u00e9/**', 'stra?e', '*.\u0130x'] });
    expect(
      ['cafe\u0301/a', 'CAFE\u0301/a', 'CAF\u00c9/a', 'stra\u00dfe', 'straxe', 'a.\u0130x'].filter((path) =>
        policy.allows(path),
      ),
    ).toEqual([]);
    expect(PathPolicy.of({ allow: ['**'], deny: ['masse'] }).allows('ma\u00dfe')).toBe(false);
  });

  it('keeps the rules of what a double star leaves out', () => {
    const policy = PathPolicy.of({ allow: ['src/**', '*/**/x', 'doc?/**', 'tmp*/**', '**/**/deep'] });
    expect(
      ['src', 'src/a/b', 'a/x', 'a/b/c/x', 'docs', 'docs/a', 'tmp1/a', 'deep', 'a/b/deep'].filter(
        (path) => !policy.allows(path),
      ),
    ).toEqual([]);
    expect(['x', 'tmp1', 'top.md', 'srcs/a', 'adeep'].filter((path) => policy.allows(path))).toEqual([]);
  });

  it.each([
    ['**/*-*-*.log', '-'.repeat(4000)],
    ['**/*-*-*-*-*.log', Array(16).fill('-'.repeat(254)).join('/')],
    ['**/*a*/**/*a*/**/x', Array(250).fill('a'.repeat(15)).join('/')],
    ['*?*?*?*?*?*?*?*?*?b', 'a'.repeat(4000)],
  ])('judges %s in little time, however long the path', async (glob, path) => {
    const policy = PathPolicy.of({ allow: ['**', glob], deny: [glob] });
    let allowed: boolean | undefined;
    expect(await cpuMs(() => (allowed = policy.allows(path)))).toBeLessThan(1000);
    expect(allowed).toBe(true);
  });
});
