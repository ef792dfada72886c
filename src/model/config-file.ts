import { Construct } from 'constructs';
import { Endpoint } from './endpoint';
import { aText, expectFields, instanceOf, placed } from './fields';
import { isKind, markKind } from './kind';
import { recordSource } from './source-location';
import { CONFIG_FILE_PROPS, PROJECT_FILE_OPTIONS } from './structs';

/** @internal */
export type ContentSpec =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'endpoint'; readonly endpoint: Endpoint }
  | { readonly kind: 'provenance' }
  | { readonly kind: 'data'; readonly format: DataFormat; readonly data: DataTable };

/** @internal */
export type DataFormat = 'json' | 'toml';

/**
 * Data of a file. A `Content` stands for a text that the target resolves.
 *
 * @internal
 */
export type DataSpec = string | number | boolean | Content | readonly DataSpec[] | DataTable;

/** @internal */
export interface DataTable {
  readonly [name: string]: DataSpec | undefined;
}

/** A piece of a configuration file. */
export class Content {
  /** Whether a value is a piece of content, of this or of another copy of the library. */
  public static isContent(value: any): value is Content {
    return isKind(value, 'Content');
  }

  /** The text as it stands. */
  public static text(text: string): Content {
    expectFields('Content.text', { text }, { text: aText });
    return new Content({ kind: 'text', text });
  }

  /** The address of a service. */
  public static endpoint(endpoint: Endpoint): Content {
    expectFields('Content.endpoint', { endpoint }, { endpoint: instanceOf('Endpoint') });
    return new Content({ kind: 'endpoint', endpoint });
  }

  /** The sentence that says where the file comes from, without comment marks. */
  public static provenance(): Content {
    return new Content({ kind: 'provenance' });
  }

  /**
   * Data in the order that it is given, written in a format. Undefined properties are left out.
   *
   * @internal
   */
  public static _data(format: DataFormat, data: DataTable): Content {
    return new Content({ kind: 'data', format, data });
  }

  /** @internal */
  public readonly _spec: ContentSpec;

  private constructor(spec: ContentSpec) {
    this._spec = spec;
  }
}

/** Properties of a configuration file. */
export interface ConfigFileProps {
  /** Its pieces, put together in order. */
  readonly content: Content[];
}

/** Options of a file of the project. */
export interface ProjectFileOptions {
  /** Path of the file, relative to the project's folder. */
  readonly file: string;
  /**
   * Whether a cluster lets it be run as a program. An engine goes by the permissions of the file.
   *
   * @default - whether it begins with `#!`
   */
  readonly executable?: boolean;
}

/**
 * A file that a service reads, generated or of the project.
 *
 * @example
 * const file = ConfigFile.fromFile(web, 'nginx.conf', { file: './nginx/nginx.conf' });
 * web.addMount(Mount.file(file, '/etc/nginx/nginx.conf'));
 */
export class ConfigFile extends Construct {
  /** Whether a value is a configuration file, of this or of another copy of the library. */
  public static isConfigFile(value: any): boolean {
    return isKind(value, 'ConfigFile');
  }

  /**
   * A file of the project, mounted as it is. A workstation mounts the file itself; a cluster gets its content in a
   * ConfigMap. Its digest is in the output, so that a change of the content is a change of the service.
   *
   * @param scope the service it belongs to
   * @param id name of the file
   */
  public static fromFile(scope: Construct, id: string, options: ProjectFileOptions): ConfigFile {
    expectFields('ConfigFile.fromFile', options, PROJECT_FILE_OPTIONS);
    const file = new ConfigFile(scope, id, { content: [] });
    file._source = { file: options.file, executable: options.executable };
    return file;
  }

  /** Name of the file. */
  public readonly name: string;
  /** @internal */
  public readonly _content: ContentSpec[];
  /** @internal */
  public _source?: ProjectFileOptions;

  /**
   * @param scope the service it belongs to
   * @param id name of the file
   */
  constructor(scope: Construct, id: string, props: ConfigFileProps) {
    super(...placed('ConfigFile', scope, id, props, CONFIG_FILE_PROPS));
    recordSource(this);
    this.name = id;
    this._content = props.content.map((piece) => piece._spec);
  }

  /** Path of the file in the project; undefined for a generated file. */
  public get file(): string | undefined {
    return this._source?.file;
  }
}

markKind(ConfigFile, 'ConfigFile');
markKind(Content, 'Content');
