/**
 * Text for a container's command, args, env and exec probes, where the kubelet expands `$(NAME)` and takes `$$` for one
 * `$`.
 */
export function expansionText(text: string): string {
  return text.replace(/\$+/g, (run, at: number) => (run.length > 1 || text[at + 1] === '(' ? run + run : run));
}
