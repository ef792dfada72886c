import { describe, expect, test } from 'vitest';
import { exampleManifest } from './example';
import schema from '../../schema/manifest.schema.json' with { type: 'json' };
import { parseManifest } from '../../src/manifest/load';
import { MIGRATIONS, Migration, newestForm } from '../../src/manifest/version';

const renamed = (from: string, to: string): Migration => ({ [from]: value, ...rest }) => ({ ...rest, [to]: value });
const TWO: readonly Migration[] = [renamed('a', 'b'), renamed('b', 'c')];

describe('the newest form of a manifest', () => {
  test('is the one that the schema describes', () => {
    expect(schema.properties.schemaVersion.const).toBe(MIGRATIONS.length + 1);
  });

  test('has no notice when it has the newest version', () => {
    const document = { schemaVersion: 3, c: 1 };
    expect(newestForm(document, TWO)).toEqual({ document });
  });

  test.each([[{ schemaVersion: 1, a: 1 }], [{ schemaVersion: 2, b: 1 }]])(
    'is made from %j step by step, with a notice',
    (document) => {
      expect(newestForm(document, TWO)).toEqual({
        document: { schemaVersion: 3, c: 1 },
        notice: {
          at: ['schemaVersion'],
          message: expect.stringMatching(/^is [12] and is read as if it were 3; write the manifest again/),
        },
      });
    },
  );

  test('fails for one from the future', () => {
    expect(newestForm({ schemaVersion: 4 }, TWO)).toEqual({
      problem: {
        at: ['schemaVersion'],
        message: expect.stringMatching(/^is 4, and this gateway knows 3 at most; build its image again/),
      },
    });
  });

  test.each([
    [null],
    [[]],
    ['1'],
    [{}],
    [{ schemaVersion: '1' }],
    [{ schemaVersion: 0 }],
    [{ schemaVersion: 1.5 }],
    [{ schemaVersion: -1 }],
    [{ schemaVersion: 1e300 }],
  ])('leaves %j to the schema', (document) => {
    expect(newestForm(document, TWO)).toEqual({ document });
  });
});

describe('a manifest', () => {
  test('refuses a newer version with one message that has its line and the fix', () => {
    const newer = { ...exampleManifest(), schemaVersion: 2, novelty: true };
    expect(() => parseManifest(Buffer.from(JSON.stringify(newer, null, 2)), 'm.json')).toThrow(
      'The tool manifest m.json is refused:\n  m.json:2:20: schemaVersion: is 2, and this gateway knows 1 at most; ' +
        'build its image again from the folder that came with the generator',
    );
  });
});
