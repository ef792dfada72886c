import { StringDecoder } from 'node:string_decoder';

export interface ServerEvent {
  readonly id: string | undefined;
  readonly data: string;
}

/** Reads server-sent events. @throws when one event is longer than `maxLength` */
export async function* serverEvents(body: AsyncIterable<Buffer>, maxLength: number): AsyncGenerator<ServerEvent> {
  const decoder = new StringDecoder('utf8');
  let held = '';
  let data: string[] = [];
  let size = 0;
  let id: string | undefined;
  for await (const chunk of body) {
    const text = held + decoder.write(chunk);
    // A carriage return at the end may be the first half of a line end.
    const usable = text.endsWith('\r') ? text.length - 1 : text.length;
    const lines = text.slice(0, usable).split(/\r\n|\n|\r/);
    held = `${lines.pop() ?? ''}${text.slice(usable)}`;
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) {
          yield { id, data: data.join('\n') };
        }
        data = [];
        size = 0;
      } else if (line.startsWith('data:')) {
        data.push(valueOf(line, 5));
        size += line.length;
      } else if (line.startsWith('id:')) {
        id = valueOf(line, 3);
      }
    }
    if (size + held.length > maxLength) {
      throw new Error(`an event is longer than ${maxLength} characters`);
    }
  }
}

function valueOf(line: string, from: number): string {
  return line.slice(line[from] === ' ' ? from + 1 : from);
}
