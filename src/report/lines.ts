/** Lines of text for an 80-column console: wrapped, aligned, and free of control characters. */
import { printable } from "../bytes/printable.ts";

/** One column less than WinPE's console has: a line that fills all 80 is followed there by an empty one. */
export const WIDTH = 79;

/**
 * `text` broken at spaces into lines that fit, the first behind `first`, the others behind spaces of the same length.
 * A word that is longer than a line (a path, a key) stays whole, so that it can be copied; runs of spaces stay too.
 */
export function wrap(first: string, text: string): string[] {
  const indent = " ".repeat(first.length);
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(" ")) {
    if (!empty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line.replace(/ +$/, "")];
}

/** Text that is not wrapped, however long: a command line that is there to be copied. */
export interface Whole {
  readonly whole: string;
}

/** A label and what belongs to it; a list has a line (or more) for each of its texts, and none is written for nothing. */
export type Field = readonly [label: string, value: string | Whole | readonly string[] | null | undefined];

/** Labelled values, the values aligned; fields without a value are left out. */
export function fields(indent: string, rows: readonly Field[]): string[] {
  const widest = Math.max(0, ...rows.map(([label]) => label.length));
  const labelled = (label: string): string => `${indent}${label.padEnd(widest)}  `;
  return rows.flatMap(([label, value]) => {
    if (value === null || value === undefined) {
      return [];
    }
    if (typeof value === "object" && "whole" in value) {
      return [labelled(label) + value.whole];
    }
    const texts = typeof value === "string" ? [value] : value;
    return texts.flatMap((text, index) => wrap(labelled(index === 0 ? label : ""), text));
  });
}

/** Rows of cells with the columns aligned, two spaces apart; the last column is not padded and may run over. */
export function table(indent: string, rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return rows.map(
    (row) =>
      indent +
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
  );
}

/**
 * The lines as one text that ends with a line break. Control characters are shown as `\u001b`: names come out of the
 * image, and must not be able to steer the terminal.
 */
export function asText(lines: readonly string[]): string {
  return lines.map((line) => `${printable(line)}\n`).join("");
}
