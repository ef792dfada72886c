import { RenderContext } from './context';
import { configPath } from './paths';
import { endpointText } from '../../plan/endpoint-text';
import { OutputFile } from '../../plan/output-file';
import { ContentPlan, FilePlan, Plan } from '../../plan/plan';
import { provenanceSentence } from '../../plan/provenance';
import { COMPOSE_FOLDER } from '../layout';

/** The configuration files that services mount, as they read on a workstation. */
export function configFiles({ plan, services }: RenderContext): OutputFile[] {
  return [...services.values()].flatMap(service => service.mounts.flatMap((mount): OutputFile[] => (mount.kind === 'file'
    ? [{ path: `${COMPOSE_FOLDER}/${configPath(plan, service, mount.file)}`, content: fileText(plan, mount.file) }]
    : [])));
}

function fileText(plan: Plan, file: FilePlan): string {
  return file.content.map(piece => pieceText(plan, file, piece)).join('');
}

function pieceText(plan: Plan, file: FilePlan, piece: ContentPlan): string {
  switch (piece.kind) {
    case 'text': return piece.text;
    case 'provenance': return provenanceSentence(plan);
    case 'endpoint': {
      const text = endpointText(plan, piece.endpoint, 'workstation');
      if (text === undefined) {
        throw new Error(`${file.constructPath}: it names the host service ${JSON.stringify(piece.endpoint.name)}, which the plan does not have.`);
      }
      return text;
    }
  }
}
