import { addNumbers, addTool, NumberSpec, toolSummary } from './tool-entries';
import { isMap, listOf, mapOf, settingsOf, textOf, Tree } from '../../targets/tree';
import { accessText, Subject, Subjects } from '../subject';

/** Defaults of the manifest's schema. */
const CLIENT_NUMBERS: readonly NumberSpec[] = [
  { kind: 'limit', item: 'calls', key: 'callsPerMinute', unit: ' a minute', otherwise: 600 },
  { kind: 'limit', item: 'other messages', key: 'requestsPerMinute', unit: ' a minute', otherwise: 600 },
];
const CONCURRENCY_NUMBERS: readonly NumberSpec[] = [
  { kind: 'policy-limit', item: 'file calls at once', key: 'file', unit: '', otherwise: 8 },
  { kind: 'policy-limit', item: 'commands at once', key: 'command', unit: '', otherwise: 4 },
  { kind: 'policy-limit', item: 'image calls at once', key: 'image', unit: '', otherwise: 2 },
  { kind: 'policy-limit', item: 'waiting calls', key: 'waiting', unit: '', otherwise: 32 },
];
const HTTP_NUMBERS: readonly NumberSpec[] = [
  { kind: 'policy-limit', item: 'request body', key: 'maxBodyBytes', unit: ' bytes', otherwise: 262_144 },
  { kind: 'policy-limit', item: 'sessions', key: 'maxSessions', unit: '', otherwise: 64 },
  { kind: 'policy-limit', item: 'idle session', key: 'sessionIdleSeconds', unit: ' s', otherwise: 900 },
];

/** Whether a JSON file is the manifest of a gateway. */
export function isPolicy(value: unknown): value is Tree {
  return isMap(value) && Array.isArray(value.tools) && Array.isArray(value.clients);
}

/** Adds what a gateway lets through, to the service, its clients and its tools. */
export function addPolicy(subjects: Subjects, service: Subject, policy: Tree): void {
  addWorkspace(service, mapOf(policy.workspace));
  addHttp(service, mapOf(policy.http));
  addAudit(service, mapOf(policy.audit));
  addNumbers(service, mapOf(policy.concurrency), CONCURRENCY_NUMBERS);
  service.addSettings(settingsOf(mapOf(policy.concurrency),
    { read: CONCURRENCY_NUMBERS.map(({ key }) => key), harmless: [] },
    'policy.concurrency.'));
  for (const client of listOf(policy.clients).map(mapOf)) { addClient(subjects, service.name, client); }
  for (const tool of listOf(policy.tools).map(mapOf)) {
    const subject = subjects.get(`${service.name} tool ${textOf(tool.name)}`, {
      kind: 'tool',
      summary: toolSummary(tool),
      access: { level: 1 },
    });
    addTool(subject, tool);
  }
  service.addSettings(settingsOf(policy,
    {
      read: ['workspace', 'http', 'audit', 'concurrency', 'clients', 'tools'],
      harmless: ['$schema', '$comment', 'schemaVersion', 'name'],
    },
    'policy.'));
}

function addWorkspace(service: Subject, workspace: Tree): void {
  const readOnly = workspace.access === 'read-only';
  service.addRight('policy-workspace', textOf(workspace.root));
  service.add({
    kind: 'policy-workspace',
    item: 'access',
    text: accessText(readOnly),
    access: { level: readOnly ? 0 : 1 },
  });
  service.addSettings(settingsOf(workspace, { read: ['root', 'access'], harmless: [] }, 'policy.workspace.'));
}

function addHttp(service: Subject, http: Tree): void {
  const loopback = /^(?:127\.|localhost$|::1$|\[::1\]$)/.test(textOf(http.host));
  service.add({ kind: 'policy-address', text: textOf(http.host), access: { level: loopback ? 0 : 1 } });
  for (const host of listOf(http.allowedHosts)) {
    service.addPermission('allowed-host', textOf(host));
  }
  for (const origin of listOf(http.allowedOrigins)) {
    service.addPermission('allowed-origin', textOf(origin));
  }
  addNumbers(service, http, HTTP_NUMBERS);
  const read = ['host', 'allowedHosts', 'allowedOrigins', ...HTTP_NUMBERS.map(({ key }) => key)];
  service.addSettings(settingsOf(http, { read, harmless: ['port', 'path'] }, 'policy.http.'));
}

/** An audit log restricts by being there. */
function addAudit(service: Subject, audit: Tree): void {
  const path = textOf(audit.path);
  if (path !== '') { service.add({ kind: 'audit', text: path, access: { restricts: true } }); }
  service.addSettings(settingsOf(audit, { read: ['path'], harmless: ['maxBytes', 'maxFiles'] }, 'policy.audit.'));
}

function addClient(subjects: Subjects, service: string, client: Tree): void {
  const token = textOf(client.tokenEnv);
  const subject = subjects.get(`${service} client ${textOf(client.name)}`, {
    kind: 'client',
    summary: `with the token ${token}`,
    access: { level: 1 },
  });
  subject.addRight('token', token);
  addNumbers(subject, client, CLIENT_NUMBERS);
  subject.addSettings(
    settingsOf(client, { read: ['name', 'tokenEnv', ...CLIENT_NUMBERS.map(({ key }) => key)], harmless: [] }),
  );
}
