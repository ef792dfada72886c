import { resolve } from 'node:path';
import { ProjectFile } from '../app/project-file';
import { checkOutput } from '../assembly/check-output';
import { SynthDocument } from '../assembly/document';
import { hasErrors } from '../model/rule-facts';

/** The pages tell what was verified, so they change with every record; nobody runs them. */
const PAGES = 'docs/';
/** Holds the digests of the pages as well. */
const MANIFEST = 'manifest.json';

/** How the generated files that a check may use differ from the model, in a few words; undefined when they do not. */
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
