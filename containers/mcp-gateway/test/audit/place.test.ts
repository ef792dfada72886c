import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkAuditPlace } from '../../src/audit/place';
import { ManifestTool } from '../../src/manifest/manifest';
import { commandTool, fileTool } from '../tools/support';

const top = realpathSync(mkdtempSync(join(tmpdir(), 'place-')));
afterAll(() => rmSync(top, { recursive: true }));
const [root, logs] = [join(top, 'workspace'), join(top, 'a log')];
[root, join(root, 'logs', 'deep'), join(root, 'elsewhere'), logs].forEach((folder) =>
  mkdirSync(folder, { recursive: true }),
);
symlinkSync(join(root, 'logs'), join(top, 'link'));

const SYSTEM = '22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw';
const mounts = (...lines: [device: string, shown: string, at: string][]): string =>
  [
    SYSTEM,
    ...lines.map(
      ([device, shown, at], index) =>
        `${30 + index} 22 ${device} ${shown} ${at.replaceAll(' ', '\\040')} rw - ext4 /dev/x rw`,
    ),
  ].join('\n');

function problem(path: string, mountInfo: string, tools: readonly ManifestTool[] = [fileTool('read')]): string {
  try {
    checkAuditPlace({ audit: { path }, workspace: { root, access: 'read-only' }, tools }, mountInfo);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a log that the workspace shows', () => {
  const shown: [what: string, path: string, mountInfo: string, as: string][] = [
    ['in a folder of it', join(root, 'logs', 'audit.jsonl'), mounts(), 'logs/audit.jsonl'],
    ['in its root', join(root, 'audit.jsonl'), mounts(), 'audit.jsonl'],
    ['by a link to a folder of it', join(top, 'link', 'audit.jsonl'), mounts(), 'logs/audit.jsonl'],
    [
      'since the same volume is mounted twice',
      join(logs, 'audit.jsonl'),
      mounts(['8:2', '/data', root], ['8:2', '/data', logs]),
      'audit.jsonl',
    ],
    [
      "since a folder of it is mounted as the log's",
      join(logs, 'audit.jsonl'),
      mounts(['8:2', '/data', root], ['8:2', '/data/logs/deep', logs]),
      'logs/deep/audit.jsonl',
    ],
    [
      'on the file system of everything',
      join(logs, 'audit.jsonl'),
      mounts(['8:1', `${top}/workspace/logs`, logs]),
      'logs/audit.jsonl',
    ],
    [
      'since it is mounted a second time inside',
      join(logs, 'audit.jsonl'),
      mounts(['8:2', '/data', root], ['8:3', '/log', logs], ['8:3', '/', join(root, 'elsewhere')]),
      'elsewhere/log/audit.jsonl',
    ],
    [
      'and that was mounted over',
      join(logs, 'audit.jsonl'),
      mounts(['8:2', '/data', root], ['8:9', '/', logs], ['8:2', '/data', logs]),
      'audit.jsonl',
    ],
  ];

  test.each(shown)('%s is refused when a tool may read it', (_what, path, mountInfo, as) => {
    expect(problem(path, mountInfo)).toBe(
      `tool "fs_read" may read the audit log, which is ${as} in the workspace; deny it "${as}*", or keep the log ` +
      'elsewhere',
    );
  });

  test.each(shown)('%s is accepted when no tool may', (_what, path, mountInfo, as) => {
    const deny = [`${as}*`];
    expect(
      problem(path, mountInfo, [
        fileTool('read', { paths: { allow: ['**'], deny } }),
        commandTool(['git', 'log'], { paths: { allow: ['**'], deny } }),
      ]),
    ).toBe('');
    expect(problem(path, mountInfo, [fileTool('read', { paths: { allow: ['src/**'] } })])).toBe('');
  });

  test('is refused for each tool, and for a deny that leaves its head, its lock or its rotated files open', () => {
    const [, path, mountInfo] = shown[0]!;
    const deny = ['logs/audit.jsonl'];
    expect(
      problem(path, mountInfo, [
        fileTool('read', { paths: { allow: ['**'], deny } }),
        fileTool('list'),
        commandTool(['git', 'log'], { name: 'git_log', paths: undefined }),
      ])
        .split('\n')
        .map((line) => /"(\w+)"/.exec(line)?.[1]),
    ).toEqual(['fs_read', 'fs_list', 'git_log']);
    expect(
      problem(path, mountInfo, [
        fileTool('read', { paths: { allow: ['**'], deny: ['**/audit.jsonl{,.head,.lock}'] } }),
      ]),
    ).not.toBe('');
    expect(problem(path, mountInfo, [fileTool('read', { paths: { allow: ['**'], deny: ['logs'] } })])).toBe('');
  });
});

test.each([
  ['on a file system of its own', join(logs, 'audit.jsonl'), mounts(['8:2', '/', root], ['8:3', '/', logs])],
  ['beside the workspace on the same one', join(logs, 'audit.jsonl'), mounts()],
  [
    'in another folder of the same volume',
    join(logs, 'audit.jsonl'),
    mounts(['8:2', '/data', root], ['8:2', '/data-logs', logs]),
  ],
  [
    'in a folder that the workspace is a part of',
    join(logs, 'audit.jsonl'),
    mounts(['8:2', '/all/workspace', root], ['8:2', '/all', logs]),
  ],
  ['in a folder that does not exist', join(top, 'nowhere', 'audit.jsonl'), mounts()],
])('a log %s is accepted', (_what, path, mountInfo) => expect(problem(path, mountInfo)).toBe(''));

test('the mounts of this machine are understood', () => {
  const tool = fileTool('read');
  expect(() =>
    checkAuditPlace({
      audit: { path: join(root, 'audit.jsonl') },
      workspace: { root, access: 'read-only' },
      tools: [tool],
    }),
  ).toThrow('may read the audit log, which is audit.jsonl');
  expect(() =>
    checkAuditPlace({
      audit: { path: join(logs, 'audit.jsonl') },
      workspace: { root, access: 'read-only' },
      tools: [tool],
    }),
  ).not.toThrow();
});
