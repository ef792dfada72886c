import { Construct } from 'constructs';
import { HOST_OLLAMA_PROPS } from './structs';
import { expectFields } from '../model/fields';
import { HostService } from '../model/host-service';
import { markKind } from '../model/kind';

/** Properties of an Ollama on the host. */
export interface HostOllamaProps {
  /** Component of the inventory that says which version it is. */
  readonly component: string;
  /** The model that agents ask for. */
  readonly model: string;
  /**
   * Port it listens on.
   *
   * @default 11434
   */
  readonly port?: number;
}

/** Ollama on the person's own machine, where the GPU is. */
export class HostOllama extends HostService {
  /** The model that agents ask for. */
  public readonly model: string;

  constructor(scope: Construct, id: string, props: HostOllamaProps) {
    expectFields('new HostOllama', props, HOST_OLLAMA_PROPS);
    super(scope, id, {
      description: `Ollama on the host, serving ${props.model}`,
      port: props.port ?? 11434,
      component: props.component,
      addressSetting: { variable: 'OLLAMA_HOST', systemdUnit: 'ollama' },
    });
    this.model = props.model;
  }
}

markKind(HostOllama, 'HostOllama');
