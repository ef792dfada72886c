import * as fs from 'node:fs';
import { PinInventory } from '../../src/inventory/pin-inventory';

interface Manager {
  readonly customType: string;
  readonly managerFilePatterns: readonly string[];
  readonly matchStrings: readonly string[];
  readonly datasourceTemplate: string;
}

interface Found {
  readonly datasource: string;
  readonly name: string;
  readonly value: string;
  readonly digest?: string;
}

const CONFIG = JSON.parse(fs.readFileSync('renovate.json', 'utf8')) as {
  customManagers: Manager[];
  ignorePaths: string[];
};
const FILE = fs.readFileSync('inventories/versions.yaml', 'utf8');

function find(text: string): Found[] {
  const found = CONFIG.customManagers.flatMap(({ matchStrings, datasourceTemplate }) =>
    matchStrings.flatMap((match) =>
      [...text.matchAll(new RegExp(match, 'g'))].map(({ groups = {} }) => ({
        datasource: datasourceTemplate,
        name: groups.depName,
        value: groups.currentValue,
        digest: groups.currentDigest,
      })),
    ),
  );
  return found.sort((a, b) => a.name < b.name ? -1 : 1);
}

function pinned(text: string): Found[] {
  const found = PinInventory.fromText(text, 'versions.yaml').pins.flatMap(({ version = '', image, npm }): Found[] => [
    ...image ? [{ datasource: 'docker', name: image.repository, value: image.tag ?? '', digest: image.digest }] : [],
    ...npm ? [{ datasource: 'npm', name: npm.name, value: version }] : [],
  ]);
  return found.sort((a, b) => a.name < b.name ? -1 : 1);
}

describe('the update bot', () => {
  test('finds every image and package of the inventory, and nothing else', () => {
    expect(find(FILE)).toEqual(pinned(FILE));
    expect(pinned(FILE).map(({ name }) => name)).toEqual([
      '@openai/codex',
      'debian',
      'docker/mcp-gateway',
      'haproxy',
      'node',
      'ollama/ollama',
    ]);
  });

  test('finds digests and tags of their own', () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    const text = FILE
      .replace(/(repository: ollama\/ollama\n) {6}digestMissing: .*\n/, `$1      digest: ${digest}\n`)
      .replace(/(repository: node\n) {6}digestMissing: .*\n/, `$1      tag: 22-slim\n      digest: ${digest}\n`);
    expect(find(text)).toEqual(pinned(text));
    expect(find(text)).toContainEqual({ datasource: 'docker', name: 'node', value: '22-slim', digest });
    expect(find(text)).toContainEqual({ datasource: 'docker', name: 'ollama/ollama', value: '0.12.3', digest });
  });

  test('uses expressions that RE2 has: no look-around, no back references', () => {
    for (const { customType, matchStrings } of CONFIG.customManagers) {
      expect(customType).toBe('regex');
      for (const match of matchStrings) {
        expect(match).not.toMatch(/\(\?<?[=!]|\\[1-9]|\\k</);
      }
    }
  });

  test('looks at the inventory alone, and leaves generated files', () => {
    for (const { managerFilePatterns } of CONFIG.customManagers) {
      const patterns = managerFilePatterns.map((pattern) => new RegExp(pattern.slice(1, -1)));
      expect(patterns.some((pattern) => pattern.test('inventories/versions.yaml'))).toBe(true);
      expect(patterns.some((pattern) => pattern.test('dist/inventories/versions.yaml'))).toBe(false);
    }
    expect(CONFIG.ignorePaths).toContain('dist/**');
  });
});
