import { Plan, PortPlan, ReachPlan } from '../../../plan/plan';
import { everyReach } from '../../../plan/reaches';
import { mermaidLabel } from '../escape/text';
import { Messages } from '../messages/messages';

type Words = Messages['reach']['diagram'];

/** Larger diagrams are unreadable, and viewers refuse to draw them. */
const MOST_NODES = 40;
const MOST_EDGES = 120;

/**
 * Who reaches whom as a Mermaid flowchart; undefined when there is too much to draw. Ids are made up, names are labels.
 */
export function diagram(plan: Plan, { reach: { diagram: words } }: Messages): string | undefined {
  const nodes = nodesOf(plan, words);
  if (nodes.length > MOST_NODES) {
    return undefined;
  }
  const ids = new Map(nodes.map((node, index) => [node.key, `n${index}`]));
  const edges = edgesOf(plan, ids, words);
  if (edges.length > MOST_EDGES) {
    return undefined;
  }
  return ['flowchart LR', ...nodes.map((node) => `  ${ids.get(node.key)}${node.shape}`), ...edges].join('\n');
}

interface Node {
  readonly key: string;
  /** Brackets with the label in them. */
  readonly shape: string;
}

function nodesOf(plan: Plan, words: Words): Node[] {
  const outside = new Set(outsideOf(plan).map(({ exposure }) => exposure));
  return [
    ...(['loopback', 'published'] as const)
      .filter((exposure) => outside.has(exposure))
      .map((exposure) => ({ key: exposure, shape: `([${mermaidLabel(words.outside(exposure))}])` })),
    ...plan.services.map(({ name, profile }) => ({
      key: `service ${name}`,
      shape: profile === undefined ? `[${mermaidLabel(name)}]` : `(${mermaidLabel(name)})`,
    })),
    ...plan.hostServices.map(({ name }) => ({
      key: `host-service ${name}`,
      shape: `{{${mermaidLabel(words.onHost(name))}}}`,
    })),
    ...(plan.reaches.some((reach) => reach.to.kind === 'internet')
      ? [{ key: 'internet', shape: `((${mermaidLabel(words.internet)}))` }]
      : []),
  ];
}

/** One arrow for each pair, with all its ports. */
function edgesOf(plan: Plan, ids: ReadonlyMap<string, string>, words: Words): string[] {
  const outside = outsideOf(plan).map(({ exposure, service, port }) => ({
    from: exposure as string,
    to: `service ${service}`,
    label: String(port),
  }));
  const inside = everyReach(plan).map((reach) => ({
    from: `service ${reach.from}`,
    to: targetKey(reach),
    label: labelOf(reach, words),
  }));
  const labels = new Map<string, string[]>();
  for (const { from, to, label } of [...outside, ...inside]) {
    const pair = `  ${ids.get(from)} -->|LABEL| ${ids.get(to)}`;
    const others = labels.get(pair) ?? [];
    labels.set(pair, others.includes(label) ? others : [...others, label]);
  }
  return [...labels].map(([pair, list]) => pair.replace('LABEL', () => mermaidLabel(list.join(' - '))));
}

/** Ports that are reached from outside the containers, which is on a workstation alone. */
function outsideOf({ services }: Plan): { service: string; port: number; exposure: PortPlan['exposure'] }[] {
  return services
    .filter(({ places }) => places.includes('workstation'))
    .flatMap(({ name, ports }) =>
      ports
        .filter(({ exposure }) => exposure !== 'internal')
        .map(({ port, exposure }) => ({ service: name, port, exposure })),
    );
}

function targetKey({ to }: ReachPlan): string {
  return to.kind === 'internet' ? 'internet' : `${to.kind} ${to.name}`;
}

function labelOf({ to, places }: ReachPlan, words: Words): string {
  const port = to.kind === 'internet' ? words.anyPort : String(to.port);
  return places.length === 1 ? words.only(port, places[0]) : port;
}
