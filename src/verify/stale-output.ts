import { resolve } from 'node:path';
import { ProjectFile } from '../app/project-file';
import { checkOutput } from '../assembly/check-output';
import { SynthDocument } from '../assembly/document';
import { hasErrors } from '../model/rule-facts';

/** Pages change with every record, and checks do not use them. */
const PAGES = 'docs/';
/** Contains digests of the pages. */
const MANIFEST = 'manifest.json';

/** Describes how generated files that checks use differ from the model; undefined if they match. */
export function generatedDrift(
  { root, outdir }: ProjectFile,
  { files, source, kept }: SynthDocument,
): string | undefined {
  const { drift, findings } = checkOutput(resolve(root, outdir), files, { source, label: outdir, kept });
  const paths = drift.map(({ path }) => path).filter((path) => !path.startsWith(PAGES) && path !== MANIFEST);
  if (paths.length > 0) {
    return paths.map((path) => `${outdir}/${path}`).join(', ');
  }
  return hasErrors(findings) ? outdir : undefined;
}
