import { Draft } from './draft';
import { ADDRESS, ServiceIndex } from './services';
import { parseTemplate, Part } from '../compose/template';
import { call, Entry, Expression, name, options, value } from '../expression';
import { Outcome } from '../ledger';
import { Source } from '../source';

/** `environment`: secrets by the names of their keys, addresses of other services, and plain texts. */
export function environmentOf(service: Source, draft: Draft, services: ServiceIndex): Expression | undefined {
  const entries = service.get('environment')?.entries ?? [];
  const made = entries.map(([variable, one]): Entry => ({
    key: variable,
    value: variableOf(variable, one, service, draft, services),
    comment: draft.commentOf(one),
  }));
  return made.length === 0 ? undefined : { kind: 'object', entries: made };
}

function variableOf(variable: string, one: Source, service: Source, draft: Draft, services: ServiceIndex): Expression {
  const text = one.text;
  if (text === undefined) {
    one.use(`${variable} of .env.local`, Outcome.SAID, `Set ${variable} in .env.local.`);
    return draft.isKept(variable)
      ? call('EnvironmentValue', 'secret', draft.secret(variable, one.place))
      : call('EnvironmentValue', 'literal', draft.text(`\${${variable}}`, one.place));
  }
  const parts = parseTemplate(text) ?? [text];
  const key = secretKey(variable, parts, service, draft);
  if (key !== undefined) {
    one.use(`key ${key.name} of .env.local`, Outcome.SAID, key.value === undefined
      ? `Set ${key.name} in .env.local.`
      : 'The value is in .env.local, which is not committed. Change it before others can use it.');
    return call('EnvironmentValue', 'secret', draft.secret(key.name, one.place, key.value));
  }
  const endpoint = endpointOf(text, service, services);
  if (endpoint !== undefined) {
    one.use('address of a service', Outcome.SAID);
    return call('EnvironmentValue', 'endpoint', endpoint);
  }
  one.use(`EnvironmentValue.literal${parts.some((part) => typeof part !== 'string') ? ' with parameters' : ''}`);
  return call('EnvironmentValue', 'literal', draft.text(text, one.place));
}

/** The key that holds a secret, and its value if the compose file has it in clear. */
function secretKey(
  variable: string,
  parts: readonly Part[],
  service: Source,
  draft: Draft,
): { readonly name: string; readonly value?: string } | undefined {
  const [part] = parts;
  if (parts.length !== 1) {
    return undefined;
  }
  if (typeof part === 'string') {
    return draft.isSecret(variable, part)
      ? { name: draft.secretKey(variable, service.key, part), value: part }
      : undefined;
  }
  return draft.isKept(part.name) && part.name === variable
    ? { name: part.name, value: part.operator?.endsWith('-') ? part.operand : undefined }
    : undefined;
}

/** The address of another service that shares a network, with a port that is a number. */
function endpointOf(text: string, service: Source, services: ServiceIndex): Expression | undefined {
  const [, scheme = '', host, port, suffix = ''] = ADDRESS.exec(text) ?? [];
  const constant = host === undefined ? undefined : services.reachable(service, host);
  if (constant === undefined) {
    return undefined;
  }
  return call(name(constant), 'endpoint', value(Number(port)), options({
    scheme: scheme === 'http' ? undefined : value(scheme),
    suffix: suffix === '' ? undefined : value(suffix),
  }));
}

