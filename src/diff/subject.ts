import { Access, combineAccess } from './access';
import { SettingFact } from '../plan/target-facts';
import { textOf } from '../targets/tree';

/** The value of an entry that says no more than that it is there. */
export const PRESENT = 'yes';

export function accessText(readOnly: boolean): string {
  return readOnly ? 'read-only' : 'read-write';
}

/** One statement about a subject, in a form that can be compared and shown. */
export interface Entry {
  readonly kind: string;
  readonly item?: string;
  /** The value for people; the same for each target that says the same. */
  readonly text: string;
  /** Values that each target states in its own way: the folder behind a mount. */
  readonly detail?: string;
  /** Values that are compared but not shown. */
  readonly hidden?: string;
  /** Undefined for what makes nothing wider or narrower. */
  readonly access?: Access;
}

/** Kind of a subject. */
export interface SubjectOptions {
  /** `service`, `tool`, `network` ... */
  readonly kind: string;
  /** Shown when the subject is added or removed. */
  readonly summary: string;
  readonly access?: Access;
  /**
   * Whether an added or removed subject is listed with the entries that widen something, and not by its summary alone.
   *
   * @default false
   */
  readonly listsEntries?: boolean;
}

/** Something that has entries: a service, a tool, a network. */
export class Subject implements SubjectOptions {
  public readonly kind: string;
  public readonly summary: string;
  public readonly access: Access | undefined;
  public readonly listsEntries: boolean;
  private readonly byKey = new Map<string, Entry[]>();

  constructor(public readonly name: string, options: SubjectOptions) {
    this.kind = options.kind;
    this.summary = options.summary;
    this.access = options.access;
    this.listsEntries = options.listsEntries ?? false;
  }

  /** Returns the entries by kind and item. */
  public get entries(): ReadonlyMap<string, Entry> {
    return new Map([...this.byKey].map(([key, entries]) => [key, combineEntries(entries)]));
  }

  /** Whether there is an entry of that kind and item. */
  public has(kind: string, item: string): boolean {
    return this.byKey.has(keyOf(kind, item));
  }

  /** Adds an entry. Entries of the same kind and item become one. */
  public add(entry: Entry): void {
    const key = keyOf(entry.kind, entry.item);
    const earlier = this.byKey.get(key);
    if (earlier === undefined) {
      this.byKey.set(key, [entry]);
    } else {
      earlier.push(entry);
    }
  }

  /** Adds an entry whose value is a right: another value is another right. */
  public addRight(kind: string, text: string, item?: string): void {
    this.add({ kind, item, text, access: { grants: [text] } });
  }

  /** Adds an entry that says no more than that it is there, which is wider than not to be there. */
  public addPermission(kind: string, item: string): void {
    this.add({ kind, item, text: PRESENT, access: { level: 1 } });
  }

  /** Adds keys that no fact stands for. One that is not known to be harmless may open something. */
  public addSettings(settings: readonly SettingFact[], prefix = ''): void {
    for (const { key, value, harmless } of settings) {
      const item = `${prefix}${key}`;
      const text = textOf(value);
      this.add({ kind: 'setting', item, text, access: harmless ? undefined : { grants: [`${item}=${text}`] } });
    }
  }
}

function keyOf(kind: string, item = ''): string {
  return `${kind}\n${item}`;
}

function combineEntries(entries: readonly Entry[]): Entry {
  if (entries.length === 1) { return entries[0]; }
  const details = [...new Set(entries.map(({ detail }) => detail))].filter((detail) => detail !== undefined);
  return {
    ...entries[0],
    text: [...new Set(entries.map(({ text }) => text))].join(' and '),
    detail: details.length === 0 ? undefined : details.join(' and '),
    hidden: entries.map(({ hidden }) => hidden ?? '').join('\n'),
    access: combineAccess(entries.map(({ access }) => access)),
  };
}

/** Subjects by their names. */
export class Subjects {
  private readonly byName = new Map<string, Subject>();

  public get names(): readonly string[] {
    return [...this.byName.keys()];
  }

  public find(name: string): Subject | undefined {
    return this.byName.get(name);
  }

  /** Returns the subject of that name, or adds one when there is none. */
  public get(name: string, options: SubjectOptions): Subject {
    const subject = this.byName.get(name) ?? new Subject(name, options);
    this.byName.set(name, subject);
    return subject;
  }
}
