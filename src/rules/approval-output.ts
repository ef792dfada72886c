import { Rule } from './rule';
import { sha256 } from '../model/private/fingerprint';

export const approvalOutput: Rule = {
  id: 'approval-output',
  severity: 'error',
  title: 'What is written as approved is what was approved, byte for byte',
  mend: 'Run "npx toolbox approve" for what it is now, or take the change back.',
  waivable: false,
  check: ({ plan, files }) => {
    const approved = new Map(plan.gate.approval?.files.map(({ path, digest }) => [path, digest]));
    const differs = (path: string, content: string) => approved.get(path) !== sha256(content);
    const rendered = new Map(files.filter(({ path }) => !path.startsWith('docs/')).map(({ path, content }) => [path, content]));
    const wrong = [
      ...[...rendered].filter(([path, content]) => differs(path, content)).map(([path]) => path),
      ...[...approved.keys()].filter((path) => !rendered.has(path)),
    ];
    return plan.stage === 'approved' && wrong.length > 0
      ? [{ path: plan.name, message: `Approved by ${JSON.stringify(plan.gate.approval?.by)}, but these files are not what was approved: ${wrong.sort().join(', ')}.` }] : [];
  },
};
