// Sizes and start times of the images that are built here. They must be there: docker compose --profile mcp build
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Plan } from '../src/plan/plan';

const ROUNDS = Number(process.argv[2] ?? 5);
const ROOT = join(__dirname, '..');
const CONFINED = [
  'run',
  '--rm',
  '--network',
  'none',
  '--read-only',
  '--cap-drop',
  'ALL',
  '--security-opt',
  'no-new-privileges',
];

/** What each image may have at most, in megabytes, and a command that shows that it has started. */
const IMAGES = [
  { service: 'codex-cli', most: 330, starts: ['--init', '--tmpfs', '/tmp'], command: ['codex', '--version'] },
  { service: 'mcp-gateway', most: 200, starts: ['--init'], command: ['--version'] },
];

function main(): void {
  const { services } = JSON.parse(
    execFileSync('node', ['bin/toolbox', 'plan'], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  ) as Plan;
  for (const { service, most, starts, command } of IMAGES) {
    const image = services.find(({ name }) => name === service)?.image;
    const reference = `${image?.repository}:${image?.tag}`;
    const megabytes =
      Number(execFileSync('docker', ['image', 'inspect', '--format', '{{.Size}}', reference], { encoding: 'utf8' })) /
      1e6;
    const times = Array.from({ length: ROUNDS }, () => secondsOf([...CONFINED, ...starts, reference, ...command])).sort(
      (a, b) => a - b,
    );
    const bare = Array.from({ length: ROUNDS }, () =>
      secondsOf([...CONFINED, '--entrypoint', 'node', reference, '--version']),
    ).sort((a, b) => a - b);
    console.log(
      `${service.padEnd(12)} ${megabytes.toFixed(0)} MB of at most ${most}; ${command.join(' ')} in a new container ${middle(times)} s, node --version ${middle(bare)} s`,
    );
    process.exitCode = megabytes > most ? 1 : process.exitCode;
  }
}

function secondsOf(args: readonly string[]): number {
  const begin = process.hrtime.bigint();
  const { status, stderr } = spawnSync('docker', args, { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`docker ${args.join(' ')} ended with ${status}: ${stderr}`);
  }
  return Number(process.hrtime.bigint() - begin) / 1e9;
}

function middle(sorted: readonly number[]): string {
  return (sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(2);
}

main();
