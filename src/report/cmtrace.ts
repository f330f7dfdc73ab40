/** One record of a log as CMTrace and OneTrace read it, the viewers of Configuration Manager. */
import { printable } from "../bytes/printable.ts";

/** As CMTrace colours them. */
export const SEVERITY = { info: 1, warning: 2, error: 3 } as const;

export type Severity = keyof typeof SEVERITY;

export interface LogRecord {
  readonly severity: Severity;
  readonly message: string;
}

/** What a record says besides, about the run that writes it. */
export interface LogStamp {
  /** When; milliseconds count. */
  readonly at: Date;
  /** What has to be added to local time to give UTC, in minutes. */
  readonly biasMinutes: number;
  readonly processId: number;
  /** The command. */
  readonly command: string;
}

const COMPONENT = "pint";
const MS_PER_MINUTE = 60_000;

/**
 * `<![LOG[message]LOG]!><time="HH:MM:SS.mmm+BBB" date="MM-DD-YYYY" component="X" context="" type="1" thread="" file="X">`
 * without its line end; local time and its bias, in minutes. Of the message, what would end the line or the record, and
 * whatever else does not show, is written as `\u000a`.
 */
export function cmTraceLine({ severity, message }: LogRecord, { at, biasMinutes, ...run }: LogStamp): string {
  const local = new Date(at.getTime() - biasMinutes * MS_PER_MINUTE).toISOString();
  const [, year, month, day, time] = /^(\d+)-(\d\d)-(\d\d)T(.*)Z$/.exec(local) ?? [];
  const bias = `${biasMinutes < 0 ? "-" : "+"}${String(Math.abs(biasMinutes)).padStart(3, "0")}`;
  const attributes = [
    `time="${time}${bias}"`,
    `date="${month}-${day}-${year}"`,
    `component="${COMPONENT}"`,
    'context=""',
    `type="${SEVERITY[severity]}"`,
    `thread="${run.processId}"`,
    `file="${run.command}"`,
  ];
  return `<![LOG[${printable(message).replaceAll("]LOG]!>", String.raw`]LOG]!\u003e`)}]LOG]!><${attributes.join(" ")}>`;
}
