import { changed, Message, messageOf, pathsOf, said } from './catalogue';
import { ParameterPlace } from '../../../../src/plan/plan';
import { md } from '../../../../src/targets/docs/escape/markdown';
import { ENGLISH } from '../../../../src/targets/docs/messages/english';
import { GERMAN } from '../../../../src/targets/docs/messages/german';
import { Messages } from '../../../../src/targets/docs/messages/messages';
import { statusPage } from '../../../../src/targets/docs/status/status-page';
import { outputFile } from '../../../../src/targets/target-file';
import { aPlan, anImage, aService } from '../../../plan/plan-builder';
import * as again from '../golden/again/plan';
import * as approved from '../golden/approved/plan';
import * as small from '../golden/small/plan';
import { largePlan } from '../large-plan';
import { aCheck } from '../status-builder';

const PLACES = Object.keys(ENGLISH.parameters.places) as ParameterPlace[];

/** What the others do not have. */
const rest = aPlan({
  overrides: {
    compose: [{ key: 'x-owner', value: 'us', reason: 'Our tools read it' }],
    kubernetes: [{ op: 'remove', pointer: '/spec/replicas', reason: 'Something else scales it' }],
  },
  services: [
    aService({
      name: 'rest',
      readOnlyRoot: false,
      user: { uid: 0, gid: 0 },
      ports: [{ name: 'p', port: 80, protocol: 'tcp', exposure: 'published', hostPort: 80 }],
    }),
    aService({
      name: 'image',
      healthCheck: {
        probe: { kind: 'image' }, intervalSeconds: 1, timeoutSeconds: 1, retries: 1, startPeriodSeconds: 0,
      },
    }),
    aService({
      name: 'tcp',
      healthCheck: {
        probe: { kind: 'tcp', port: 80, command: [], tool: 'nc' },
        intervalSeconds: 1,
        timeoutSeconds: 1,
        retries: 1,
        startPeriodSeconds: 0,
      },
      user: undefined,
      image: anImage({
        build: { context: '.', dockerfile: 'Containerfile', args: [], baseComponents: [] },
        facts: { user: { uid: 0, gid: 0 } },
      }),
    }),
  ],
  hostServices: [
    {
      path: 'box/h',
      name: 'h',
      description: '0',
      hostname: 'h',
      port: 1,
      relay: 'tcp',
      clusterService: 'tcp',
      addressSetting: { variable: 'H', systemdUnit: 'h' },
    },
  ],
  networks: [
    {
      path: 'box/crowd',
      name: 'crowd',
      description: '',
      egress: 'internet',
      members: Array.from({ length: 50 }, (_, index) => `s${index}`),
    },
  ],
  secretFiles: [
    { path: 'box/key', file: 'secrets/0.key', name: 'key', description: '0', usedBy: ['rest'] },
  ],
  reaches: [
    { to: { kind: 'internet' }, network: 'crowd', places: ['cluster'] },
    {
      from: 'rest',
      to: { kind: 'service', name: 'tcp', port: 80, protocol: 'tcp' },
      network: 'n',
      places: ['cluster'],
    },
  ],
  parameters: [
    {
      path: 'box/A',
      name: 'A',
      description: '0',
      default: '',
      uses: PLACES.map((place) => ({ path: 'box/rest', place, places: ['workstation'] })),
    },
    { path: 'box/B', name: 'B', description: '0', uses: [] },
  ],
  profiles: [{ path: 'box/nobody', name: 'nobody', description: '0', services: [] }],
  pins: [
    {
      component: 'a',
      title: 'a',
      runsOn: ['host'],
      artifact: { kind: 'none' },
      status: 'undecided',
      notes: '',
      usedBy: [],
    },
    {
      component: 'b',
      title: 'b',
      version: '1',
      runsOn: ['host'],
      artifact: { kind: 'npm', name: 'b' },
      status: 'decided',
      notes: '',
      usedBy: [],
    },
  ],
  policies: [
    {
      path: 'box/p',
      service: 'rest',
      workspace: { root: '/w', readOnly: false },
      tools: [
        ['a', 'b'],
        ['c', 'd'],
      ].flatMap((deny) =>
        [1, 2, 3].map((index) => ({
          name: `t${index}`,
          kind: 'image' as const,
          action: '0',
          writes: false,
          clients: [],
          allow: [],
          deny,
          offered: true,
        })),
      ),
    },
  ],
  checks: [aCheck({ prerequisites: [{ kind: 'cluster' }] })],
});

const MODELS = [small, approved, again, { plan: rest, fidelity: [] }, { plan: largePlan(300), fidelity: [] }];

function pagesIn(messages: Messages, models: readonly (typeof MODELS)[number][] = MODELS): string[] {
  return models.map(
    ({ plan, fidelity }) => outputFile({ path: '', ...statusPage(plan, fidelity, messages, []) }).content,
  );
}

/** With what each message was asked for; a text without gaps is asked for with nothing. */
function recordCalls(): Map<string, unknown[][]> {
  const calls = new Map<string, unknown[][]>();
  const record = (path: string, args: unknown[]): void => void calls.set(path, [...calls.get(path) ?? [], args]);
  pagesIn(changed(ENGLISH, (path, message) => {
    if (typeof message !== 'function') {
      record(path, []);
      return message;
    }
    return (...args: never[]) => {
      record(path, args);
      return message(...args);
    };
  }));
  return calls;
}

const calls = recordCalls();

/** Discriminators of the plan: not texts. */
const KINDS = [
  'draft',
  'approved',
  'changed',
  'new',
  'gone',
  'run',
  'hand',
  'passed',
  'failed',
  'engine',
  'cluster',
  'program',
  'host-service',
  'file',
  'image',
  'other',
  'decided',
  'undecided',
  'loopback',
  'published',
  'workstation',
  'all',
];

/** What a catalogue itself says, once for each way in which a message was asked for; what was put in is left out. */
function ownTexts(messages: Messages): [path: string, text: string][] {
  return [...calls].flatMap(([path, list]) =>
    [
      ...new Set(
        list.map((args) =>
          said(
            messageOf(messages, path),
            args.map((arg) => (typeof arg === 'string' && !KINDS.includes(arg) ? ' ' : arg)),
          ),
        ),
      ),
    ].map((text) => [path, text] as [string, string]),
  );
}

describe('a catalogue', () => {
  test('fails to compile when a message is missing, or one is too many', () => {
    const { none, ...words } = GERMAN.words;
    // @ts-expect-error a message is missing
    const lacking: Messages = { ...GERMAN, words };
    // @ts-expect-error not a message
    const surplus: Messages = { ...GERMAN, words: { ...GERMAN.words, more: none } };
    expect([pathsOf(lacking), pathsOf(surplus)].map((paths) => paths.length - pathsOf(GERMAN).length)).toEqual([-1, 1]);
  });

  test('has the same messages in every language, and no empty one', () => {
    expect(pathsOf(GERMAN)).toEqual(pathsOf(ENGLISH));
    for (const messages of [ENGLISH, GERMAN]) {
      expect(
        [...calls]
          .filter(([path, list]) => list.some((args) => said(messageOf(messages, path), args).trim() === ''))
          .map(([path]) => path),
      ).toEqual([]);
    }
  });

  test('has no message that no page shows', () => {
    expect(pathsOf(ENGLISH).filter((path) => !calls.has(path))).toEqual(['language']);
  });

  test('shares no text between languages, but for the few that are the same words', () => {
    const isSame = (path: string, args: unknown[]): boolean =>
      said(messageOf(ENGLISH, path), args) === said(messageOf(GERMAN, path), args);
    const same = [...calls].filter(([path, list]) => list.every((args) => isSame(path, args)));
    expect(same.map(([path]) => path).sort()).toEqual(['services.rootReason']);
    const columns = [...calls.keys()].flatMap((path) => {
      const [english, german] = [ENGLISH, GERMAN].map((messages) => messageOf(messages, path));
      return Array.isArray(english)
        ? (english as string[]).filter((word, index) => word === (german as string[])[index])
        : [];
    });
    expect([...new Set(columns)].sort()).toEqual([
      'Clients',
      'Image',
      'Linter',
      'Parameter',
      'Port',
      'Version',
      'Volume',
    ]);
  });
});

describe('the pages', () => {
  /** Letters of the catalogue become dots; what is put in stays. */
  function masked(message: Message): Message {
    const mask = (text: string): string => text.replace(/(?<!\ue000\d*)\p{L}/gu, '·');
    if (typeof message !== 'function') {
      return typeof message === 'string' ? mask(message) : message.map(mask);
    }
    return (...args: never[]) => {
      const isText = (arg: unknown): arg is string => typeof arg === 'string' && arg !== '' && !KINDS.includes(arg);
      const text = mask(message(...args.map((arg, index) => (isText(arg) ? `\ue000${index}\ue001` : arg)) as never[]));
      return text.replace(/\ue000(\d+)\ue001/g, (_, index: string) => args[Number(index)]);
    };
  }

  const TEXT_KEYS = new Set([
    'title', 'description', 'reason', 'rootReason', 'missingReason', 'note', 'notes', 'expectation', 'choice',
    'alternatives', 'reasons', 'roadmap', 'by', 'action',
  ]);

  /** Replaces the letters in all sentences of the plan by digits. */
  function muted<T>(value: T, key = ''): T {
    if (typeof value === 'string') {
      return (
        TEXT_KEYS.has(key) ? value.replace(/\p{L}/gu, '0') : value
      ) as T;
    }
    if (Array.isArray(value)) {
      return value.map((item) => muted(item as unknown, key)) as T;
    }
    return typeof value === 'object' && value !== null
      ? (Object.fromEntries(Object.entries(value).map(([name, item]) => [name, muted(item as unknown, name)])) as T)
      : value;
  }

  /** What a reader reads: no comment, no code, no address, no command, no syntax. */
  function prose(page: string): string {
    return page
      .replace(/<!--.*-->|<\/?(details|summary)>/g, '')
      .replace(/```mermaid\n([^]*?)```/g, (_, diagram: string) => (diagram.match(/"[^"]*"/g) ?? []).join('\n'))
      .replace(/```sh\n([^]*?)```/g, (_, commands: string) => (commands.match(/^#(?!   ).*$/gm) ?? []).join('\n'))
      .replace(/`[^`\n]*`/g, '')
      .replace(/\]\([^)\n]*\)/g, ']');
  }

  test('say nothing by themselves: all words come from the catalogue, names and units apart', () => {
    const models = MODELS.map(({ plan, fidelity }) => ({ plan: muted(plan), fidelity }));
    const words = pagesIn(
      changed(ENGLISH, (_, message) => masked(message)),
      models,
    ).flatMap((page) => prose(page).match(/\p{L}[\p{L}\d-]*/gu) ?? []);
    const named = MODELS.flatMap(({ plan }) => [
      ...plan.services,
      ...plan.hostServices,
      ...plan.profiles,
      ...plan.networks,
    ]);
    const names = new Set(named.map(({ name }) => name));
    expect([...new Set(words)].filter((word) => !names.has(word)).sort()).toEqual([
      'Compose', 'Docker', 'GiB', 'KiB', 'Kubernetes', 'MiB', 'data', 'nvidia', 'root', 's', 'shared',
    ]);
  });
});

describe('numbers', () => {
  /** Those after which no word changes: units, names, counts of what is not said. */
  const UNCHANGED = [
    'checks.failed',
    'policies.numberedPaths',
    'reach.everyMember',
    'reach.membersGroup',
    'services.connectionTo',
    'services.every',
    'words.amount',
    'words.andMore',
  ];

  test.each([
    ['English', ENGLISH, []],
    ['German', GERMAN, ['words.bytes']],
  ] as const)('take the singular and the plural in %s', (_, messages, alsoUnchanged) => {
    const counting = [...calls].filter(([, [args]]) => args.some((arg) => typeof arg === 'number'));
    const unchanged = counting.filter(([path, [args]]) => {
      const words = (number: number): string =>
        said(
          messageOf(messages, path),
          args.map((arg) => (typeof arg === 'number' ? number : arg)),
        ).replace(/\d/g, '');
      return words(1) === words(2);
    });
    expect(unchanged.map(([path]) => path).sort()).toEqual([...UNCHANGED, ...alsoUnchanged].sort());
  });

  test.each([
    ['0 Zeilen', GERMAN.page.rows(0)],
    ['1 Zeile', GERMAN.page.rows(1)],
    ['2 Einträge', GERMAN.page.entries(2)],
    ['1 Eintrag', GERMAN.page.entries(1)],
    ['1,5 CPU-Kerne', GERMAN.services.processors(1.5)],
    ['1 CPU-Kern', GERMAN.services.processors(1)],
    ['1 Prozess', GERMAN.services.processes(1)],
    ['1,5 s', GERMAN.words.amount(1.5, md`s`)],
    ['2 GPUs von x', GERMAN.services.accelerators(2, md`x`)],
    ['1 Aufruf pro Minute', GERMAN.policies.callsPerMinute(1)],
    ['1 von 2 Images ist nicht per Digest festgehalten: x.', GERMAN.pins.withoutDigest(1, 2, md`x`)],
    ['2 von 2 Images sind nicht per Digest festgehalten: x.', GERMAN.pins.withoutDigest(2, 2, md`x`)],
    ['Freigabe: nicht erteilt, 1 Punkt fehlt', GERMAN.summary.gate(1)],
    ['Freigabe: nicht erteilt, 2 Punkte fehlen', GERMAN.summary.gate(2)],
    ['1 Nachweis gehört zu keiner Prüfung des Modells: x.', GERMAN.checks.stray(1, md`x`)],
  ])('in German: %s', (expected, shown) => {
    expect(shown).toBe(expected);
  });
});

describe('German', () => {
  const texts = ownTexts(GERMAN);

  test('is written with its own letters', () => {
    const words = texts.flatMap(([, text]) => text.match(/\p{L}*(ae|oe|ue)\p{L}*/giu) ?? []);
    // here the two letters are two sounds
    expect([...new Set(words)].sort()).toEqual(['Wiedergabetreue', 'bauen']);
    expect([...'äöüÄÖÜß'].filter((letter) => texts.some(([, text]) => text.includes(letter))).join('')).toBe('äöüÄÖÜß');
  });

  test('has no English words in its sentences, and speaks to nobody by du or Sie', () => {
    const foreign = texts.filter(([, text]) =>
      /\b(the|is|are|and|of|by|for|with|this|that|not|no|none|from|you|du|dein|deine|Ihr|Ihre|Sie)\b/.test(text),
    );
    expect(foreign).toEqual([]);
  });
});

test('German has a word for each part of a fingerprint, and leaves a name that it does not know', () => {
  const parts = [
    'build context of a',
    'check definition',
    'decision a',
    'env file a',
    'file a',
    'generator',
    'host service a',
    'network a',
    'profile a',
    'pin a',
    'service a',
    'tool policy of a',
    'toolbox',
    'volume a',
    'waiver a',
  ];
  expect(parts.map((name) => GERMAN.words.part(name))).toEqual([
    'Build-Kontext von a',
    'Definition der Prüfung',
    'Entscheidung a',
    'Env-Datei a',
    'Datei a',
    'Generator',
    'Host-Dienst a',
    'Netzwerk a',
    'Profil a',
    'Version von a',
    'Dienst a',
    'Werkzeugregeln von a',
    'Toolbox',
    'Volume a',
    'Ausnahmeregelung a',
  ]);
  expect(GERMAN.words.part('of another version')).toBe('of another version');
});
