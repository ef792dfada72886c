import { HealthCheckPlan } from './plan';
import { HealthCheck, HealthCheckSpec } from '../model/health-check';

type Probe = HealthCheckPlan['probe'];

/** A check that runs in the container needs a program there: the first one of the image that can do it. */
export function resolveHealthCheck(check: HealthCheck, tools: readonly string[]): HealthCheckPlan {
  return {
    probe: resolveProbe(check._spec, tools, check.timeout.toSeconds()),
    intervalSeconds: check.interval.toSeconds(),
    timeoutSeconds: check.timeout.toSeconds(),
    retries: check.retries,
    startPeriodSeconds: check.startPeriod.toSeconds(),
  };
}

function resolveProbe(spec: HealthCheckSpec, tools: readonly string[], timeout: number): Probe {
  switch (spec.kind) {
    case 'command':
      return { kind: 'command', command: spec.command, tool: spec.command[0] ?? '' };
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
