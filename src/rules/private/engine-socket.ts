/** Returns whether a path is the socket of a container engine. */
export function isEngineSocket(text: string): boolean {
  return /(^|\/)(docker|containerd|podman|crio)\.sock$/.test(text.replace(/\\/g, '/'));
}
