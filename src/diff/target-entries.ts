import { GatewayPolicies } from './policy/policy-file';
import { addDefaultDenies, addDestinations, addPolicies } from './reach-entries';
import { addToggle } from './security-entries';
import { addPort, addService } from './service-entries';
import { Subject, Subjects } from './subject';
import { ClusterFacts, NetworkFacts, TargetFacts, VolumeFacts } from '../plan/target-facts';

/** Returns all that one version of a target says, by subject. */
export function subjectsOf(facts: TargetFacts, policies: GatewayPolicies): Subjects {
  const subjects = new Subjects();
  facts.services.forEach((service) => addService(subjects, service, policies));
  facts.networks.filter(({ declared }) => declared).forEach((network) => addNetwork(subjects, network));
  facts.volumes.forEach((volume) => addVolume(subjects, volume));
  addDestinations(subjects, facts);
  if (facts.cluster === undefined) {
    subjects.get('compose file', { kind: 'file', summary: '' }).addSettings(facts.settings);
  } else {
    addPolicies(subjects, facts.services);
    addCluster(subjects, facts.cluster);
  }
  return subjects;
}

function addNetwork(subjects: Subjects, { name, leadsTo, settings }: NetworkFacts): void {
  const text = leadsTo.length === 0 ? 'nowhere' : leadsTo.join(' and ');
  const subject = subjects.get(`network ${name}`, { kind: 'network', summary: `leads to ${text}` });
  subject.add({ kind: 'leads-to', text, access: { grants: leadsTo } });
  subject.addSettings(settings);
}

function addVolume(subjects: Subjects, { name, access, size, settings }: VolumeFacts): void {
  const subject = subjects.get(`volume ${name}`, { kind: 'volume', summary: '', listsEntries: true });
  if (access !== undefined) { subject.add({ kind: 'access', text: access }); }
  if (size !== undefined) { subject.add({ kind: 'size', text: size }); }
  subject.addSettings(settings);
}

function addCluster(subjects: Subjects, cluster: ClusterFacts): void {
  addNamespace(subjects.get('namespace', { kind: 'namespace', summary: '' }), cluster);
  const service = (name: string) => subjects.get(name, { kind: 'service', summary: '' });
  for (const { service: name, ...address } of cluster.addresses) { addAddress(service(name), address); }
  for (const account of cluster.accounts) {
    const subject = service(account.service);
    const text = account.mountsToken ? 'mounted where a pod does not refuse it' : 'not mounted';
    addToggle(subject, 'account-token', text, account.mountsToken);
    subject.addSettings(account.settings);
  }
  if (cluster.kustomization !== undefined) {
    const subject = subjects.get('kustomization', { kind: 'file', summary: '', listsEntries: true });
    cluster.kustomization.resources.forEach((item) => subject.add({ kind: 'resource', item, text: 'listed' }));
    subject.addSettings(cluster.kustomization.settings);
  }
  for (const { kind, name, settings } of cluster.others) {
    subjects
      .get(`${kind} ${name}`, { kind: 'object', summary: '', access: { level: 1 } })
      .addSettings(settings);
  }
}

const LEVELS = ['restricted', 'baseline', 'privileged'];

function addNamespace(subject: Subject, { namespace, podSecurity, denies }: ClusterFacts): void {
  if (namespace !== undefined) { subject.add({ kind: 'name', text: namespace }); }
  for (const [mode, text] of podSecurity) {
    const level = LEVELS.includes(text) ? LEVELS.indexOf(text) : LEVELS.length;
    subject.add(
      mode === 'enforce'
        ? { kind: 'pod-security', text, access: { level } }
        : { kind: 'pod-security', item: mode, text },
    );
  }
  addDefaultDenies(subject, denies);
}

/** Inside the cluster policies decide. A port of the nodes or of a load balancer is open to all who reach them. */
function addAddress(
  subject: Subject,
  { name, type, ports, settings }: Omit<ClusterFacts['addresses'][number], 'service'>,
): void {
  for (const { port, protocol, target } of ports) {
    if (type !== 'ClusterIP') {
      addPort(subject, `${port}/${protocol}`, 'every interface', type);
    }
    subject.add({ kind: 'address', item: `${name}:${port}`, text: target });
  }
  subject.addSettings(settings);
}
