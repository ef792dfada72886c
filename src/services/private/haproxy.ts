import { Content } from '../../model/config-file';
import { Image } from '../../model/image';
import { User } from '../../model/user';

/** Where the official image of HAProxy reads its configuration. */
export const HAPROXY_CONFIG = '/usr/local/etc/haproxy/haproxy.cfg';

/** The official image: it runs as its own user, and writes nothing. */
export function haproxyImage(component: string): Image {
  return Image.fromPin(component, { user: User.of(99), healthTools: ['bash'] });
}

/** A rule of a frontend that refuses a request with a JSON answer. */
export function refusal(status: number, message: string, condition: string): string {
  const answer = jsonAnswer(message);
  return `  http-request deny deny_status ${status} content-type application/json string ${answer} if ${condition}`;
}

/** Answers of HAProxy itself, as JSON. */
export function ownAnswer(status: number, message: string): string {
  return `  http-error status ${status} content-type application/json string ${jsonAnswer(message)}`;
}

/** A word as HAProxy reads it, whatever is in it but control characters. */
export function quoted(text: string): string {
  return `'${text.replace(/'/g, '\'\\\'\'')}'`;
}

/** Coding agents print an error's message, so it has the form that they know. */
function jsonAnswer(message: string): string {
  return `'${JSON.stringify({ error: { message, type: 'proxy_refused' } }).replace(/'/g, '\\u0027')}'`;
}

/** The settings that configurations do not share. */
export interface HaproxyHead {
  readonly connections: number;
  readonly global?: readonly string[];
  readonly defaults: readonly string[];
}

/** The common head of configurations. Few threads: each counts as a process, and machines differ in processors. */
export function haproxyHead(more: HaproxyHead): Content[] {
  const lines = [
    'global',
    '  log stdout format raw local0',
    '  nbthread 2',
    `  maxconn ${more.connections}`,
    '  hard-stop-after 5s',
    ...more.global ?? [],
    '',
    'defaults',
    '  mode http',
    '  log global',
    // no query, no header, no body: prompts must not be logged
    '  log-format "%ci %HM %HPO %ST %B bytes %Ta ms"',
    '  option dontlognull',
    '  option disable-h2-upgrade',
    // without it a server works on for clients that are gone, and a queued request still reaches it
    '  option abortonclose',
    '  retries 1',
    '  timeout connect 5s',
    '  timeout http-request 30s',
    '  timeout http-keep-alive 30s',
    '  timeout client 1m',
    '  timeout queue 1m',
    ...more.defaults,
    '',
    '',
  ];
  return [Content.text('# '), Content.provenance(), Content.text(`\n${lines.join('\n')}`)];
}
