import { NumberSpec, sayNumbers } from './numbers';
import { sayTool, toolSummary } from './tool';
import { accessText } from '../mounting';
import { sayRight } from '../security';
import { saySettings } from '../settings';
import { Subject, Subjects, THERE } from '../subject';
import { isMap, listOf, mapOf, textOf, Tree } from '../tree';

/** A calls' budget and sizes as the schema of the manifest fills them in. */
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

/** Whether a parsed JSON file is the manifest of a gateway. */
export function isPolicy(value: unknown): value is Tree {
  return isMap(value) && Array.isArray(value.tools) && Array.isArray(value.clients);
}

/** What a gateway lets through, said of the service, its clients and its tools. */
export function readPolicy(subjects: Subjects, service: Subject, policy: Tree): void {
  sayWorkspace(service, mapOf(policy.workspace));
  sayHttp(service, mapOf(policy.http));
  sayAudit(service, mapOf(policy.audit));
  sayNumbers(service, mapOf(policy.concurrency), CONCURRENCY_NUMBERS);
  saySettings(
    service,
    mapOf(policy.concurrency),
    { read: CONCURRENCY_NUMBERS.map(({ key }) => key), harmless: [] },
    'policy.concurrency.',
  );
  for (const client of listOf(policy.clients).map(mapOf)) { sayClient(subjects, service.name, client); }
  for (const tool of listOf(policy.tools).map(mapOf)) {
    const subject = subjects.get(`${service.name} tool ${textOf(tool.name)}`, {
      kind: 'tool',
      summary: toolSummary(tool),
      power: { level: 1 },
    });
    sayTool(subject, tool);
  }
  saySettings(
    service,
    policy,
    {
      read: ['workspace', 'http', 'audit', 'concurrency', 'clients', 'tools'],
      harmless: ['$schema', '$comment', 'schemaVersion', 'name'],
    },
    'policy.',
  );
}

function sayWorkspace(service: Subject, workspace: Tree): void {
  const readOnly = workspace.access === 'read-only';
  sayRight(service, 'policy-workspace', textOf(workspace.root));
  service.say({
    kind: 'policy-workspace',
    item: 'access',
    text: accessText(readOnly),
    power: { level: readOnly ? 0 : 1 },
  });
  saySettings(service, workspace, { read: ['root', 'access'], harmless: [] }, 'policy.workspace.');
}

function sayHttp(service: Subject, http: Tree): void {
  const loopback = /^(?:127\.|localhost$|::1$|\[::1\]$)/.test(textOf(http.host));
  service.say({ kind: 'policy-address', text: textOf(http.host), power: { level: loopback ? 0 : 1 } });
  for (const host of listOf(http.allowedHosts)) {
    service.say({ kind: 'allowed-host', item: textOf(host), text: THERE, power: { level: 1 } });
  }
  for (const origin of listOf(http.allowedOrigins)) {
    service.say({ kind: 'allowed-origin', item: textOf(origin), text: THERE, power: { level: 1 } });
  }
  sayNumbers(service, http, HTTP_NUMBERS);
  const read = ['host', 'allowedHosts', 'allowedOrigins', ...HTTP_NUMBERS.map(({ key }) => key)];
  saySettings(service, http, { read, harmless: ['port', 'path'] }, 'policy.http.');
}

/** What is recorded guards, by being recorded: less of it is told, and not marked. */
function sayAudit(service: Subject, audit: Tree): void {
  const path = textOf(audit.path);
  if (path !== '') { service.say({ kind: 'audit', text: path, power: { guard: true } }); }
  saySettings(service, audit, { read: ['path'], harmless: ['maxBytes', 'maxFiles'] }, 'policy.audit.');
}

function sayClient(subjects: Subjects, service: string, client: Tree): void {
  const token = textOf(client.tokenEnv);
  const subject = subjects.get(`${service} client ${textOf(client.name)}`, {
    kind: 'client',
    summary: `with the token ${token}`,
    power: { level: 1 },
  });
  sayRight(subject, 'token', token);
  sayNumbers(subject, client, CLIENT_NUMBERS);
  saySettings(subject, client, { read: ['name', 'tokenEnv', ...CLIENT_NUMBERS.map(({ key }) => key)], harmless: [] });
}
