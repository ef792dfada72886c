import { Construct } from 'constructs';
import { placed } from './fields';
import { isKind, markKind } from './kind';
import { recordSource } from './source-location';
import { CONFIG_DIRECTORY_PROPS } from './structs';

/** Properties of a folder of configuration files. */
export interface ConfigDirectoryProps {
  /** Path of the folder, relative to the project's folder. */
  readonly directory: string;
}

/**
 * A folder of files of the project that a service reads. A workstation mounts the folder itself; a cluster gets the
 * files in a ConfigMap. For data that a service writes, use `Volume.hostDirectory`.
 *
 * @example
 * const sites = new ConfigDirectory(web, 'sites', { directory: './nginx/conf.d' });
 * web.addMount(Mount.directory(sites, '/etc/nginx/conf.d'));
 */
export class ConfigDirectory extends Construct {
  /** Whether a value is a folder of configuration files, of this or of another copy of the library. */
  public static isConfigDirectory(value: any): boolean {
    return isKind(value, 'ConfigDirectory');
  }

  /** Name of the folder. */
  public readonly name: string;
  /** Path of the folder in the project. */
  public readonly directory: string;

  /**
   * @param scope the service it belongs to
   * @param id name of the folder
   */
  constructor(scope: Construct, id: string, props: ConfigDirectoryProps) {
    super(...placed('ConfigDirectory', scope, id, props, CONFIG_DIRECTORY_PROPS));
    recordSource(this);
    this.name = id;
    this.directory = props.directory;
  }
}

markKind(ConfigDirectory, 'ConfigDirectory');
