// The part of /v1/responses that codex uses.
const CALL_ID = 'call_negotiate';

export const responsesApi = { path: '/v1/responses', resultIn, callOf, nothing };

/** The result of the call, once it is among the input. */
function resultIn({ input = [] }) {
  const output = input.find(({ type, call_id: id }) => type === 'function_call_output' && id === CALL_ID)?.output;
  return output === undefined || typeof output === 'string' ? output : JSON.stringify(output);
}

function callOf({ name, namespace }, argumentsText) {
  return stream({
    type: 'function_call',
    call_id: CALL_ID,
    name,
    arguments: argumentsText,
    ...(namespace && { namespace }),
  });
}

function nothing() {
  return stream({ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Nothing.' }] });
}

function stream(item) {
  const usage = {
    input_tokens: 0,
    input_tokens_details: null,
    output_tokens: 0,
    output_tokens_details: null,
    total_tokens: 0,
  };
  return [
    { type: 'response.created', response: { id: 'negotiate' } },
    { type: 'response.output_item.done', item },
    { type: 'response.completed', response: { id: 'negotiate', usage } },
  ].map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
}
