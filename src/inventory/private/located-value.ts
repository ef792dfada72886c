import { newestForm, Form } from './form';
import { Report } from './report';
import { Entry, Spot, Tree } from './tree';
import { quote } from '../../util/printable';
import { place, schemaProblems, SchemaProblem, Validator } from '../../util/schema-problems';

/** Objects without a prototype: a file may have any key. */
type Plain = Record<string, unknown>;

/** The content of a file as plain data, with the place where each object and key was written. */
export class LocatedValue<T> {
  /** The file's content without everything that its schema refuses; undefined if nothing is left. */
  public readonly value: T | undefined;
  private readonly trees = new Map<object, Tree>();
  private readonly entries = new Map<object, ReadonlyMap<string, Entry>>();

  /**
   * Checks a document by the schema of its newest form and reports the errors.
   */
  constructor(tree: Tree, form: Form, validate: Validator, private readonly report: Report) {
    const newest = newestForm(tree, form, report);
    if (newest === undefined) {
      return;
    }
    const whole = this.plain(newest);
    const problems = schemaProblems(validate, whole, (at) => sourceOf(this.find(newest, whole, at)))
      .map((problem) => ({ ...problem, spot: this.spotOfProblem(newest, whole, problem) }))
      .sort((a, b) => a.spot.line - b.spot.line || a.spot.column - b.spot.column);
    problems.forEach(({ spot, message, fix }) => report.add('inventory-schema', spot, message, fix));
    this.value = without(whole, problems) as T | undefined;
  }

  /** Returns the place of a key; that of its object if the key is missing or not given. */
  public spotOf<O extends object>(owner: O, key?: keyof O & string): Spot {
    const entry = key === undefined ? undefined : this.entries.get(owner)?.get(key);
    return entry?.at ?? this.trees.get(owner)!.at;
  }

  /** Reports items of a list that are not in the order of a text that each has once. */
  public checkOrder<O extends object>(list: string, items: readonly O[], key: keyof O & string): void {
    items.slice(1).forEach((item, index) => {
      const [before, after] = [String(items[index][key]), String(item[key])];
      if (before === after) {
        const message = `${place([list])} has ${quote(after)} twice.`;
        this.report.add('inventory-duplicate', this.spotOf(item, key), message, 'Keep one of them.');
      } else if (before > after) {
        const message = `${place([list])} must be sorted by ${key}, and ${quote(after)} comes after ${quote(before)}.`;
        this.report.add('inventory-schema', this.spotOf(item, key), message, 'Sort it by code unit.');
      }
    });
  }

  private plain(tree: Tree): unknown {
    switch (tree.kind) {
      case 'map': {
        const value: Plain = Object.create(null) as Plain;
        tree.entries.forEach((entry) => { value[entry.key] = this.plain(entry.value); });
        this.trees.set(value, tree);
        this.entries.set(value, new Map(tree.entries.map((entry) => [entry.key, entry])));
        return value;
      }
      case 'list': {
        const value = tree.items.map((item) => this.plain(item));
        this.trees.set(value, tree);
        return value;
      }
      case 'text': return tree.text;
      default: return tree.value;
    }
  }

  private find(root: Tree, whole: unknown, at: readonly string[]): Tree {
    let [tree, value] = [root, whole];
    for (const key of at) {
      tree = tree.kind === 'list' ? tree.items[Number(key)] : this.entries.get(value as object)!.get(key)!.value;
      value = (value as Plain)[key];
    }
    return tree;
  }

  private spotOfProblem(root: Tree, whole: unknown, { at, kind }: SchemaProblem): Spot {
    if (kind !== 'unknown') {
      return this.find(root, whole, at).at;
    }
    const owner = at.slice(0, -1).reduce((value, key) => (value as Plain)[key], whole);
    return this.entries.get(owner as object)!.get(at[at.length - 1])!.at;
  }
}

function sourceOf(tree: Tree): string | undefined {
  return 'source' in tree ? tree.source : undefined;
}

/** Leaves out what is wrong, so that one mistake does not make others of it. */
function without(whole: unknown, problems: readonly SchemaProblem[]): unknown {
  const wrong = problems.filter(({ kind }) => kind !== 'missing').map(({ at }) => at);
  if (wrong.some((at) => at.length === 0)) {
    return undefined;
  }
  const lists = new Set<unknown[]>();
  for (const at of wrong) {
    const owner = at.slice(0, -1).reduce<unknown>((value, key) => (value as Plain | undefined)?.[key], whole);
    if (Array.isArray(owner)) {
      owner[Number(at[at.length - 1])] = undefined;
      lists.add(owner);
    } else if (owner !== undefined) {
      delete (owner as Plain)[at[at.length - 1]];
    }
  }
  lists.forEach((list) => { list.splice(0, list.length, ...list.filter((item) => item !== undefined)); });
  return whole;
}
