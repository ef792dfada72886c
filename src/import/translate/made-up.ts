import { idOf } from './names';
import { secretInSettings } from '../../util/secrets';
import { Environment, interpolate } from '../compose/interpolate';
import { parseTemplate, Variable } from '../compose/template';
import { Source } from '../source';

/**
 * Defaults for variables that have none where Compose takes no empty text: in ports, names of containers and folders of
 * the host. A model without them could not be judged.
 */
export function madeUpDefaults(document: Source, environment: Environment): Map<string, string> {
  const made = new Map<string, string>();
  const give = (text: string | undefined, fallback: (variable: string) => string): void => {
    const parts = parseTemplate(text ?? '') ?? [];
    for (const { name, operator } of parts.filter((part): part is Variable => typeof part !== 'string')) {
      if (operator === undefined && (environment.get(name) ?? '') === '' && !made.has(name)) {
        made.set(name, fallback(name));
      }
    }
  };
  for (const [, service] of document.get('services')?.entries ?? []) {
    for (const port of service.get('ports')?.items ?? []) {
      const target = port.get('target')?.text ?? '';
      const number = /^\d+$/.test(target) ? target : '8080';
      give(target, () => number);
      give(port.get('published')?.text, () => number);
    }
    give(service.get('container_name')?.text, idOf);
    for (const mount of service.get('volumes')?.items ?? []) {
      const source = mount.get('source')?.text ?? '';
      if (typeof parseTemplate(source)?.[0] === 'object') {
        give(source, (variable) => `/srv/${idOf(variable)}`);
      }
    }
    // an empty password lets the next word of a command pass for one
    for (const words of [service.get('command'), service.get('healthcheck')?.get('test')]) {
      const line = textsOf(words).join(' ');
      if (secretInSettings(interpolate(line, environment)) !== undefined) {
        give(line, () => 'xxxx');
      }
    }
  }
  return made;
}

function textsOf(words: Source | undefined): string[] {
  return words?.items.flatMap(({ text }) => text ?? []) ?? [];
}
