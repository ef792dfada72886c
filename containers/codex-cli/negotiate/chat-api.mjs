// The part of /v1/chat/completions that codex uses.
const CALL_ID = 'call_negotiate';

export const chatApi = { path: '/v1/chat/completions', resultIn, callOf, nothing };

/** The result of the call, once it is among the messages. */
function resultIn({ messages = [] }) {
  return messages.find(({ role, tool_call_id: id }) => role === 'tool' && id === CALL_ID)?.content;
}

function callOf({ name }, argumentsText) {
  const toolCall = { index: 0, id: CALL_ID, type: 'function', function: { name, arguments: argumentsText } };
  return stream({ role: 'assistant', tool_calls: [toolCall] }, 'tool_calls');
}

function nothing() {
  return stream({ role: 'assistant', content: 'Nothing.' }, 'stop');
}

function stream(delta, reason) {
  return [
    { index: 0, delta, finish_reason: null },
    { index: 0, delta: {}, finish_reason: reason },
  ]
    .map(
      (choice) =>
        `data: ${JSON.stringify({ id: 'negotiate', object: 'chat.completion.chunk', choices: [choice] })}\n\n`,
    )
    .concat('data: [DONE]\n\n')
    .join('');
}
