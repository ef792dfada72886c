import { Messages } from './messages';
import { plural } from './plural';
import { joined, md } from '../escape/markdown';

export const ENGLISH: Messages = {
  language: 'English',
  words: {
    none: md`none`,
    andMore: (list, more) => md`${list} and ${more} more`,
    amount: (value, unit) => md`${value} ${unit}`,
    bytes: (value) => md`${value} ${plural(value, md`byte`, md`bytes`)}`,
    date: (year, month, day) => md`${year}-${month}-${day}`,
    moment: (date, time) => md`${date} at ${time} UTC`,
    place: { workstation: md`workstation`, cluster: md`cluster` },
    everyPlace: md`workstation and cluster`,
    noReason: 'no reason was given',
    changes: (how, list) => ({ changed: md`changed: ${list}`, new: md`new: ${list}`, gone: md`gone: ${list}` })[how],
    part: (name) => name,
  },
  page: {
    title: (name) => md`${name}: status`,
    rows: (number) => `${number} ${plural(number, 'row', 'rows')}`,
    entries: (number) => `${number} ${plural(number, 'entry', 'entries')}`,
    lines: (number) => `${number} ${plural(number, 'line', 'lines')}`,
    commands: md`Commands`,
    commandsIntro: (fidelity) =>
      md`From the project's folder. What each target says in another way or not at all is in ${fidelity}.`,
    factsRefused: (number) => md`**${number} ${plural(number, md`fact is`, md`facts are`)} refused there.**`,
    fidelity: 'FIDELITY.md',
    roadmap: md`What comes next`,
  },
  summary: {
    stage: (stage) => ({ draft: md`**Draft**`, approved: md`**Approved**` })[stage],
    checks: ({ checks, verified, byHand, failed, stale, toVerify }) => {
      if (checks === 0) {
        return md`no checks`;
      }
      const hand = byHand === 0 ? md`` : md` (${byHand} by hand)`;
      const rest = [
        failed === 0 ? md`` : md`, ${failed} failed`,
        stale === 0 ? md`` : md`, ${stale} stale`,
        toVerify === 0 ? md`` : md`, ${toVerify} to verify`,
      ];
      return md`${verified} of ${checks} ${plural(checks, md`check`, md`checks`)} verified${hand}${rest[0]}${rest[1]}${rest[2]}`;
    },
    gate: (missing) =>
      missing === 0 ? md`gate: open` : md`gate: closed, ${missing} ${plural(missing, md`thing`, md`things`)} missing`,
  },
  stage: {
    heading: (stage) => ({ draft: md`Stage: draft`, approved: md`Stage: approved` })[stage],
    draft: (file, folder) =>
      md`Nothing in this draft is for productive use. Its Compose file is ${file}, its manifests are in ${folder}.`,
    approved: (file, folder) =>
      md`The architecture is approved. The productive Compose file is ${file}, the manifests are in ${folder}.`,
    approval: (by, at, reason) => md`Approved by ${by} on ${at}: ${reason}`,
    fingerprint: (digest) =>
      md`The approval holds for the fingerprint ${digest}. Any change of what it covers takes it back, and what is generated is a draft again.`,
    missing: md`What is missing for the approval:`,
    missingChecks: (number, list, command) =>
      md`${number} required ${plural(number, md`check is`, md`checks are`)} not verified: ${list}. ${command} runs ${plural(number, md`it`, md`them`)} and records what it saw.`,
    missingPins: (number, list, inventory) =>
      md`${number} ${plural(number, md`version is`, md`versions are`)} not decided: ${list}. Decide, and set the status in ${inventory ?? md`the inventory`}.`,
    missingWaivers: (number, list) =>
      md`${number} ${plural(number, md`waiver blocks`, md`waivers block`)} the approval: ${list}. Fix what the rule finds there, and take the waiver out of the model.`,
    missingApproval: (command) =>
      md`Nobody has approved the architecture as it is now. When all else is done: ${command}.`,
    noApprovalFile: (how) => md`The model names no file for an approval, so it stays a draft. Give the toolbox ${how}.`,
    lastApproval: (by, at, reason) => md`Last approved by ${by} on ${at}: ${reason}`,
    since: (changes) => md`Since then: ${changes}.`,
    filesStay: (folder, list) =>
      md`What was approved stays in ${folder} as it is until the next approval replaces it: ${list}.`,
  },
  services: {
    heading: md`Services`,
    columns: [md`Service`, md`What`, md`Image`, md`Profile`, md`Where`, md`Runs as`, md`Limits`, md`Health`],
    alwaysThere: md`always there`,
    alwaysThereGroup: 'Always there',
    partGroup: (part) => `Profile ${part}`,
    builtFrom: (image, context) => md`${image}, built from ${context}`,
    withFile: (built, dockerfile) => md`${built} with ${dockerfile}`,
    onBase: (built, components) => md`${built} on ${components}`,
    byDigest: (image) => md`${image}, by digest`,
    withoutDigest: (image) => md`${image}, without digest`,
    readOnlyRoot: md`read-only root`,
    writableRoot: md`writable root`,
    keeps: (capabilities) => md`keeps ${capabilities}`,
    rootReason: (services, reason) => md`Root in ${services}: ${reason}`,
    processors: (number) => md`${number} ${plural(number, md`CPU`, md`CPUs`)}`,
    memory: (size) => md`${size} memory`,
    processes: (number) => md`${number} ${plural(number, md`process`, md`processes`)}`,
    scratch: (size) => md`${size} scratch`,
    accelerators: (number, vendor) =>
      number === 'all' ? md`all ${vendor} GPUs` : md`${number} ${vendor} ${plural(number, md`GPU`, md`GPUs`)}`,
    endsByItself: md`ends by itself`,
    every: (probe, seconds) => md`${probe} every ${seconds} s`,
    connectionTo: (port) => md`TCP connection to ${port}`,
    hostIntro: md`On the host, outside every container:`,
    hostService: (name, what, address, relay, standIn) => {
      const way = relay === undefined ? md`` : md`, through ${relay} only`;
      const inCluster =
        standIn === undefined
          ? md`nothing stands in for it in a cluster`
          : md`in a cluster ${standIn} stands in for it`;
      return md`${name}: ${what}, at ${address}${way}; ${inCluster}.`;
    },
    hostsListen: (bridge, settings, loopback, everywhere) =>
      joined(
        [
          md`On Linux, containers cannot reach ${loopback} of the host: let these servers listen on the address of the engine's bridge,`,
          settings === undefined ? md`usually ${bridge}.` : md`usually ${bridge} (${settings}).`,
          md`Do not use ${everywhere}: every machine on the network could then use them, and change or delete what they serve, unless they ask for a login.`,
        ],
        ' ',
      ),
    partsIntro: md`Profiles:`,
    noService: md`no service`,
  },
  data: {
    heading: md`Data`,
    columns: [md`Volume`, md`What`, md`Kept in`, md`Size`, md`May write`, md`May only read`],
    volume: md`a volume`,
    hostFolder: (folder) => md`the host's ${folder}`,
  },
  pins: {
    heading: md`Pins`,
    columns: [md`Component`, md`Version`, md`Runs on`, md`Held by`, md`Decided`, md`Used by`, md`Notes`],
    withoutDigest: (number, images, list) =>
      md`${number} of ${images} ${plural(images, md`image`, md`images`)} ${plural(number, md`is`, md`are`)} not pinned by digest: ${list}.`,
    toBeDecided: md`to be decided`,
    container: md`container`,
    host: md`host`,
    decided: (status) => ({ decided: md`yes`, undecided: md`no` })[status],
    image: (name, digest) => md`image ${name}, ${digest}`,
    imageWithout: (name, reason) => md`image ${name}, digest missing: ${reason}`,
    npm: (name, integrity) => md`npm package ${name}, ${integrity}`,
    npmWithout: (name) => md`npm package ${name}, integrity not recorded`,
    nothingYet: md`nothing yet`,
    versionAlone: md`its version alone`,
  },
  checks: {
    heading: md`Verification`,
    columns: [md`Check`, md`Covers`, md`Needs`, md`Command`, md`Must be seen`, md`State`, md`Evidence`],
    howTo: (command, directory) =>
      md`${command} runs what is not verified, as far as a machine has what it needs, and keeps what it saw in ${directory}. A check turns stale by itself when something that it covers changes.`,
    noEvidenceDirectory: (how) =>
      md`The model names no folder for evidence, so nothing can be recorded and no check becomes verified. Give the toolbox ${how}.`,
    stateGroup: { 'verified': 'Verified', 'failed': 'Failed', 'stale': 'Stale', 'to-verify': 'To verify' },
    notRequired: (check) => md`${check}, not required`,
    nothing: md`nothing`,
    need: (kind, name) => {
      switch (kind) {
        case 'engine':
          return md`a Docker engine`;
        case 'cluster':
          return md`a cluster`;
        case 'registry':
          return md`the images' registries`;
        case 'program':
          return name;
        case 'host-service':
          return md`${name} on the host`;
      }
    },
    outputContains: (expectation, output) => md`${expectation} The output contains ${output}.`,
    toVerify: md`**to verify**`,
    noRecord: md`none`,
    verified: (method) => ({ run: md`**verified**`, hand: md`**verified by hand**` })[method],
    failed: (method, exitCode) => {
      if (method === 'hand') {
        return md`**failed**, seen by hand`;
      }
      if (exitCode === undefined) {
        return md`**failed**: stopped before it ended`;
      }
      return exitCode === 0
        ? md`**failed**: exit code 0, but not the output that was asked for`
        : md`**failed**: exit code ${exitCode}`;
    },
    stale: (outcome) => ({ passed: md`**stale**, was verified`, failed: md`**stale**, had failed` })[outcome],
    record: (method) => ({ run: 'Run', hand: 'Seen by hand' })[method],
    recorded: (record, by, at) => md`${record} by ${by} on ${at}`,
    withTools: (recorded, tools) => md`${recorded}, with ${tools}`,
    stray: (number, files) =>
      md`${number} ${plural(number, md`record belongs`, md`records belong`)} to no check of the model: ${files}.`,
  },
  decisions: {
    heading: md`Decisions`,
    chosen: (choice) => md`Chosen: **${choice}**`,
    notChosen: md`Not chosen:`,
  },
  policies: {
    heading: md`Tool policy`,
    gateway: (service) => md`Tools of ${service}`,
    workspace: (root, readOnly) =>
      md`The workspace ${root} is ${readOnly ? md`read-only` : md`writable`} for the gateway. Every tool that is not listed is refused.`,
    columns: [md`Tool`, md`What it does`, md`Access`, md`Paths`, md`Limits`, md`Clients`],
    usualPaths: md`usual paths`,
    numberedPaths: (number) => md`paths ${number}`,
    notOffered: (tool) => md`${tool} (this gateway does not offer it)`,
    access: (writes) => (writes ? md`**writes**` : md`reads`),
    action: (kind, what) =>
      ({
        file: md`files: ${what}`,
        image: md`images in documents: ${what}`,
        other: what === '' ? md`as its server says` : what,
      })[kind],
    allPaths: md`all`,
    but: (allowed, denied) => md`${allowed} but ${denied}`,
    callsPerMinute: (number) => md`${number} ${plural(number, md`call`, md`calls`)} a minute`,
    gatewayLimits: md`those of the gateway`,
  },
  reach: {
    heading: md`Who reaches whom`,
    intro: (fidelity) =>
      md`Everything that is not listed is refused. Where a target cannot hold to that, ${fidelity} says so.`,
    roundCorners: md`Boxes with round corners are profiles.`,
    tooMuchToDraw: (services) =>
      md`There is too much for a picture of ${services} ${plural(services, md`service`, md`services`)}; the table has everything.`,
    columns: [md`From`, md`To`, md`Port`, md`Network`, md`Where`],
    outside: (exposure) => ({ loopback: md`this machine`, published: md`**other machines**` })[exposure],
    asAddress: (port, address) => md`${port}, as ${address}`,
    hostNetwork: md`the host's`,
    hostNetworkGroup: "The host's network",
    networkGroup: (network) => `Network ${network}`,
    internet: md`the internet`,
    anyPort: md`any`,
    onHost: (name) => md`${name} on the host`,
    diagram: {
      outside: (exposure) => ({ loopback: 'this machine', published: 'other machines' })[exposure],
      internet: 'internet',
      onHost: (name) => `${name} on the host`,
      anyPort: 'any port',
      only: (port, place) => `${port} ${place} only`,
    },
  },
  secrets: {
    heading: md`Secrets`,
    intro: md`Only names are here. Values live in files that are never committed, and in the cluster's own Secrets.`,
    columns: [md`File`, md`Key`, md`What`, md`Used by`],
    howTo: (file, example, secret) =>
      md`${file}: on a workstation copy ${example} to it and fill in the values; in a cluster make the Secret ${secret} from it. Both are in the commands below.`,
  },
  exemptions: {
    waivers: md`Waivers`,
    waiverColumns: [md`Rule`, md`For`, md`Last day`, md`Blocks the approval`, md`Reason`],
    noLastDay: md`none`,
    blocks: (blocks) => (blocks ? md`**yes**` : md`no`),
    suppressions: md`Linter suppressions`,
    suppressionsIntro: md`Findings of linters that are accepted.`,
    suppressionColumns: [md`Linter`, md`Check`, md`Where`, md`Reason`],
  },
  commands: {
    folders: 'Once: folders of the host',
    writable: (folder, users) =>
      `On Linux: let the containers' user ${users} write to ${folder}, and keep it writable for yourself (setfacl: package acl)`,
    listen: (name) =>
      `On Linux, once: lets ${name} listen on the engine's bridge, which containers reach and other machines do not`,
    envFiles: 'Once: copy, then fill in the values, and never commit them',
    project: 'A second checkout on the same machine needs a project of its own, or both share containers and volumes:',
    build: 'Build the images that are built here',
    start: 'Start what is always there, and wait until it is healthy',
    part: (name, description) => `Profile ${name}: ${description}`,
    again:
      'After a change of the model, the sources of an image or an env file: run "build", then the "up" command of every part in use again',
    replaces:
      'It replaces containers whose image, configuration or secrets changed, and removes services that are gone',
    work: (service) => `Work in ${service}`,
    stop: 'Stop everything, sessions too; volumes stay',
    builtImages: 'Built images must be in a registry that the cluster reaches, or loaded into its nodes:',
    secrets: 'Once: secrets, from the files that are never committed',
    changedSecrets:
      'After a change of an env file: update the secrets, and restart the pods, which read them only at start',
    apply: 'Create or update everything',
    attach: (service) => `Work in ${service}; Ctrl-P Ctrl-Q leaves it running`,
    forward: (service) => `Reach ${service} from this machine`,
    remove: 'Remove everything, volumes too',
  },
};
