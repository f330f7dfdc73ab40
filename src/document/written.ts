/** Looks into a document as it is written, where anything may stand anywhere. */

export function member(object: unknown, name: string): unknown {
  return isObject(object) && Object.hasOwn(object, name) ? object[name] : undefined;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function listLength(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}
