import { parseAllDocuments } from 'yaml';
import {
  ConfigFile, Content, Finding, Mount, Network, Port, Service, ServiceProps, Size, Toolbox, Volume,
} from '../../src/core';
import { synthesize, Synthesis } from '../../src/synth';
import { aService } from '../rules/support';

/** A toolbox with one of everything that has an entry in a generated file. */
export class Stack {
  public readonly toolbox = new Toolbox('box', { title: 'Box', description: 'A box.' });
  public readonly network = new Network(this.toolbox, 'inner');
  public readonly volume = Volume.persistent(this.toolbox, 'data', { size: Size.mebibytes(10) });
  public readonly web: Service;
  public readonly db: Service;

  constructor(props: Partial<ServiceProps> = {}) {
    this.web = aService(this.toolbox, 'web', { networks: [this.network], ports: [Port.internal(8080)], ...props });
    this.web.addMount(
      Mount.file(new ConfigFile(this.web, 'web.conf', { content: [Content.text('a=b\n')] }), '/web.conf'),
    );
    this.db = aService(this.toolbox, 'db', { networks: [this.network], mounts: [Mount.volume(this.volume, '/data')] });
  }

  public synth(): Synthesis {
    return synthesize(this.toolbox);
  }

  /** Findings that no waiver suppresses, as `rule path: message`. */
  public findings(): string[] {
    return this.synth().findings
      .filter(({ waived }) => waived === undefined)
      .map(({ rule, path, message }: Finding) => `${rule} ${path}: ${message}`);
  }

  /** The compose file. Fails if there are errors. */
  public compose(): Record<string, any> {
    return this.documents(/docker-compose/)[0];
  }

  /** An object of the manifests. Fails if there are errors. */
  public object(kind: string, name: RegExp): Record<string, any> | undefined {
    return this.documents(/^kubernetes\//).find((one) => one.kind === kind && name.test(one.metadata.name));
  }

  /** Files of the manifests, in the order in which they are applied. */
  public resources(): string[] {
    const kustomization = this.documents(/kustomization\.yaml$/)[0] as { resources: string[] };
    return kustomization.resources;
  }

  /** The text of a file. */
  public file(path: string): string | undefined {
    return this.synth().files.find((file) => file.path === path)?.content;
  }

  private documents(path: RegExp): Record<string, any>[] {
    const { files, findings } = this.synth();
    expect(findings.filter(({ severity, waived }) => severity === 'error' && waived === undefined)).toEqual([]);
    return files
      .filter((file) => path.test(file.path) && /\.ya?ml$/.test(file.path))
      .flatMap(({ content }) => parseAllDocuments(content).map((one) => one.toJS() as Record<string, any>));
  }
}
