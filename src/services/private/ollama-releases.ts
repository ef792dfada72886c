import { isAtLeast } from '../../util/version';

/**
 * What keeps an Ollama from passing requests on to models in its maker's cloud, by version; read in its sources and
 * tried on 0.12.3. Versions before 0.12.0 have no such models.
 */
const CLOUD_SWITCHES = [
  // the hosts that may be asked; without it "ollama.com"
  { name: 'OLLAMA_REMOTES', value: 'none', from: [0, 12, 0], before: [0, 16, 2] },
  { name: 'OLLAMA_NO_CLOUD', value: '1', from: [0, 16, 2] },
];

/** Returns the variables that turn the cloud off in a version; all there are for a version that is not known. */
export function cloudSwitches(version?: string): { readonly name: string; readonly value: string }[] {
  const isRelease = version !== undefined && /^v?\d+\.\d+/.test(version);
  return CLOUD_SWITCHES.filter(({ from, before }) => (
    !isRelease || (isAtLeast(version, from) && (before === undefined || !isAtLeast(version, before)))));
}
