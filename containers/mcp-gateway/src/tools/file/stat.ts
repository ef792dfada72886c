import { z } from 'zod';
import { pathArgument } from '../arguments';
import { FileOperation } from './define';

const input = z.strictObject({ path: pathArgument('File or folder, relative to the workspace.') });

export const stat: FileOperation<typeof input> = {
  title: 'File facts',
  description: 'Returns kind, size in bytes, times and mode of a file or folder of the workspace, as JSON.',
  input,
  opens: 'either',
  run: async ({ path }, kit) => {
    const facts = await kit.environment.workspace.stat(path, kit);
    const entry = {
      kind: facts.kind,
      ...(facts.kind === 'file' ? { size: facts.size } : {}),
      modified: facts.modified.toISOString(),
      created: facts.created.toISOString(),
      mode: facts.mode.toString(8).padStart(4, '0'),
    };
    return { content: [{ type: 'text', text: JSON.stringify(entry) }] };
  },
};
