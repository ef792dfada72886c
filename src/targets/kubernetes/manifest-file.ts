import { OutputFile } from '../../plan/output-file';
import { Plan } from '../../plan/plan';
import { provenanceSentence } from '../../plan/provenance';
import { hashComment } from '../hash-comment';
import { kubernetesFolder } from '../layout';
import { YamlValue, yamlText } from '../yaml-text';
import { inReadingOrder } from './key-order';

const DRAFT = 'Draft: the architecture is not approved yet; this is not for productive use.';

/** A Kubernetes object as plain data. */
export type Manifest = { readonly [key: string]: YamlValue };

/** A file of one or more objects. */
export function manifestFile(plan: Plan, path: string, manifests: readonly Manifest[]): OutputFile {
  const documents = manifests.map((manifest) => yamlText(inReadingOrder(manifest)));
  return { path: `${kubernetesFolder(plan)}/${path}`, content: header(plan) + documents.join('---\n') };
}

function header(plan: Plan): string {
  const draft = plan.stage === 'draft' ? [DRAFT] : [];
  return [provenanceSentence(plan), ...draft].map((line) => `${hashComment(line)}\n`).join('');
}
