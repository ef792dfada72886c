import { z } from 'zod';
import { ArgumentShape, ValueShape } from '../audit/shape';
import { Tool } from '../tools/tool';

interface Parameter {
  readonly type?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** Whether arguments of this shape could never pass the tool's schema, whatever their values. */
export function shapeProblem(tool: Tool, shape: ArgumentShape): boolean {
  const schema = z.toJSONSchema(tool.input, { io: 'input' }) as {
    properties?: Record<string, Parameter>;
    required?: string[];
  };
  const parameters = new Map(Object.entries(schema.properties ?? {}));
  const given = Object.entries(shape.declared);
  if (given.some(([name, value]) => !fits(parameters.get(name), value))) {
    return true;
  }
  const notGiven = [...parameters.keys()].filter((name) => !Object.hasOwn(shape.declared, name));
  if (shape.undeclared !== undefined) {
    // they had no parameter then; now each may have one
    return shape.undeclared > notGiven.length;
  }
  return (schema.required ?? []).some((name) => notGiven.includes(name));
}

function fits(parameter: Parameter | undefined, value: ValueShape): boolean {
  if (parameter === undefined) {
    return false;
  }
  const expected = parameter.type === 'integer' ? 'number' : parameter.type;
  if (expected !== undefined && expected !== value.type) {
    return false;
  }
  return (
    value.type !== 'string' ||
    (value.length >= (parameter.minLength ?? 0) && value.length <= (parameter.maxLength ?? Infinity))
  );
}
