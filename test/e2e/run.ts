// End to end on a real engine: the generated files, the built images, a codex that works, and nothing that reaches what
// it must not. `npx projen e2e [GROUP | GROUP/TEXT]...` runs these groups only, or those of their checks whose title
// contains TEXT.
import { changes } from './checks/changes';
import { clones } from './checks/clones';
import { confinement } from './checks/confinement';
import { failures } from './checks/failures';
import { isolation } from './checks/isolation';
import { life } from './checks/life';
import { outside } from './checks/outside';
import { relay, relayRate } from './checks/relay';
import { comesUp, goesAway, isUsed } from './checks/runs';
import { sessions } from './checks/sessions';
import { Checks } from './harness/checks';
import { Garvis } from './harness/garvis';
import { provideImages } from './harness/images';
import { ScriptedOllama } from './harness/scripted-ollama';
import { renderCompose } from '../../src/targets/compose';

const OLLAMA_PORT = 11434;

async function main(): Promise<number> {
  const checks = new Checks(process.argv.slice(2).filter((word) => word !== '--'));
  const garvis = await Garvis.synthesised();
  const ollama = await ScriptedOllama.start('gpt-oss:20b', OLLAMA_PORT);
  const cleanUp = async (): Promise<void> => {
    await ollama.close();
    await garvis.down().catch((error: Error) => checks.note(error.message));
    garvis.remove();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void cleanUp().finally(() => process.exit(1)));
  }
  try {
    const plan = await garvis.plan();
    if (ollama.port !== OLLAMA_PORT) {
      checks.note(`Port ${OLLAMA_PORT} of this machine is taken, so the relay uses port ${ollama.port}.`);
      garvis.askHostAt(ollama.port);
    }
    await provideImages(plan, (text) => checks.note(text));
    const { fidelity } = renderCompose(plan);
    await checks.setUp('The stack comes up', () => comesUp(checks, garvis, plan));
    await checks.section('isolation', 'Who reaches whom', () => isolation(checks, garvis, plan, fidelity, ollama.port));
    await checks.section('confinement', 'What a container may do', () => confinement(checks, garvis, plan));
    await checks.section('use', 'A person uses it', () => isUsed(checks, garvis, ollama));
    await checks.section('sessions', 'A person in a terminal', () => sessions(checks, garvis, ollama));
    await checks.section('relay', 'The relay to the host', () => relay(checks, garvis, ollama));
    await checks.section('changes', 'A changed model is put in force', () => changes(checks, garvis, ollama));
    await checks.section('failures', 'Failures end with a message, and in a clean state', () =>
      failures(checks, garvis, ollama),
    );
    await checks.section('rate', 'The relay limits the rate', () => relayRate(checks, garvis));
    await checks.section('outside', 'Access from outside, through the reverse proxy', () => outside(checks));
    await checks.section('down', 'It goes away', () => goesAway(checks, garvis));
    await checks.section('clones', 'Two checkouts, and several people at once', () => clones(checks, ollama));
    await checks.section('life', 'Draft, proof, approval, approved files, change, draft again', () =>
      life(checks, ollama),
    );
  } catch (error) {
    checks.broke(error);
  } finally {
    await cleanUp();
  }
  return checks.finish();
}

void main().then((code) => { process.exitCode = code; });
