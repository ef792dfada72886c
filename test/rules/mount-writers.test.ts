import { aService, messages } from './support';
import { Mount, Size, Volume } from '../../src/core';
import { mountWriters } from '../../src/rules/mount-writers';

describe('rule mount-writers', () => {
  test('fails for two writers', () => {
    expect(messages(mountWriters, (box) => {
      const data = Volume.persistent(box, 'data', { size: Size.gibibytes(1) });
      aService(box, 'a', { mounts: [Mount.volume(data, '/data')] });
      aService(box, 'b', { mounts: [Mount.volume(data, '/data')] });
    })).toEqual(['The volume "data" is written by a, b.']);
  });

  test('accepts one writer with readers, and several where the users take care of it', () => {
    expect(messages(mountWriters, (box) => {
      const data = Volume.persistent(box, 'data', { size: Size.gibibytes(1) });
      const shared = Volume.persistent(box, 'shared', { size: Size.gibibytes(1), multiWriter: true });
      aService(box, 'a', { mounts: [Mount.volume(data, '/data'), Mount.volume(shared, '/shared')] });
      aService(box, 'b', {
        mounts: [Mount.volume(data, '/data', { readOnly: true }), Mount.volume(shared, '/shared')],
      });
    })).toEqual([]);
  });
});
