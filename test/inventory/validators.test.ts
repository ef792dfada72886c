import { readFileSync, readdirSync } from 'node:fs';
import * as grammar from '../../src/util/tool-grammar';

const COMPILED: Readonly<Record<string, readonly string[]>> = {
  'src/inventory/private/validators.ts': readdirSync('inventories')
    .filter((name) => name.endsWith('.schema.json') && name !== 'common.schema.json')
    .map((name) => `inventories/${name}`),
  'src/app/private/validators.ts': ['schemas/project.schema.json'],
  'src/assembly/private/validators.ts': ['schemas/synth-document.schema.json'],
};

describe.each(Object.entries(COMPILED))('the compiled validators in %s', (file, schemas) => {
  const code = readFileSync(file, 'utf8');

  test.each(schemas)('are those of %s; run "npx projen" if they are not', (schema) => {
    expect(code.includes(JSON.stringify(JSON.parse(readFileSync(schema, 'utf8'))))).toBe(true);
  });

  test('load no other module', () => {
    expect(code).not.toMatch(/require\(|^import /m);
  });
});

describe('the compiled validators of the tool manifest', () => {
  const code = readFileSync('src/services/private/validators.ts', 'utf8');
  const { properties, definitions } = JSON.parse(
    readFileSync('containers/mcp-gateway/schema/manifest.schema.json', 'utf8'),
  ) as {
    readonly properties: Record<string, { readonly items?: object }>;
    readonly definitions: {
      readonly toolName: { readonly pattern: string };
      readonly glob: { readonly pattern: string; readonly maxLength: number };
      readonly limits: { readonly properties: Record<string, { readonly minimum: number; readonly maximum: number }> };
    };
  };

  test.each([
    ...Object.entries(definitions).filter(([name]) => name !== 'absolutePath'),
    ['http', properties.http],
    ['concurrency', properties.concurrency],
    ['clients', properties.clients.items],
  ])('are those of the schema of the gateway for %s; run "npx projen" if they are not', (_name, part) => {
    expect(code).toContain(JSON.stringify(part));
  });

  test('share patterns and limits of tools with the rules; run "npx projen" if they do not', () => {
    const { toolName, glob, limits } = definitions;
    const range = (name: string) => [limits.properties[name].minimum, limits.properties[name].maximum];
    expect(grammar).toEqual({
      TOOL_NAME: new RegExp(toolName.pattern, 'u'),
      GLOB: new RegExp(glob.pattern, 'u'),
      MAX_GLOB: glob.maxLength,
      RANGE_TIMEOUT_MILLIS: range('timeoutMs'),
      RANGE_OUTPUT_BYTES: range('maxOutputBytes'),
      RANGE_CALLS_PER_MINUTE: range('callsPerMinute'),
    });
  });

  test('load no other module than one of Node', () => {
    expect(code).not.toMatch(/require\(|^import (?!.* from 'node:)/m);
  });
});

test('definitions that inventories share are compiled as they are', () => {
  const { definitions } = JSON.parse(readFileSync('inventories/common.schema.json', 'utf8')) as {
    readonly definitions: Record<string, object>;
  };
  const code = readFileSync('src/inventory/private/validators.ts', 'utf8');
  expect(Object.values(definitions).filter((one) => !code.includes(JSON.stringify(one)))).toEqual([]);
});
