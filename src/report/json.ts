/** A result or a failure as the one JSON document that `--json` prints. */

export function asJson(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
