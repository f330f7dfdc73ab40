/**
 * The two assertions that yargs makes, in the bundle in the place of Node's assert: loading that makes Node open stderr as a
 * stream, which fails on a pipe under Wine, and everybody would wait for it.
 */
export function strictEqual(actual: unknown, expected: unknown, message?: string): void {
  if (!Object.is(actual, expected)) throw new Error(message ?? "yargs: two values should be the same");
}

export function notStrictEqual(actual: unknown, expected: unknown, message?: string): void {
  if (Object.is(actual, expected)) throw new Error(message ?? "yargs: two values should differ");
}
