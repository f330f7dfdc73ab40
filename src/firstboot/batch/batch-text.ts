/** A batch file's lines as the bytes that cmd reads. */

/** cmd takes 8191 characters a line (Microsoft, KB 830473), and variables make a line longer: what we write stays far below. */
const MAX_LINE_LENGTH = 1000;

/** CR LF: with LF alone cmd misses labels. ASCII: what other bytes mean depends on the language of Windows. Throws Error for anything else. */
export function batchText(lines: readonly string[]): string {
  for (const line of lines) {
    if (!/^[\x20-\x7e]*$/.test(line)) throw new Error(`${JSON.stringify(line)} is not ASCII`);
    if (line.length > MAX_LINE_LENGTH) throw new Error(`a line of ${line.length} characters is too long for cmd`);
  }
  return lines.map((line) => `${line}\r\n`).join("");
}
