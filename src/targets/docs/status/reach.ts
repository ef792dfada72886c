import { Plan, PortPlan, ReachPlan, ServicePlan } from '../../../plan/plan';
import { codeSpan } from '../escape/code-span';
import { fence } from '../escape/fence';
import { link } from '../escape/link';
import { Markdown, md } from '../escape/markdown';
import { Block, section, table } from '../page';
import { where } from '../words';
import { diagram } from './diagram';

/** Who reaches whom; nothing else does. */
export function reachSection(plan: Plan): Block {
  const rows = [...plan.services.flatMap(outsideRows), ...plan.reaches.map(reachRow)];
  const picture = diagram(plan);
  return section(md`Who reaches whom`, rows.length === 0 ? [] : [
    md`Everything that is not listed is refused. Where a target cannot hold to that, ${link('FIDELITY.md', 'FIDELITY.md')} says so.`,
    ...picture === undefined ? [] : [fence('mermaid', picture), plan.optionalParts.length === 0 ? undefined : md`Boxes with round corners are optional parts.`],
    table([md`From`, md`To`, md`Port`, md`Network`, md`Where`], rows),
  ]);
}

function outsideRows({ name, ports, places }: ServicePlan): Markdown[][] {
  return ports.filter((port) => port.exposure !== 'internal' && places.includes('workstation')).map((port) => [
    port.exposure === 'published' ? md`**other machines**` : md`this machine`,
    codeSpan(name),
    outsidePort(port),
    md`the host's`,
    md`workstation`,
  ]);
}

function outsidePort({ port, hostPort, protocol, exposure }: PortPlan): Markdown {
  const address = exposure === 'published' ? '0.0.0.0' : '127.0.0.1';
  return md`${codeSpan(`${port}/${protocol}`)}, as ${codeSpan(`${address}:${hostPort ?? port}`)}`;
}

function reachRow({ from, to, network, places }: ReachPlan): Markdown[] {
  const [target, port] = to.kind === 'internet'
    ? [md`the internet`, md`any`]
    : [to.kind === 'service' ? codeSpan(to.name) : md`${codeSpan(to.name)} on the host`, codeSpan(`${to.port}/${to.protocol}`)];
  return [codeSpan(from), target, port, codeSpan(network), where(places)];
}
