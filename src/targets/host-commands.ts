import { HostServicePlan } from '../plan/plan';

/** Prints the host's address on the engine's bridge, usually 172.17.0.1. */
export const SHOW_BRIDGE = "docker network inspect bridge --format '{{(index .IPAM.Config 0).Gateway}}'";

/**
 * Returns commands by which a server of a Linux host listens on the engine's bridge, where containers reach it and
 * other machines do not. It starts after the engine, which creates the address.
 *
 * @param bridge the address, as a word of a shell.
 * @returns nothing when it is not known how the server is given its address.
 */
export function listenOnBridge({ port, addressSetting }: HostServicePlan, bridge: string): string[] {
  if (addressSetting?.systemdUnit === undefined) {
    return [];
  }
  const { variable, systemdUnit } = addressSetting;
  const folder = `/etc/systemd/system/${systemdUnit}.service.d`;
  const setting = `Environment="${variable.replaceAll('%', '%%')}=%s:${port}"`;
  const format = `[Unit]\\nAfter=docker.service\\n\\n[Service]\\n${setting}\\n`;
  return [
    shellLine('sudo', 'mkdir', '-p', folder),
    `${shellLine('printf', format)} ${bridge} | ${shellLine('sudo', 'tee', `${folder}/bridge.conf`)}`,
    `sudo systemctl daemon-reload && ${shellLine('sudo', 'systemctl', 'restart', systemdUnit)}`,
  ];
}

/**
 * Returns a command that lets users of containers write to a folder of a Linux host, and its owner to what they write:
 * an engine on Linux maps no users. An access list does it without opening the folder to everyone.
 */
export function shareFolder(folder: string, uids: readonly number[]): string {
  const entries = [...uids.flatMap((uid) => [`u:${uid}:rwX`, `d:u:${uid}:rwX`]), 'd:u:$(id -u):rwX'];
  return `setfacl --recursive --modify "${entries.join(',')}" ${shellWord(folder)}`;
}

/** A word of a command line that a person pastes into a shell. */
export function shellWord(word: string): string {
  return /^[A-Za-z0-9_./:@=,+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** A command line. */
export function shellLine(...words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}
