import { Construct } from 'constructs';
import { HostOllama } from './host-ollama';
import { HAPROXY_CONFIG, haproxyHead, haproxyImage, ownAnswer, refusal } from './private/haproxy';
import { Content } from '../model/config-file';
import { Cpu } from '../model/cpu';
import { Duration } from '../model/duration';
import { expectFields } from '../model/fields';
import { HealthCheck } from '../model/health-check';
import { Network } from '../model/network';
import { Port } from '../model/port';
import { Profile } from '../model/profile';
import { Resources } from '../model/resources';
import { Place } from '../model/restart-policy';
import { Service } from '../model/service';
import type { ServiceFacts } from '../model/service-facts';
import { Size } from '../model/size';
import { callsPerMinute, MOST, wholeNumber } from './private/settings';
import { HOST_RELAY_PROPS } from './structs';

const MOST_CONNECTIONS = 256;

/** Read-only requests. */
const LOOKING = ['/', '/api/ps', '/api/tags', '/api/version', '/v1/models'];

/**
 * What asks a model. Not here, and so refused: pull, push, create, copy, delete and blobs, which change what the host
 * has.
 */
const ASKING = [
  '/api/chat', '/api/embed', '/api/embeddings', '/api/generate', '/api/show',
  '/v1/chat/completions', '/v1/completions', '/v1/embeddings', '/v1/responses',
];

/** HAProxy counts times in milliseconds. */
const LONGEST_SILENCE = Math.floor(MOST / 1000);

interface Limits {
  readonly bytes: number;
  readonly perMinute: number;
  readonly concurrent: number;
  readonly silenceSeconds: number;
}

/** Properties of a relay to the host's Ollama. */
export interface HostRelayProps {
  /** Component of the inventory that pins the image of HAProxy. */
  readonly component: string;
  /** The server that it stands in front of. */
  readonly hostOllama: HostOllama;
  /** The network on which it answers under the host's name. It needs no way out. */
  readonly network: Network;
  /** A network with `Egress.HOST`, on which it is best alone. */
  readonly hostNetwork: Network;
  /**
   * The profile it belongs to.
   *
   * @default - always there
   */
  readonly profile?: Profile;
  /**
   * Largest body of a request.
   *
   * @default Size.mebibytes(32)
   */
  readonly maxRequest?: Size;
  /**
   * Requests of one client in a minute.
   *
   * @default 300
   */
  readonly requestsPerMinute?: number;
  /**
   * Requests that the server works on at once; more wait for a minute.
   *
   * @default 8
   */
  readonly maxConcurrent?: number;
  /**
   * Time without a byte of the answer; a slow model reads a long request for minutes.
   *
   * @default Duration.minutes(10)
   */
  readonly maxSilence?: Duration;
  /**
   * Its resource limits.
   *
   * @default - half a processor, 128 MiB of memory
   */
  readonly resources?: Resources;
}

/**
 * Lets services without any way out ask the Ollama on the host: it answers under the host's own name, and passes on
 * only what asks a model. It runs on workstations only, since a cluster has no such host.
 */
export class HostRelay extends Service {
  private readonly hostOllama: HostOllama;
  private readonly limits: Limits;

  constructor(scope: Construct, id: string, props: HostRelayProps) {
    expectFields('new HostRelay', props, HOST_RELAY_PROPS);
    const { hostOllama } = props;
    super(scope, id, {
      description: `Relay to ${hostOllama.name}, for inference only`,
      image: haproxyImage(props.component),
      profile: props.profile,
      places: [Place.WORKSTATION],
      ports: [Port.internal(hostOllama.port, { name: 'ollama' })],
      networks: [props.hostNetwork],
      healthCheck: HealthCheck.tcp(hostOllama.port, {
        interval: Duration.seconds(10),
        startPeriod: Duration.seconds(10),
      }),
      resources: props.resources ?? {
        cpu: Cpu.millis(500),
        memory: Size.mebibytes(128),
        pids: 64,
        ephemeralStorage: Size.mebibytes(64),
      },
    });
    this.addNetwork(props.network, { aliases: [hostOllama.hostname] });
    hostOllama.relayThrough(this);
    this.hostOllama = hostOllama;
    this.limits = limitsOf(props);
  }

  /** @internal */
  public _facts(): ServiceFacts {
    const { hostOllama, limits } = this;
    return {
      files: [{ name: 'haproxy.cfg', path: HAPROXY_CONFIG, content: configuration(hostOllama, limits) }],
      problems: [
        ...wholeNumber('most bytes of a request', limits.bytes, MOST),
        ...callsPerMinute('number of requests in a minute', limits.perMinute),
        ...wholeNumber('number of requests at once', limits.concurrent, MOST_CONNECTIONS),
        ...wholeNumber('longest silence in seconds', limits.silenceSeconds, LONGEST_SILENCE),
      ],
    };
  }
}

function limitsOf({ maxRequest, requestsPerMinute, maxConcurrent, maxSilence }: HostRelayProps): Limits {
  return {
    bytes: (maxRequest ?? Size.mebibytes(32)).toBytes(),
    perMinute: requestsPerMinute ?? 300,
    concurrent: maxConcurrent ?? 8,
    silenceSeconds: (maxSilence ?? Duration.minutes(10)).toSeconds(),
  };
}

function configuration(hostOllama: HostOllama, { bytes, perMinute, concurrent, silenceSeconds }: Limits): Content[] {
  const where = `port ${hostOllama.port} of the host`;
  return [
    ...haproxyHead({
      connections: MOST_CONNECTIONS,
      defaults: [
        `  timeout server ${silenceSeconds}s`,
        ownAnswer(502, `What listens on ${where} gave no answer that can be understood.`),
        ownAnswer(
          503,
          `No Ollama answers on ${where}. Start it; on Linux let it listen on the address of the engine's bridge, ` +
            `for example OLLAMA_HOST=172.17.0.1:${hostOllama.port}. On 0.0.0.0 other machines could change its models.`,
        ),
        ownAnswer(504, `The Ollama on ${where} was silent for too long.`),
      ],
    }),
    Content.text(
      [
        'frontend agents',
        `  bind :${hostOllama.port}`,
        '  stick-table type ip size 1k expire 2m store http_req_rate(1m)',
        '  http-request track-sc0 src',
        `  acl looking path -m str ${LOOKING.join(' ')}`,
        `  acl asking path -m str ${ASKING.join(' ')}`,
        refusal(429, `More than ${perMinute} requests in a minute.`, `{ sc_http_req_rate(0) gt ${perMinute} }`),
        refusal(
          403,
          'The relay lets only requests through that ask a model, not those that change models or switch protocols.',
          '!{ method GET HEAD } !{ method POST } || { method GET HEAD } !looking || { method POST } !asking ' +
            '|| { req.hdr(upgrade) -m found }',
        ),
        refusal(411, 'A request needs a Content-Length.', '{ method POST } !{ req.hdr(content-length) -m found }'),
        refusal(413, `A request has at most ${bytes} bytes.`, `{ req.body_size gt ${bytes} }`),
        '  default_backend host',
        '',
        'backend host',
        '  server host ',
      ].join('\n'),
    ),
    Content.endpoint(hostOllama.endpoint({ scheme: '' })),
    Content.text(` init-addr libc maxconn ${concurrent}\n`),
  ];
}
