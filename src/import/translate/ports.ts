import { Draft } from './draft';
import { ServiceIndex } from './services';
import { call, Expression, list, member, options, value } from '../expression';
import { Outcome } from '../ledger';
import { Source } from '../source';

const EVERYWHERE = ['0.0.0.0', '::', '[::]'];

/** `ports`, `expose`, and the ports at which other services look for this one. */
export function portsOf(service: Source, draft: Draft, services: ServiceIndex): Expression | undefined {
  const known = new Set<string>();
  const published = (service.get('ports')?.items ?? []).flatMap((port) => publishedPort(port, draft, known) ?? []);
  const exposed = (service.get('expose')?.items ?? []).flatMap((port) => exposedPort(port, draft, known) ?? []);
  const called = services.calledPorts(service.key).filter((port) => !known.has(`${port}/tcp`))
    .map((port) => call('Port', 'internal', value(port)));
  const all = [...published, ...exposed, ...called];
  return all.length === 0 ? undefined : list(all);
}

function publishedPort(port: Source, draft: Draft, known: Set<string>): Expression | undefined {
  const target = port.get('target')?.text ?? '';
  const published = port.get('published')?.text ?? '';
  const address = port.get('host_ip')?.text;
  const protocol = port.get('protocol')?.text ?? 'tcp';
  const isLocal = address === '127.0.0.1';
  const isKnown = isLocal || address === undefined || EVERYWHERE.includes(address);
  const inner = draft.number(target, port.place);
  const outer = published === '' ? undefined : draft.number(published, port.place);
  const id = `${draft.unset(target)}/${protocol}`;
  if (!isKnown || inner === undefined || outer === undefined || known.has(id) || !/^(tcp|udp)$/.test(protocol)) {
    return undefined;
  }
  if (!draft.isFirst(`port ${draft.unset(published)}/${protocol}`)) {
    return call(
      'Port',
      'internal',
      inner,
      options({ protocol: protocol === 'udp' ? member('Protocol', 'UDP') : undefined }),
    );
  }
  known.add(id);
  for (const key of ['mode', 'target', 'published', 'protocol', 'host_ip', 'app_protocol', 'name']) {
    if (key !== 'mode' || port.get('mode')?.text === 'ingress') {
      port.get(key)?.use(isLocal ? 'Port.loopback' : 'Port.published', Outcome.KEPT, isLocal
        ? undefined
        : 'Use Port.loopback if only this machine needs it.');
    }
  }
  return call('Port', isLocal ? 'loopback' : 'published', inner, options({
    hostPort: published === target ? undefined : outer,
    protocol: protocol === 'udp' ? member('Protocol', 'UDP') : undefined,
  }));
}

function exposedPort(port: Source, draft: Draft, known: Set<string>): Expression | undefined {
  const [, number = '', protocol = 'tcp'] = /^([^/]+)(?:\/(tcp|udp))?$/.exec(port.text ?? '') ?? [];
  const made = draft.number(number, port.place);
  if (made === undefined) {
    return undefined;
  }
  port.use('Port.internal');
  if (known.has(`${number}/${protocol}`)) {
    return undefined;
  }
  known.add(`${number}/${protocol}`);
  return call(
    'Port',
    'internal',
    made,
    options({ protocol: protocol === 'udp' ? member('Protocol', 'UDP') : undefined }),
  );
}
