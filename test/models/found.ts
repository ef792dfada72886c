import { Recipe, ServiceRecipe } from './recipe';
import { DIGEST } from '../rules/support';

const NOTHING: Recipe = {
  name: 'box',
  title: 'Box',
  description: 'A box.',
  networks: [],
  volumes: [],
  parts: [],
  envFiles: [],
  hosts: [],
  services: [],
  policies: [],
  waivers: ['service-health', 'service-limits', 'port-inner'].map((rule) => ({
    rule,
    reason: 'It is right here, as this test says.',
  })),
  checks: [],
  decisions: [],
  roadmap: [],
};

const PLAIN: ServiceRecipe = {
  id: 'app',
  description: '',
  oneShot: false,
  places: ['workstation', 'cluster'],
  environment: [],
  mounts: [],
  ports: [],
  networks: [],
  image: {
    repository: 'example/app',
    tag: '1.2.3',
    digest: DIGEST,
    args: [],
    uid: 10001,
    writablePaths: [],
    healthTools: ['curl'],
    downloadsAtStart: false,
  },
  terminal: false,
  readOnlyRoot: true,
  capabilities: [],
  init: true,
  dependencies: [],
  composeOverrides: [],
  patches: [],
};

function withService(facts: Partial<ServiceRecipe>, more: Partial<Recipe> = {}): Recipe {
  return { ...NOTHING, ...more, services: [{ ...PLAIN, ...facts }] };
}

/** A model that was judged wrongly once, made small, and what becomes of it. */
export interface Found {
  readonly recipe: Recipe;
  /** The rule that refuses it; made otherwise. */
  readonly refusedBy?: string;
}

const NETWORK = { name: 'net', egress: 'none' as const, description: '' };
const FOLDER = { directory: './shared', megabytes: 1, multiWriter: true, description: '' };

export const FOUND: Readonly<Record<string, Found>> = {
  'the same alias twice': {
    recipe: withService({ networks: [{ network: 0, aliases: ['a', 'a'] }] }, { networks: [NETWORK] }),
  },
  'a network that Compose takes for an extension': {
    recipe: withService({ networks: [{ network: 0, aliases: [] }] }, { networks: [{ ...NETWORK, name: 'x-ae' }] }),
    refusedBy: 'name-grammar',
  },
  'a service that Compose takes for an extension': {
    recipe: withService({ name: 'x-app' }),
    refusedBy: 'name-grammar',
  },
  'one folder under two names': {
    recipe: {
      ...NOTHING,
      volumes: [
        { ...FOLDER, name: 'a' },
        { ...FOLDER, name: 'b' },
      ],
    },
    refusedBy: 'name-duplicate',
  },
  'one file of secrets under two names': {
    recipe: { ...NOTHING, envFiles: ['a', 'b'].map((name) => ({ name, file: '.env.local', keys: [] })) },
    refusedBy: 'name-duplicate',
  },
  'GPUs and a request of memory': { recipe: withService({ gpus: 1, resources: { cpu: 1000, memory: 1024 } }) },
  'more GPUs than a number holds': { recipe: withService({ gpus: 1e21 }), refusedBy: 'service-numbers' },
  'more processor time than a fraction holds': {
    recipe: withService({ resources: { cpu: Number.MAX_SAFE_INTEGER, memory: 1 } }),
    refusedBy: 'service-numbers',
  },
  'a request that is no number': {
    recipe: withService({ resources: { cpu: 1000, memory: 64, cpuRequest: NaN } }),
    refusedBy: 'service-numbers',
  },
  'a start period that is no number': {
    recipe: withService({
      health: {
        kind: 'command',
        port: 0,
        path: '/',
        command: ['curl'],
        interval: 1,
        timeout: 1,
        retries: 1,
        startPeriod: NaN,
      },
    }),
    refusedBy: 'service-numbers',
  },
  'an override with a control character': {
    recipe: withService({ composeOverrides: [{ key: 'labels', value: { a: '\u0007' }, reason: 'Because' }] }),
    refusedBy: 'text-control',
  },
  'an override that is no data': {
    recipe: withService({ composeOverrides: [{ key: 'labels', value: { a: 1n }, reason: 'Because' }] }),
    refusedBy: 'override-data',
  },
  'a patch that is no data': {
    recipe: withService({
      patches: [{ op: 'add', pointer: '/metadata/annotations/x', value: new Date(0), reason: 'Because' }],
    }),
    refusedBy: 'override-data',
  },
  'a file that is called like the prototype of an object': {
    recipe: withService({
      mounts: [{ kind: 'file', path: '/etc/a', name: '__proto__', content: [{ kind: 'text', text: 'x\n' }] }],
    }),
  },
  'a service that is called like the wall of the namespace': { recipe: withService({ name: 'default-deny' }) },
  'a service with two dashes that another waits for': {
    recipe: {
      ...NOTHING,
      networks: [NETWORK],
      services: [
        {
          ...PLAIN,
          name: 'a--b',
          ports: [{ port: 80, exposure: 'internal', udp: false }],
          networks: [{ network: 0, aliases: [] }],
          health: {
            kind: 'command',
            port: 0,
            path: '/',
            command: ['curl'],
            interval: 1,
            timeout: 1,
            retries: 1,
            startPeriod: 0,
          },
        },
        {
          ...PLAIN,
          id: 'other',
          image: { ...PLAIN.image, healthTools: ['bash'] },
          networks: [{ network: 0, aliases: [] }],
          dependencies: [{ service: 0, condition: 'healthy' }],
        },
      ],
    },
  },
  'an id with a control character beside a good name': {
    recipe: withService({ id: 'a\u0000', name: 'app' }),
    refusedBy: 'text-control',
  },
  'a toolbox with a slash in its name': { recipe: { ...NOTHING, name: 'a/b' }, refusedBy: 'name-grammar' },
};
