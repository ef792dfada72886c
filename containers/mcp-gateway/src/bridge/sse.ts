import { StringDecoder } from 'node:string_decoder';
import { createParser, EventSourceMessage } from 'eventsource-parser';

/** Reads server-sent events. @throws when one event is longer than `maxLength` characters */
export async function* serverEvents(
  body: AsyncIterable<Buffer>,
  maxLength: number,
): AsyncGenerator<EventSourceMessage> {
  const decoder = new StringDecoder('utf8');
  const events: EventSourceMessage[] = [];
  let isTooLong = false;
  const parser = createParser({
    maxBufferSize: maxLength,
    onEvent: (event) => events.push(event),
    onError: ({ type }) => (isTooLong ||= type === 'max-buffer-size-exceeded'),
  });
  for await (const chunk of body) {
    parser.feed(decoder.write(chunk));
    yield* events.splice(0);
    if (isTooLong) {
      throw new Error(`the gateway sent an event of more than ${maxLength} characters`);
    }
  }
}
