import { Messages } from './messages';
import { joined, md, plural } from '../escape/markdown';

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
      md`Run these in the project folder. ${fidelity} lists what a target expresses differently or omits.`,
    factsRefused: (number) => md`**${number} ${plural(number, md`fact is`, md`facts are`)} refused there.**`,
    fidelity: 'FIDELITY.md',
    roadmap: md`Roadmap`,
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
      return joined([
        md`${verified} of ${checks} ${plural(checks, md`check`, md`checks`)}`,
        md`verified${hand}${rest[0]}${rest[1]}${rest[2]}`,
      ], ' ');
    },
    gate: (missing) =>
      missing === 0 ? md`gate: open` : md`gate: closed, ${missing} ${plural(missing, md`item`, md`items`)} missing`,
  },
  stage: {
    heading: (stage) => ({ draft: md`Stage: draft`, approved: md`Stage: approved` })[stage],
    draft: (file, folder) =>
      md`This draft is not for productive use. Its Compose file is ${file}, its manifests are in ${folder}.`,
    approved: (file, folder) =>
      md`The architecture is approved. The productive Compose file is ${file}, the manifests are in ${folder}.`,
    approval: (by, at, reason) => md`Approved by ${by} on ${at}: ${reason}`,
    fingerprint: (digest) =>
      joined([
        md`The approval covers the fingerprint ${digest}. A change of what it covers withdraws it, and drafts are`,
        md`generated again.`,
      ], ' '),
    missing: md`Missing for the approval:`,
    missingChecks: (number, list, command) =>
      joined([
        md`${number} required ${plural(number, md`check is`, md`checks are`)} not verified: ${list}. ${command}`,
        md`runs ${plural(number, md`it`, md`them`)} and records the result.`,
      ], ' '),
    missingPins: (number, list, inventory) =>
      joined([
        md`${number} ${plural(number, md`version is`, md`versions are`)} undecided: ${list}. Decide, and set the`,
        md`status in ${inventory ?? md`the inventory`}.`,
      ], ' '),
    missingWaivers: (number, list) =>
      joined([
        md`${number} ${plural(number, md`waiver blocks`, md`waivers block`)} the approval: ${list}. Fix the`,
        md`findings, and remove the waiver from the model.`,
      ], ' '),
    missingApproval: (command) =>
      md`The current architecture is not approved. When everything else is done, run ${command}.`,
    noApprovalFile: (how) => md`The model has no approval file, so it stays a draft. Set ${how} on the toolbox.`,
    lastApproval: (by, at, reason) => md`Last approved by ${by} on ${at}: ${reason}`,
    since: (changes) => md`Since then: ${changes}.`,
    filesStay: (folder, list) =>
      md`The approved files in ${folder} stay unchanged until the next approval: ${list}.`,
  },
  services: {
    heading: md`Services`,
    columns: [md`Service`, md`What`, md`Image`, md`Profile`, md`Where`, md`Runs as`, md`Limits`, md`Health`],
    alwaysThere: md`always`,
    alwaysThereGroup: 'Always running',
    partGroup: (part) => `Profile ${part}`,
    builtFrom: (image, context) => md`${image}, built from ${context}`,
    withFile: (built, dockerfile) => md`${built} with ${dockerfile}`,
    onBase: (built, components) => md`${built} on ${components}`,
    byDigest: (image) => md`${image}, by digest`,
    withoutDigest: (image) => md`${image}, without digest`,
    imageUser: (user) => md`user of the image (${user})`,
    unknownUser: md`**user of the image (unknown)**`,
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
    endsByItself: md`one-shot`,
    every: (probe, seconds) => md`${probe} every ${seconds} s`,
    connectionTo: (port) => md`TCP connection to ${port}`,
    checkOfImage: md`check of the image`,
    hostIntro: md`On the host, outside every container:`,
    hostService: (name, what, address, relay, standIn) => {
      const way = relay === undefined ? md`` : md`, only through ${relay}`;
      const inCluster =
        standIn === undefined
          ? md`no replacement in a cluster`
          : md`in a cluster, ${standIn} replaces it`;
      return md`${name}: ${what}, at ${address}${way}; ${inCluster}.`;
    },
    hostsListen: (bridge, settings, loopback, everywhere) =>
      joined(
        [
          joined([
            md`On Linux, containers cannot reach ${loopback} of the host. Make these servers listen on the`,
            md`address of the engine's bridge,`,
          ], ' '),
          settings === undefined ? md`usually ${bridge}.` : md`usually ${bridge} (${settings}).`,
          joined([
            md`Do not use ${everywhere}: without a login, every machine on the network could then use them and`,
            md`change or delete their data.`,
          ], ' '),
        ],
        ' ',
      ),
    partsIntro: md`Profiles:`,
    noService: md`no service`,
  },
  data: {
    heading: md`Data`,
    columns: [md`Volume`, md`What`, md`Stored in`, md`Size`, md`Writable by`, md`Read-only for`],
    volume: md`a volume`,
    existing: md`a volume that exists already`,
    hostFolder: (folder) => md`host folder ${folder}`,
  },
  pins: {
    heading: md`Pins`,
    columns: [md`Component`, md`Version`, md`Runs on`, md`Pinned by`, md`Decided`, md`Used by`, md`Notes`],
    withoutDigest: (number, images, list) =>
      joined([
        md`${number} of ${images} ${plural(images, md`image`, md`images`)} ${plural(number, md`is`, md`are`)} not`,
        md`pinned by digest: ${list}.`,
      ], ' '),
    toBeDecided: md`to be decided`,
    container: md`container`,
    host: md`host`,
    decided: (status) => ({ decided: md`yes`, undecided: md`no`, rejected: md`rejected` })[status],
    image: (name, digest) => md`image ${name}, ${digest}`,
    imageWithout: (name, reason) => md`image ${name}, digest missing: ${reason}`,
    npm: (name, integrity) => md`npm package ${name}, ${integrity}`,
    npmWithout: (name) => md`npm package ${name}, integrity not recorded`,
    nothingYet: md`nothing yet`,
    versionAlone: md`version only`,
  },
  checks: {
    heading: md`Verification`,
    columns: [md`Check`, md`Covers`, md`Requires`, md`Command`, md`Expected`, md`State`, md`Evidence`],
    howTo: (command, directory) =>
      joined([
        md`${command} runs the checks whose prerequisites are met and records the results in ${directory}. A`,
        md`check becomes stale when something that it covers changes.`,
      ], ' '),
    noEvidenceDirectory: (how) =>
      md`The model has no evidence folder, so no check can be recorded or verified. Set ${how} on the toolbox.`,
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
        return md`**failed**, recorded by hand`;
      }
      if (exitCode === undefined) {
        return md`**failed**: stopped early`;
      }
      return exitCode === 0
        ? md`**failed**: exit code 0, but not the expected output`
        : md`**failed**: exit code ${exitCode}`;
    },
    stale: (outcome) => ({ passed: md`**stale**, was verified`, failed: md`**stale**, was failed` })[outcome],
    record: (method) => ({ run: 'Run', hand: 'Recorded by hand' })[method],
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
      joined([
        md`The workspace ${root} is ${readOnly ? md`read-only` : md`writable`} for the gateway. Tools that are`,
        md`not listed are denied.`,
      ], ' '),
    columns: [md`Tool`, md`What it does`, md`Access`, md`Paths`, md`Limits`, md`Clients`],
    usualPaths: md`usual paths`,
    numberedPaths: (number) => md`paths ${number}`,
    notOffered: (tool) => md`${tool} (this gateway does not offer it)`,
    access: (writes) => (writes ? md`**writes**` : md`reads`),
    action: (kind, what) =>
      ({
        file: md`files: ${what}`,
        image: md`images in documents: ${what}`,
        other: what === '' ? md`defined by its server` : what,
      })[kind],
    allPaths: md`all`,
    but: (allowed, denied) => md`${allowed} but ${denied}`,
    callsPerMinute: (number) => md`${number} ${plural(number, md`call`, md`calls`)} a minute`,
    gatewayLimits: md`those of the gateway`,
  },
  reach: {
    heading: md`Who reaches whom`,
    intro: (fidelity) =>
      md`Connections that are not listed are denied. ${fidelity} lists where a target cannot enforce that.`,
    roundCorners: md`Boxes with rounded corners are profiles.`,
    tooMuchToDraw: (services) =>
      joined([
        md`A diagram of ${services} ${plural(services, md`service`, md`services`)} would be too large. The table`,
        md`is complete.`,
      ], ' '),
    columns: [md`From`, md`To`, md`Port`, md`Network`, md`Where`],
    outside: (exposure) => ({ loopback: md`this machine`, published: md`**other machines**` })[exposure],
    asAddress: (port, address) => md`${port}, as ${address}`,
    hostNetwork: md`the host's`,
    hostNetworkGroup: "The host's network",
    networkGroup: (network) => `Network ${network}`,
    everyMember: (services) => md`each of the ${services} services on it`,
    membersGroup: (network, services) => `${services} services on network ${network}`,
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
  parameters: {
    heading: md`Parameters`,
    intro: (file) =>
      md`Set them in ${file} for this workstation. A cluster gets the defaults; a Kustomize overlay can patch them.`,
    columns: [md`Parameter`, md`Default`, md`What`, md`Used by`],
    required: md`**none: must be set**`,
    empty: md`empty`,
    places: {
      'image': md`image`,
      'build argument': md`build argument`,
      'command': md`command`,
      'working directory': md`working directory`,
      'environment': md`environment`,
      'port': md`port`,
      'host port': md`host port`,
      'health check': md`health check`,
      'Compose override': md`Compose override`,
      'Kubernetes patch': md`Kubernetes patch`,
      'host folder': md`host folder`,
    },
  },
  secrets: {
    heading: md`Secrets`,
    intro: md`Names only. Values are in files that are never committed, and in Secrets of the cluster.`,
    columns: [md`File`, md`Key`, md`What`, md`Used by`],
    howTo: (file, example, secret) =>
      joined([
        md`${file}: on a workstation, copy ${example} and fill in the values; for a cluster, create the Secret`,
        md`${secret} from it. See the commands below.`,
      ], ' '),
    wholeFile: md`whole file`,
    howToFile: (file, secret) =>
      md`${file}: write the value there; for a cluster, create the Secret ${secret} from it. See the commands below.`,
  },
  exemptions: {
    waivers: md`Waivers`,
    waiverColumns: [md`Rule`, md`For`, md`Last day`, md`Blocks the approval`, md`Reason`],
    noLastDay: md`none`,
    blocks: (blocks) => (blocks ? md`**yes**` : md`no`),
    overrides: md`Overrides`,
    overridesIntro: md`Said for one target alone, and checked by the same rules.`,
    overrideColumns: [md`Override`, md`For`, md`Target`, md`Opens`, md`Reason`],
    opensNothing: md`nothing`,
    suppressions: md`Linter suppressions`,
    suppressionsIntro: md`Findings of linters that are accepted.`,
    suppressionColumns: [md`Linter`, md`Check`, md`Where`, md`Reason`],
  },
  commands: {
    folders: 'Once: create the host folders',
    writable: (folder, users) =>
      `On Linux: make ${folder} writable for the container user ${users} and yourself (setfacl is in the package acl)`,
    listen: (name) =>
      `On Linux, once: make ${name} listen on the bridge, which only containers can reach`,
    envFiles: 'Once: copy the example and fill in the values. Never commit them',
    secretFiles: 'Once: create the files and write the secrets into them. Never commit them',
    parameters: 'Once: copy the example and set the parameters that differ on this machine',
    project: 'A second checkout on the same machine needs its own project name:',
    build: 'Build the local images',
    start: 'Start all services without a profile, and wait until they are healthy',
    part: (name, description) => `Profile ${name}: ${description}`,
    again:
      'After a change of the model, image sources or an env file: build, then repeat "up" for each profile in use',
    replaces:
      '"up" replaces containers with changed image, configuration or secrets, and removes obsolete services',
    work: (service) => `Work in ${service}`,
    stop: 'Stop everything, including sessions. Volumes are kept',
    builtImages: 'Push built images to a registry of the cluster, or load them into its nodes:',
    secrets: 'Once: create the Secrets from the env files',
    changedSecrets:
      'After a change of an env file: update the Secrets and restart the pods, which read them at start only',
    apply: 'Create or update everything',
    attach: (service) => `Work in ${service}. Ctrl-P Ctrl-Q detaches`,
    forward: (service) => `Forward ${service} to this machine`,
    prune: 'Remove obsolete services: without it they keep running. Claims keep their data',
    remove: 'Remove everything, including volumes',
  },
};
