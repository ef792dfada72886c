import { ImageFactsPlan, ImagePlan, Plan, ServicePlan } from '../../src/plan/plan';

export const SOME_DIGEST = `sha256:${'1f'.repeat(32)}`;

/** A plan with nothing in it, and what a test wants to say about it. */
export function aPlan(facts: Partial<Plan> = {}): Plan {
  return {
    schemaVersion: 1,
    name: 'box',
    title: 'Box',
    description: 'A toolbox.',
    stage: 'draft',
    source: 'src/main.ts',
    outdir: 'dist',
    services: [],
    hostServices: [],
    profiles: [],
    volumes: [],
    networks: [],
    envFiles: [],
    parameters: [],
    templates: [],
    reaches: [],
    pins: [],
    policies: [],
    problems: [],
    rules: [],
    checks: [],
    gate: { fingerprint: { digest: SOME_DIGEST, parts: [] }, missing: [{ kind: 'approval' }] },
    records: { stray: [] },
    waivers: [],
    linterSuppressions: [],
    decisions: [],
    roadmap: [],
    ...facts,
  };
}

/** A small, hardened service called `web`, and what a test wants to say about it. */
export function aService(facts: Partial<ServicePlan> = {}): ServicePlan {
  return {
    path: `box/${facts.name ?? 'web'}`,
    name: 'web',
    description: 'Serves pages.',
    lifecycle: 'long-running',
    places: ['cluster', 'workstation'],
    image: anImage(),
    environment: [],
    mounts: [],
    ports: [],
    attachments: [],
    hostServices: [],
    dependencies: [],
    resources: {},
    terminal: false,
    user: { uid: 10001, gid: 10001 },
    readOnlyRoot: true,
    capabilities: [],
    capDrop: ['ALL'],
    securityOpt: ['no-new-privileges:true'],
    init: false,
    restart: 'unless-stopped',
    stopGraceSeconds: 10,
    logRotation: { maxMegabytes: 10, maxFiles: 3 },
    overrides: { compose: [], kubernetes: [] },
    ...facts,
  };
}

/** A pinned image from a registry, and what a test wants to say about it. */
export function anImage(
  facts: Partial<Omit<ImagePlan, 'facts'>> & { readonly facts?: Partial<ImageFactsPlan> } = {},
): ImagePlan {
  return {
    origin: 'registry',
    repository: 'example/web',
    tag: '1.2.3',
    digest: SOME_DIGEST,
    ...facts,
    facts: {
      user: { uid: 10001, gid: 10001 },
      writablePaths: [],
      healthTools: [],
      downloadsAtStart: false,
      ...facts.facts,
    },
  };
}
