import { Draft } from './draft';
import { ADDRESS, ServiceIndex } from './services';
import { parseTemplate, Part } from '../compose/template';
import { withDefaults } from '../compose/with-defaults';
import { call, Entry, Expression, name, options, text, value } from '../expression';
import { Outcome } from '../ledger';
import { Source } from '../source';

/** What the value of a variable is translated with. */
interface Scope {
  readonly variable: string;
  readonly source: Source;
  readonly service: Source;
  readonly draft: Draft;
  readonly services: ServiceIndex;
}

/** `environment`: secrets by their keys, addresses of other services as references, and plain texts. */
export function environmentOf(service: Source, draft: Draft, services: ServiceIndex): Expression | undefined {
  const entries = service.get('environment')?.entries ?? [];
  const made = entries.map(([variable, source]): Entry => ({
    key: variable,
    value: valueOf({ variable, source, service, draft, services }),
    comment: draft.commentOf(source),
  }));
  return made.length === 0 ? undefined : { kind: 'object', entries: made };
}

function valueOf(scope: Scope): Expression {
  const { variable, source } = scope;
  const given = source.text ?? `\${${variable}}`;
  const parts = (parseTemplate(given) ?? [given]).flatMap((part) => pieces(part, scope));
  const secrets = parts.filter((part) => part.kind === 'secret');
  const named = parts.filter((part) => part.kind === 'reference');
  if (secrets.length > 0) {
    source.use(
      `${secrets.map(({ key }) => key).join(', ')} of .env.local`,
      Outcome.SAID,
      secrets.some(({ isKnown }) => isKnown)
        ? 'The value is in .env.local, which is not committed. Change it before others can use it.'
        : 'Set the value in .env.local.',
    );
  } else if (named.length > 0) {
    source.use('address of a service', Outcome.SAID);
  } else {
    const isPlain = parts.every((part) => part.kind === 'text');
    source.use(isPlain ? 'EnvironmentValue.literal' : 'EnvironmentValue.literal with parameters');
  }
  const [only] = parts;
  if (parts.length === 1 && only.kind === 'secret') {
    return call('EnvironmentValue', 'secret', only.made);
  }
  if (parts.length === 1 && only.kind === 'reference') {
    return only.made;
  }
  const made = parts.map((part) => (part.kind === 'text' ? part.text : part.made));
  return secrets.length + named.length === 0
    ? call('EnvironmentValue', 'literal', text(made))
    : call('EnvironmentValue', 'concat', ...joined(parts));
}

/** Texts and parameters beside each other become one argument. */
function joined(parts: readonly Piece[]): Expression[] {
  const result: Expression[] = [];
  let plain: (string | Expression)[] = [];
  const flush = (): void => {
    if (plain.length > 0) {
      result.push(text(plain));
      plain = [];
    }
  };
  for (const part of parts) {
    if (part.kind === 'text' || part.kind === 'parameter') {
      plain.push(part.kind === 'text' ? part.text : part.made);
    } else {
      flush();
      result.push(part.made);
    }
  }
  flush();
  return result;
}

type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'parameter' | 'reference'; readonly made: Expression }
  | { readonly kind: 'secret'; readonly made: Expression; readonly key: string; readonly isKnown: boolean };

function pieces(part: Part, scope: Scope): Piece[] {
  const { variable, source, service, draft } = scope;
  if (typeof part !== 'string') {
    if (!draft.isKept(part.name)) {
      return [{ kind: 'parameter', made: draft.parameter(part, source.place) }];
    }
    const fallback = part.operator?.endsWith('-') === true ? withDefaults(part.operand ?? '') : '';
    return [secretPiece(part.name, fallback, source, draft)];
  }
  if (source.text === part && draft.isNamedSecret(variable, part)) {
    return [secretPiece(draft.secretKey(variable, service.key, part), part, source, draft)];
  }
  const [, before, password, after] = /^(.*:\/\/[^/\s:@]*:)([^/\s:@]+)(@.*)$/s.exec(part) ?? [];
  if (password !== undefined && draft.isSecret(variable, part)) {
    const key = draft.keyOf(password) ?? draft.secretKey(`${variable}_PASSWORD`, service.key, password);
    return [...references(before, scope), secretPiece(key, password, source, draft), ...references(after, scope)];
  }
  return references(part, scope);
}

function secretPiece(key: string, itsValue: string, source: Source, draft: Draft): Piece {
  return { kind: 'secret', key, isKnown: itsValue !== '', made: draft.secret(key, source.place, itsValue) };
}

/** A text with references in place of names and ports of services. */
function references(plain: string, scope: Scope): Piece[] {
  const { variable, source, service, services } = scope;
  const named =
    /HOST|SERVER|ADDR/i.test(variable) && source.text === plain ? services.reachable(service, plain, true) : undefined;
  if (named !== undefined) {
    return [{ kind: 'reference', made: { kind: 'member', on: name(named), member: 'host' } }];
  }
  const whole = source.text === plain ? endpointOf(plain, service, services) : undefined;
  if (whole !== undefined) {
    return [{ kind: 'reference', made: call('EnvironmentValue', 'endpoint', whole) }];
  }
  const result: Piece[] = [];
  let at = 0;
  for (const { index, 0: match, groups } of plain.matchAll(new RegExp(ADDRESS.source, 'g'))) {
    const constant = services.reachable(service, groups!.host);
    if (constant !== undefined) {
      const start = index + match.length - groups!.host.length - groups!.port.length - 1;
      result.push(...textPiece(plain.slice(at, start)));
      result.push(
        { kind: 'reference', made: { kind: 'member', on: name(constant), member: 'host' } },
        { kind: 'text', text: ':' },
        { kind: 'reference', made: call(name(constant), 'port', value(Number(groups!.port))) },
      );
      at = index + match.length;
    }
  }
  return [...result, ...textPiece(plain.slice(at))];
}

function textPiece(plain: string): Piece[] {
  return plain === '' ? [] : [{ kind: 'text', text: plain }];
}

/** The address of another service, if that is all of a text. */
function endpointOf(plain: string, service: Source, services: ServiceIndex): Expression | undefined {
  const [, scheme = '', host, port, suffix = ''] =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?([A-Za-z0-9][\w.-]*):(\d{1,5})(\/.*)?$/.exec(plain) ?? [];
  const constant = host === undefined ? undefined : services.reachable(service, host);
  return constant === undefined
    ? undefined
    : call(name(constant), 'endpoint', value(Number(port)), options({
      scheme: scheme === 'http' ? undefined : value(scheme),
      suffix: suffix === '' ? undefined : value(suffix),
    }));
}
