/** What kind of thing a place in a generated file says, whatever the target calls it. */
export type Facet =
  | 'identity' | 'image' | 'build' | 'command' | 'dependency' | 'environment' | 'secret' | 'config' | 'mount' | 'volume' | 'network' | 'port' | 'health'
  | 'security' | 'resources' | 'lifecycle' | 'optional-part' | 'policy' | 'host-service' | 'pin' | 'check' | 'waiver' | 'gate' | 'override' | 'text';

const NAMES = ['name-duplicate', 'name-grammar', 'name-reserved'];
const TEXTS = ['text-control'];

/** The rules that judge each kind of thing. */
export const RULES_OF: Readonly<Record<Facet, readonly string[]>> = {
  'identity': NAMES,
  'image': ['image-digest', 'image-pin', 'image-reference', 'image-tag', 'pin-undecided', 'network-download', 'codex-compatibility'],
  'build': ['build-context', 'image-pin', 'image-digest', 'image-tag', 'pin-undecided'],
  'command': [...TEXTS, 'secret-value', 'service-command', 'service-setting'],
  'dependency': ['dependency-condition', 'dependency-cycle', 'dependency-hidden', 'reference-unknown'],
  'environment': ['address-grammar', 'endpoint-unreachable', 'environment-secret', 'name-grammar', 'secret-value', ...TEXTS],
  'secret': ['environment-secret', 'secret-value', 'reference-unknown', ...NAMES],
  'config': ['address-grammar', 'codex-compatibility', 'endpoint-unreachable', 'secret-value', 'service-setting', ...TEXTS],
  'mount': ['mount-docker-socket', 'mount-host-path', 'mount-path', 'mount-writers', 'reference-unknown'],
  'volume': ['mount-host-path', 'mount-writers', 'service-numbers', ...NAMES],
  'network': ['endpoint-unreachable', 'network-download', 'network-host', 'port-inner', 'reference-unknown', ...NAMES],
  'port': ['port-duplicate', 'port-inner', 'port-public', 'port-range', 'port-ssh'],
  'health': ['health-tool', 'service-health', 'service-numbers'],
  'security': ['service-user'],
  'resources': ['service-limits', 'service-numbers'],
  'lifecycle': ['service-health', 'service-numbers', 'service-place'],
  'optional-part': ['dependency-hidden', ...NAMES],
  'policy': ['policy-offered', 'policy-tool', 'policy-write', 'service-setting'],
  'host-service': ['address-grammar', 'codex-compatibility', 'endpoint-unreachable', 'image-pin', 'port-range'],
  'pin': ['image-digest', 'image-tag', 'pin-undecided'],
  'check': ['check', 'evidence-stray'],
  'waiver': ['waiver', 'waiver-unused'],
  'gate': ['approval-output'],
  'override': ['override-data', 'target-refused'],
  'text': TEXTS,
};
