/** A log as CMTrace understands it, read strictly: a second opinion on what the program writes. */

export interface ParsedRecord {
  readonly message: string;
  /** UTC. */
  readonly at: Date;
  readonly type: 1 | 2 | 3;
  readonly component: string;
  readonly thread: number;
  readonly file: string;
}

const RECORD =
  /^<!\[LOG\[(?<message>.*?)\]LOG\]!><time="(?<time>\d\d:\d\d:\d\d\.\d{3})(?<bias>[+-]\d{3})" date="(?<month>\d\d)-(?<day>\d\d)-(?<year>\d{4})" component="(?<component>[^"]*)" context="" type="(?<type>[123])" thread="(?<thread>\d+)" file="(?<file>[^"]*)">$/;

/** Throws for a line that is no record. */
export function parseRecord(line: string): ParsedRecord {
  const groups = RECORD.exec(line)?.groups;
  if (groups === undefined) {
    throw new Error(`this is no record of a CMTrace log: ${line}`);
  }
  const { message = "", time, bias, month, day, year, component = "", type, thread, file = "" } = groups;
  const local = Date.parse(`${year}-${month}-${day}T${time}Z`);
  return {
    message,
    at: new Date(local + Number(bias) * 60_000),
    type: Number(type) as ParsedRecord["type"],
    component,
    thread: Number(thread),
    file,
  };
}

/** Every line ends as Windows' lines do; throws where one is no record. */
export function parseLog(text: string): ParsedRecord[] {
  const lines = text.replace(/^\ufeff/, "").split("\r\n");
  if (lines.pop() !== "") {
    throw new Error("the last line has no end");
  }
  return lines.map(parseRecord);
}
