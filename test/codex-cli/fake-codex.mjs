#!/usr/bin/env node
// Stands for codex: asks the model whose address it is given, offers it the tools of FAKE_TOOLS, and calls what it wants.
const { FAKE_TOOLS = '[]', FAKE_ERROR, FAKE_CALL_FAILS, FAKE_SILENT } = process.env;
const settings = process.argv.filter((word) => word.startsWith('model_providers.'));
const url = JSON.parse(settings.find((word) => word.includes('.base_url=')).replace(/^[^=]*=/, ''));
const tools = JSON.parse(FAKE_TOOLS);
const say = (msg) => console.log(JSON.stringify({ id: '0', msg }));

async function ask(messages) {
  const body = JSON.stringify({ tools: tools.map((name) => ({ type: 'function', function: { name, description: `What ${name} does`, parameters: { required: ['path'] } } })), messages });
  const response = await fetch(`${url}/chat/completions`, { method: 'POST', body });
  const [first] = (await response.text()).split('\n');
  return JSON.parse(first.replace(/^data: /, '')).choices[0].delta;
}

if (FAKE_ERROR) say({ type: 'error', message: FAKE_ERROR });
if (FAKE_SILENT) {
  console.error('Error: config profile `nope` not found');
  process.exit(1);
}
const { tool_calls: calls } = await ask([{ role: 'user', content: 'x' }]);
if (calls) {
  const [{ id, function: called }] = calls;
  const text = FAKE_CALL_FAILS ? 'not allowed' : `${called.name} got ${called.arguments}`;
  say({ type: 'mcp_tool_call_end', result: { Ok: { content: [{ type: 'text', text }], isError: Boolean(FAKE_CALL_FAILS) } } });
  await ask([{ role: 'user', content: 'x' }, { role: 'tool', tool_call_id: id, content: JSON.stringify([{ type: 'text', text }]) }]);
}
