import { createHash } from 'node:crypto';
import { chmodSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aStack, aStackFolder, COMPOSE_FILE, STACK } from './stack';
import { files } from '../../src/doctor/checks/files';
import { Plan } from '../../src/plan/plan';
import { renderCompose } from '../../src/targets/compose';
import { put, removeFolders } from '../cli/support';

afterAll(removeFolders);

describe('files', () => {
  test('are ok as generated', async () => {
    expect(await files.examine(aStack())).toMatchObject([
      { subject: COMPOSE_FILE, status: 'ok', found: 'as expected, with 2 configuration files' },
    ]);
  });

  const config = 'dist/compose/config.draft/agent/c.toml';
  test.each<[string, (root: string) => void, string, string]>([
    [
      'an edited configuration file',
      (root) => writeFileSync(join(root, config), 'mine\n'),
      config,
      'its content differs',
    ],
    ['a missing configuration file', (root) => rmSync(join(root, config)), config, 'missing'],
    ['a missing compose file', (root) => rmSync(join(root, COMPOSE_FILE)), COMPOSE_FILE, 'missing'],
    [
      'an edited compose file',
      (root) => writeFileSync(join(root, COMPOSE_FILE), 'services: {}\n'),
      COMPOSE_FILE,
      'its content differs',
    ],
    [
      'a link in place of a file',
      (root) => {
        rmSync(join(root, config));
        symlinkSync(join(root, COMPOSE_FILE), join(root, config));
      },
      config,
      'it is not a regular file',
    ],
    [
      'a configuration file that is closed to others',
      (root) => chmodSync(join(root, config), 0o640),
      config,
      'compose/config.draft/agent/c.toml is not readable by other users',
    ],
    [
      'a closed folder of a draft',
      (root) => chmodSync(join(root, 'dist/compose/config.draft'), 0o700),
      config,
      'compose/config.draft is not readable by other users',
    ],
  ])('fail with %s', async (_, spoil, subject, found) => {
    const root = aStackFolder();
    spoil(root);
    const [result] = await files.examine(aStack({ root }));
    expect(result).toMatchObject({
      subject,
      status: 'failure',
      found,
      fix: expect.stringMatching(/npx toolbox-constructs synth|chmod -R o\+rX/),
    });
    chmodSync(join(root, 'dist/compose'), 0o755);
  });

  test('of Docker Desktop may be closed: its file sharing knows no users', async () => {
    const root = aStackFolder();
    chmodSync(join(root, 'dist/compose/config.draft'), 0o700);
    expect(await files.examine(aStack({ root, platform: 'darwin' }))).toMatchObject([{ status: 'ok' }]);
  });

  describe('once approved', () => {
    const digestOf = (content: string) => `sha256:${createHash('sha256').update(content).digest('hex')}`;
    const approved = renderCompose({ ...STACK, stage: 'approved' }).files;
    const approval = {
      by: 'me',
      reason: 'r',
      at: '2026-11-22T19:00:00Z',
      fingerprint: '',
      changes: [],
      files: approved.map(({ path, content }) => ({ path, digest: digestOf(content) })),
    };
    const drafted: Plan = { ...STACK, gate: { ...STACK.gate, approval } };
    const composeFile = 'dist/compose/docker-compose.yml';

    function anApprovedFolder(): string {
      const root = aStackFolder();
      approved.forEach(({ path, content }) => put(root, join('dist', path), content));
      return root;
    }

    test.each<[string, Plan]>([
      ['a new draft lies beside them', drafted],
      ['the model is still the same', { ...drafted, stage: 'approved' }],
    ])('are judged by the approval when %s', async (_, plan) => {
      const root = anApprovedFolder();
      const look = () => files.examine(aStack({ root, composeFile: join(root, composeFile) }, [], plan));
      expect(await look()).toMatchObject([{ subject: composeFile, status: 'ok' }]);
      writeFileSync(join(root, 'dist/compose/config/agent/c.toml'), 'mine\n');
      expect(await look()).toMatchObject([
        {
          subject: 'dist/compose/config/agent/c.toml',
          status: 'failure',
          fix: expect.stringContaining('version control'),
        },
      ]);
    });

    test('are not checked without an approval, or somewhere else', async () => {
      const root = anApprovedFolder();
      expect(await files.examine(aStack({ root, composeFile: join(root, composeFile) }))).toMatchObject([
        { status: 'not-checked' },
      ]);
      expect(await files.examine(aStack({ root, composeFile: '/elsewhere/docker-compose.yml' }))).toMatchObject([
        { status: 'not-checked' },
      ]);
    });
  });
});
