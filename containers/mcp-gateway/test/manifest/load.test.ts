import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LOG_TOOL, READ_TOOL, exampleManifest } from './example';
import { loadManifest, parseManifest } from '../../src/manifest/load';
import { Manifest } from '../../src/manifest/manifest';
import { ManifestError } from '../../src/manifest/problem';

function refusal(text: string | object): string {
  try {
    parseManifest(Buffer.from(typeof text === 'string' ? text : JSON.stringify(text, null, 2)), 'm.json');
  } catch (error) {
    expect(error).toBeInstanceOf(ManifestError);
    return (error as Error).message;
  }
  throw new Error('the manifest was accepted');
}

const withTool = (tool: object): object => ({ ...exampleManifest(), tools: [tool] });

describe('a valid manifest', () => {
  test('is given back as it was written, with the digest of the policy', () => {
    const loaded = parseManifest(Buffer.from(JSON.stringify(exampleManifest())), 'm.json');
    expect(loaded.manifest).toEqual(exampleManifest());
    expect(loaded.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test('has the same digest however its keys are ordered and spaced', () => {
    const turned = Object.fromEntries(Object.entries(exampleManifest()).reverse());
    const digests = [exampleManifest(), turned].map(
      (manifest, indent) => parseManifest(Buffer.from(JSON.stringify(manifest, null, indent)), 'm.json').digest,
    );
    expect(digests[0]).toBe(digests[1]);
  });

  test('has another digest when a limit changes', () => {
    const changed = exampleManifest({ tools: [{ ...READ_TOOL, limits: { ...READ_TOOL.limits, callsPerMinute: 1 } }] });
    expect(parseManifest(Buffer.from(JSON.stringify(changed)), 'm').digest)
      .not.toBe(parseManifest(Buffer.from(JSON.stringify(exampleManifest({ tools: [READ_TOOL] }))), 'm').digest);
  });
});

describe('a file that is no manifest', () => {
  const folder = mkdtempSync(join(tmpdir(), 'manifest-'));

  test('fails when it is missing, and says that no tool is allowed', () => {
    expect(() => loadManifest(join(folder, 'none.json'))).toThrow(/cannot be read \(ENOENT\).*no tool is allowed/);
  });

  test('fails when it cannot be read', () => {
    expect(() => loadManifest(folder)).toThrow(/cannot be read \(EISDIR\)/);
  });

  test.each([
    ['', /is empty/],
    ['  \n', /is empty/],
    ['null', /must be object/],
    ['[]', /must be object/],
    ['{}', /"schemaVersion" is missing/],
  ])('fails for %j', (text, message) => {
    expect(refusal(text)).toMatch(message);
  });

  test('fails for bytes that are not UTF-8', () => {
    expect(() => parseManifest(Buffer.from([0x7b, 0xff, 0x7d]), 'm.json')).toThrow(/not UTF-8/);
  });

  test('fails with the line of broken JSON', () => {
    expect(refusal('{\n  "schemaVersion": 1,\n  "name" "x"\n}')).toContain('m.json:3:10: not JSON: colon expected');
  });

  test('fails for a comment, which JSON has not', () => {
    expect(refusal('{\n  // every tool\n}')).toContain('m.json:2:3: not JSON: invalid comment token');
  });

  test('fails for a key that stands twice', () => {
    expect(refusal('{ "name": "a",\n  "name": "b" }')).toContain('m.json:2:3: name: the key stands twice');
  });
});

describe('the schema', () => {
  test('fails with all problems at once, each with its line', () => {
    const message = refusal(
      withTool({ ...READ_TOOL, operation: 'raed', limits: { ...READ_TOOL.limits, timeoutMs: 1 } }),
    );
    expect(message).toMatch(
      /m\.json:\d+:\d+: tools\[0\]\.operation: is "raed"\. Did you mean "read"\? Allowed: "find", "grep"/,
    );
    expect(message).toMatch(/m\.json:\d+:\d+: tools\[0\]\.limits\.timeoutMs: must be >= 10, is 1/);
    expect(message.split('\n')).toHaveLength(3);
  });

  test('fails for a policy of another program', () => {
    expect(refusal({ allow: ['raed_file'] })).toContain('allow: is not known here');
  });

  test('fails for an unknown key with the nearest one, at the line of the key', () => {
    const text = JSON.stringify({ ...exampleManifest(), workspce: {} }, null, 2);
    const line = text.split('\n').findIndex((row) => row.includes('workspce')) + 1;
    expect(refusal(text)).toContain(`m.json:${line}:3: workspce: is not known here. Did you mean "workspace"?`);
  });

  test('fails for an unknown kind of tool with the nearest one', () => {
    expect(refusal(withTool({ ...READ_TOOL, kind: 'fil' }))).toContain(
      '"kind" is "fil". Did you mean "file"? Allowed: "command", "file", "image"',
    );
  });

  test.each(['', 'a\nb', '\u0000', 'x'.repeat(129)])('fails for the choice %j', (value) => {
    const parameters = { ...LOG_TOOL.parameters, count: { type: 'choice', values: ['short', value] } };
    expect(refusal(withTool({ ...LOG_TOOL, parameters }))).toContain('tools[0].parameters.count.values[1]: ');
  });

  test('fails for a missing limit and says what it is for', () => {
    const { callsPerMinute: _, ...limits } = READ_TOOL.limits;
    expect(refusal(withTool({ ...READ_TOOL, limits }))).toContain(
      'tools[0].limits: "callsPerMinute" is missing. For each client.',
    );
  });

  test('fails for an argument that is neither text nor parameter with one message', () => {
    const message = refusal(withTool({ ...LOG_TOOL, argv: ['git', 5] }));
    expect(message.split('\n')).toHaveLength(2);
    expect(message).toContain('tools[0].argv[1]: must be literal text or a parameter');
  });
});

describe('what the schema cannot say', () => {
  const cases: [string, Partial<Manifest> | object, RegExp][] = [
    [
      'a client that does not exist',
      withTool({ ...READ_TOOL, clients: ['codx'] }),
      /tools\[0\]\.clients\[0\]: there is no client "codx"\. Did you mean "codex"\?/,
    ],
    [
      'two tools of one name',
      { ...exampleManifest(), tools: [READ_TOOL, { ...READ_TOOL, operation: 'stat' }] },
      /tools\[1\]\.name: there is already a tool "read_file"/,
    ],
    [
      'two clients of one name',
      {
        ...exampleManifest(),
        clients: [
          { name: 'codex', tokenEnv: 'A' },
          { name: 'codex', tokenEnv: 'B' },
        ],
      },
      /clients\[1\]\.name: there is already a client "codex"/,
    ],
    [
      'two clients with one token',
      {
        ...exampleManifest(),
        clients: [
          { name: 'codex', tokenEnv: 'A' },
          { name: 'b', tokenEnv: 'A' },
        ],
      },
      /clients\[1\]\.tokenEnv: there is already a token/,
    ],
    [
      'a program that is a parameter',
      withTool({ ...LOG_TOOL, argv: [{ parameter: 'path' }, { parameter: 'count' }], gitHistory: false }),
      /argv\[0\]: the program must be a literal name/,
    ],
    [
      'a program that is a path',
      withTool({ ...LOG_TOOL, argv: ['/usr/bin/git', ...LOG_TOOL.argv.slice(1)] }),
      /argv\[0\]: "\/usr\/bin\/git" is a path/,
    ],
    [
      'a parameter that is not declared',
      withTool({ ...LOG_TOOL, argv: [...LOG_TOOL.argv, { parameter: 'pth' }] }),
      /argv\[5\]\.parameter: there is no parameter "pth"\. Did you mean "path"\?/,
    ],
    [
      'a parameter that is not used',
      withTool({ ...LOG_TOOL, argv: LOG_TOOL.argv.slice(0, 3) }),
      /parameters\.path: no argument of argv uses this/,
    ],
    [
      'git history of another program',
      withTool({ ...LOG_TOOL, argv: ['wc', ...LOG_TOOL.argv.slice(1)] }),
      /gitHistory: is for git alone/,
    ],
    [
      'a writing tool on a read-only workspace',
      withTool({ ...LOG_TOOL, writes: true }),
      /writes: the workspace is read-only/,
    ],
    [
      'a path parameter without paths',
      withTool({ ...LOG_TOOL, paths: undefined }),
      /parameters\.path: a parameter of type path requires "paths"/,
    ],
    [
      'a range that holds nothing',
      withTool({
        ...LOG_TOOL,
        parameters: { ...LOG_TOOL.parameters, count: { type: 'integer', minimum: 9, maximum: 1 } },
      }),
      /minimum 9 is above maximum 1/,
    ],
    [
      'a default outside its range',
      withTool({
        ...LOG_TOOL,
        parameters: { ...LOG_TOOL.parameters, count: { type: 'integer', minimum: 1, maximum: 9, default: 10 } },
      }),
      /default 10 is not between 1 and 9/,
    ],
    [
      'a default that is no choice',
      withTool({
        ...LOG_TOOL,
        parameters: { ...LOG_TOOL.parameters, count: { type: 'choice', values: ['short', 'full'], default: 'shrt' } },
      }),
      /default "shrt" is not one of "full", "short"\. Did you mean "short"\?/,
    ],
    [
      'a pattern that leaves the workspace',
      withTool({ ...READ_TOOL, paths: { allow: ['../*'] } }),
      /paths\.allow\[0\]: "\.\.\/\*" holds a "\." or "\.\."/,
    ],
    [
      'a pattern with an empty segment',
      withTool({ ...READ_TOOL, paths: { allow: ['docs//a'] } }),
      /paths\.allow\[0\]: "docs\/\/a" holds an empty segment/,
    ],
    [
      'a pattern with a range',
      withTool({ ...READ_TOOL, paths: { allow: ['**'], deny: ['{1..3}/**'] } }),
      /paths\.deny\[0\]: "\{1\.\.3\}\/\*\*" holds a range/,
    ],
    ['a pattern with a backslash', withTool({ ...READ_TOOL, paths: { allow: ['a\\*'] } }), /holds a backslash/],
    [
      'a pattern with ** inside a segment of alternatives',
      withTool({ ...READ_TOOL, paths: { allow: ['**'], deny: ['**{.key,.crt}'] } }),
      /joins \*\* to alternatives/,
    ],
    [
      'a pattern of too many alternatives',
      withTool({ ...READ_TOOL, paths: { allow: ['{a,b}'.repeat(9)] } }),
      /more than 256 patterns/,
    ],
    ['a pattern that is a negation', withTool({ ...READ_TOOL, paths: { allow: ['!secret'] } }), /is a negation/],
    [
      'a path that health answers on',
      { ...exampleManifest(), http: { ...exampleManifest().http, path: '/readyz' } },
      /http\.path: "\/readyz" is the gateway's own/,
    ],
    [
      'a working directory outside',
      withTool({ ...LOG_TOOL, workingDirectory: 'a/../..' }),
      /workingDirectory: .*one folder below/,
    ],
  ];

  test.each(cases)('fails for %s', (_, manifest, message) => {
    expect(refusal(manifest)).toMatch(message);
  });

  test('allows a writing tool on a writable workspace', () => {
    const manifest = exampleManifest({
      workspace: { root: '/w', access: 'read-write' },
      tools: [{ ...LOG_TOOL, writes: true, gitHistory: false }],
    });
    expect(parseManifest(Buffer.from(JSON.stringify(manifest)), 'm.json').manifest.tools).toHaveLength(1);
  });
});
