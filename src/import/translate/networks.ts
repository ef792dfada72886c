import { Draft } from './draft';
import { call, create, Expression, list, member, name, object, options, Statement, value } from '../expression';
import { Source } from '../source';

/** Networks of the program, by their keys. */
export class Networks {
  private readonly constants = new Map<string, string>();

  constructor(private readonly draft: Draft, private readonly document: Source) {
  }

  /** Keys of the networks that a service is on; none if it has a network mode of its own. */
  public keysOf(service: Source): string[] {
    if (service.get('network_mode') !== undefined) {
      return [];
    }
    const given = service.get('networks');
    return given === undefined || given.entries.length === 0 ? ['default'] : given.entries.map(([key]) => key);
  }

  /** `networks` of a service, without those that need more than their name. */
  public networksOf(service: Source): Expression | undefined {
    const given = service.get('networks');
    const plain = this.keysOf(service).filter((key) => aliasesOf(given?.get(key)) === undefined);
    plain.forEach((key) => isEmpty(given?.get(key)) && given?.get(key)?.use(`network "${key}"`));
    return plain.length === 0 ? undefined : list(plain.map((key) => name(this.constantOf(key))));
  }

  /** Calls that add networks with aliases. */
  public aliasCalls(service: Source, constant: string): Statement[] {
    return (service.get('networks')?.entries ?? []).flatMap(([key, one]) => {
      const aliases = aliasesOf(one);
      if (aliases === undefined) {
        return [];
      }
      one.get('aliases')?.use('aliases of addNetwork');
      return [{
        expression: call(name(constant), 'addNetwork', name(this.constantOf(key)), object({
          aliases: list(aliases.map((alias) => this.draft.text(alias, one.place))),
        })),
      }];
    });
  }

  private constantOf(key: string): string {
    const known = this.constants.get(key);
    if (known !== undefined) {
      return known;
    }
    const constant = this.draft.names.take(key, 'Network');
    this.constants.set(key, constant);
    this.draft.constants.set(`networks ${key}`, constant);
    const declared = this.document.get('networks')?.get(key);
    const isInternal = declared?.get('internal')?.text === 'true';
    declared?.get('internal')?.use(isInternal ? 'a network without a way out' : 'Egress.INTERNET');
    const driver = declared?.get('driver');
    if (driver?.text === 'bridge') {
      driver.use('the driver of every network');
    }
    if (declared?.entries.length === 0) {
      declared.use('Network');
    }
    const id = this.draft.id(key, 'network');
    this.draft.add('Networks', {
      constant,
      comment: declared === undefined ? undefined : this.draft.commentOf(declared),
      expression: create('Network', name(this.draft.toolbox), value(id), options({
        name: id === key ? undefined : value(key),
        egress: isInternal ? undefined : member('Egress', 'INTERNET'),
      })),
    });
    return constant;
  }
}

function aliasesOf(attachment: Source | undefined): string[] | undefined {
  const aliases = attachment?.get('aliases')?.items.flatMap(({ text }) => text ?? []);
  return aliases === undefined || aliases.length === 0 ? undefined : aliases;
}

function isEmpty(source: Source | undefined): boolean {
  return (
    source !== undefined && (source.node.kind === 'scalar' ? source.text === undefined : source.entries.length === 0)
  );
}

