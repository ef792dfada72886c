import { Construct } from 'constructs';
import { OLLAMA_PROPS } from './structs';
import { Accelerator } from '../model/accelerator';
import { ConfigFile, Content } from '../model/config-file';
import { Cpu } from '../model/cpu';
import { Duration } from '../model/duration';
import { EnvironmentValue } from '../model/environment-value';
import { expectFields } from '../model/fields';
import { HealthCheck } from '../model/health-check';
import { Image } from '../model/image';
import { Mount } from '../model/mount';
import { Network } from '../model/network';
import { Port } from '../model/port';
import { cloudSwitches } from './private/releases';
import { findPin, MOST, repeated, textLike, wholeNumber } from './private/settings';
import { Profile } from '../model/profile';
import { Resources } from '../model/resources';
import { Lifecycle } from '../model/restart-policy';
import { Service } from '../model/service';
import type { ServiceFacts } from '../model/service-facts';
import { Size } from '../model/size';
import { Volume } from '../model/volume';

const PORT = 11434;
const DEFAULT_CONTEXT = 32_768;
/** As Ollama has names, `[host/][namespace/]model[:tag]`; what begins with a dash would be an option. */
const MODEL_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.:/@-]{0,255}$/;
const DOWNLOAD_SCRIPT = '/opt/toolbox/download.sh';

/** Properties of an Ollama in a container. */
export interface OllamaProps {
  /** Component of the inventory that pins the image. */
  readonly component: string;
  /** Where the models are kept. */
  readonly models: Volume;
  /** Names of the models it must have, for example `gpt-oss:20b`. */
  readonly modelNames: string[];
  /** The network on which it is asked. It needs no way out: models are fetched by a part of their own. */
  readonly network: Network;
  /** The network over which models are fetched; the only one with a way to the internet. */
  readonly downloadNetwork: Network;
  /** The profile that fetches the models when it is asked for. */
  readonly downloadPart: Profile;
  /**
   * The profile it belongs to.
   *
   * @default - always there
   */
  readonly profile?: Profile;
  /**
   * A workspace it may read.
   *
   * @default - none
   */
  readonly workspace?: Volume;
  /**
   * Tokens of context for each request. Ollama's own default, 4,096 on small GPUs, is less than the first request of
   * codex, of about 8,000.
   *
   * @default 32768
   */
  readonly contextLength?: number;
  /**
   * GPUs that it computes on.
   *
   * @default - none, it computes on the processor
   */
  readonly accelerator?: Accelerator;
  /**
   * Its resource limits; the part that fetches models has its own.
   *
   * @default - 4 processors, 24 GiB of memory
   */
  readonly resources?: Resources;
  /**
   * A network that leads out, for programs on this machine to ask it by: engines publish no port of a service that is
   * on inner networks only. It opens the internet as well.
   *
   * @default - only services on `network` may ask it
   */
  readonly loopbackNetwork?: Network;
}

/** Ollama in a container, and the one-shot that fetches its models. */
export class Ollama extends Service {
  /** Fetches the models, and ends. */
  public readonly download: Service;
  private readonly settings: OllamaProps;

  constructor(scope: Construct, id: string, props: OllamaProps) {
    expectFields('new Ollama', props, OLLAMA_PROPS);
    super(scope, id, {
      description: `Ollama in a container, serving ${props.modelNames.join(', ')}`,
      image: ollamaImage(props.component),
      profile: props.profile,
      environment: {
        OLLAMA_CONTEXT_LENGTH: EnvironmentValue.literal(String(props.contextLength ?? DEFAULT_CONTEXT)),
      },
      mounts: [
        Mount.volume(props.models, '/root/.ollama'),
        ...(props.workspace === undefined ? [] : [Mount.volume(props.workspace, '/workspace', { readOnly: true })]),
      ],
      ports: [props.loopbackNetwork ? Port.loopback(PORT, { name: 'http' }) : Port.internal(PORT, { name: 'http' })],
      networks: [props.network, ...(props.loopbackNetwork === undefined ? [] : [props.loopbackNetwork])],
      healthCheck: HealthCheck.command(['ollama', 'list'], { startPeriod: Duration.seconds(60) }),
      resources: props.resources ?? {
        cpu: Cpu.cores(4),
        memory: Size.gibibytes(24),
        pids: 512,
        ephemeralStorage: Size.gibibytes(2),
      },
      accelerator: props.accelerator,
      stopGrace: Duration.seconds(30),
    });
    this.settings = { ...props, modelNames: [...props.modelNames] };
    this.download = downloadModels(this, props);
  }

  /** @internal */
  public _facts(): ServiceFacts {
    const { component, modelNames, contextLength = DEFAULT_CONTEXT } = this.settings;
    const switches = cloudSwitches(findPin(this, component)?.version);
    return {
      environment: Object.fromEntries(switches.map(({ name, value }) => [name, EnvironmentValue.literal(value)])),
      problems: [
        ...modelNames.flatMap((name) =>
          textLike('name of a model', name, MODEL_NAME, 'Name the model as Ollama does, for example "gpt-oss:20b".'),
        ),
        ...repeated('model', modelNames, 'Name each model once.'),
        ...wholeNumber('length of the context in tokens', contextLength, MOST),
      ],
    };
  }
}

function ollamaImage(component: string): Image {
  return Image.fromPin(component, {
    rootReason: 'The image keeps its models and keys below /root/.ollama, which only root may enter.',
    writablePaths: ['/tmp'],
    healthTools: ['bash', 'ollama'],
  });
}

/** It runs a server of its own for as long as it fetches, so that the one that is asked has no way out. */
function downloadModels(scope: Construct, props: OllamaProps): Service {
  const service = new Service(scope, 'download', {
    description: `Fetches ${props.modelNames.join(', ')} into the models' volume, and ends`,
    image: ollamaImage(props.component),
    lifecycle: Lifecycle.ONE_SHOT,
    profile: props.downloadPart,
    entrypoint: ['/bin/bash'],
    command: [DOWNLOAD_SCRIPT, ...props.modelNames],
    environment: { OLLAMA_HOST: EnvironmentValue.literal(`127.0.0.1:${PORT}`) },
    mounts: [Mount.volume(props.models, '/root/.ollama')],
    networks: [props.downloadNetwork],
    resources: { cpu: Cpu.cores(2), memory: Size.gibibytes(2), pids: 128, ephemeralStorage: Size.gibibytes(2) },
  });
  const script = new ConfigFile(service, 'download.sh', { content: downloadScript() });
  service.addMount(Mount.file(script, DOWNLOAD_SCRIPT));
  return service;
}

/** Models that are there already are not fetched again, so that it may run without a network then. */
function downloadScript(): Content[] {
  return [
    Content.text('#!/bin/bash\n# '),
    Content.provenance(),
    Content.text(`
set -euo pipefail

ollama serve &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" || true' EXIT

for _ in $(seq 60); do
  if ollama list >/dev/null 2>&1; then break; fi
  sleep 1
done

for model in "$@"; do
  ollama show "$model" >/dev/null 2>&1 || ollama pull "$model"
done
ollama list
`),
  ];
}
