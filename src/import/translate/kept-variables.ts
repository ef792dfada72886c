import { isNamedSecret } from '../../util/named-secret';
import { variablesIn } from '../compose/interpolate';
import { parseTemplate } from '../compose/template';
import { Source } from '../source';

/** Would be a secret under any name that says so. */
const ANY_SECRET = 'x7Gq2Lm9Zt4Rw8Pv';

/**
 * Variables that hold secrets, and stand alone in variables of containers wherever they are used. Those that are part
 * of other texts, a command for example, have to be parameters.
 */
export function keptVariables(document: Source): Set<string> {
  const kept = new Set<string>();
  const others = new Set<string>();
  const visit = (source: Source): void => {
    const { path: [section, , key], text } = source;
    const isVariable = section === 'services' && key === 'environment' && source.path.length === 4;
    if (isVariable) {
      const variable = aloneIn(text, source.key);
      if (variable !== undefined) {
        const isSecret = isSecretName(variable) || isSecretName(source.key);
        (isSecret && variable === source.key ? kept : others).add(variable);
        return;
      }
    }
    variablesIn(text ?? '').forEach(({ name }) => others.add(name));
    source.entries.forEach(([, one]) => visit(one));
    source.items.forEach(visit);
  };
  visit(document);
  return new Set([...kept].filter((variable) => !others.has(variable)));
}

/** The variable whose value is all of a text; without a text, the one of the same name. */
function aloneIn(text: string | undefined, key: string): string | undefined {
  if (text === undefined) {
    return key;
  }
  const parts = parseTemplate(text) ?? [];
  const [part] = parts;
  const isAlone = parts.length === 1 && typeof part === 'object' && !part.operator?.endsWith('+')
    && variablesIn(part.operand ?? '').length === 0;
  return isAlone ? part.name : undefined;
}

function isSecretName(name: string): boolean {
  return isNamedSecret(name, ANY_SECRET);
}
