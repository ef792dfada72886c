/** Whether a path is the socket through which a container engine is commanded. */
export function isEngineSocket(text: string): boolean {
  return /(^|\/)(docker|containerd|podman|crio)\.sock$/.test(text.replace(/\\/g, '/'));
}
