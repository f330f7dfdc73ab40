/** The figures as a person reads them. */
import type { Row, TaskResult } from "./contest.ts";

export function taskLines({ title, remark, missing, rows }: TaskResult): readonly string[] {
  if (missing !== undefined) return [title, `  ${missing}`];
  const header = `  ${"".padEnd(16)} ${"median".padStart(10)}  ${"shortest, longest".padEnd(20)} ${"ratio".padStart(8)} ${"processor".padStart(10)} ${"memory".padStart(9)} ${"written".padStart(11)}`;
  return [...(remark === undefined ? [title] : [title, `(${remark})`]), header, ...rows.map(rowLine)];
}

function rowLine(row: Row): string {
  const name = `  ${row.name.padEnd(16)}`;
  if ("missing" in row) return `${name} ${row.missing}`;
  const range = `${row.shortestMs.toFixed(1)}, ${row.longestMs.toFixed(1)}`;
  const columns = [
    `${row.medianMs.toFixed(1)} ms`.padStart(10),
    ` ${range.padEnd(20)}`,
    `${row.ratio.toFixed(2)} x`.padStart(8),
    (row.processorMs === null ? "?" : `${row.processorMs.toFixed(0)} ms`).padStart(10),
    sizeText(row.peakMemoryBytes, 1e6, "MB").padStart(9),
    sizeText(row.writtenBytes, 1e3, "kB").padStart(11),
  ];
  return [name, ...columns].join(" ");
}

function sizeText(bytes: number | null, unit: number, name: string): string {
  return bytes === null ? "?" : `${(bytes / unit).toFixed(1)} ${name}`;
}
