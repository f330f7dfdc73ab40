/** Text in double quotes, as value names and strings stand in .reg text: `\\` and `\"` are the only escapes. */

/** Text that has to stay on its line. Unpaired surrogates do not survive being saved in a file. */
export function isQuotable(text: string): boolean {
  return !/[\0\r\n]|\p{Surrogate}/u.test(text);
}

export function quote(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

export interface Quoted {
  readonly text: string;
  /** The index after the closing quote. */
  readonly end: number;
}

/** Reads the quoted text that starts at `line[start]` (a quote); undefined when it is not closed on this line. */
export function readQuoted(line: string, start: number): Quoted | undefined {
  let text = "";
  let from = start + 1;
  for (let index = from; index < line.length; index++) {
    const character = line[index];
    if (character === '"') return { text: text + line.slice(from, index), end: index + 1 };
    if (character === "\\") {
      // Regedit knows two escapes; before anything else a backslash is itself.
      const escaped = line[index + 1];
      if (escaped === "\\" || escaped === '"') {
        text += line.slice(from, index) + escaped;
        index += 1;
        from = index + 1;
      }
    }
  }
  return undefined;
}
