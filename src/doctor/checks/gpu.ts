import { AcceleratorPlan } from '../../plan/plan';
import { Examination, Examiner, Result } from '../examination';
import { workstationServices } from '../facts';

const QUERY = ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader'];
const MOST_CARDS = 8;

/** Checks that the machine has the requested accelerators. */
export const gpu: Examiner = {
  async examine(examination) {
    const asking = workstationServices(examination.props.plan).flatMap(({ name, accelerator }) =>
      accelerator?.vendor === 'nvidia' ? [{ name, accelerator }] : [],
    );
    return asking.length === 0 ? [] : look(examination, asking);
  },
};

async function look(
  { props: { run } }: Examination,
  asking: readonly { readonly name: string; readonly accelerator: AcceleratorPlan }[],
): Promise<Result[]> {
  const answer = await run('nvidia-smi', QUERY);
  return asking.map(({ name, accelerator }): Result => {
    const facts = { subject: name, expected: wish(accelerator) };
    if (answer.kind === 'none') {
      return {
        ...facts,
        status: 'failure',
        found: answer.reason,
        fix: 'Install the NVIDIA driver, or remove the accelerator from the service in the model.',
      };
    }
    const cards =
      answer.code === 0
        ? answer.out
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== '')
        : [];
    const least = accelerator.count === 'all' ? 1 : accelerator.count;
    const found = cards.length === 0 ? 'nvidia-smi shows no GPU' : cards.slice(0, MOST_CARDS).join('; ');
    return cards.length >= least
      ? { ...facts, status: 'ok', found }
      : { ...facts, status: 'failure', found, fix: 'Fix the driver, or reduce the number in the model.' };
  });
}

function wish({ vendor, count }: AcceleratorPlan): string {
  return `${count === 'all' ? 'every GPU, at least one' : `${count} GPU${count === 1 ? '' : 's'}`} of ${vendor}`;
}
