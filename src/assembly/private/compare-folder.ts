import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, foldersOf, look, Look, readIfThere } from './look';
import { Manifest, parseManifest, renderManifest, sha256 } from './manifest';
import { fold } from './output-path';
import { hasProvenance, isNeverOurs, MANIFEST } from './ownership';
import { Finding } from '../../model/finding';
import { sortedBy } from '../../plan/collections';
import { OutputFile } from '../../plan/target-output';
import { outputFinding } from '../../rules/reported/output-folder';
import { KeptFile } from '../document';

/** The differences between the output folder and the generated files. */
export interface Changes {
  readonly findings: readonly Finding[];
  /** Files to write, the manifest last. */
  readonly writes: readonly Write[];
  /** Generated files that are no longer in the model; sorted. */
  readonly removes: readonly string[];
  /** Files that have the right bytes already. */
  readonly same: readonly string[];
  /** SHA-256 digests of the files that are replaced or removed, now or by an interrupted run; by path. */
  readonly before: ReadonlyMap<string, string>;
  /** Whether the manifest is that of an interrupted run. */
  readonly interrupted: boolean;
}

export interface Write extends OutputFile {
  /** Something is there now and gives way: a file with other bytes, or a symbolic link. */
  readonly replaces: boolean;
  /** The existing file is not generated; a finding reports it. */
  readonly foreign: boolean;
}

/** Files that belong in the output folder besides the generated ones. */
export interface Due {
  readonly source: string;
  readonly kept?: readonly KeptFile[];
}

/** Compares the output folder with the generated files; reads only. */
export function findChanges(
  outdir: string,
  label: string,
  files: readonly OutputFile[],
  { source, kept = [] }: Due,
): Changes {
  return new Comparison(outdir, label, files, source, kept).run();
}

class Comparison {
  private readonly manifest: Manifest;
  private readonly manifestText: string | undefined;
  private readonly due: ReadonlyMap<string, OutputFile>;
  private readonly removes = new Set<string>();
  private readonly removedNames = new Set<string>();
  private readonly before = new Map<string, string>();
  private readonly findings: Finding[] = [];
  private readonly folders = new Map<string, Look>();

  constructor(
    private readonly outdir: string,
    private readonly label: string,
    files: readonly OutputFile[],
    source: string,
    private readonly kept: readonly KeptFile[],
  ) {
    this.manifestText = readIfThere(join(outdir, MANIFEST));
    this.manifest = parseManifest(this.manifestText);
    const sorted = sortedBy(files, (file) => file.path);
    this.due = new Map(
      [...sorted, { path: MANIFEST, content: renderManifest(source, sorted, kept) }].map((file) => [file.path, file]),
    );
  }

  public run(): Changes {
    this.findStale();
    this.kept.forEach((file) => this.judgeKept(file));
    const writes: Write[] = [];
    const same: string[] = [];
    for (const file of this.due.values()) {
      const write = this.compare(file);
      if (write === undefined) {
        same.push(file.path);
      } else {
        writes.push(write);
      }
    }
    this.findInterrupted();
    const { findings, before, manifest: { incomplete: interrupted } } = this;
    return { findings, writes, removes: [...this.removes].sort(), same, before, interrupted };
  }

  private findStale(): void {
    const candidates = new Set(this.manifest.entries.keys());
    const stays = new Set(this.kept.map(({ path }) => path));
    if (!this.manifest.whole && look(this.outdir).kind === 'directory') {
      for (const path of filesBelow(this.outdir, '', isNeverOurs)) { candidates.add(path); }
    }
    for (const path of [...candidates].sort()) {
      if (!this.due.has(path) && !stays.has(path) && this.isStale(path)) {
        this.removes.add(path);
        this.removedNames.add(fold(path));
      }
    }
  }

  /** Files that an interrupted run has removed: their folders may still be there. */
  private findInterrupted(): void {
    if (!this.manifest.incomplete) { return; }
    for (const [path, [digest]] of this.manifest.entries) {
      if (!this.due.has(path) && look(join(this.outdir, path)).kind === 'missing') { this.before.set(path, digest); }
    }
  }

  private judgeKept({ path, digest }: KeptFile): void {
    const behindLink = foldersOf(path).some((folder) => this.folder(folder).kind !== 'directory');
    const isThere = !behindLink && look(join(this.outdir, path)).kind === 'file';
    if (!isThere || `sha256:${sha256(readFileSync(join(this.outdir, path)))}` !== digest) {
      this.findings.push(
        outputFinding(
          'output-approved',
          `"${this.label}/${path}" is ${isThere ? 'not as it was approved' : 'missing, though it was approved'}.`,
        ),
      );
    }
  }

  private isStale(path: string): boolean {
    const behindLink = foldersOf(path).some((folder) => this.folder(folder).kind !== 'directory');
    if (behindLink || look(join(this.outdir, path)).kind !== 'file') { return false; }
    const bytes = readFileSync(join(this.outdir, path));
    const recorded = this.manifest.entries.get(path);
    const digest = sha256(bytes);
    if (hasProvenance(bytes.toString('utf8')) || recorded?.includes(digest)) {
      this.before.set(path, digest);
      return true;
    }
    if (recorded !== undefined) {
      this.findings.push(
        outputFinding(
          'output-kept',
          `"${this.label}/${path}" is no longer generated, but it was changed by hand and stays.`,
        ),
      );
    }
    return false;
  }

  /** Undefined when the file has the right bytes already. */
  private compare(file: OutputFile): Write | undefined {
    const blocked = this.blockedBy(file.path);
    if (blocked !== undefined) {
      this.findings.push(
        outputFinding(
          'output-blocked',
          `"${this.label}/${blocked}" is in the way of the generated file "${file.path}".`,
        ),
      );
      return { ...file, replaces: true, foreign: true };
    }
    const { kind, stats } = look(join(this.outdir, file.path));
    if (kind === 'missing' || kind === 'directory') { return { ...file, replaces: false, foreign: false }; }
    if (kind === 'link') { return { ...file, replaces: true, foreign: false }; }

    const bytes = readFileSync(join(this.outdir, file.path));
    const giveWay = this.removedNames.has(fold(file.path));
    const isSame = stats!.size === Buffer.byteLength(file.content) && bytes.equals(Buffer.from(file.content));
    if (isSame && !giveWay) { return undefined; }
    const digest = sha256(bytes);
    const foreign = !isSame && !this.isOurs(file.path, bytes.toString('utf8'), digest);
    if (foreign) { this.reportForeign(file.path); }
    if (file.path !== MANIFEST) { this.before.set(file.path, digest); }
    return { ...file, replaces: true, foreign };
  }

  private isOurs(path: string, text: string, digest: string): boolean {
    if (hasProvenance(text)) { return true; }
    // An empty manifest says nothing: an interrupted merge leaves one.
    if (path === MANIFEST) { return text.trim() === '' || this.manifest.entries.size > 0; }
    const recorded = this.manifest.entries.get(path);
    // An interrupted run may not have come as far as this path: then a file there may be anyone's.
    return recorded !== undefined && (!this.manifest.incomplete || recorded.includes(digest));
  }

  private reportForeign(path: string): void {
    const why = this.manifest.entries.has(path)
      ? 'was changed after a synth was interrupted'
      : 'was not generated by this tool';
    this.findings.push(
      outputFinding('output-foreign', `"${this.label}/${path}" ${why}, and a generated file belongs there.`),
    );
  }

  /** Returns the folder, link or device in the place of a file or one of its folders. */
  private blockedBy(path: string): string | undefined {
    for (const folder of foldersOf(path)) {
      const { kind } = this.folder(folder);
      if (kind === 'missing') { return undefined; }
      if (kind !== 'directory' && !this.removes.has(folder)) { return folder; }
    }
    const { kind } = look(join(this.outdir, path));
    if (kind === 'other') { return path; }
    return kind === 'directory' && !this.isEmptied(path) ? path : undefined;
  }

  private isEmptied(folder: string): boolean {
    const below = [...filesBelow(this.outdir, folder)];
    const isOurs = below.length > 0 || [...this.manifest.entries.keys()].some((path) => path.startsWith(`${folder}/`));
    return isOurs && below.every((path) => this.removes.has(path));
  }

  private folder(path: string): Look {
    const known = this.folders.get(path) ?? look(join(this.outdir, path));
    this.folders.set(path, known);
    return known;
  }
}
