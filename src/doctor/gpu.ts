import { Examination, Examiner, Result } from './examination';
import { AcceleratorPlan, ServicePlan } from '../plan/plan';

const QUERY = ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader'];

/** Whether the machine has the accelerators that services of a workstation ask for. */
export const gpu: Examiner = {
  async examine(examination) {
    const asking = examination.plan.services.filter(({ accelerator, places }) => accelerator !== undefined && places.includes('workstation'));
    return asking.length === 0 ? [] : look(examination, asking);
  },
};

async function look({ run }: Examination, asking: readonly ServicePlan[]): Promise<Result[]> {
  const answer = await run('nvidia-smi', ...QUERY);
  return asking.map(({ name, accelerator }): Result => {
    const facts = { subject: name, asked: wish(accelerator!) };
    if (answer.kind === 'none') {
      const mend = 'Install the driver of NVIDIA, or take the accelerator from the service in the model.';
      return { ...facts, status: 'wrong', found: answer.reason, mend };
    }
    const cards = answer.code === 0 ? answer.out.split('\n').map((line) => line.trim()).filter((line) => line !== '') : [];
    const least = accelerator!.count === 'all' ? 1 : accelerator!.count;
    const found = cards.length === 0 ? 'nvidia-smi shows no GPU' : cards.slice(0, 8).join('; ');
    return cards.length >= least
      ? { ...facts, status: 'ok', found }
      : { ...facts, status: 'wrong', found, mend: 'Mend the driver, or ask for fewer in the model.' };
  });
}

function wish({ vendor, count }: AcceleratorPlan): string {
  return `${count === 'all' ? 'every GPU, at least one' : `${count} GPU${count === 1 ? '' : 's'}`} of ${vendor}`;
}
