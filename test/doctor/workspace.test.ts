import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aStack, aStackFolder } from './stack';
import { failing, Machine } from './support';
import { workspace } from '../../src/doctor/checks/workspace';
import { removeFolders } from '../cli/support';

afterAll(removeFolders);

describe('workspace', () => {
  const refused = failing('');
  const look = (programs: Machine['programs'], root = aStackFolder()) =>
    workspace.examine(aStack({ root, programs: { ...programs, 'docker run *': '' } }));

  test('is ok when you and the services may use it', async () => {
    expect(await look({})).toMatchObject([{ subject: './shared', status: 'ok' }]);
  });

  test('fails when a service may not read it, and is a warning when one may not write', async () => {
    expect(await look({ 'docker run *[ -w "$0" ]*': refused, 'docker run *accessSync*R_OK*': refused })).toMatchObject([
      {
        status: 'warning',
        found: 'user 10001 of agent cannot write to it',
        fix: expect.stringContaining(
          'setfacl --recursive --modify "u:10001:rwX,d:u:10001:rwX,d:u:$(id -u):rwX" ./shared',
        ),
      },
      {
        status: 'failure',
        found: 'user 10001 of gateway cannot read it',
        fix: 'Run: chmod -R o+rX ./shared',
      },
    ]);
  });

  test('that is not there is a warning; that is a file fails', async () => {
    const root = aStackFolder();
    rmSync(join(root, 'shared'), { recursive: true });
    expect(await look({}, root)).toMatchObject([{ status: 'warning', fix: 'Create it: mkdir -p ./shared' }]);
    writeFileSync(join(root, 'shared'), '');
    expect(await look({}, root)).toMatchObject([{ status: 'failure', found: 'it is not a folder' }]);
    expect(readFileSync(join(root, 'shared'), 'utf8')).toBe('');
  });
});
