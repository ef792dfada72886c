import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { structTables } from '../../projenrc/structs';

/** The tables that are generated for a struct of these members. */
function tablesFor(members: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'structs-'));
  try {
    mkdirSync(join(folder, 'src/model'), { recursive: true });
    mkdirSync(join(folder, 'src/services'));
    writeFileSync(join(folder, 'src/model/part.ts'), [
      `export interface PartProps {\n${members}\n}`,
      "export enum Mode { FAST = 'fast', SLOW = 'slow' }",
      'export interface Limits { readonly most: number }',
      'export class Unmarked {}',
      'export interface IPart extends IConstruct { readonly name: string }',
      'export class Part implements IPart { constructor(scope: Construct, id: string, props: PartProps) {} }',
      "markKind(Part, 'Part');",
    ].join('\n'));
    return structTables(folder)['src/model/structs.ts'].join('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.each(Object.entries(structTables(process.cwd())))(
  '%s has the properties of the types; run "npx projen" if it has not',
  (file, lines) => {
    expect(readFileSync(file, 'utf8')).toBe(lines.join('\n'));
  },
);

test('each type of a property has its check', () => {
  const tables = tablesFor(`
    readonly text?: string;
    readonly counts: number[];
    readonly flags?: Record<string, boolean>;
    readonly mode: Mode;
    readonly limits?: Limits[];
    readonly parent?: IPart;
    readonly either?: string | number;
    readonly value?: any;
    readonly owner: IConstruct;
    readonly _hidden?: () => void;
    check(): void;
  `);
  expect(tables.slice(tables.indexOf('export'))).toBe([
    'export const LIMITS: FieldsOf<Limits> = {',
    '  most: aNumber,',
    '};',
    '',
    'export const PART_PROPS: FieldsOf<PartProps> = {',
    '  text: optional(aText),',
    '  counts: listOf(aNumber),',
    '  flags: optional(recordOf(aFlag)),',
    "  mode: oneOf(['fast', 'slow']),",
    '  limits: optional(listOf(objectOf(LIMITS))),',
    "  parent: optional(instanceOf('Part')),",
    '  either: optional(anyOf(aText, aNumber)),',
    '  value: optional(anything),',
    '  owner: aConstruct,',
    '  check: aFunction,',
    '};',
    '',
  ].join('\n'));
});

test.each([
  ['readonly run: () => void;', '"PartProps.run" has the type "() => void", for which there is no check.'],
  ['readonly one: Unmarked;', '"PartProps.one" has the type "Unmarked", for which there is no check.'],
  ['readonly one: Elsewhere;', '"PartProps.one" has the type "Elsewhere", for which there is no check.'],
])('a type without a check is an error: %s', (members, message) => {
  expect(() => tablesFor(members)).toThrow(message);
});
