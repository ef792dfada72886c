import { Plan, ReachPlan } from '../../../plan/plan';
import { mermaidLabel } from '../escape/mermaid-label';

/** Beyond this nobody finds their way in a picture, and viewers refuse to draw it. */
const MOST_NODES = 40;
const MOST_EDGES = 120;

/** Who reaches whom as a Mermaid flowchart; undefined when there is nothing to draw, or too much. Ids are made up, names are labels. */
export function diagram(plan: Plan): string | undefined {
  const nodes = nodesOf(plan);
  const ids = new Map(nodes.map((node, index) => [node.key, `n${index}`]));
  const edges = edgesOf(plan, ids);
  if (edges.length === 0 || nodes.length > MOST_NODES || edges.length > MOST_EDGES) {
    return undefined;
  }
  return ['flowchart LR', ...nodes.map((node) => `  ${ids.get(node.key)}${node.shape}`), ...edges].join('\n');
}

interface Node {
  readonly key: string;
  /** Brackets with the label in them. */
  readonly shape: string;
}

function nodesOf(plan: Plan): Node[] {
  const outside = new Set(plan.services.flatMap((service) => service.ports.map((port) => port.exposure)));
  return [
    ...outside.has('loopback') ? [{ key: 'loopback', shape: `([${mermaidLabel('this machine')}])` }] : [],
    ...outside.has('published') ? [{ key: 'published', shape: `([${mermaidLabel('other machines')}])` }] : [],
    ...plan.services.map(({ name, optionalPart }) => ({ key: `service ${name}`, shape: optionalPart === undefined ? `[${mermaidLabel(name)}]` : `(${mermaidLabel(name)})` })),
    ...plan.hostServices.map(({ name }) => ({ key: `host-service ${name}`, shape: `{{${mermaidLabel(`${name} on the host`)}}}` })),
    ...plan.reaches.some((reach) => reach.to.kind === 'internet') ? [{ key: 'internet', shape: `((${mermaidLabel('internet')}))` }] : [],
  ];
}

/** One arrow for each pair, with all its ports. */
function edgesOf(plan: Plan, ids: ReadonlyMap<string, string>): string[] {
  const outside = plan.services.flatMap(({ name, ports }) => ports.filter((port) => port.exposure !== 'internal')
    .map((port) => ({ from: port.exposure as string, to: `service ${name}`, label: String(port.port) })));
  const inside = plan.reaches.map((reach) => ({ from: `service ${reach.from}`, to: targetKey(reach), label: labelOf(reach) }));
  const labels = new Map<string, string[]>();
  for (const { from, to, label } of [...outside, ...inside]) {
    const pair = `  ${ids.get(from)} -->|LABEL| ${ids.get(to)}`;
    const others = labels.get(pair) ?? [];
    labels.set(pair, others.includes(label) ? others : [...others, label]);
  }
  return [...labels].map(([pair, list]) => pair.replace('LABEL', () => mermaidLabel(list.join(' - '))));
}

function targetKey({ to }: ReachPlan): string {
  return to.kind === 'internet' ? 'internet' : `${to.kind} ${to.name}`;
}

function labelOf({ to, places }: ReachPlan): string {
  const only = places.length === 1 ? ` ${places[0]} only` : '';
  return `${to.kind === 'internet' ? 'any port' : to.port}${only}`;
}
