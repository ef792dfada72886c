import { isDeepStrictEqual } from 'node:util';
import {
  Architecture,
  ParameterPlace,
  ParameterPlan,
  ParameterUsePlan,
  Plan,
  TemplateParameter,
  TemplatePlan,
} from './plan';
import type { Parameter } from '../model/parameter';
import { numberMarker, textMarker } from '../model/parameter-marker';

/** File of the project's folder in which people set parameters. Compose is given it with `--env-file`. */
export const PARAMETER_FILE = '.env.local';

const MARKER = /\$\{Parameter\[\w*\.[0-9a-f]{16}\]\}|-[4-9]\d{15}(?!\d)/;

/** A parameter, or a secret that Compose puts into a value. */
export type Variable = Pick<ParameterPlan, 'name' | 'default'> & {
  /** The file of a secret; undefined for a parameter. */
  readonly secretOf?: string;
  /** Whether the default holds at one place only. */
  readonly isVariant?: boolean;
};

/** Markers and the variables they stand for. Compose writes variables; rules and other targets see defaults. */
export class Markers<T extends Variable = Variable> {
  public static readonly NONE = new Markers([]);

  private readonly byMarker: ReadonlyMap<string, T>;

  constructor(private readonly variables: readonly (readonly [marker: string, variable: T])[]) {
    this.byMarker = new Map(variables);
  }

  /** The same with more variables. */
  public with(more: readonly (readonly [marker: string, variable: Variable])[]): Markers {
    return new Markers([...this.variables, ...more]);
  }

  /** Splits a text into plain text and variables. What only looks like a marker is plain text. */
  public split(text: string): readonly (string | T)[] {
    if (this.byMarker.size === 0 || !MARKER.test(text)) {
      return [text];
    }
    const parts = text.split(new RegExp(`(${MARKER.source})`));
    return parts.filter((one) => one !== '').map((one) => this.byMarker.get(one) ?? one);
  }

  /** Returns the parameter that a number stands for. */
  public ofNumber(value: number): T | undefined {
    return this.byMarker.get(String(value));
  }

  /**
   * Returns plain data with the default in place of every parameter.
   *
   * @param found is called with each value that is made of parameters.
   */
  public withDefaults<D>(data: D, found: Found<T> = () => undefined): D {
    return this.byMarker.size === 0 ? data : (this.replaced(data, [], found) as D);
  }

  private replaced(value: unknown, at: Steps, found: Found<T>): unknown {
    if (typeof value === 'string') {
      return this.textOf(value, at, found);
    }
    if (typeof value === 'number') {
      const parameter = this.ofNumber(value);
      if (parameter === undefined) {
        return value;
      }
      found({ at, isNumber: true, parts: [{ parameter: parameter.name }] }, [parameter]);
      return numberOf(parameter);
    }
    if (Array.isArray(value)) {
      return value.map((item, index) => this.replaced(item, [...at, index], found));
    }
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => (
        [this.textOf(key, [...at, KEY], found), this.replaced(item, [...at, key], found)])))
      : value;
  }

  private textOf(text: string, at: Steps, found: Found<T>): string {
    const parts = this.split(text);
    const parameters = parts.filter((part) => typeof part !== 'string');
    if (parameters.length === 0) {
      return text;
    }
    const template = parts.map((part) =>
      typeof part === 'string' ? part : { parameter: part.name, ...(part.isVariant && { default: part.default }) },
    );
    found({ at, isNumber: false, parts: template }, parameters);
    return parts.map((part) => (typeof part === 'string' ? part : part.default ?? `\${${part.name}}`)).join('');
  }
}

/** Is given each value that is made of parameters. */
type Found<T> = (template: TemplatePlan, variables: readonly T[]) => void;

type Steps = readonly (string | number)[];

/** Stands for the key of a map: no target takes a parameter there. */
const KEY = '(key)';

/** The number that holds by default; undefined without a default, and 0, which is no port, for another text. */
function numberOf({ default: text }: Variable): number | undefined {
  return text === undefined ? undefined : /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

/** Where a parameter may stand: what that is called, and whether a cluster reads it there as well. */
const PLACES: readonly (readonly [pattern: RegExp, place: ParameterPlace, inCluster: boolean])[] = [
  [/^services\.#\.image\.(repository|tag)$/, 'image', true],
  [/^services\.#\.image\.build\.args\.#\.value$/, 'build argument', false],
  [/^services\.#\.(entrypoint|command)\.#$/, 'command', true],
  [/^services\.#\.workingDirectory$/, 'working directory', true],
  [/^services\.#\.environment\.#\.value\.(parts\.#\.)?(text|endpoint\.(port|scheme|suffix))$/, 'environment', true],
  [/^services\.#\.ports\.#\.port$/, 'port', true],
  [/^services\.#\.ports\.#\.hostPort$/, 'host port', false],
  [/^services\.#\.healthCheck\.probe\./, 'health check', true],
  [/^((services|networks|volumes)\.#\.)?overrides\.compose\.#\.value(?!.*\(key\)$)/, 'Compose override', false],
  [/^((services|networks|volumes)\.#\.)?overrides\.kubernetes\.#\.value(?!.*\(key\)$)/, 'Kubernetes patch', true],
  [/^volumes\.#\.source\.directory$/, 'host folder', false],
  [/^services\.#\.mounts\.#\.(file\.source\.path|directory\.source|source)$/, 'host folder', false],
];

/** Values that the plan derives from other places, where the parameter is found already. */
const DERIVED = /^(reaches\.|services\.#\.ports\.#\.name$)/;

/** An architecture with the defaults of its parameters in place. */
export interface Settled {
  readonly architecture: Architecture;
  /** Puts defaults in place in what is resolved later, and notes where parameters stand there. */
  withDefaults<T extends Partial<Plan>>(part: T): T;
}

/** Puts the defaults of parameters in place, and lists where each of them stands. */
export function settle(unsettled: Architecture, parameters: readonly Parameter[]): Settled {
  if (parameters.length === 0) {
    return { architecture: unsettled, withDefaults: (part) => part };
  }
  const uses = new Map<string, ParameterUsePlan[]>(parameters.map(({ node }) => [node.path, []]));
  const plans = parameters.map((one): ParameterPlan => ({
    path: one.node.path,
    name: one.name,
    description: one.description,
    default: one.default,
    uses: uses.get(one.node.path)!,
  }));
  const markers = new Markers(parameters.flatMap((one, index) => [
    [one._marker, plans[index]] as const,
    [String(one._number), plans[index]] as const,
    ...[...one._variants].map(([marker, text]) => (
      [marker, { ...plans[index], default: text, isVariant: true }] as const)),
  ]));
  const templates: TemplatePlan[] = [];
  const withDefaults = <T extends Partial<Plan>>(part: T): T => markers.withDefaults(part, (template, used) => {
    templates.push(template);
    const use = useAt(part, template.at);
    for (const known of used.map(({ path }) => uses.get(path)!)) {
      if (use !== undefined && !known.some((one) => isDeepStrictEqual(one, use))) {
        known.push(use);
      }
    }
  });
  return { architecture: { ...withDefaults(unsettled), parameters: plans, templates }, withDefaults };
}

/** Returns a function that puts the defaults of parameters in place in a text. */
export function textWithDefaults(parameters: readonly Parameter[]): (text: string) => string {
  return (text) => parameters.flatMap((one) => [[one._marker, one.default ?? ''] as const, ...one._variants])
    .reduce((all, [marker, value]) => all.replaceAll(marker, value), text);
}

/** The same plan with markers in the place of parameters, for a target that has variables. */
export function withMarkers(plan: Plan): { readonly plan: Plan; readonly markers: Markers } {
  if (plan.templates.length === 0) {
    return { plan, markers: Markers.NONE };
  }
  const tokens = new Map(plan.parameters.map((parameter) => (
    [parameter.name, { parameter, text: textMarker(parameter.name), number: numberMarker(parameter.path) }])));
  const variants = new Map<string, readonly [marker: string, variable: Variable]>();
  const textOf = ({ parameter: name, default: other }: TemplateParameter): string => {
    const { parameter, text } = tokens.get(name)!;
    if (other === undefined) {
      return text;
    }
    const id = `${name}\t${other}`;
    const variant = variants.get(id) ?? [textMarker(name), { ...parameter, default: other }] as const;
    variants.set(id, variant);
    return variant[0];
  };
  const marked = plan.templates.reduce<unknown>((data, { at, isNumber, parts }) => {
    const texts = parts.map((part) => (typeof part === 'string' ? part : textOf(part)));
    const [first] = parts;
    const number = typeof first === 'object' ? tokens.get(first.parameter)!.number : NaN;
    return replacedAt(data, at, isNumber ? number : texts.join(''));
  }, plan);
  const markers = new Markers([...tokens.values()].flatMap(({ parameter, text, number }) => (
    [[text, parameter], [String(number), parameter]] as const))).with([...variants.values()]);
  return { plan: marked as Plan, markers };
}

function replacedAt(data: unknown, [step, ...rest]: Steps, value: unknown): unknown {
  if (step === undefined) {
    return value;
  }
  const below = (data as Record<string | number, unknown>)[step];
  const changed = replacedAt(below, rest, value);
  return Array.isArray(data)
    ? data.map((item: unknown, index) => (index === step ? changed : item))
    : { ...(data as object), [step]: changed };
}

function useAt(plan: Partial<Plan>, at: Steps): ParameterUsePlan | undefined {
  const pattern = at.map((step) => (typeof step === 'number' ? '#' : step)).join('.');
  if (DERIVED.test(pattern)) {
    return undefined;
  }
  const path = ownerOf(plan, at);
  const [, place, inCluster] = PLACES.find(([allowed]) => allowed.test(pattern)) ?? [];
  if (place === undefined) {
    return { path, place: { field: at.filter((step) => typeof step === 'string').join('.') }, places: [] };
  }
  const service = plan.services?.find((one) => one.path === path);
  const places = service?.places ?? ['workstation'];
  return { path, place, places: inCluster ? places : places.filter((one) => one === 'workstation') };
}

/** Construct path of the part of the plan that holds a value. */
function ownerOf(plan: Partial<Plan>, [list, index]: Steps): string {
  const items: unknown = plan[list as keyof Plan];
  const item: unknown = Array.isArray(items) ? (items as unknown[])[index as number] : undefined;
  return (item as { readonly path?: string } | undefined)?.path ?? plan.name ?? '';
}
