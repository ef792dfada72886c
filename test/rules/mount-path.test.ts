import { aService, messages } from './support';
import { Mount } from '../../src/core';
import { mountPath } from '../../src/rules/mount-path';

describe('rule mount-path', () => {
  test('fails when two mounts have one path', () => {
    expect(messages(mountPath, (box) => aService(box, 'a', { mounts: [Mount.scratch('/data'), Mount.scratch('/data')] }))).toEqual(['Two mounts have the path "/data".']);
  });

  test('fails for paths that are not plain and absolute', () => {
    for (const path of ['data', '/', '/a/../b', '/a//b', '/a/', '/a:b', 'C:\\a', '']) {
      expect(messages(mountPath, (box) => aService(box, 'a', { mounts: [Mount.scratch(path)] }))).toHaveLength(1);
    }
    expect(messages(mountPath, (box) => aService(box, 'a', { workingDirectory: 'work' }))).toHaveLength(1);
  });

  test('accepts nested mounts', () => {
    expect(messages(mountPath, (box) => aService(box, 'a', { workingDirectory: '/data', mounts: [Mount.scratch('/data'), Mount.scratch('/data/tmp')] }))).toEqual([]);
  });
});
