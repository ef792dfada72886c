import { Messages } from './messages';
import { joined, Markdown, md, plural } from '../escape/markdown';

/** Translations of the prefixes of part names. Other names stay unchanged. */
const PARTS = [
  ['build context of ', 'Build-Kontext von '],
  ['check definition', 'Definition der Prüfung'],
  ['decision ', 'Entscheidung '],
  ['env file ', 'Env-Datei '],
  ['file ', 'Datei '],
  ['generator', 'Generator'],
  ['host service ', 'Host-Dienst '],
  ['network ', 'Netzwerk '],
  ['parameter ', 'Parameter '],
  ['profile ', 'Profil '],
  ['pin ', 'Version von '],
  ['service ', 'Dienst '],
  ['tool policy of ', 'Werkzeugregeln von '],
  ['toolbox', 'Toolbox'],
  ['volume ', 'Volume '],
  ['waiver ', 'Ausnahmeregelung '],
] as const;

export const GERMAN: Messages = {
  language: 'Deutsch',
  words: {
    none: md`keine`,
    andMore: (list, more) => md`${list} und ${more} weitere`,
    amount: (value, unit) => md`${decimal(value)} ${unit}`,
    bytes: (value) => md`${value} Byte`,
    date: (year, month, day) => md`${day}.${month}.${year}`,
    moment: (date, time) => md`${date} um ${time} UTC`,
    place: { workstation: md`Arbeitsplatz`, cluster: md`Cluster` },
    everyPlace: md`Arbeitsplatz und Cluster`,
    noReason: 'ohne Angabe von Gründen',
    changes: (how, list) =>
      ({ changed: md`geändert: ${list}`, new: md`neu: ${list}`, gone: md`entfallen: ${list}` })[how],
    part: germanPart,
  },
  page: {
    title: (name) => md`${name}: Status`,
    rows: (number) => `${number} ${plural(number, 'Zeile', 'Zeilen')}`,
    entries: (number) => `${number} ${plural(number, 'Eintrag', 'Einträge')}`,
    lines: (number) => `${number} ${plural(number, 'Befehlszeile', 'Befehlszeilen')}`,
    commands: md`Befehle`,
    commandsIntro: (fidelity) =>
      md`Die Befehle werden im Projektordner ausgeführt. Abweichungen der Ziele stehen im ${fidelity}.`,
    factsRefused: (number) => md`**${number} ${plural(number, md`Angabe wird`, md`Angaben werden`)} dort abgelehnt.**`,
    fidelity: 'Bericht zur Wiedergabetreue (englisch)',
    roadmap: md`Wie es weitergeht`,
  },
  summary: {
    stage: (stage) => ({ draft: md`**Entwurf**`, approved: md`**Freigegeben**` })[stage],
    checks: ({ checks, verified, byHand, failed, stale, toVerify }) => {
      if (checks === 0) {
        return md`keine Prüfungen`;
      }
      const hand = byHand === 0 ? md`` : md` (davon ${byHand} von Hand)`;
      const rest = [
        failed === 0 ? md`` : md`, ${failed} fehlgeschlagen`,
        stale === 0 ? md`` : md`, ${stale} überholt`,
        toVerify === 0 ? md`` : md`, ${toVerify} offen`,
      ];
      return joined([
        md`${verified} von ${checks} ${plural(checks, md`Prüfung`, md`Prüfungen`)}`,
        md`bestanden${hand}${rest[0]}${rest[1]}${rest[2]}`,
      ], ' ');
    },
    gate: (missing) =>
      missing === 0
        ? md`Freigabe: erteilt`
        : md`Freigabe: nicht erteilt, ${missing} ${plural(missing, md`Punkt fehlt`, md`Punkte fehlen`)}`,
  },
  stage: {
    heading: (stage) => ({ draft: md`Stand: Entwurf`, approved: md`Stand: freigegeben` })[stage],
    draft: (file, folder) =>
      joined([
        md`Der Entwurf ist nicht für den produktiven Einsatz bestimmt. Seine Compose-Datei ist ${file}, seine`,
        md`Manifeste liegen in ${folder}.`,
      ], ' '),
    approved: (file, folder) =>
      md`Die Architektur ist freigegeben. Die produktive Compose-Datei ist ${file}, die Manifeste liegen in ${folder}.`,
    approval: (by, at, reason) => md`Freigegeben durch ${by} am ${at}: ${reason}`,
    fingerprint: (digest) =>
      joined([
        md`Die Freigabe gilt für den Fingerabdruck ${digest}. Ändert sich, was er umfasst, erlischt sie, und es`,
        md`entsteht wieder ein Entwurf.`,
      ], ' '),
    missing: md`Für die Freigabe fehlt:`,
    missingChecks: (number, list, command) =>
      joined([
        md`${number} vorgeschriebene ${plural(number, md`Prüfung ist`, md`Prüfungen sind`)} nicht bestanden:`,
        md`${list}. ${command} führt sie aus und hält das Ergebnis fest.`,
      ], ' '),
    missingPins: (number, list, inventory) =>
      joined([
        md`${number} ${plural(number, md`Version ist`, md`Versionen sind`)} nicht festgelegt: ${list}. Nach der`,
        md`Entscheidung ist der Status in ${inventory ?? md`der Bestandsdatei`} zu setzen.`,
      ], ' '),
    missingWaivers: (number, list) =>
      joined([
        md`${number} ${plural(number, md`Ausnahmeregelung verhindert`, md`Ausnahmeregelungen verhindern`)} die`,
        md`Freigabe: ${list}. Der Befund ist zu beheben und die Ausnahme aus dem Modell zu entfernen.`,
      ], ' '),
    missingApproval: (command) =>
      md`Niemand hat die Architektur in ihrer jetzigen Form freigegeben. Wenn alles andere erledigt ist: ${command}.`,
    noApprovalFile: (how) =>
      md`Das Modell nennt keine Datei für eine Freigabe und bleibt deshalb ein Entwurf. Der Toolbox fehlt ${how}.`,
    lastApproval: (by, at, reason) => md`Zuletzt freigegeben durch ${by} am ${at}: ${reason}`,
    since: (changes) => md`Seitdem: ${changes}.`,
    filesStay: (folder, list) =>
      md`Die freigegebenen Dateien bleiben unverändert in ${folder}, bis die nächste Freigabe sie ersetzt: ${list}.`,
  },
  services: {
    heading: md`Dienste`,
    columns: [
      md`Dienst`,
      md`Aufgabe`,
      md`Image`,
      md`Profil`,
      md`Ort`,
      md`Läuft als`,
      md`Grenzen`,
      md`Zustandsprüfung`,
    ],
    alwaysThere: md`immer`,
    alwaysThereGroup: 'Immer aktiv',
    partGroup: (part) => `Profil ${part}`,
    builtFrom: (image, context) => md`${image}, gebaut aus ${context}`,
    withFile: (built, dockerfile) => md`${built} mit ${dockerfile}`,
    onBase: (built, components) => md`${built} auf Basis von ${components}`,
    byDigest: (image) => md`${image}, per Digest`,
    withoutDigest: (image) => md`${image}, ohne Digest`,
    imageUser: (user) => md`Benutzer des Images (${user})`,
    unknownUser: md`**Benutzer des Images (unbekannt)**`,
    readOnlyRoot: md`Dateisystem schreibgeschützt`,
    writableRoot: md`Dateisystem beschreibbar`,
    keeps: (capabilities) => md`behält ${capabilities}`,
    rootReason: (services, reason) => md`Root in ${services}: ${reason}`,
    processors: (number) => md`${decimal(number)} ${plural(number, md`CPU-Kern`, md`CPU-Kerne`)}`,
    memory: (size) => md`${size} Arbeitsspeicher`,
    processes: (number) => md`${number} ${plural(number, md`Prozess`, md`Prozesse`)}`,
    scratch: (size) => md`${size} temporärer Speicher`,
    accelerators: (number, vendor) =>
      number === 'all' ? md`alle GPUs von ${vendor}` : md`${number} ${plural(number, md`GPU`, md`GPUs`)} von ${vendor}`,
    endsByItself: md`läuft einmalig`,
    every: (probe, seconds) => md`${probe} alle ${seconds} s`,
    connectionTo: (port) => md`TCP-Verbindung zu ${port}`,
    checkOfImage: md`Prüfung des Images`,
    hostIntro: md`Auf dem Host, außerhalb aller Container:`,
    hostService: (name, what, address, relay, standIn) => {
      const way = relay === undefined ? md`` : md`, nur über ${relay}`;
      const inCluster =
        standIn === undefined
          ? md`im Cluster gibt es dafür keinen Ersatz`
          : md`im Cluster tritt ${standIn} an seine Stelle`;
      return md`${name}: ${what}, unter ${address}${way}; ${inCluster}.`;
    },
    hostsListen: (bridge, settings, loopback, everywhere) =>
      joined(
        [
          joined([
            md`Unter Linux ist ${loopback} des Hosts aus Containern nicht erreichbar: Diese Server müssen auf der`,
            md`Adresse der Docker-Bridge lauschen,`,
          ], ' '),
          settings === undefined ? md`meist ${bridge}.` : md`meist ${bridge} (${settings}).`,
          joined([
            md`${everywhere} ist dafür ungeeignet: Jeder Rechner im Netz könnte sie dann nutzen und ihre Daten`,
            md`ändern oder löschen, sofern sie keine Anmeldung verlangen.`,
          ], ' '),
        ],
        ' ',
      ),
    partsIntro: md`Profile:`,
    noService: md`kein Dienst`,
  },
  data: {
    heading: md`Daten`,
    columns: [md`Volume`, md`Inhalt`, md`Speicherort`, md`Größe`, md`Schreibzugriff`, md`Nur Lesezugriff`],
    volume: md`eigenes Volume`,
    existing: md`vorhandenes Volume`,
    hostFolder: (folder) => md`Ordner ${folder} des Hosts`,
  },
  pins: {
    heading: md`Festgelegte Versionen`,
    columns: [
      md`Komponente`,
      md`Version`,
      md`Läuft in`,
      md`Festgehalten durch`,
      md`Entschieden`,
      md`Verwendet von`,
      md`Hinweise`,
    ],
    withoutDigest: (number, images, list) =>
      joined([
        md`${number} von ${images} ${plural(images, md`Image`, md`Images`)} ${plural(number, md`ist`, md`sind`)}`,
        md`nicht per Digest festgehalten: ${list}.`,
      ], ' '),
    toBeDecided: md`noch offen`,
    container: md`Container`,
    host: md`Host`,
    decided: (status) => ({ decided: md`ja`, undecided: md`nein`, rejected: md`verworfen` })[status],
    image: (name, digest) => md`Image ${name}, ${digest}`,
    imageWithout: (name, reason) => md`Image ${name}, Digest fehlt: ${reason}`,
    npm: (name, integrity) => md`npm-Paket ${name}, ${integrity}`,
    npmWithout: (name) => md`npm-Paket ${name}, Prüfsumme nicht erfasst`,
    nothingYet: md`noch nichts`,
    versionAlone: md`nur die Versionsangabe`,
  },
  checks: {
    heading: md`Prüfungen`,
    columns: [md`Prüfung`, md`Umfasst`, md`Braucht`, md`Befehl`, md`Erwartung`, md`Stand`, md`Nachweis`],
    howTo: (command, directory) =>
      joined([
        md`${command} führt aus, was nicht bestanden ist, soweit der Rechner die Voraussetzungen erfüllt, und`,
        md`hält das Ergebnis in ${directory} fest. Ändert sich danach etwas, das eine Prüfung umfasst, gilt sie`,
        md`von selbst als überholt.`,
      ], ' '),
    noEvidenceDirectory: (how) =>
      joined([
        md`Das Modell nennt keinen Ordner für Nachweise; ohne ihn lässt sich nichts festhalten, und keine Prüfung`,
        md`kann als bestanden gelten. Der Toolbox fehlt ${how}.`,
      ], ' '),
    stateGroup: { 'verified': 'Bestanden', 'failed': 'Fehlgeschlagen', 'stale': 'Überholt', 'to-verify': 'Offen' },
    notRequired: (check) => md`${check}, nicht vorgeschrieben`,
    nothing: md`nichts`,
    need: (kind, name) => {
      switch (kind) {
        case 'engine':
          return md`eine Docker-Engine`;
        case 'cluster':
          return md`einen Cluster`;
        case 'registry':
          return md`die Registries der Images`;
        case 'program':
          return name;
        case 'host-service':
          return md`${name} auf dem Host`;
      }
    },
    outputContains: (expectation, output) => md`${expectation} Die Ausgabe enthält ${output}.`,
    toVerify: md`**offen**`,
    noRecord: md`keiner`,
    verified: (method) => ({ run: md`**bestanden**`, hand: md`**bestanden, von Hand festgehalten**` })[method],
    failed: (method, exitCode) => {
      if (method === 'hand') {
        return md`**fehlgeschlagen**, von Hand festgehalten`;
      }
      if (exitCode === undefined) {
        return md`**fehlgeschlagen**: vorzeitig beendet`;
      }
      return exitCode === 0
        ? md`**fehlgeschlagen**: Exit-Code 0, aber nicht die verlangte Ausgabe`
        : md`**fehlgeschlagen**: Exit-Code ${exitCode}`;
    },
    stale: (outcome) =>
      ({ passed: md`**überholt**, war bestanden`, failed: md`**überholt**, war fehlgeschlagen` })[outcome],
    record: (method) => ({ run: 'Ausgeführt', hand: 'Beobachtet' })[method],
    recorded: (record, by, at) => md`${record} durch ${by} am ${at}`,
    withTools: (recorded, tools) => md`${recorded}, mit ${tools}`,
    stray: (number, files) =>
      joined([
        md`${number} ${plural(number, md`Nachweis gehört`, md`Nachweise gehören`)} zu keiner Prüfung des Modells:`,
        md`${files}.`,
      ], ' '),
  },
  decisions: {
    heading: md`Entscheidungen`,
    chosen: (choice) => md`Gewählt: **${choice}**`,
    notChosen: md`Nicht gewählt:`,
  },
  policies: {
    heading: md`Werkzeugregeln`,
    gateway: (service) => md`Werkzeuge von ${service}`,
    workspace: (root, readOnly) =>
      joined([
        md`Der Arbeitsbereich ${root} ist für das Gateway ${readOnly ? md`schreibgeschützt` : md`beschreibbar`}.`,
        md`Jedes nicht aufgeführte Werkzeug wird abgelehnt.`,
      ], ' '),
    columns: [md`Werkzeug`, md`Funktion`, md`Zugriff`, md`Pfade`, md`Grenzen`, md`Clients`],
    usualPaths: md`übliche Pfade`,
    numberedPaths: (number) => md`Pfade ${number}`,
    notOffered: (tool) => md`${tool} (von diesem Gateway nicht angeboten)`,
    access: (writes) => (writes ? md`**schreibend**` : md`lesend`),
    action: (kind, what) =>
      ({
        file: md`Dateien: ${what}`,
        image: md`Bilder in Dokumenten: ${what}`,
        other: what === '' ? md`laut Angabe seines Servers` : what,
      })[kind],
    allPaths: md`alle`,
    but: (allowed, denied) => md`${allowed} außer ${denied}`,
    callsPerMinute: (number) => md`${number} ${plural(number, md`Aufruf`, md`Aufrufe`)} pro Minute`,
    gatewayLimits: md`die des Gateways`,
  },
  reach: {
    heading: md`Wer wen erreicht`,
    intro: (fidelity) =>
      md`Was nicht aufgeführt ist, wird abgelehnt. Wo ein Ziel das nicht durchsetzen kann, steht es im ${fidelity}.`,
    roundCorners: md`Kästen mit runden Ecken gehören zu einem Profil.`,
    tooMuchToDraw: (services) =>
      joined([
        md`Ein Schaubild mit ${services} ${plural(services, md`Dienst`, md`Diensten`)} wäre zu groß. Die Tabelle`,
        md`ist vollständig.`,
      ], ' '),
    columns: [md`Von`, md`Nach`, md`Port`, md`Netzwerk`, md`Ort`],
    outside: (exposure) => ({ loopback: md`dieser Rechner`, published: md`**andere Rechner**` })[exposure],
    asAddress: (port, address) => md`${port}, als ${address}`,
    hostNetwork: md`das des Hosts`,
    hostNetworkGroup: 'Netzwerk des Hosts',
    networkGroup: (network) => `Netzwerk ${network}`,
    everyMember: (services) => md`jeder der ${services} Dienste darin`,
    membersGroup: (network, services) => `${services} Dienste im Netzwerk ${network}`,
    internet: md`das Internet`,
    anyPort: md`beliebig`,
    onHost: (name) => md`${name} auf dem Host`,
    diagram: {
      outside: (exposure) => ({ loopback: 'dieser Rechner', published: 'andere Rechner' })[exposure],
      internet: 'Internet',
      onHost: (name) => `${name} auf dem Host`,
      anyPort: 'jeder Port',
      only: (port, place) => `${port} nur ${{ workstation: 'Arbeitsplatz', cluster: 'Cluster' }[place]}`,
    },
  },
  parameters: {
    heading: md`Parameter`,
    intro: (file) =>
      md`Eigene Werte stehen in ${file}. Im Cluster gelten die Standardwerte; ein Kustomize-Overlay kann sie ersetzen.`,
    columns: [md`Parameter`, md`Standardwert`, md`Bedeutung`, md`Verwendet von`],
    required: md`**keiner: muss gesetzt werden**`,
    empty: md`leer`,
    places: {
      'image': md`Image`,
      'build argument': md`Build-Argument`,
      'command': md`Kommando`,
      'working directory': md`Arbeitsverzeichnis`,
      'environment': md`Umgebungsvariable`,
      'port': md`Port`,
      'host port': md`Port auf dem Host`,
      'health check': md`Healthcheck`,
      'Compose override': md`Compose-Override`,
      'Kubernetes patch': md`Kubernetes-Patch`,
      'host folder': md`Ordner auf dem Host`,
    },
  },
  secrets: {
    heading: md`Geheime Werte`,
    intro: joined([
      md`Hier stehen nur Namen. Die Werte liegen in Dateien, die nie eingecheckt werden, und in den Secrets des`,
      md`Clusters.`,
    ], ' '),
    columns: [md`Datei`, md`Schlüssel`, md`Bedeutung`, md`Verwendet von`],
    howTo: (file, example, secret) =>
      joined([
        md`${file}: am Arbeitsplatz eine Kopie von ${example}, in die die Werte eingetragen werden; im Cluster`,
        md`entsteht daraus das Secret ${secret}. Beides steht unten bei den Befehlen.`,
      ], ' '),
    wholeFile: md`ganze Datei`,
    howToFile: (file, secret) =>
      md`${file}: enthält den Wert; im Cluster entsteht daraus das Secret ${secret}. Die Befehle stehen unten.`,
  },
  exemptions: {
    waivers: md`Ausnahmeregelungen`,
    waiverColumns: [md`Regel`, md`Gilt für`, md`Letzter Tag`, md`Verhindert die Freigabe`, md`Begründung`],
    noLastDay: md`unbefristet`,
    blocks: (blocks) => (blocks ? md`**ja**` : md`nein`),
    overrides: md`Zielspezifische Angaben`,
    overridesIntro: md`Angaben für nur eines der Ziele. Für sie gelten dieselben Regeln.`,
    overrideColumns: [md`Angabe`, md`Gilt für`, md`Ziel`, md`Öffnet`, md`Begründung`],
    opensNothing: md`nichts`,
    suppressions: md`Akzeptierte Linter-Befunde`,
    suppressionsIntro: md`Befunde von Lintern, die bewusst akzeptiert sind.`,
    suppressionColumns: [md`Linter`, md`Regel`, md`Fundstelle`, md`Begründung`],
  },
  commands: {
    folders: 'Einmalig: Ordner auf dem Host',
    writable: (folder, users) =>
      `Unter Linux: ${folder} für Benutzer ${users} der Container beschreibbar machen, weiterhin auch für ` +
        'den eigenen Benutzer (setfacl: Paket acl)',
    listen: (name) =>
      `Unter Linux, einmalig: ${name} auf der Docker-Bridge lauschen lassen; Container erreichen sie, ` +
        'andere Rechner nicht',
    envFiles: 'Einmalig: kopieren, Werte eintragen und nie einchecken',
    secretFiles: 'Einmalig: Dateien anlegen, geheime Werte eintragen und nie einchecken',
    parameters: 'Einmalig: kopieren und die Parameter setzen, die auf diesem Rechner abweichen',
    project:
      'Eine zweite Arbeitskopie auf demselben Rechner braucht einen eigenen Projektnamen:',
    build: 'Die eigenen Images bauen',
    start: 'Alle Dienste ohne Profil starten und warten, bis sie bereit sind',
    part: (name, description) => `Profil ${name}: ${description}`,
    again:
      'Nach einer Änderung am Modell, an einem Image oder an einer Env-Datei: bauen, dann "up" für jedes ' +
        'benutzte Profil wiederholen',
    replaces:
      '"up" ersetzt Container mit geändertem Image, geänderter Konfiguration oder geänderten Geheimnissen ' +
        'und entfernt überzählige Dienste',
    work: (service) => `In ${service} arbeiten`,
    stop: 'Alles beenden, auch laufende Sitzungen; Volumes bleiben erhalten',
    builtImages:
      'Eigene Images müssen in einer Registry liegen, die der Cluster erreicht, oder auf seine Knoten geladen werden:',
    secrets: 'Einmalig: geheime Werte, aus den Dateien, die nie eingecheckt werden',
    changedSecrets:
      'Nach einer Änderung einer Env-Datei: die geheimen Werte aktualisieren und die Pods neu starten, die ' +
        'sie nur beim Start lesen',
    apply: 'Alles anlegen oder aktualisieren',
    attach: (service) => `In ${service} arbeiten; mit Strg-P Strg-Q läuft der Dienst weiter`,
    forward: (service) => `${service} von diesem Rechner aus erreichen`,
    prune: 'Dienste entfernen, die das Modell nicht mehr enthält: sonst laufen sie weiter. Claims behalten ihre Daten',
    remove: 'Alles entfernen, auch die Volumes',
  },
};

function germanPart(name: string): string {
  const known = PARTS.find(([english]) => name.startsWith(english));
  return known === undefined ? name : known[1] + name.slice(known[0].length);
}

/** Formats a number with a decimal comma. */
function decimal(value: number): Markdown {
  return String(value).replace('.', ',') as Markdown;
}
