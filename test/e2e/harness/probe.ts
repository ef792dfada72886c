import { must } from './process';

/** An address to be tried. */
export interface Target {
  readonly address: string;
  readonly port: number;
}

const SECONDS = 2;

/** Tries all targets at once from bash, and prints the number of each one that accepts a connection. */
const SCRIPT = `
n=0
for target in "$@"; do
  (timeout ${SECONDS} bash -c 'exec 3<> "/dev/tcp/\${0%%,*}/\${0##*,}"' "$target" 2> /dev/null && echo "$n") &
  n=$((n + 1))
done
wait
`;

/** The same for images without bash. */
const NODE_SCRIPT = `
const { connect } = require("node:net");
process.argv.slice(1).forEach((target, n) => {
  const [host, port] = target.split(",");
  const socket = connect({ host, port: Number(port), timeout: ${SECONDS * 1000} });
  socket.on("connect", () => { console.log(n); socket.destroy(); });
  socket.on("timeout", () => socket.destroy()).on("error", () => undefined);
});
`;

/** The command that tries targets inside a container, and prints the index of each that accepts. */
export function probeCommand(targets: readonly Target[], withNode: boolean): string[] {
  const words = targets.map(({ address, port }) => `${address},${port}`);
  return withNode ? ['node', '--eval', NODE_SCRIPT, '--', ...words] : ['bash', '-c', SCRIPT, 'bash', ...words];
}

/** Which targets accept a connection from inside a running container, by its own programs and as its own user. */
export async function accepted(container: string, targets: readonly Target[], withNode: boolean): Promise<Set<Target>> {
  return indices(
    targets,
    await must('docker', ['exec', container, ...probeCommand(targets, withNode)], { timeout: 60 }),
  );
}

export function indices(targets: readonly Target[], printed: string): Set<Target> {
  return new Set(printed.split('\n').filter((line) => /^\d+$/.test(line)).map((line) => targets[Number(line)]!));
}
