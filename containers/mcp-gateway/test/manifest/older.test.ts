import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { exampleManifest } from './example';
import { healthCheck } from '../../src/cli/health-check';
import { parseManifest } from '../../src/manifest/load';
import { TOKEN, install } from '../cli/command';

/** A gateway of the future: what this one calls "name" was "label" in its version 1. */
vi.mock('../../schema/manifest.schema.json', async (original) => {
  const { default: schema } = await original<{ default: { properties: object } }>();
  return { default: { ...schema, properties: { ...schema.properties, schemaVersion: { const: 2 } } } };
});
vi.mock('../../src/manifest/version', async (original) => {
  const { newestForm } = await original<typeof import('../../src/manifest/version')>();
  return {
    newestForm: (document: unknown) => newestForm(document, [({ label, ...rest }) => ({ ...rest, name: label })]),
  };
});

const NOTICE = /:2:20: schemaVersion: is 1 and is read as if it were 2; write the manifest again with "npx \S+ synth"/;

function older(text = JSON.stringify(exampleManifest())): string {
  const { schemaVersion, name, ...rest } = JSON.parse(text) as Record<string, unknown>;
  return JSON.stringify({ schemaVersion, label: name, ...rest }, null, 2);
}

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('a manifest of an older version', () => {
  test('has the policy and the digest of its newest form, and a notice with its line', () => {
    const newest = parseManifest(Buffer.from(JSON.stringify({ ...exampleManifest(), schemaVersion: 2 })), 'm.json');
    const migrated = parseManifest(Buffer.from(older()), 'm.json');
    expect(migrated).toEqual({ ...newest, notices: [expect.stringMatching(NOTICE)] });
    expect(newest.notices).toEqual([]);
  });

  test('is served, and the health check warns', async () => {
    const { manifest, env } = install();
    writeFileSync(manifest, older(readFileSync(manifest, 'utf8')));
    vi.stubEnv('CODEX_TOKEN_FILE', env.CODEX_TOKEN_FILE);
    const said: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    expect(await healthCheck({ manifest, json: false, timeoutMs: 5000 })).toBe(0);
    expect(said.join('')).toMatch(NOTICE);
    expect(said.join('')).toContain('initialised: 2 tools');
    expect(said.join('')).not.toContain(TOKEN);
  });

  test('fails when its newest form is no policy either', () => {
    const { label: _, ...nameless } = JSON.parse(older()) as Record<string, unknown>;
    expect(() => parseManifest(Buffer.from(JSON.stringify(nameless)), 'm.json')).toThrow(
      /m\.json:1:1: .*name: must be string, is missing|"name" is missing/,
    );
  });
});
