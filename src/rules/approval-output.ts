import { Rule } from './rule';
import { approvedFiles, differingFiles } from '../plan/approved-files';

export const approvalOutput: Rule = {
  id: 'approval-output',
  severity: 'error',
  title: 'What is written as approved is what was approved, byte for byte',
  fix: 'Run "npx toolbox-constructs approve" for what it is now, or take the change back.',
  waivable: false,
  facets: ['gate'],
  judges: 'output',
  check: ({ plan: { name, stage, gate: { approval } }, files }) => {
    if (stage !== 'approved' || approval === undefined) { return []; }
    const wrong = differingFiles(approvedFiles(files), approval.files);
    return wrong.length > 0
      ? [
        {
          path: name,
          message: `Approved by ${JSON.stringify(approval.by)}, but these files are not what was approved: ${wrong.join(', ')}.`,
        },
      ]
      : [];
  },
};
