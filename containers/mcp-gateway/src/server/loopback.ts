/**
 * Whether only this machine can reach an address. A name is looked up by others than us, so only `localhost` counts.
 */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}
