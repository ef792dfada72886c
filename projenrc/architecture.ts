/** Which rooms of `src/` a room may import from, beside itself. One way only; what is not listed is refused by lint. */
const ARROWS: Record<string, string[]> = {
  util: [],
  model: ['util'],
  inventory: ['model', 'util'],
  services: ['model', 'util'],
  plan: ['model', 'inventory', 'util'],
  rules: ['plan', 'model', 'inventory', 'util'],
  targets: ['plan', 'util'],
  assembly: ['rules', 'plan', 'model', 'util'],
  app: ['assembly', 'rules', 'model', 'util'],
  diff: ['targets', 'plan', 'util'],
  explain: ['targets', 'rules', 'plan', 'model', 'util'],
  doctor: ['assembly', 'targets', 'plan', 'model', 'inventory', 'util'],
  registry: ['assembly', 'rules', 'plan', 'model', 'inventory', 'util'],
  verify: ['app', 'assembly', 'doctor', 'registry', 'targets', 'rules', 'plan', 'model', 'inventory', 'util'],
  // judges the model that it makes as synth does
  import: ['rules', 'plan', 'model', 'inventory', 'util', 'synth.ts'],
  project: [],
  cli: [
    'app',
    'assembly',
    'diff',
    'doctor',
    'explain',
    'import',
    'registry',
    'verify',
    'targets',
    'rules',
    'plan',
    'model',
    'inventory',
    'util',
  ],
};

const TARGETS = ['compose', 'docs', 'kubernetes'];

/**
 * Lint rules that hold the house together: the arrows between rooms, no cycle, and who may load the heavy libraries.
 */
export function architectureRules(): Record<string, unknown> {
  const rooms = Object.keys(ARROWS);
  const zones = rooms.map((room) => ({
    target: `./src/${room}`,
    from: './src',
    except: [`./${room}`, ...ARROWS[room].map((other) => `./${other}`)],
    message: `${room} may import ${ARROWS[room].join(', ') || 'no other room'} only.`,
  }));
  const targetZones = TARGETS.map((target) => ({
    target: `./src/targets/${target}`,
    from: TARGETS.filter((other) => other !== target).map((other) => `./src/targets/${other}`),
    message: 'A target never imports another target.',
  }));
  const mainZone = {
    target: './src/main.ts',
    from: './src',
    except: ['./core.ts', './inventory', './model', './services'],
    message: "main reads like a user's model.",
  };
  const privateZones = [...rooms.map((room) => `./src/${room}`), './src/*.ts'].map((target) => ({
    target,
    from: rooms.filter((room) => target !== `./src/${room}`).map((room) => `./src/${room}/**/private/**`),
    message: 'A private folder is closed to other rooms: export what they need beside it.',
  }));
  return {
    'import/no-cycle': ['error', { ignoreExternal: true }],
    'import/no-restricted-paths': [
      'error',
      { basePath: '.', zones: [...zones, ...privateZones, ...targetZones, mainZone] },
    ],
    'no-restricted-imports': ['error', { paths: heavy(['cdk8s', 'cdk8s-plus-28', 'projen']) }],
  };
}

/** Rooms that may load what others may not. */
export const HEAVY_ROOMS = [
  { files: ['src/targets/kubernetes/**', 'test/**'], paths: heavy(['projen']) },
  {
    files: ['src/project/**', 'test/project/**', 'projenrc/**', '.projenrc.ts'],
    paths: heavy(['cdk8s', 'cdk8s-plus-28']),
  },
];

function heavy(names: string[]): { name: string; message: string }[] {
  return names.map((name) => ({
    name,
    message:
      name === 'projen'
        ? 'Only src/project loads projen: it costs half a second.'
        : 'Only src/targets/kubernetes loads cdk8s.',
  }));
}
