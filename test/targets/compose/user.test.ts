import { parse } from 'yaml';
import { renderCompose } from '../../../src/targets/compose';
import { readCompose } from '../../../src/targets/compose/read/read-compose';
import { anImage, aPlan, aService } from '../../plan/plan-builder';

const scratch = { kind: 'scratch', path: '/scratch', megabytes: 1, executable: false } as const;

function entryOf(user: { readonly uid: number; readonly gid: number } | undefined): any {
  const { files } = renderCompose(aPlan({ services: [aService({ user, mounts: [scratch] })] }));
  const document = parse(files.find(({ path }) => path.endsWith('.yml'))!.content);
  const { security } = readCompose(document, new Map()).services[0];
  return { ...document.services.web, read: security.user };
}

describe('the user of a service', () => {
  test('is stated as the model says it', () => {
    expect(entryOf({ uid: 10001, gid: 10002 })).toMatchObject({ user: '10001:10002', read: '10001' });
    expect(entryOf({ uid: 0, gid: 0 })).toMatchObject({ user: '0:0', read: '0' });
  });

  test('is left to the image if only the image is known to set it', () => {
    const { files } = renderCompose(aPlan({
      services: [aService({ user: undefined, image: anImage({ facts: { user: { uid: 472, gid: 0 } } }) })],
    }));
    expect(files.find(({ path }) => path.endsWith('.yml'))!.content).not.toContain('user:');
  });

  test('is left to the image if it is unknown, and scratch space is for everyone', () => {
    const entry = entryOf(undefined);
    expect(entry).not.toHaveProperty('user');
    expect(entry.read).toBeUndefined();
    expect(entry.tmpfs).toContain('/scratch:size=1m,mode=1777,noexec,nosuid,nodev');
  });
});
