import * as jsYaml from 'js-yaml';
import { parityProblems } from './compare-facts';
import { FACT_WORDS } from './facts';
import { FIXTURE_PLAN } from './fixture-plan';
import { planFacts } from './plan-facts';
import { composeFacts } from './stated-facts';
import { OutputFile } from '../../src/plan/target-output';
import { renderCompose } from '../../src/targets/compose';
import { aPlan, aService } from '../plan/plan-builder';

/* eslint-disable @typescript-eslint/no-explicit-any -- a mutation reaches into any part of a document */
type Mutation = (document: any, services: Record<string, any>) => void;

const PROMISED = planFacts(FIXTURE_PLAN, 'workstation');
const { files, fidelity } = renderCompose(FIXTURE_PLAN);

function problemsOf(changed: readonly OutputFile[]): string[] {
  return parityProblems(FIXTURE_PLAN, PROMISED, composeFacts(changed, FIXTURE_PLAN), fidelity);
}

/** What the parity check finds after a renderer that did this one thing wrong. */
function problemsAfter(mutate: Mutation): string[] {
  const [main, ...others] = files;
  const document = jsYaml.load(main.content) as any;
  mutate(document, document.services);
  const content = jsYaml.dump(document, { noRefs: true });
  expect(jsYaml.load(content)).not.toEqual(jsYaml.load(main.content));
  return problemsOf([{ ...main, content }, ...others]);
}

/** Name, what the one problem must say, what is broken. */
const MUTATIONS: readonly [string, string, Mutation][] = [
  [
    'another digest',
    'gateway.image',
    (_, { gateway }) => {
      gateway.image = gateway.image.replace('1f', '2f');
    },
  ],
  [
    'another folder to build from',
    'agent.build',
    (_, { agent }) => {
      agent.build.context = '../containers/agent';
    },
  ],
  [
    'a lost build argument',
    'agent.build',
    (_, { agent }) => {
      delete agent.build.args.PRICE;
    },
  ],
  [
    'a part that is always there',
    'agent.profile',
    (_, { agent }) => {
      delete agent.profiles;
    },
  ],
  [
    'another entry point',
    'agent.entrypoint',
    (_, { agent }) => {
      agent.entrypoint.push('-i');
    },
  ],
  [
    'another order of arguments',
    'agent.command',
    (_, { agent }) => {
      agent.command.reverse();
    },
  ],
  [
    'a lost command',
    'agent.command',
    (_, { agent }) => {
      delete agent.command;
    },
  ],
  [
    'a lost working directory',
    'agent.workingDirectory',
    (_, { agent }) => {
      delete agent.working_dir;
    },
  ],
  [
    'a lost variable',
    'agent.environment',
    (_, { agent }) => {
      delete agent.environment.LOG_LEVEL;
    },
  ],
  [
    'a variable that became a boolean',
    'agent.environment',
    (_, { agent }) => {
      agent.environment.LOG_LEVEL = false;
    },
  ],
  [
    'another address',
    'agent.environment',
    (_, { agent }) => {
      agent.environment.OLLAMA_HOST = 'http://ollama:11434';
    },
  ],
  [
    'a lost env file',
    'gateway.secrets',
    (_, { gateway }) => {
      delete gateway.env_file;
    },
  ],
  [
    'a reader that may write',
    'gateway.mounts',
    (_, { gateway }) => {
      delete gateway.volumes[1].read_only;
    },
  ],
  [
    'a writer that may only read',
    'agent.mounts',
    (_, { agent }) => {
      agent.volumes[1].read_only = true;
    },
  ],
  [
    'another folder',
    'gateway.mounts',
    (_, { gateway }) => {
      gateway.volumes[1].source = '../..';
    },
  ],
  [
    'another volume',
    'gateway.mounts',
    (_, { gateway }) => {
      gateway.volumes[0].source = 'models';
    },
  ],
  [
    'another path',
    'gateway.mounts',
    (_, { gateway }) => {
      gateway.volumes[0].target = '/var/log';
    },
  ],
  [
    'a lost scratch space',
    'gateway.mounts',
    (_, { gateway }) => {
      delete gateway.tmpfs;
    },
  ],
  [
    'a scratch space without a limit',
    'gateway.mounts',
    (_, { gateway }) => {
      gateway.tmpfs = ['/tmp:noexec'];
    },
  ],
  [
    'scratch that runs programs',
    'gateway.executableScratch',
    (_, { gateway }) => {
      gateway.tmpfs[0] = gateway.tmpfs[0].replace('noexec', 'exec');
    },
  ],
  [
    'another port',
    'gateway.ports',
    (_, { gateway }) => {
      gateway.ports[0].target = 9091;
    },
  ],
  [
    'a lost inner port',
    'gateway.ports',
    (_, { gateway }) => {
      delete gateway.expose;
    },
  ],
  [
    'a port on all interfaces',
    'gateway.portExposure',
    (_, { gateway }) => {
      gateway.ports[0].host_ip = '0.0.0.0';
    },
  ],
  [
    'another port of the host',
    'gateway.portExposure',
    (_, { gateway }) => {
      gateway.ports[0].published = '9090';
    },
  ],
  [
    'a lost alias',
    'gateway.aliases',
    (_, { gateway }) => {
      gateway.networks.tools.aliases.pop();
    },
  ],
  [
    'another check',
    'gateway.healthCheck',
    (_, { gateway }) => {
      gateway.healthcheck.test.push('--quiet');
    },
  ],
  [
    'another interval',
    'gateway.healthCheck',
    (_, { gateway }) => {
      gateway.healthcheck.interval = '11s';
    },
  ],
  [
    'another timeout',
    'gateway.healthCheck',
    (_, { gateway }) => {
      gateway.healthcheck.timeout = '4s';
    },
  ],
  [
    'other retries',
    'gateway.healthCheck',
    (_, { gateway }) => {
      gateway.healthcheck.retries = 6;
    },
  ],
  [
    'another start period',
    'gateway.healthCheck',
    (_, { gateway }) => {
      gateway.healthcheck.start_period = '2m';
    },
  ],
  [
    'a lost check',
    'gateway.healthCheck',
    (_, { gateway }) => {
      delete gateway.healthcheck;
    },
  ],
  [
    'a lost dependency',
    'agent.dependencies',
    (_, { agent }) => {
      delete agent.depends_on.seed;
    },
  ],
  [
    'another condition',
    'agent.dependencies',
    (_, { agent }) => {
      agent.depends_on.gateway.condition = 'service_started';
    },
  ],
  [
    'another processor limit',
    'gateway.cpuMillis',
    (_, { gateway }) => {
      gateway.cpus = 5;
    },
  ],
  [
    'another memory limit',
    'gateway.memoryMegabytes',
    (_, { gateway }) => {
      gateway.mem_limit = gateway.memswap_limit = '257m';
    },
  ],
  [
    'memory that may be swapped',
    'gateway.memorySwapMegabytes',
    (_, { gateway }) => {
      delete gateway.memswap_limit;
    },
  ],
  [
    'a lost memory request',
    'agent.memoryRequestMegabytes',
    (_, { agent }) => {
      delete agent.mem_reservation;
    },
  ],
  [
    'a lost limit of processes',
    'gateway.pids',
    (_, { gateway }) => {
      delete gateway.pids_limit;
    },
  ],
  [
    'a lost accelerator',
    'ollama.accelerator',
    (_, { ollama }) => {
      delete ollama.deploy;
    },
  ],
  [
    'more accelerators',
    'ollama.accelerator',
    (_, { ollama }) => {
      ollama.deploy.resources.reservations.devices[0].count = 'all';
    },
  ],
  [
    'a terminal without input',
    'agent.terminal',
    (_, { agent }) => {
      delete agent.stdin_open;
    },
  ],
  [
    'a health check in a shell',
    'gateway.healthCheck',
    (_, { gateway }) => {
      gateway.healthcheck.test[0] = 'CMD-SHELL';
    },
  ],
  [
    'another user',
    'gateway.user',
    (_, { gateway }) => {
      gateway.user = '10001';
    },
  ],
  [
    'the user of the image',
    'gateway.user',
    (_, { gateway }) => {
      delete gateway.user;
    },
  ],
  [
    'a root that can be written',
    'gateway.readOnlyRoot',
    (_, { gateway }) => {
      delete gateway.read_only;
    },
  ],
  [
    'a further capability',
    'gateway.capabilities',
    (_, { gateway }) => {
      gateway.cap_add = ['SYS_ADMIN'];
    },
  ],
  [
    'capabilities that stay',
    'gateway.capDrop',
    (_, { gateway }) => {
      delete gateway.cap_drop;
    },
  ],
  [
    'new privileges',
    'gateway.gainsPrivileges',
    (_, { gateway }) => {
      delete gateway.security_opt;
    },
  ],
  [
    'another security option',
    'gateway.securityOptions',
    (_, { gateway }) => {
      gateway.security_opt.push('seccomp:unconfined');
    },
  ],
  [
    'no init process',
    'gateway.init',
    (_, { gateway }) => {
      delete gateway.init;
    },
  ],
  [
    'another restart policy',
    'gateway.restart',
    (_, { gateway }) => {
      gateway.restart = 'no';
    },
  ],
  [
    'another grace period',
    'gateway.stopGraceSeconds',
    (_, { gateway }) => {
      delete gateway.stop_grace_period;
    },
  ],
  [
    'logs without rotation',
    'gateway.logRotation',
    (_, { gateway }) => {
      delete gateway.logging.options['max-size'];
    },
  ],
  [
    'a network that opens the internet',
    'reach seed -> internet: not promised',
    (_, { seed }) => {
      delete seed.network_mode;
    },
  ],
  [
    'a lost wall',
    'agent -> ollama',
    (_, { agent }) => {
      agent.networks.push('online');
    },
  ],
  [
    'a lost network',
    'reach agent -> gateway:8811/tcp: lost',
    (_, { agent }) => {
      agent.networks.pop();
    },
  ],
  [
    'a lost name of the host',
    'reach agent -> host host.docker.internal: lost',
    (_, { agent }) => {
      delete agent.extra_hosts;
    },
  ],
  [
    'a name of another host',
    'agent.extraHosts',
    (_, { agent }) => {
      agent.extra_hosts = ['host.docker.internal:10.0.0.1'];
    },
  ],
  [
    'a host at the gateway',
    'reach agent -> host at the gateway of tools: not promised',
    (document) => {
      delete document.networks.tools.driver_opts;
    },
  ],
  [
    'a lost service',
    'seed: missing',
    (_, services) => {
      delete services.seed;
    },
  ],
  [
    'a further service',
    'extra: not promised',
    (_, services) => {
      services.extra = services.seed;
    },
  ],
];

describe('parity of the compose file', () => {
  test('the compose file of the fixture matches the plan', () => {
    expect(problemsOf(files)).toEqual([]);
  });

  test.each(MUTATIONS)('notices %s', (_, expected, mutate) => {
    expect(problemsAfter(mutate).some((problem) => problem.includes(expected))).toBe(true);
  });

  test('notices an inner network that is opened', () => {
    const plan = aPlan({
      services: [aService({ attachments: [{ network: 'inner', aliases: [] }] })],
      networks: [{ path: 'box/inner', name: 'inner', description: 'Inside.', egress: 'none', members: ['web'] }],
    });
    const [main] = renderCompose(plan).files;
    const opened = { ...main, content: main.content.replace('internal: true', 'internal: false') };
    expect(parityProblems(plan, planFacts(plan, 'workstation'), composeFacts([main], plan), [])).toEqual([]);
    expect(parityProblems(plan, planFacts(plan, 'workstation'), composeFacts([opened], plan), [])).toEqual([
      'unreported: reach web -> internet: not promised',
    ]);
  });

  test('notices another text in a configuration file', () => {
    const changed = files.map((file) =>
      file.path.endsWith('.toml') ? { ...file, content: `${file.content}\n` } : file,
    );
    expect(problemsOf(changed)).toEqual([expect.stringContaining('agent.mounts')]);
  });

  test('notices a key that the env example lost', () => {
    const changed = files.map((file) =>
      file.path.endsWith('.example') ? { ...file, content: file.content.replace('ADMIN_TOKEN=\n', '') } : file,
    );
    expect(problemsOf(changed)).toContainEqual(expect.stringContaining('gateway.secrets'));
  });

  test('notices a report entry without a difference', () => {
    const groundless = [
      ...fidelity,
      { ...fidelity[0], path: 'box/seed', fact: FACT_WORDS.user, verdict: 'left-out' as const },
    ];
    expect(parityProblems(FIXTURE_PLAN, PROMISED, composeFacts(files, FIXTURE_PLAN), groundless)).toEqual([
      'reported without a difference: box/seed: user',
    ]);
  });

  test('notices a difference missing from the report', () => {
    const silent = fidelity.filter((entry) => entry.fact !== FACT_WORDS.cpuRequestMillis);
    expect(parityProblems(FIXTURE_PLAN, PROMISED, composeFacts(files, FIXTURE_PLAN), silent)).toEqual([
      expect.stringContaining('agent.cpuRequestMillis'),
    ]);
  });

  test.each<[string, Mutation, string]>([
    [
      'a variable that Compose would look up',
      (_, { agent }) => {
        agent.command = ['${USER}'];
      },
      'would look for a variable',
    ],
    [
      'a bind that makes the folder of the host',
      (_, { gateway }) => {
        delete gateway.volumes[1].bind;
      },
      'something that exists',
    ],
  ])('fails on %s', (_, mutate, message) => {
    expect(() => problemsAfter(mutate)).toThrow(message);
  });

  test('a mutation stands for every fact that Compose can state', () => {
    const broken = new Set(MUTATIONS.map(([, expected]) => expected.split(/[.:]/)[1]));
    const unstated = ['lifecycle', 'cpuRequestMillis', 'ephemeralStorageMegabytes'];
    expect(Object.keys(FACT_WORDS).filter((fact) => !broken.has(fact))).toEqual(unstated);
  });
});
