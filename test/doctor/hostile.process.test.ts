import { join } from 'node:path';
import { AGENT, anExamination, aPath, aPin, harmless } from './support';
import { examine, Examination, NamedResult, runProgram } from '../../src/doctor';
import { Plan } from '../../src/plan/plan';
import { removeFolders } from '../cli/support';
import { aService } from '../plan/plan-builder';

afterAll(removeFolders);

const PLAN: Partial<Plan> = {
  services: [aService({ name: 'codex-cli', client: AGENT, accelerator: { vendor: 'nvidia', count: 1 } })],
  pins: [aPin('docker-engine', '28.4.0'), aPin('codex-cli', '0.42.0', { runsOn: ['host'] })],
};

/** Lets checks look at a machine whose every program is this script. */
async function look(names: readonly string[], script: string): Promise<Record<string, NamedResult>> {
  const folder = aPath({ 'docker': script, 'nvidia-smi': script, 'codex': script });
  const { props } = anExamination(PLAN);
  const run: Examination['props']['run'] = (program, words, options) =>
    runProgram(join(folder, program), words, { ...options, seconds: 60 });
  return harmless(await examine(names, new Examination({ ...props, run }), true));
}

describe('a program that prints', () => {
  test.each([
    ['orders to the terminal', 'printf \'{"Server":{"Version":"28.4.0\\\\u001b[2J\\\\u202e"}}\''],
    ['raw orders to the terminal', "printf '\\033[2J\\007' >&2; exit 1"],
    ['without an end', 'while :; do printf "%65536s" x; done'],
    ['bytes that are not text', "printf '\\377\\376\\000'"],
    ['deep nesting', 'printf "%100000s" | { IFS=; read -r s; printf "%s" "$s"; }; printf "[[[[[["'],
    ['a prototype', 'echo \'{"__proto__":{"Version":"28.4.0"},"Server":{"__proto__":{"Version":"28.4.0"}}}\''],
    ['nothing, killed by a signal', 'kill -9 $$'],
    ['nothing', ':'],
  ])(
    '%s does no harm',
    async (_, script) => {
      const results = await look(['engine', 'compose', 'codex', 'gpu'], script);
      expect(results.engine.status).toMatch(/failure|warning/);
      expect(results.compose.status).toBe('failure');
      expect(results.codex.status).toBe('failure');
      expect(results.gpu.status).toMatch(/failure|ok/);
    },
    120_000,
  );
});
