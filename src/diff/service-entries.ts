import { addMount, mebibytes } from './mount-entries';
import { GatewayPolicies } from './policy/policy-file';
import { addSecurity } from './security-entries';
import { PRESENT, Subject, Subjects } from './subject';
import {
  EXPOSURES,
  Exposure,
  HealthFacts,
  Quantity,
  ResourceFacts,
  ServiceFacts,
  Words,
} from '../plan/target-facts';
import { ALL_SETTINGS } from '../targets/container-settings';

/** Adds all that a container says of itself. Returns its subject. */
export function addService(subjects: Subjects, facts: ServiceFacts, policies: GatewayPolicies): Subject {
  const subject = subjects.get(facts.name, {
    kind: facts.beside === undefined ? 'service' : 'container',
    summary: facts.image,
    access: { level: 1 },
    listsEntries: true,
  });
  addImage(subject, facts);
  addCommand(subject, facts);
  addSecurity(subject, facts.security);
  addEnvironment(subject, facts);
  facts.mounts.forEach((mount) => addMount(subjects, subject, mount, policies));
  facts.ports.forEach(({ port, exposure, address }) => addPort(subject, port, exposure, address));
  addNetworks(subject, facts);
  addResources(subject, facts);
  addLifecycle(subject, facts);
  facts.interpolations.forEach(({ at, text }) => subject.addRight('filled-in', text, at));
  subject.addSettings(ALL_SETTINGS.flatMap(({ name, key, harmless = false, isShownElsewhere }) => {
    const value = facts.container[name];
    return value === undefined || isShownElsewhere ? [] : [{ key, value, harmless }];
  }));
  subject.addSettings(facts.settings);
  return subject;
}

/** A pull policy of `never` keeps Compose from asking a registry for an image that is built here. */
function addImage(subject: Subject, { image, build, pullPolicy }: ServiceFacts): void {
  subject.add({ kind: 'image', text: image });
  if (/@sha256:[0-9a-f]{64}$/.test(image)) {
    subject.add({ kind: 'image-digest', text: 'pinned', access: { restricts: true } });
  }
  if (pullPolicy !== undefined) {
    subject.add({ kind: 'pull-policy', text: pullPolicy, access: { restricts: pullPolicy === 'never' } });
  }
  if (build !== undefined) {
    subject.add({ kind: 'build-context', text: build.context });
    subject.add({ kind: 'dockerfile', text: build.dockerfile });
    build.args.forEach(({ name, value }) => subject.add({ kind: 'build-argument', item: name, text: value }));
  }
}

function addCommand(subject: Subject, { entrypoint, command, workingDirectory }: ServiceFacts): void {
  if (entrypoint !== undefined) { subject.add({ kind: 'entrypoint', text: commandText(entrypoint) }); }
  if (command !== undefined) { subject.add({ kind: 'command', text: commandText(command) }); }
  if (workingDirectory !== undefined) { subject.add({ kind: 'working-directory', text: workingDirectory }); }
  // the gateway of Docker takes its policy as arguments
  for (const word of typeof command === 'string' ? [command] : command ?? []) {
    const [, tool] = /^--tools=(.+)$/.exec(word) ?? [];
    if (tool !== undefined) { subject.addPermission('offered-tool', tool); }
  }
}

/** Returns a command as a shell would take it. */
function commandText(words: Words): string {
  if (typeof words === 'string') { return words; }
  return words.map((word) => (/^[A-Za-z0-9_./:=@%+,-]+$/.test(word) ? word : JSON.stringify(word))).join(' ');
}

const SENSITIVE = /token|secret|passw|credential|(?:^|_)key(?:$|_)|auth/i;

/** A value under a sensitive name is compared and not shown. */
function addEnvironment(subject: Subject, { environment, secrets }: ServiceFacts): void {
  for (const { name, value, source } of environment) {
    const about = { kind: 'environment', item: name };
    if (value === undefined) {
      subject.add({ ...about, text: `from ${source}`, access: { grants: [source ?? ''] } });
    } else {
      subject.add(
        SENSITIVE.test(name)
          ? { ...about, text: '(not shown)', hidden: value }
          : { ...about, text: JSON.stringify(value) },
      );
    }
  }
  for (const { name, store, key } of secrets) {
    const source = key === name ? store : `${store} ${key}`;
    subject.add({ kind: 'secret', item: name, text: 'given', detail: source, access: { grants: [source] } });
  }
}

/** Adds a port, which is wider the more places reach it. */
export function addPort(subject: Subject, port: string, exposure: Exposure, address?: string): void {
  const text = address === undefined ? exposure : `${exposure}, ${address}`;
  subject.add({ kind: 'port', item: port, text, access: { level: EXPOSURES.indexOf(exposure) } });
}

function addNetworks(subject: Subject, { attachments, hostNames }: ServiceFacts): void {
  for (const { network, aliases } of attachments) {
    subject.addPermission('network', network);
    aliases.forEach((alias) => subject.add({ kind: 'alias', item: `${alias} on ${network}`, text: PRESENT }));
  }
  hostNames.forEach((item) => subject.add({ kind: 'host-name', item, text: PRESENT }));
}

const RESOURCES: readonly (readonly [key: keyof ResourceFacts, item: string, text: (value: Quantity) => string])[] = [
  ['processors', 'processors', String],
  ['memoryBytes', 'memory', mebibytes],
  ['memoryAndSwapBytes', 'memory and swap', mebibytes],
  ['processes', 'processes', String],
  ['diskBytes', 'disk', mebibytes],
];

/** Without a limit a service takes what it likes. How high a limit is takes nothing from others. */
function addResources(subject: Subject, { limits, requests, accelerators }: ServiceFacts): void {
  for (const [key, item, textOf] of RESOURCES) {
    const [limit, request] = [limits[key], requests[key]];
    if (limit !== undefined) {
      subject.add({ kind: 'limit', item, text: textOf(limit), access: { restricts: true } });
    }
    if (request !== undefined) { subject.add({ kind: 'request', item, text: textOf(request) }); }
  }
  accelerators.forEach((accelerator) => subject.addRight('accelerator', accelerator));
}

function addLifecycle(subject: Subject, facts: ServiceFacts): void {
  const { restart, profiles, stopGraceSeconds, logging, pod } = facts;
  if (restart !== undefined) {
    const text = restart.policy === 'unknown' ? restart.text : restart.policy;
    subject.add({ kind: 'restart', text, hidden: restart.text });
  }
  if (facts.healthCheck !== undefined) { addHealthCheck(subject, facts.healthCheck); }
  if (profiles.length > 0) {
    subject.add({ kind: 'profile', text: profiles.join(', '), access: { restricts: true } });
  }
  for (const { service, condition } of facts.dependencies) {
    subject.add({ kind: 'waits-for', item: service, text: condition });
  }
  if (stopGraceSeconds !== undefined) { subject.add({ kind: 'stop-grace-period', text: `${stopGraceSeconds} s` }); }
  if (logging !== undefined) {
    const rotation = `${mebibytes(logging.maxBytes ?? 'any size')} x ${logging.maxFiles ?? 'any number of'} files`;
    subject.add({ kind: 'logging', text: `${logging.driver}, ${rotation}` });
  }
  for (const flag of ['stdin', 'tty', 'init'] as const) {
    if (facts[flag]) { subject.add({ kind: flag, text: PRESENT }); }
  }
  if (pod !== undefined) {
    subject.add({ kind: 'workload', text: pod.workload });
    subject.add({
      kind: 'cluster-token',
      text: pod.mountsToken ? 'mounted' : 'not mounted',
      access: { grants: pod.mountsToken ? ['token'] : [] },
    });
  }
}

function addHealthCheck(subject: Subject, { probe, ...times }: HealthFacts): void {
  const text = probe.kind === 'command' ? commandText(probe.command) : probe.kind === 'none' ? 'off' : probe.text;
  subject.add({ kind: 'health-check', text, hidden: JSON.stringify(times) });
}
