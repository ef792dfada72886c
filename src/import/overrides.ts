import { Difference } from './compare/differences';
import { map, MapNode, plain } from './compose/node';
import { rebase } from './compose/rebase';
import { call, data, Expression, name, Section, Statement, value as literal } from './expression';
import { KeyPath, Outcome } from './ledger';
import { Source } from './source';
import { Translation } from './translate/translate';

/** Values that take a generated setting back. */
const NOTHING: Readonly<Record<string, unknown>> = { cap_drop: [], cap_add: [], security_opt: [] };
/** Sections whose entries are constructs. */
const OWNERS = ['services', 'volumes', 'networks'];

/** A key of a construct, or one of the top level. */
interface Target {
  /** The constant whose `overrideCompose` is called. */
  readonly constant: string;
  readonly path: KeyPath;
}

/**
 * What the model does not say, as overrides: values that no translation uses, and settings that turned out different in
 * the generated file.
 */
export class Overrides {
  private readonly targets = new Map<string, Target>();

  constructor(private readonly translation: Translation) {
    this.translation.ledger.unused.forEach((path) => this.add(path));
  }

  /** Adds the settings at which differences were found. Returns whether there are new ones. */
  public addDifferences(differences: readonly Difference[]): boolean {
    return differences
      .filter(
        ({ path: [section, , key], isShared }) => section === 'services' && key !== 'environment' && isShared !== true,
      )
      .map(({ path }) => this.add(path))
      .some(Boolean);
  }

  /** The program, with each override behind the thing that it belongs to. */
  public program(): Section[] {
    // first: parameters that only overrides name become part of the program
    const calls = [...this.targets.values()].map((target) => [target.constant, this.callOf(target)] as const);
    const placed = this.translation.program().map(({ title, statements }) => ({
      title,
      statements: statements.flatMap((statement, index): Statement[] => {
        const owner = ownerOf(statement);
        const last = statements.map(ownerOf).lastIndexOf(owner);
        return last === index
          ? [statement, ...calls.flatMap(([constant, one]) => (constant === owner ? [one] : []))]
          : [statement];
      }),
    }));
    const ofToolbox = calls.flatMap(([constant, one]) => (constant === this.translation.draft.toolbox ? [one] : []));
    return [...placed, { title: 'Kept for Compose', statements: ofToolbox }];
  }

  private add(path: KeyPath): boolean {
    const { ledger, draft, constants } = this.translation;
    const [section, owner] = path.map(String);
    const isOwned = OWNERS.includes(section) && path.length > 2;
    const constant = isOwned ? constants.get(`${section} ${owner}`) : draft.toolbox;
    if (constant === undefined || (OWNERS.includes(section) && !isOwned)) {
      const isUnused = section !== 'services';
      ledger.use(path, isUnused
        ? { outcome: Outcome.KEPT, how: 'nothing: no service uses it' }
        : { outcome: Outcome.REFUSED, how: 'nothing', fix: 'Add it to the model by hand.' });
      return false;
    }
    const target = { constant, path: path.slice(0, isOwned ? 3 : 1) };
    const id = target.path.join('\n');
    const isNew = !this.targets.has(id);
    this.targets.set(id, target);
    ledger.use(target.path, {
      outcome: Outcome.OVERRIDE,
      how: 'overrideCompose',
      fix: 'A cluster does not get it: see FIDELITY.md.',
    });
    return isNew;
  }

  private callOf({ constant, path }: Target): Statement {
    const { document } = this.translation;
    const source = path.reduce<Source | undefined>((at, step) => at?.get(String(step)), document);
    const key = String(path.at(-1));
    const reason = source === undefined ? 'The compose file does not set it.' : `As in ${source.place}.`;
    return {
      expression: call(name(constant), 'overrideCompose', literal(key),
        source === undefined ? data(NOTHING[key] ?? null) : this.valueOf(source), literal(reason)),
    };
  }

  /** The value with paths as they are from the folder of the generated file. */
  private valueOf(source: Source): Expression {
    const { path, node } = source;
    const wrapped = path.reduceRight<typeof node>((inner, step) => map([[String(step), inner]], node), node) as MapNode;
    const moved = path.reduce<unknown>(
      (at, step) => (at as Record<string, unknown>)[step], plain(rebase(wrapped, '.', 'dist/compose')));
    return data(withOwn(source.key, moved), (text) => this.translation.draft.text(text, source.place));
  }
}

/** What the model needs beside what the source says. */
function withOwn(key: string, value: unknown): unknown {
  if (!Array.isArray(value)) {
    return value;
  }
  switch (key) {
    case 'volumes': return value.map(inShortForm);
    case 'env_file': return [...value as unknown[], { path: '../../.env.local', required: false }];
    default: return value;
  }
}

/** Whether a mount is a volume or a folder is seen only when Compose has the variable that it begins with. */
function inShortForm(mount: Record<string, unknown>): unknown {
  const { source, target, read_only: readOnly } = mount;
  return mount.type === 'volume' && typeof source === 'string' && source.startsWith('$')
    ? `${source}:${String(target)}${readOnly === true ? ':ro' : ''}`
    : mount;
}

/** The constant that a statement makes or calls. */
function ownerOf({ constant, expression }: Statement): string | undefined {
  return constant ?? (expression.kind === 'call' && expression.on.kind === 'name' ? expression.on.name : undefined);
}
