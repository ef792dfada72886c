import { listOf, mapOf, textOf, Tree } from '../tree';

/** Something in an object that the API server refuses. */
export interface ObjectProblem {
  /** Id of the rule that reports it. */
  readonly rule: 'override-key' | 'override-value';
  /** Steps to the value. */
  readonly at: readonly string[];
  readonly message: string;
  readonly fix: string;
}

/** Values that the API server accepts where the schema says text only. */
const VALUES: readonly (readonly [path: string, ...allowed: string[]])[] = [
  ['imagePullPolicy', 'Always', 'IfNotPresent', 'Never'],
  ['terminationMessagePolicy', 'File', 'FallbackToLogsOnError'],
];

/** Finds what an API server refuses in an object that runs pods, or in the ports of a Service. */
export function workloadProblems(object: Tree): ObjectProblem[] {
  const at = templatePath(textOf(object.kind));
  if (at === undefined) {
    return textOf(object.kind) === 'Service' ? portProblems(mapOf(object.spec).ports, ['spec', 'ports'], 'port') : [];
  }
  const template = at.reduce<unknown>((tree, step) => mapOf(tree)[step], object);
  const spec = mapOf(mapOf(template).spec);
  const place = [...at, 'spec'];
  const containers = ['initContainers', 'containers'].flatMap((list) => listOf(spec[list]).map((container, index) => (
    { container: mapOf(container), place: [...place, list, String(index)] })));
  const volumes = listOf(spec.volumes).map((volume) => textOf(mapOf(volume).name));
  return [
    ...selectorProblems(mapOf(object.spec), mapOf(mapOf(template).metadata)),
    ...restartProblems(textOf(object.kind), spec, place),
    ...duplicates(containers.map(({ container }) => textOf(container.name)), [...place, 'containers'], 'container'),
    ...duplicates(volumes, [...place, 'volumes'], 'volume'),
    ...listOf(spec.containers).length === 0 ? [problem([...place, 'containers'], 'has no container', 'Add one.')] : [],
    ...containers.flatMap((one) => containerProblems(one.container, one.place, volumes)),
  ];
}

function templatePath(kind: string): readonly string[] | undefined {
  switch (kind) {
    case 'Pod': return [];
    case 'CronJob': return ['spec', 'jobTemplate', 'spec', 'template'];
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'Job': return ['spec', 'template'];
    default: return undefined;
  }
}

function selectorProblems({ selector }: Tree, { labels }: Tree): ObjectProblem[] {
  return Object.entries(mapOf(mapOf(selector).matchLabels))
    .filter(([label, value]) => mapOf(labels)[label] !== value)
    .map(([label]) => problem(
      ['spec', 'selector'], `selects the label ${JSON.stringify(label)}, which the pods do not have`,
      'Give the template the labels of the selector.',
    ));
}

function restartProblems(kind: string, { restartPolicy }: Tree, place: readonly string[]): ObjectProblem[] {
  const allowed = kind === 'Pod' ? ['Always', 'OnFailure', 'Never']
    : kind === 'Job' || kind === 'CronJob' ? ['OnFailure', 'Never'] : ['Always'];
  const stated = restartPolicy === undefined && allowed.includes('Always') ? 'Always' : textOf(restartPolicy);
  return allowed.includes(stated)
    ? []
    : [problem([...place, 'restartPolicy'], `is ${JSON.stringify(stated)}`, `Write ${allowed.join(' or ')}.`)];
}

function containerProblems(container: Tree, place: readonly string[], volumes: readonly string[]): ObjectProblem[] {
  const mounts = listOf(container.volumeMounts).map(mapOf);
  const at = (...steps: readonly string[]) => [...place, ...steps];
  return [
    ...VALUES.filter(
      ([key, ...allowed]) => container[key] !== undefined && !allowed.includes(textOf(container[key])),
    ).map(([key, ...allowed]) =>
      problem(at(key), `is ${JSON.stringify(container[key])}`, `Write ${allowed.join(' or ')}.`),
    ),
    ...(textOf(container.image) === '' ? [problem(at('image'), 'is missing', 'Name an image.')] : []),
    ...mounts
      .filter(({ name }) => !volumes.includes(textOf(name)))
      .map(({ name }) =>
        problem(
          at('volumeMounts'),
          `names the volume ${JSON.stringify(name)}, which the pod does not have`,
          'Add the volume.',
        ),
      ),
    ...duplicates(
      mounts.map(({ mountPath }) => textOf(mountPath)),
      at('volumeMounts'),
      'path',
    ),
    ...portProblems(container.ports, at('ports'), 'containerPort'),
    ...listOf(container.env)
      .map(mapOf)
      .filter(({ value, valueFrom }) => value !== undefined && valueFrom !== undefined)
      .map(({ name }) =>
        problem(at('env'), `has a value and a source for ${JSON.stringify(name)}`, 'Keep one of them.'),
      ),
    ...quantityProblems(mapOf(container.resources), at('resources')),
  ];
}

function portProblems(ports: unknown, place: readonly string[], key: string): ObjectProblem[] {
  return listOf(ports).map(mapOf).flatMap((port) => {
    const number = Number(port[key]);
    const protocol = textOf(port.protocol ?? 'TCP');
    return [
      ...Number.isInteger(number) && number >= 1 && number <= 65535
        ? [] : [problem(place, `has the port ${JSON.stringify(port[key])}`, 'Write a port from 1 to 65535.')],
      ...['TCP', 'UDP', 'SCTP'].includes(protocol)
        ? [] : [problem(place, `has the protocol ${JSON.stringify(protocol)}`, 'Write TCP, UDP or SCTP.')],
    ];
  });
}

const QUANTITY = /^[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+|[numkMGTPE]|[KMGTPE]i)?$/;

function quantityProblems(resources: Tree, place: readonly string[]): ObjectProblem[] {
  return ['limits', 'requests'].flatMap((list) =>
    Object.entries(mapOf(resources[list]))
      .filter(([, value]) => !QUANTITY.test(textOf(value)))
      .map(([key, value]) =>
        problem([...place, list, key], `is ${JSON.stringify(value)}`, 'Write a quantity, for example "512Mi".'),
      ),
  );
}

function duplicates(names: readonly string[], place: readonly string[], what: string): ObjectProblem[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map((name) => (
    problem(place, `has the ${what} ${JSON.stringify(name)} twice`, 'Give each a name of its own.')));
}

function problem(at: readonly string[], what: string, fix: string): ObjectProblem {
  return { rule: 'override-value', at, message: `\`${at.join('.')}\` ${what}.`, fix };
}
