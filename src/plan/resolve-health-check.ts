import { HealthCheckPlan, ImagePlan } from './plan';
import { ImageSurroundings, KnownFacts, knownFacts } from './resolve-image';
import { HealthCheck, HealthCheckSpec } from '../model/health-check';

type Probe = HealthCheckPlan['probe'];

/** What an engine takes for times that an image does not state, in seconds. */
const ENGINE_TIMES = { intervalSeconds: 30, timeoutSeconds: 30, retries: 3, startPeriodSeconds: 0 };

/**
 * Resolves a health check. One that runs in the container takes the first health tool of the image that can do it.
 *
 * @returns nothing for a service without a check
 */
export function resolveHealthCheck(
  check: HealthCheck,
  image: ImagePlan,
  surroundings: ImageSurroundings,
): HealthCheckPlan | undefined {
  const { _spec: spec } = check;
  if (spec.kind === 'none') {
    return undefined;
  }
  if (spec.kind === 'image') {
    return ofImage(knownFacts(image, surroundings).healthCheck);
  }
  return {
    probe: resolveProbe(spec, image.facts.healthTools, check.timeout.toSeconds()),
    intervalSeconds: check.interval.toSeconds(),
    timeoutSeconds: check.timeout.toSeconds(),
    retries: check.retries,
    startPeriodSeconds: check.startPeriod.toSeconds(),
    startIntervalSeconds: check.startInterval?.toSeconds(),
  };
}

/** The HEALTHCHECK of an image; its command is empty if it has none, undefined if that is unknown. */
function ofImage(known: KnownFacts['healthCheck']): HealthCheckPlan {
  if (known === undefined || known === false) {
    return { probe: { kind: 'image', command: known === false ? [] : undefined }, ...ENGINE_TIMES };
  }
  const [form, ...words] = known.test;
  const command = form === 'CMD-SHELL' ? shellCommand(words.join(' ')) : form === 'NONE' ? [] : words;
  return {
    probe: { kind: 'image', command },
    intervalSeconds: known.interval ?? ENGINE_TIMES.intervalSeconds,
    timeoutSeconds: known.timeout ?? ENGINE_TIMES.timeoutSeconds,
    retries: known.retries ?? ENGINE_TIMES.retries,
    startPeriodSeconds: known.startPeriod ?? ENGINE_TIMES.startPeriodSeconds,
  };
}

function shellCommand(line: string): string[] {
  return ['/bin/sh', '-c', line];
}

type ProbeSpec = Exclude<HealthCheckSpec, { readonly kind: 'none' } | { readonly kind: 'image' }>;

function resolveProbe(spec: ProbeSpec, tools: readonly string[], timeout: number): Probe {
  switch (spec.kind) {
    case 'command':
      return { kind: 'command', command: spec.command, tool: spec.command[0] ?? '' };
    case 'shell':
      return { kind: 'command', command: shellCommand(spec.command), tool: '/bin/sh', shell: spec.command };
    case 'http': {
      const command =
        spec.command ?? firstOf(tools, httpCommands(`http://127.0.0.1:${spec.port}${spec.path}`, timeout));
      return { kind: 'http', port: spec.port, path: spec.path, command, tool: command[0] ?? '' };
    }
    case 'tcp': {
      const command = firstOf(tools, tcpCommands(spec.port));
      return { kind: 'tcp', port: spec.port, command, tool: command[0] ?? '' };
    }
  }
}

function httpCommands(url: string, timeout: number): string[][] {
  return [
    ['curl', '--fail', '--silent', '--show-error', '--max-time', String(timeout), '--output', '/dev/null', url],
    ['wget', '--quiet', '--timeout', String(timeout), '--output-document', '/dev/null', url],
    [
      'node',
      '--eval',
      `fetch(${JSON.stringify(url)}).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))`,
    ],
  ];
}

function tcpCommands(port: number): string[][] {
  return [
    ['nc', '-z', '127.0.0.1', String(port)],
    ['bash', '-c', `exec 3<>/dev/tcp/127.0.0.1/${port}`],
    [
      'node',
      '--eval',
      `require("net").connect(${port}, "127.0.0.1")` +
        '.on("connect", () => process.exit(0)).on("error", () => process.exit(1))',
    ],
  ];
}

/** Returns an empty command when the image has none of the programs: a rule reports it. */
function firstOf(tools: readonly string[], commands: string[][]): string[] {
  return commands.find(([tool]) => tools.includes(tool)) ?? [];
}
