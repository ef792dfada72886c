import { fence } from '../escape/code-span';
import { Markdown } from '../escape/markdown';
import { visible } from '../escape/visible';
import { PageMessages } from '../messages/messages';
import { Block, folded, section } from '../page';

/** More lines than this are folded away. */
const MOST_LINES = 120;

/** A section of commands, in blocks with an empty line between them; empty blocks are left out. */
export function commandSection(
  messages: PageMessages,
  heading: Markdown,
  blocks: readonly (readonly string[])[],
): Block {
  const lines = blocks
    .filter((block) => block.length > 0)
    .flatMap((block, index) => (index === 0 ? block : ['', ...block]));
  const code = fence('sh', lines.join('\n'));
  return section(
    heading,
    lines.length === 0 ? [] : [lines.length > MOST_LINES ? folded(messages.lines(lines.length), code) : code],
    3,
  );
}

/** A comment on a line of its own. */
export function remark(plain: string): string {
  return `# ${visible(plain)}`;
}
