/**
 * Marks a prototype, so that copies of this library in one process know each other's objects: `instanceof` would not.
 */
export function markKind(type: { prototype: object }, kind: string): void {
  Object.defineProperty(type.prototype, symbolOf(kind), { value: true, enumerable: false });
}

export function isKind(value: unknown, kind: string): boolean {
  return typeof value === 'object' && value !== null && symbolOf(kind) in value;
}

function symbolOf(kind: string): symbol {
  return Symbol.for(`toolbox-constructs.${kind}`);
}
