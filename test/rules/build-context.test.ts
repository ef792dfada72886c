import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { aService, messages } from './support';
import { Image } from '../../src/core';
import { buildContext } from '../../src/rules/build-context';

describe('rule build-context', () => {
  test('fails for a folder or a Dockerfile that is not there', () => {
    const said = (context: string, dockerfile?: string) =>
      messages(buildContext, (box) =>
        aService(box, 'a', { image: Image.fromBuild(context, { repository: 'a/b', tag: '1', dockerfile }) }),
      );
    expect(said('containers/nothing')).toEqual(['The Dockerfile "containers/nothing/Dockerfile" does not exist.']);
    expect(said('containers', 'codex-cli/Nothing')).toEqual([
      'The Dockerfile "containers/codex-cli/Nothing" does not exist.',
    ]);
    for (const [context, dockerfile] of [
      ['../outside', 'Dockerfile'],
      ['..', '..'],
      ['/etc', 'hosts'],
      ['/etc', '../hosts'],
      ['containers', '../../Dockerfile'],
    ]) {
      expect(said(context, dockerfile)).toEqual([
        `The Dockerfile "${posix.join(context, dockerfile)}" lies outside the project.`,
      ]);
    }
    expect(
      [
        said('containers/codex-cli', ''),
        said('containers/codex-cli', '..'),
        said('containers', 'codex-cli'),
        said('package.json'),
        said('a\0b'),
        said('x'.repeat(10_000)),
      ].flat(),
    ).toHaveLength(6);
  });

  test('fails for more than an image can be made from', () => {
    const folder = mkdtempSync(join(tmpdir(), 'toolbox-'));
    const home = process.cwd();
    writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\n');
    mkdirSync(join(folder, 'node_modules'));
    for (let number = 0; number < 10_001; number += 1) {
      writeFileSync(join(folder, 'node_modules', String(number)), '');
    }
    process.chdir(folder);
    try {
      const said = () =>
        messages(buildContext, (box) =>
          aService(box, 'a', { image: Image.fromBuild('.', { repository: 'a/b', tag: '1' }) }),
        );
      expect(said()).toEqual([expect.stringContaining('exceeds 10,000 files')]);
      writeFileSync(join(folder, '.dockerignore'), 'node_modules\n');
      expect(said()).toEqual([]);
    } finally {
      process.chdir(home);
      rmSync(folder, { recursive: true });
    }
  });

  test('accepts a folder with its Dockerfile', () => {
    expect(
      messages(buildContext, (box) =>
        aService(box, 'a', {
          image: Image.fromBuild('containers', { repository: 'a/b', tag: '1', dockerfile: 'codex-cli/Dockerfile' }),
        }),
      ),
    ).toEqual([]);
  });
});
