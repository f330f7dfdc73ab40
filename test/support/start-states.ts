/** More states in which a commit may find a hive and its logs: stale, missing, short, long, chaining, at the ends of the numbers, left dirty by Windows. */
import { BASE_BLOCK_HEADER } from "../../src/regf/format/base-block.ts";
import { editHive, type LogFormat } from "../../src/regf/index.ts";
import { baseBlockOf } from "../../src/regf/log/base-block-of.ts";
import {
  armEvents,
  cleanPrimary,
  commitOn,
  cutOff,
  dirtyFrom,
  type Edit,
  headerOf,
  inPlace,
  logNames,
  opened,
  PRIMARY,
  type Scenario,
  SCENARIOS,
  staleLog,
} from "./commit-scenarios.ts";
import { incrementalEntry, incrementalLog } from "./sample-logs.ts";
import { cutAfter, type Images } from "./simulated-disk.ts";

const PAGE = 4096;
const EMPTY = new Uint8Array(0);

function files(primary: Uint8Array, logs: Readonly<Record<string, Uint8Array | undefined>>): Images {
  const there = Object.entries(logs).flatMap(([end, bytes]) =>
    bytes === undefined ? [] : [[`${PRIMARY}.${end}`, bytes] as const],
  );
  return new Map([[PRIMARY, primary], ...there]);
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** How long the journal of an edit is. */
function journalSize(format: LogFormat, edit: Edit): number {
  const { disk } = commitOn(files(cleanPrimary(), {}), format, edit);
  return disk.images().get(logNames(format)[0] as string)?.length ?? 0;
}

/** An old log that has another entry of an old time exactly where the journal of an edit in place will end. */
function remnantBehind(format: LogFormat, sequence: number): Uint8Array {
  const old = staleLog(format, cleanPrimary(), sequence);
  return joined(new Uint8Array(journalSize(format, inPlace)), old.subarray(512), new Uint8Array(70_000));
}

/** What an edit changes, page by page, as Windows would log it. */
function logged(images: Images, edit: Edit): { readonly pages: Map<number, Uint8Array>; readonly size: number } {
  const hive = opened(images);
  edit(editHive(hive, { now: 33n }));
  const pages = new Map(hive.bins.editedPages().map((page) => [page, hive.bins.page(page).slice()] as const));
  return { pages, size: hive.bins.sizeBytes };
}

const FIRST: Edit = (edit) => edit.setValue("Key 07", "value", 3, new Uint8Array(500).fill(0x71));
const SECOND: Edit = (edit) => edit.setValue("Key 07", "value", 3, new Uint8Array(500).fill(0x72));
const LONGER: Edit = (edit) => edit.setValue("Key 50", "big", 3, new Uint8Array(20_000).fill(0x73));

/** Windows 8.1 or later logged three changes, the first of them into one log and the others into the other; none has reached the primary. */
function dirtyInBothLogs(sequence: number, [first, second]: readonly [string, string], secondary = sequence): Images {
  const primary = cleanPrimary();
  const header = headerOf(primary);
  let done = files(primary, {});
  const entries = [FIRST, LONGER, SECOND].map((edit, index) => {
    const { pages, size } = logged(done, edit);
    const longer = new Uint8Array(PAGE + size);
    longer.set(done.get(PRIMARY) as Uint8Array);
    for (const [page, bytes] of pages) longer.set(bytes, PAGE + page * PAGE);
    longer.set(baseBlockOf(header, { hiveBinsSize: size }));
    done = files(longer, {});
    const runs = [...pages].map(([page, bytes]) => ({ offset: page * PAGE, bytes }));
    return incrementalEntry({ sequence: (sequence + index) >>> 0, hiveBinsSize: size, pages: runs });
  });
  const dirty = primary.slice();
  dirty.set(baseBlockOf(header, { sequences: [(sequence + 1) >>> 0, secondary] }));
  return files(dirty, {
    [first]: incrementalLog(primary, sequence, entries.slice(0, 1)),
    [second]: incrementalLog(primary, (sequence + 1) >>> 0, entries.slice(1)),
  });
}

/** The header of a dirty hive was torn when it was made dirty: sequences and checksum of different times. */
function torn(dirty: Images): Images {
  const primary = (dirty.get(PRIMARY) as Uint8Array).slice();
  const at = BASE_BLOCK_HEADER.fields.checksum.offset;
  primary[at] = (primary[at] as number) ^ 0x55;
  return new Map([...dirty, [PRIMARY, primary]]);
}

/** The armed block with the checksum of the clean one, which is that of any clean block of this length: equal sequences cancel out in it. */
function tornWhenArmed(clean: Images, format: LogFormat): Images {
  const { disk } = commitOn(clean, format, LONGER);
  const armed = cutAfter(clean, disk.events, armEvents(disk).flush, { choose: (count) => count - 1 });
  const primary = (armed.get(PRIMARY) as Uint8Array).slice();
  const { offset, sizeBytes } = BASE_BLOCK_HEADER.fields.checksum;
  primary.set((clean.get(PRIMARY) as Uint8Array).subarray(offset, offset + sizeBytes), offset);
  return new Map([...armed, [PRIMARY, primary]]);
}

type Start = readonly [name: string, start: () => Images];

function modernStarts(format: "HvLE" | "DIRT"): Start[] {
  const clean = (): Uint8Array => cleanPrimary();
  const stale = (sequence: number): Uint8Array => staleLog(format, clean(), sequence);
  return [
    ["no LOG1, an empty LOG2", () => files(clean(), { LOG2: EMPTY })],
    ["no LOG1, a stale LOG2 with a higher number", () => files(clean(), { LOG2: stale(60) })],
    ["an empty LOG1, no LOG2", () => files(clean(), { LOG1: EMPTY })],
    ["LOG1 stale with a higher number", () => files(clean(), { LOG1: stale(60), LOG2: EMPTY })],
    ["LOG2 stale with a higher number", () => files(clean(), { LOG1: EMPTY, LOG2: stale(60) })],
    ["both stale, LOG2 going on where the journal ends", () => files(clean(), { LOG1: stale(20), LOG2: stale(40) })],
    ["both stale and numbered as the hive", () => files(clean(), { LOG1: stale(40), LOG2: stale(40) })],
    ["both stale, numbered as the journal", () => files(clean(), { LOG1: stale(39), LOG2: stale(39) })],
    [
      "logs shorter than the journal",
      () => files(clean(), { LOG1: stale(30).slice(0, 1500), LOG2: stale(31).slice(0, 100) }),
    ],
    [
      "logs longer than the journal",
      () =>
        files(clean(), {
          LOG1: joined(stale(30), new Uint8Array(120_000).fill(0x99)),
          LOG2: joined(stale(31), new Uint8Array(99_999).fill(0x98)),
        }),
    ],
    ["an entry stands where the journal ends", () => files(clean(), { LOG1: remnantBehind(format, 40), LOG2: EMPTY })],
    ["dirty, in LOG2 alone", () => dirtyFrom(files(clean(), { LOG2: EMPTY }), format, cutOff)],
    [
      "dirty, in LOG1, beside a stale LOG2",
      () => new Map([...dirtyFrom(files(clean(), { LOG1: EMPTY }), format, cutOff), [`${PRIMARY}.LOG2`, stale(12)]]),
    ],
  ];
}

function incrementalStarts(): Start[] {
  return [
    ["dirty, LOG1 then LOG2", () => dirtyInBothLogs(40, ["LOG1", "LOG2"])],
    ["dirty, LOG2 then LOG1", () => dirtyInBothLogs(40, ["LOG2", "LOG1"])],
    ["dirty, logs far above the primary", () => dirtyInBothLogs(2107, ["LOG1", "LOG2"], 1621)],
    ["dirty, logs across the end of the numbers", () => dirtyInBothLogs(0xffff_ffff, ["LOG1", "LOG2"])],
    ["base block torn, LOG2 then LOG1", () => torn(oneEntryEach())],
    ["LOG2 disarmed in part, its entries numbered about as the journal", () => disarmedInPart()],
  ];
}

/** A cut left three of the four bytes of the signature. */
function disarmedInPart(): Images {
  const primary = cleanPrimary();
  const pages = [{ offset: 2 * PAGE, bytes: new Uint8Array(PAGE).fill(0xbd) }];
  const hiveBinsSize = primary.length - PAGE;
  const entries = [38, 39].map((sequence) => incrementalEntry({ sequence, hiveBinsSize, pages }));
  const log = incrementalLog(primary, 38, entries);
  log[0] = 0;
  return files(primary, { LOG1: EMPTY, LOG2: log });
}

/** The older log has nothing that the primary lacks: a base block that cannot be believed leads to the newer one alone. */
function oneEntryEach(): Images {
  const dirty = dirtyFrom(files(cleanPrimary(), { LOG1: EMPTY }), "HvLE", cutOff);
  return new Map([...dirty, [`${PRIMARY}.LOG2`, staleLog("HvLE", cleanPrimary(), 21)]]);
}

function numberStarts(format: LogFormat): Start[] {
  const ends = format === "DIRT-XP" ? ["LOG"] : ["LOG1", "LOG2"];
  const logs = (bytes: () => Uint8Array) => Object.fromEntries(ends.map((end) => [end, bytes()]));
  const numbered = (sequence: number): Start[] => [
    [
      `number ${sequence}`,
      () =>
        files(
          cleanPrimary({ sequence }),
          logs(() => EMPTY),
        ),
    ],
    [
      `dirty from number ${sequence}`,
      () =>
        dirtyFrom(
          files(
            cleanPrimary({ sequence }),
            logs(() => EMPTY),
          ),
          format,
          cutOff,
        ),
    ],
  ];
  return [
    ...[0, 1, 2, 0xffff_fffe, 0xffff_ffff].flatMap(numbered),
    [
      "number 4294967294, logs numbered across the end",
      () => {
        const primary = cleanPrimary({ sequence: 0xffff_fffe });
        return files(
          primary,
          Object.fromEntries(ends.map((end, index) => [end, staleLog(format, primary, 1 + index)])),
        );
      },
    ],
    [
      "base block torn",
      () =>
        torn(
          dirtyFrom(
            files(
              cleanPrimary(),
              logs(() => EMPTY),
            ),
            format,
            cutOff,
          ),
        ),
    ],
    [
      "base block torn while it was armed for a longer hive",
      () =>
        tornWhenArmed(
          files(
            cleanPrimary({ tail: 70_000 }),
            logs(() => EMPTY),
          ),
          format,
        ),
    ],
    [
      "old bytes behind the bins, logs of an earlier run of this program",
      () => {
        const { disk } = commitOn(
          files(
            cleanPrimary({ tail: 70_000 }),
            logs(() => EMPTY),
          ),
          format,
          cutOff,
        );
        return disk.images();
      },
    ],
  ];
}

const FORMATS: readonly LogFormat[] = ["HvLE", "DIRT", "DIRT-XP"];

/** Those of commit-scenarios.ts, and these. */
export const START_STATES: readonly Scenario[] = [
  ...SCENARIOS,
  ...FORMATS.flatMap((format) =>
    [
      ...(format === "DIRT-XP" ? [] : modernStarts(format)),
      ...(format === "HvLE" ? incrementalStarts() : []),
      ...numberStarts(format),
    ].map(([name, start]): Scenario => ({ name: `${format}, ${name}`, format, start })),
  ),
];
