import { Construct } from 'constructs';
import { HAPROXY_CONFIG, haproxyHead, haproxyImage, ownAnswer, quoted, refusal } from './private/haproxy';
import { Content } from '../model/config-file';
import { Cpu } from '../model/cpu';
import { Duration } from '../model/duration';
import { Endpoint } from '../model/endpoint';
import { EnvironmentValue } from '../model/environment-value';
import { HealthCheck } from '../model/health-check';
import { Mount } from '../model/mount';
import { Network } from '../model/network';
import { Port } from '../model/port';
import { callsPerMinute, clientProblems, MOST, textLike, wholeNumber } from './private/settings';
import { REVERSE_PROXY_PROPS } from './structs';
import { ToolClient } from './tool-policy';
import { expectFields } from '../model/fields';
import { Profile } from '../model/profile';
import { Resources } from '../model/resources';
import { Place } from '../model/restart-policy';
import { Service } from '../model/service';
import type { ServiceFacts, SettingProblem } from '../model/service-facts';
import { Size } from '../model/size';
import { Volume } from '../model/volume';

const PORT = 8443;
const CERTIFICATES = '/etc/haproxy/certificates';
const DEFAULT_RATE = 600;
const DEFAULT_BYTES = Size.kibibytes(256);
/**
 * As a certificate and the header Host have it; the port is cut off at the first colon, so that no IPv6 address could
 * match.
 */
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/i;
/** A path alone: what follows a question mark is no part of what HAProxy compares. */
const PATH = /^(?:\/[A-Za-z0-9._~:/@!$&()*+,;=%-]*)?$/;

/** Properties of a reverse proxy. */
export interface ReverseProxyProps {
  /** Component of the inventory that pins the image of HAProxy. */
  readonly component: string;
  /** Address of what it stands in front of; only its path is let through. */
  readonly target: Endpoint;
  /** Who may come in; each shows a bearer token of its own, which is passed on. */
  readonly clients: ToolClient[];
  /** The name by which clients reach it, which the certificate has; no other is answered. */
  readonly hostName: string;
  /** A volume with `proxy.pem`: the certificate, those that vouch for it, and the key. */
  readonly certificates: Volume;
  /** The network of what it stands in front of. */
  readonly network: Network;
  /** A network with a way out, without which an engine publishes no port. */
  readonly publicNetwork: Network;
  /**
   * Whether other machines reach it, which the rule port-public wants a reason for.
   *
   * @default false - programs on this machine only
   */
  readonly published?: boolean;
  /**
   * Its port on the host.
   *
   * @default 8443
   */
  readonly hostPort?: number;
  /**
   * The profile it belongs to.
   *
   * @default - always there
   */
  readonly profile?: Profile;
  /**
   * Largest body of a request.
   *
   * @default Size.kibibytes(256)
   */
  readonly maxRequest?: Size;
  /**
   * Requests of one client in a minute, unless the client has a number of its own.
   *
   * @default 600
   */
  readonly requestsPerMinute?: number;
  /**
   * Its resource limits.
   *
   * @default - half a processor, 128 MiB of memory
   */
  readonly resources?: Resources;
}

/**
 * TLS, authentication for each client, and limits in front of a gateway, for clients outside of the toolbox. It runs on
 * workstations only: a cluster has its own ways in.
 */
export class ReverseProxy extends Service {
  private readonly settings: ReverseProxyProps;

  constructor(scope: Construct, id: string, props: ReverseProxyProps) {
    expectFields('new ReverseProxy', props, REVERSE_PROXY_PROPS);
    const options = { name: 'https', hostPort: props.hostPort ?? PORT };
    super(scope, id, {
      description: `Reverse proxy for clients outside, as ${props.hostName}`,
      image: haproxyImage(props.component),
      profile: props.profile,
      places: [Place.WORKSTATION],
      environment: Object.fromEntries(props.clients.map(({ token }) => [token.key, EnvironmentValue.secret(token)])),
      mounts: [Mount.volume(props.certificates, CERTIFICATES, { readOnly: true })],
      ports: [props.published ? Port.published(PORT, options) : Port.loopback(PORT, options)],
      networks: [props.network, props.publicNetwork],
      healthCheck: HealthCheck.tcp(PORT, { interval: Duration.seconds(10), startPeriod: Duration.seconds(10) }),
      resources: props.resources ?? {
        cpu: Cpu.millis(500),
        memory: Size.mebibytes(128),
        pids: 64,
        ephemeralStorage: Size.mebibytes(64),
      },
    });
    this.settings = { ...props, clients: [...props.clients] };
  }

  /** @internal */
  public _facts(): ServiceFacts {
    return {
      files: [{ name: 'haproxy.cfg', path: HAPROXY_CONFIG, content: configuration(this.settings) }],
      problems: problemsOf(this.settings),
    };
  }
}

function problemsOf({ hostName, target, clients, maxRequest, requestsPerMinute }: ReverseProxyProps): SettingProblem[] {
  return [
    ...textLike(
      'name of the host',
      hostName,
      HOST_NAME,
      'Use the name that the certificate has, without a port, or an IPv4 address.',
    ),
    ...textLike(
      'scheme of the address it stands in front of',
      target.scheme,
      /^(?:http)?$/,
      'Use plain HTTP: the proxy speaks no TLS to what is behind it.',
    ),
    ...textLike('path it lets through', target.suffix, PATH, 'Use a path that begins with a slash, without a query.'),
    ...wholeNumber('most bytes of a request', (maxRequest ?? DEFAULT_BYTES).toBytes(), MOST),
    ...callsPerMinute('number of requests in a minute', requestsPerMinute ?? DEFAULT_RATE),
    ...clientProblems(clients),
  ];
}

/**
 * Tokens are read from the environment when HAProxy starts: the file has their names only. They are compared in
 * constant time.
 */
function configuration(props: ReverseProxyProps): Content[] {
  const clients = [...props.clients].sort((a, b) => (a.name < b.name ? -1 : 1));
  const bytes = (props.maxRequest ?? DEFAULT_BYTES).toBytes();
  const path = props.target.suffix === '' ? '/' : props.target.suffix;
  const [proxy, known] = ['This address is for one path of one host.', 'Show the bearer token of a client.'];
  return [
    ...haproxyHead({
      connections: 512,
      global: [
        '  ssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets',
        '  ssl-default-bind-ciphers ECDHE+AESGCM:ECDHE+CHACHA20',
        ...clients.flatMap(({ token }) => [
          `.if streq("\${${token.key}}","")`,
          `  .alert "${token.key} is missing or empty."`,
          '.endif',
        ]),
        ...clients.map(({ token }, n) => `  set-var proc.token_${n} str("Bearer \${${token.key}}")`),
      ],
      defaults: [
        '  timeout server 5m',
        ownAnswer(502, 'The gateway gave no answer that can be understood.'),
        ownAnswer(503, 'The gateway does not answer.'),
        ownAnswer(504, 'The gateway was silent for too long.'),
      ],
    }),
    Content.text(
      [
        'frontend clients',
        `  bind :${PORT} ssl crt ${CERTIFICATES}/proxy.pem alpn http/1.1`,
        '  stick-table type string len 64 size 1k expire 2m store http_req_rate(1m)',
        ...clients.map(
          (_, n) =>
            `  http-request set-var(txn.client) str(client-${n}) ` +
            `if { req.hdr(authorization),secure_memcmp(proc.token_${n}) }`,
        ),
        refusal(
          403,
          proxy,
          `!{ req.hdr(host),field(1,:),lower -m str ${quoted(props.hostName.toLowerCase())} } ` +
            `|| !{ path -m str ${quoted(path)} }`,
        ),
        '  http-request deny deny_status 401 content-type application/json hdr WWW-Authenticate Bearer ' +
          `string '${JSON.stringify({ error: { message: known } })}' if !{ var(txn.client) -m found }`,
        '  http-request track-sc0 var(txn.client)',
        ...clients.map((client, n) => {
          const most = client.callsPerMinute ?? props.requestsPerMinute ?? DEFAULT_RATE;
          return refusal(
            429,
            `More than ${most} requests in a minute.`,
            `{ var(txn.client) -m str client-${n} } { sc_http_req_rate(0) gt ${most} }`,
          );
        }),
        refusal(405, 'Only GET, POST and DELETE.', '!{ method GET POST DELETE }'),
        refusal(411, 'A request needs a Content-Length.', '{ method POST } !{ req.hdr(content-length) -m found }'),
        refusal(413, `A request has at most ${bytes} bytes.`, `{ req.body_size gt ${bytes} }`),
        '  http-request del-header X-Forwarded-For',
        '  http-request del-header Forwarded',
        '  default_backend gateway',
        '',
        'backend gateway',
        '  server gateway ',
      ].join('\n'),
    ),
    Content.endpoint(Endpoint._of(props.target._target, props.target.port, { scheme: '' })),
    Content.text(
      ' resolvers engine init-addr last,libc,none maxconn 64\n\n' +
        'resolvers engine\n  parse-resolv-conf\n  hold valid 10s\n',
    ),
  ];
}
