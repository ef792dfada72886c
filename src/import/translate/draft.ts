import { ConstantNames } from './names';
import { isNamedSecret } from '../../util/named-secret';
import { secretInValue, withoutSecrets } from '../../util/secrets';
import { Environment, interpolate } from '../compose/interpolate';
import { parseTemplate, Variable } from '../compose/template';
import { withDefaults } from '../compose/with-defaults';
import { call, create, Expression, list, name, object, Section, Statement, text, value } from '../expression';
import { Ledger } from '../ledger';
import { Source } from '../source';

/** A value that differs between machines. */
interface DraftParameter {
  readonly constant: string;
  readonly default: string;
  /** Where it is used first. */
  readonly place: string;
}

/** A key that a person keeps. */
interface DraftSecret {
  readonly constant: string;
  readonly place: string;
}

/** An image that the inventory pins. */
export interface DraftPin {
  readonly component: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Stands for a secret in the default of a parameter. */
const PLACEHOLDER = 'xxxx';

/** What a translation is given, and where it puts what it makes. */
export class Draft {
  public readonly names = new ConstantNames();
  /** Constants of services, volumes and networks, by section and key: `services web`. */
  public readonly constants = new Map<string, string>();
  public readonly toolbox: string;
  /** Constant of the settings that all services have. */
  public readonly asImported: string;
  private readonly envFile: string;
  private readonly envFileId: string;
  /** Values of secrets, for the file that is never committed. */
  public readonly secretValues = new Map<string, string>();
  public readonly pins = new Map<string, DraftPin>();
  private readonly parameters = new Map<string, DraftParameter>();
  private readonly secrets = new Map<string, DraftSecret>();
  private readonly profiles = new Map<string, string>();
  private readonly places = new Set<string>();
  private readonly ids = new Set<string>();
  private readonly sections = new Map<string, Statement[]>();

  constructor(
    public readonly ledger: Ledger,
    /** Folder of the compose file. */
    public readonly root: string,
    /** Values of the project's `.env`. */
    public readonly environment: Environment,
    /** Name of the Compose project. */
    public readonly project: string,
    /** Variables that the file of secrets holds. */
    private readonly kept: ReadonlySet<string>,
    /** Defaults of variables that have none but need one. */
    public readonly madeUp: Environment,
  ) {
    this.toolbox = this.names.take('toolbox', 'Model');
    this.asImported = this.names.take('asImported', 'Settings');
    this.envFile = this.names.take('env', 'File');
    this.envFileId = this.id('env', 'file');
  }

  public add(section: string, ...statements: readonly Statement[]): void {
    this.sections.set(section, [...this.sections.get(section) ?? [], ...statements]);
  }

  /** Comment lines of the source above a thing. Commented settings can hold secrets: those lines are left out. */
  public commentOf({ node: { comment } }: Source): string | undefined {
    const lines = comment?.split('\n').filter((line) => !/^\s*[-]?\s*["']?[\w.-]+["']?\s*[:=]\s*\S/.test(line)) ?? [];
    const kept = lines.join('\n').replace(/^\s*\n|\n\s*$/g, '').trimEnd();
    return kept.trim() === '' ? undefined : withoutSecrets(kept);
  }

  /** Whether a text under a name is a secret. */
  public isSecret(variable: string, content: string): boolean {
    return secretInValue(variable, content) !== undefined;
  }

  /** Whether a text is a secret because of its name. */
  public isNamedSecret(variable: string, content: string): boolean {
    return isNamedSecret(variable, content);
  }

  /** Whether nothing else has taken this place of the machine: exclusive profiles share ports and names. */
  public isFirst(place: string): boolean {
    const isFree = !this.places.has(place);
    this.places.add(place);
    return isFree;
  }

  /** The key that holds a secret already. */
  public keyOf(secret: string): string | undefined {
    return [...this.secretValues].find(([key, known]) => known === secret && this.secrets.has(key))?.[0];
  }

  /** Whether the file of secrets holds a variable: that is so if it stands alone wherever it is used. */
  public isKept(variable: string): boolean {
    return this.kept.has(variable);
  }

  /** A key for a secret: the variable's name, unless another service has another value under it. */
  public secretKey(variable: string, service: string, secret: string): string {
    const known = this.secretValues.get(variable);
    const isFree = (known === undefined || known === secret) && !this.parameters.has(variable);
    return isFree ? variable : `${service.toUpperCase().replace(/\W/g, '_')}_${variable}`;
  }

  /**
   * An id that no other construct below the toolbox has.
   *
   * @param kind added if another construct has the id
   */
  public id(wanted: string, kind: string): string {
    const candidates = [wanted, `${wanted}-${kind}`];
    for (let number = 2; ; number++) {
      const free = candidates.find((one) => !this.ids.has(one));
      if (free !== undefined) {
        this.ids.add(free);
        return free;
      }
      candidates.push(`${wanted}-${kind}-${number}`);
    }
  }

  /** A text in which variables are parameters. */
  public text(of: string, place: string): Expression {
    const parts = parseTemplate(of);
    return parts === undefined
      ? value(of)
      : text(parts.map((part) => (typeof part === 'string' ? part : this.parameter(part, place))));
  }

  /** A number, or a parameter that stands for one; undefined for anything else. */
  public number(of: string, place: string): Expression | undefined {
    if (/^\d{1,15}$/.test(of)) {
      return value(Number(of));
    }
    const parts = parseTemplate(of);
    const [part] = parts ?? [];
    if (parts?.length !== 1 || typeof part === 'string' || !/^\d{1,9}$/.test(part.operand ?? this.emptyOf(part.name))) {
      return undefined;
    }
    const parameter = this.parameter(part, place);
    return parameter.kind === 'name' ? call(parameter, 'asNumber') : undefined;
  }

  /** The constant of a variable. Without a default, Compose takes an empty text. */
  public parameter({ name: variable, operator, operand = '' }: Variable, place: string): Expression {
    const isRequired = operator === ':?' || operator === '?';
    const known = this.parameters.get(variable);
    if (known !== undefined) {
      const here = this.defaultOf(variable, isRequired || operator === undefined ? undefined : operand);
      return here === known.default ? name(known.constant) : call(known.constant, 'withDefault', value(here));
    }
    const constant = this.names.take(variable, 'Parameter');
    this.parameters.set(variable, {
      constant,
      place,
      default: this.defaultOf(variable, isRequired || operator === undefined ? undefined : operand),
    });
    return name(constant);
  }

  /** A text as it is when no variable is set. */
  public unset(of: string): string {
    return interpolate(of, new Map([...this.madeUp, ...this.environment]));
  }

  /** What an unset variable is taken as. */
  private emptyOf(variable: string): string {
    return this.environment.get(variable) ?? this.madeUp.get(variable) ?? '';
  }

  /** The default of a parameter: of the source, or of the project's `.env`; never a secret. */
  private defaultOf(variable: string, given: string | undefined): string {
    const fallback = given === undefined ? this.emptyOf(variable) : withDefaults(given);
    if (!this.isSecret(variable, fallback)) {
      return fallback;
    }
    this.secretValues.set(variable, this.environment.get(variable) ?? fallback);
    return PLACEHOLDER;
  }

  /** The constant of a key in the file of secrets. */
  public secret(key: string, place: string, itsValue?: string): Expression {
    const known = this.secrets.get(key) ?? { constant: this.names.take(key, 'Secret'), place };
    this.secrets.set(key, known);
    if (itsValue !== undefined && itsValue !== '') {
      this.secretValues.set(key, itsValue);
    }
    return name(known.constant);
  }

  /** The constant of a profile. */
  public profile(of: string): string {
    const known = this.profiles.get(of) ?? this.names.take(of, 'Profile');
    if (!this.profiles.has(of)) {
      this.profiles.set(of, known);
      this.add('Profiles', {
        constant: known,
        expression: create('Profile', name(this.toolbox), value(this.id(of, 'profile')), object({
          name: value(of),
          description: value(`Services of the profile ${of}.`),
        })),
      });
    }
    return known;
  }

  public get usesEnvFile(): boolean {
    return this.secrets.size + this.parameters.size > 0;
  }

  public get secretKeys(): Iterable<string> {
    return this.secrets.keys();
  }

  public get parameterDefaults(): Map<string, string> {
    return new Map([...this.parameters].map(([key, one]) => [key, one.default]));
  }

  /** What the file of secrets and parameters holds: every key, and those that have a value. */
  public get envFileValues(): Map<string, string> {
    const keys = [...this.secrets.keys()].map((key) => [key, this.environment.get(key) ?? ''] as const);
    const parameters = [...this.parameters.keys()].flatMap((key) => {
      const set = this.environment.get(key);
      return set === undefined ? [] : [[key, set] as const];
    });
    return new Map([...parameters, ...keys, ...this.secretValues]);
  }

  /** The statements of each section, in the order of the program. */
  public program(order: readonly string[]): Section[] {
    const toolbox = name(this.toolbox);
    const envFile = this.envFile;
    const parameters = [...this.parameters].map(([variable, one]): Statement => ({
      constant: one.constant,
      expression: create('Parameter', toolbox, value(variable), object({
        default: value(one.default),
        description: value(`Variable of ${one.place}.`),
      })),
    }));
    const secrets = [...this.secrets].map(([key, one]): Statement => ({
      constant: one.constant,
      expression: create('Secret', name(envFile), value(key), object({ description: value(`Used in ${one.place}.`) })),
    }));
    const file: Statement = { constant: envFile, expression: create('EnvFile', toolbox, value(this.envFileId)) };
    const all = new Map(this.sections);
    all.set('Parameters', parameters);
    all.set('Settings', [{
      constant: this.asImported,
      comment: 'What the compose file leaves open. Remove an entry to harden every service.',
      expression: object({
        capDrop: list([]),
        init: value(false),
        readOnlyRoot: value(false),
        securityOpt: list([]),
      }),
    }]);
    all.set('Secrets', secrets.length === 0 ? [] : [file, ...secrets]);
    return order.map((title) => ({ title, statements: all.get(title) ?? [] }));
  }
}
