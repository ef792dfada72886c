import { aService, goodImage, messages } from './support';
import { Mount } from '../../src/core';
import { mountPath } from '../../src/rules/mount-path';

describe('rule mount-path', () => {
  test('fails when two mounts have one path', () => {
    expect(
      messages(mountPath, (box) => aService(box, 'a', { mounts: [Mount.scratch('/data'), Mount.scratch('/data')] })),
    ).toEqual(['Two mounts use the path "/data".']);
    expect(
      messages(mountPath, (box) => aService(box, 'a', { mounts: [Mount.scratch('/data'), Mount.scratch('/data/')] })),
    ).toEqual(['"/data/" is not a normalized absolute path.', 'Two mounts use the path "/data/".']);
  });

  test('fails for paths that are not plain and absolute', () => {
    for (const path of ['data', '/', '/a/../b', '/a//b', '/a/', '/a:b', 'C:\\a', '', `/${'a'.repeat(4096)}`]) {
      expect(messages(mountPath, (box) => aService(box, 'a', { mounts: [Mount.scratch(path)] }))).toEqual([
        `${JSON.stringify(path)} is not a normalized absolute path.`,
      ]);
    }
    expect(messages(mountPath, (box) => aService(box, 'a', { workingDirectory: 'work' }))).toEqual([
      '"work" is not a normalized absolute path.',
    ]);
    expect(messages(mountPath, (box) => aService(box, 'a', { image: goodImage({ writablePaths: ['tmp'] }) }))).toEqual([
      '"tmp" is not a normalized absolute path.',
    ]);
  });

  test('accepts the longest path that there is', () => {
    expect(
      messages(mountPath, (box) => aService(box, 'a', { mounts: [Mount.scratch(`/${'a'.repeat(4095)}`)] })),
    ).toEqual([]);
  });

  test('accepts nested mounts', () => {
    expect(
      messages(mountPath, (box) =>
        aService(box, 'a', { workingDirectory: '/data', mounts: [Mount.scratch('/data'), Mount.scratch('/data/tmp')] }),
      ),
    ).toEqual([]);
  });
});
