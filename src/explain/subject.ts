import { Plan, ServicePlan } from '../plan/plan';
import { Facet } from '../rules/facet';

/** What a place in a generated file is about. */
export interface Subject {
  /** Construct paths: first the one that the place belongs to, then those that it names. */
  readonly constructs: readonly string[];
  readonly facets: readonly Facet[];
  /** Components of the inventory whose pins feed it. */
  readonly components: readonly string[];
  /** What the model says for one target alone, and that is seen here. */
  readonly overrides: readonly Override[];
}

export interface Override {
  readonly construct: string;
  /** Key of the Compose service, or pointer into the object. */
  readonly at: string;
  readonly reason: string;
}

/** A subject without doubles; what is not said is nothing. */
export function subject(
  constructs: readonly string[],
  facets: readonly Facet[],
  rest: Partial<Pick<Subject, 'components' | 'overrides'>> = {},
): Subject {
  const { components = [], overrides = [] } = rest;
  return {
    constructs: [...new Set(constructs)],
    facets: [...new Set(facets)],
    components: [...new Set(components)],
    overrides,
  };
}

/** Subjects as one: their order is kept. */
export function together(...subjects: readonly Subject[]): Subject {
  return subject(
    subjects.flatMap(({ constructs }) => constructs),
    subjects.flatMap(({ facets }) => facets),
    {
      components: subjects.flatMap(({ components }) => components),
      overrides: subjects.flatMap(({ overrides }) => overrides),
    },
  );
}

/** The toolbox as a whole. */
export function wholeToolbox({ name }: Plan, ...facets: readonly Facet[]): Subject {
  return subject([name], facets);
}

/** Components that a service's image is, or is built from. */
export function imageComponents({ image, client }: ServicePlan): string[] {
  return [image.component, client?.component, ...image.build?.baseComponents ?? []].flatMap((one) => one ?? []);
}

/** The thing of a name, as a subject of its own; nothing when the plan has none. */
export function named(
  list: readonly { readonly name: string; readonly path: string }[],
  name: unknown,
  ...facets: readonly Facet[]
): Subject {
  return subject(
    list.flatMap((one) => (one.name === name ? [one.path] : [])),
    facets,
  );
}
