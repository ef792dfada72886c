import { isNamedSecret } from '../../util/named-secret';
import { secretInValue } from '../../util/secrets';
import { Environment, variablesIn } from '../compose/interpolate';
import { parseTemplate, Variable } from '../compose/template';
import { withDefaults } from '../compose/with-defaults';
import { Source } from '../source';

/** Would be a secret under any name that says so. */
const ANY_SECRET = 'x7Gq2Lm9Zt4Rw8Pv';

/**
 * Variables that hold secrets, and stand in variables of containers only. Those that are part of other texts, a command
 * for example, have to be parameters.
 */
export function keptVariables(document: Source, environment: Environment): Set<string> {
  const kept = new Set<string>();
  const others = new Set<string>();
  const valued = new Set<string>();
  const visit = (source: Source): void => {
    const { path: [section, , key], text } = source;
    if (section === 'services' && key === 'environment' && source.path.length === 4) {
      const parts = text === undefined ? [{ name: source.key }] : parseTemplate(text) ?? [];
      const variables = parts.filter((part): part is Variable => typeof part !== 'string');
      for (const one of variables) {
        const isAlone = parts.length === 1 && isSecretName(source.key);
        const isSecret =
          isAlone || isSecretName(one.name) || secretInValue(one.name, withDefaults(one.operand ?? '')) !== undefined;
        // Compose does not start without a secret, so one that may be empty is a parameter
        const hasValue = withDefaults(one.operand ?? '') !== '' || (environment.get(one.name) ?? '') !== '';
        if (hasValue) {
          valued.add(one.name);
        }
        (isSecret && !one.operator?.endsWith('+') ? kept : others).add(one.name);
      }
      return;
    }
    variablesIn(text ?? '').forEach(({ name }) => others.add(name));
    source.entries.forEach(([, one]) => visit(one));
    source.items.forEach(visit);
  };
  visit(document);
  return new Set([...kept].filter((variable) => valued.has(variable) && !others.has(variable)));
}

function isSecretName(name: string): boolean {
  return isNamedSecret(name, ANY_SECRET);
}
