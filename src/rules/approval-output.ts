import { Rule } from './rule';
import { approvedFiles, differingFiles } from '../plan/approved-files';

export const approvalOutput: Rule = {
  id: 'approval-output',
  severity: 'error',
  title: 'Productive files are byte for byte the approved ones',
  fix: 'Run "npx toolbox-constructs approve" again, or revert the change.',
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
          message: `Approved by ${JSON.stringify(approval.by)}, but these files differ from the approved ones: ${
            wrong.join(', ')}.`,
        },
      ]
      : [];
  },
};
