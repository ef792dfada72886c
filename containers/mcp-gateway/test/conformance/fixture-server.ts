import { Server, ServerContext } from '@modelcontextprotocol/server';

/** A white pixel, and a sound of no length. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
const WAV = 'UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=';

type Args = Readonly<Record<string, string>>;
type Content = Record<string, unknown>;

interface FixtureTool {
  readonly description: string;
  readonly inputSchema?: { type: 'object'; [keyword: string]: unknown };
  call(args: Args, context: ServerContext): Content[] | Promise<Content[]>;
}

const text = (value: string): Content => ({ type: 'text', text: value });
const pause = async (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));
const embedded = (uri: string, mimeType: string, content: string): Content => ({
  type: 'resource',
  resource: { uri, mimeType, text: content },
});

async function elicit(
  context: ServerContext,
  message: string,
  properties: Record<string, unknown>,
  required: string[] = [],
): Promise<string> {
  // by `send`, which belongs to the call: the shorthand goes to the stream a client may not have opened yet
  const answer = await context.mcpReq.send({
    method: 'elicitation/create',
    params: { message, requestedSchema: { type: 'object', properties, required } },
  });
  return `action=${answer.action}, content=${JSON.stringify(answer.content ?? {})}`;
}

/** The tools, resources and prompts that the conformance suite asks for by name. They exist for its tests alone. */
const TOOLS: Readonly<Record<string, FixtureTool>> = {
  test_simple_text: {
    description: 'Answers with text.',
    call: () => [text('This is a simple text response for testing.')],
  },
  test_image_content: {
    description: 'Answers with an image.',
    call: () => [{ type: 'image', data: PNG, mimeType: 'image/png' }],
  },
  test_audio_content: {
    description: 'Answers with a sound.',
    call: () => [{ type: 'audio', data: WAV, mimeType: 'audio/wav' }],
  },
  test_embedded_resource: {
    description: 'Answers with a resource.',
    call: () => [embedded('test://embedded-resource', 'text/plain', 'This is an embedded resource content.')],
  },
  test_multiple_content_types: {
    description: 'Answers with text, an image and a resource.',
    call: () => [
      text('Multiple content types test:'),
      { type: 'image', data: PNG, mimeType: 'image/png' },
      embedded('test://mixed-content-resource', 'application/json', '{"test":"data","value":123}'),
    ],
  },
  test_tool_with_logging: {
    description: 'Logs while it runs.',
    call: async (_, { mcpReq }) => {
      for (const data of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
        await mcpReq.notify({ method: 'notifications/message', params: { level: 'info', data } });
        await pause();
      }
      return [text('logged')];
    },
  },
  test_tool_with_progress: {
    description: 'Reports its progress.',
    call: async (_, { mcpReq }) => {
      const progressToken = mcpReq._meta?.progressToken ?? 0;
      for (const progress of [0, 50, 100]) {
        await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, total: 100 } });
        await pause();
      }
      return [text(String(progressToken))];
    },
  },
  test_error_handling: {
    description: 'Always fails.',
    call: () => {
      throw new Error('This tool intentionally returns an error for testing');
    },
  },
  test_sampling: {
    description: "Asks the client's model.",
    inputSchema: { type: 'object', properties: { prompt: { type: 'string' } }, required: ['prompt'] },
    call: async ({ prompt }, { mcpReq }) => {
      const params = { messages: [{ role: 'user', content: { type: 'text', text: prompt! } }], maxTokens: 100 };
      const { content } = await mcpReq.send({ method: 'sampling/createMessage', params });
      return [text(`LLM response: ${'text' in content ? String(content.text) : ''}`)];
    },
  },
  test_elicitation: {
    description: "Asks the client's user.",
    inputSchema: { type: 'object', properties: { message: { type: 'string' } }, required: ['message'] },
    call: async ({ message }, context) => [
      text(
        'User response: ' +
        `${await elicit(context, message!, { response: { type: 'string', description: 'The answer' } }, ['response'])}`,
      ),
    ],
  },
  test_elicitation_sep1034_defaults: {
    description: 'Asks with a default of each kind.',
    call: async (_, context) => [
      text(
        `Elicitation completed: ${await elicit(context, 'Review the defaults', {
          name: { type: 'string', default: 'John Doe' },
          age: { type: 'integer', default: 30 },
          score: { type: 'number', default: 95.5 },
          status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
          verified: { type: 'boolean', default: true },
        })}`,
      ),
    ],
  },
  test_elicitation_sep1330_enums: {
    description: 'Asks with a choice of each kind.',
    call: async (_, context) => [
      text(
        `Elicitation completed: ${await elicit(context, 'Choose', {
          untitledSingle: { type: 'string', enum: ['option1', 'option2', 'option3'] },
          titledSingle: {
            type: 'string',
            oneOf: [
              { const: 'value1', title: 'One' },
              { const: 'value2', title: 'Two' },
              { const: 'value3', title: 'Three' },
            ],
          },
          legacyEnum: { type: 'string', enum: ['opt1', 'opt2', 'opt3'], enumNames: ['One', 'Two', 'Three'] },
          untitledMulti: {
            type: 'array',
            minItems: 1,
            maxItems: 3,
            items: { type: 'string', enum: ['option1', 'option2', 'option3'] },
          },
          titledMulti: {
            type: 'array',
            minItems: 1,
            maxItems: 3,
            items: {
              anyOf: [
                { const: 'value1', title: 'One' },
                { const: 'value2', title: 'Two' },
                { const: 'value3', title: 'Three' },
              ],
            },
          },
        })}`,
      ),
    ],
  },
  json_schema_2020_12_tool: {
    description: 'Shows that a schema reaches the client whole.',
    inputSchema: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      $defs: {
        address: {
          $anchor: 'addressDef',
          type: 'object',
          properties: { street: { type: 'string' }, city: { type: 'string' } },
        },
      },
      properties: {
        name: { type: 'string' },
        address: { $ref: '#/$defs/address' },
        contactMethod: { type: 'string', enum: ['phone', 'email'] },
        phone: { type: 'string' },
        email: { type: 'string' },
      },
      allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
      if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
      then: { required: ['phone'] },
      else: { required: ['email'] },
      additionalProperties: false,
    },
    call: (args) => [text(JSON.stringify(args))],
  },
};

const RESOURCES: Readonly<Record<string, Content>> = {
  'test://static-text': { mimeType: 'text/plain', text: 'This is the content of the static text resource.' },
  'test://static-binary': { mimeType: 'image/png', blob: PNG },
};

const PROMPTS: Readonly<Record<string, { readonly arguments?: readonly string[]; messages(args: Args): Content[] }>> = {
  test_simple_prompt: { messages: () => [text('This is a simple prompt for testing.')] },
  test_prompt_with_arguments: {
    arguments: ['arg1', 'arg2'],
    messages: ({ arg1, arg2 }) => [text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)],
  },
  test_prompt_with_embedded_resource: {
    arguments: ['resourceUri'],
    messages: ({ resourceUri }) => [
      embedded(resourceUri!, 'text/plain', 'Embedded resource content for testing.'),
      text('Please process it.'),
    ],
  },
  test_prompt_with_image: {
    messages: () => [{ type: 'image', data: PNG, mimeType: 'image/png' }, text('Please look at it.')],
  },
};

export function fixtureServer(): Server {
  const server = new Server({ name: 'conformance-fixtures', version: '1.0.0' }, {
    capabilities: { tools: {}, resources: { subscribe: true }, prompts: {}, logging: {}, completions: {} },
  });
  server.setRequestHandler('tools/list', () => ({
    tools: Object.entries(TOOLS).map(([name, { description, inputSchema }]) => ({
      name,
      description,
      inputSchema: inputSchema ?? { type: 'object' as const },
    })),
  }));
  server.setRequestHandler('tools/call', async ({ params }, context) => {
    try {
      return { content: await TOOLS[params.name]!.call((params.arguments ?? {}) as Args, context) as never };
    } catch (error) {
      return {
        content: [{ type: 'text' as const, text: error instanceof Error ? error.message : String(error) }],
        isError: true,
      };
    }
  });
  server.setRequestHandler('resources/list', () => ({
    resources: Object.entries(RESOURCES).map(([uri, { mimeType }]) => ({ uri, name: uri, mimeType: String(mimeType) })),
  }));
  server.setRequestHandler('resources/templates/list', () => ({
    resourceTemplates: [{ uriTemplate: 'test://template/{id}/data', name: 'template' }],
  }));
  server.setRequestHandler('resources/read', ({ params: { uri } }) => {
    const id = /^test:\/\/template\/(.+)\/data$/.exec(uri)?.[1];
    const content =
      id === undefined
        ? RESOURCES[uri]!
        : { mimeType: 'application/json', text: JSON.stringify({ id, data: `Data for ID: ${id}` }) };
    return { contents: [{ uri, ...content }] as never };
  });
  server.setRequestHandler('resources/subscribe', () => ({}));
  server.setRequestHandler('resources/unsubscribe', () => ({}));
  server.setRequestHandler('prompts/list', () => ({
    prompts: Object.entries(PROMPTS).map(([name, prompt]) => ({
      name,
      description: name,
      arguments: (prompt.arguments ?? []).map((argument) => ({ name: argument, required: true })),
    })),
  }));
  server.setRequestHandler('prompts/get', ({ params }) => ({
    messages: PROMPTS[params.name]!.messages(params.arguments ?? {}).map((content) => ({
      role: 'user' as const,
      content,
    })) as never,
  }));
  server.setRequestHandler('completion/complete', () => ({
    completion: { values: ['paris', 'park', 'party'], total: 3, hasMore: false },
  }));
  server.setRequestHandler('logging/setLevel', () => ({}));
  return server;
}
