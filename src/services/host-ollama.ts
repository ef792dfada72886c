import { Construct } from 'constructs';
import { aNumber, aText, expectFields, FieldsOf, optional } from '../model/fields';
import { HostService } from '../model/host-service';

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

const FIELDS: FieldsOf<HostOllamaProps> = { component: aText, model: aText, port: optional(aNumber) };

/** Ollama on the person's own machine, where the GPU is. */
export class HostOllama extends HostService {
  /** The model that agents ask for. */
  public readonly model: string;

  constructor(scope: Construct, id: string, props: HostOllamaProps) {
    expectFields('new HostOllama', props, FIELDS);
    super(scope, id, {
      description: `Ollama on the host, serving ${props.model}`,
      port: props.port ?? 11434,
      component: props.component,
      addressSetting: { variable: 'OLLAMA_HOST', systemdUnit: 'ollama' },
    });
    this.model = props.model;
  }
}
