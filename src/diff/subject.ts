import { Power, union } from './power';

/** The value of a fact that says no more than that it is there. */
export const THERE = 'yes';

/** One thing that a file says about a subject. */
export interface Fact {
  readonly kind: string;
  readonly item?: string;
  /** The value in words; the same in each target that says the same. */
  readonly text: string;
  /** What each target says in its own way: the folder behind a mount. */
  readonly detail?: string;
  /** What is compared and not shown. */
  readonly hidden?: string;
  /** Undefined for what makes nothing wider or narrower. */
  readonly power?: Power;
}

/** What a subject is. */
export interface SubjectOptions {
  /** `service`, `tool`, `network` … */
  readonly kind: string;
  /** Said when it comes or goes. */
  readonly summary: string;
  readonly power?: Power;
  /**
   * Its facts are told beside it when it comes or goes, as far as they open something; otherwise the summary is all.
   */
  readonly opens?: boolean;
}

/** Something that has facts: a service, a tool, a network. */
export class Subject implements SubjectOptions {
  public readonly kind: string;
  public readonly summary: string;
  public readonly power: Power | undefined;
  public readonly opens: boolean;
  private readonly found = new Map<string, Fact>();

  constructor(public readonly name: string, options: SubjectOptions) {
    this.kind = options.kind;
    this.summary = options.summary;
    this.power = options.power;
    this.opens = options.opens ?? false;
  }

  /** Facts by kind and item. */
  public get facts(): ReadonlyMap<string, Fact> {
    return this.found;
  }

  /** Notes a fact. A second one of the same kind and item adds to the first. */
  public say(fact: Fact): void {
    const key = `${fact.kind}\n${fact.item ?? ''}`;
    const earlier = this.found.get(key);
    this.found.set(key, earlier === undefined ? fact : both(earlier, fact));
  }
}

function both(one: Fact, other: Fact): Fact {
  const texts = [...new Set([one.text, other.text])];
  const details = [...new Set([one.detail, other.detail])].filter((detail) => detail !== undefined);
  return {
    ...one,
    text: texts.join(' and '),
    detail: details.length === 0 ? undefined : details.join(' and '),
    hidden: `${one.hidden ?? ''}\n${other.hidden ?? ''}`,
    power: union(one.power, other.power),
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

  /** The subject of that name; a new one when there is none. */
  public get(name: string, options: SubjectOptions): Subject {
    const subject = this.byName.get(name) ?? new Subject(name, options);
    this.byName.set(name, subject);
    return subject;
  }
}
