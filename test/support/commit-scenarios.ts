/** Hives and logs as a commit may find them, and the edits that are committed to them in the power-cut tests. */
import { BASE_BLOCK_HEADER } from "../../src/regf/format/base-block.ts";
import { BIN_HEADER } from "../../src/regf/format/bin.ts";
import type { CellOffset } from "../../src/regf/format/offsets.ts";
import {
  buildHive,
  type CommitOptions,
  type CommitReport,
  commitHive,
  editHive,
  type FormerBytes,
  type Hive,
  type HiveEdit,
  hiveBytes,
  type LogFormat,
  openHive,
} from "../../src/regf/index.ts";
import { baseBlockOf } from "../../src/regf/log/base-block-of.ts";
import { dirtJournal } from "../../src/regf/log/write-dirt.ts";
import { incrementalJournal } from "../../src/regf/log/write-incremental.ts";
import { MemoryStorage } from "../../src/storage/memory.ts";
import { bytesOf } from "./edit-actions.ts";
import { cutAfter, type DiskEvent, type Images, RecordedDisk } from "./simulated-disk.ts";

export const PRIMARY = "SYSTEM";

export type Edit = (edit: HiveEdit) => void;

/** Touches pages far apart, and stays within them. */
export const inPlace: Edit = (edit) => {
  edit.setValue("Key 03", "value", 3, bytesOf(500, 99));
  edit.setValue("Key 55", "value", 3, bytesOf(500, 98));
  edit.deleteValue("Key 30", "value");
};

/** Needs new bins, big data among them. */
export const growing: Edit = (edit) => {
  edit.createKey("Key 10\\New\\Deeper");
  edit.setValue("Key 10\\New", "big", 3, bytesOf(30_000, 97));
  edit.deleteKey("Key 40");
};

/** Needs one new bin. */
export const growingByOneBin: Edit = (edit) => {
  edit.setValue("Key 33", "one", 3, bytesOf(6000, 93));
};

/** What a former run did that was cut off. */
export const cutOff: Edit = (edit) => {
  edit.setValue("Key 07", "value", 3, bytesOf(500, 96));
  edit.setValue("Key 50", "value", 3, bytesOf(500, 95));
};

/** The same, and the hive grew. */
const cutOffGrowing: Edit = (edit) => {
  cutOff(edit);
  edit.setValue("Key 07", "big", 3, bytesOf(20_000, 94));
  edit.setValue("Key 08", "zeros", 3, new Uint8Array(40_000));
};

/** Another edit, for a run after a run. */
export const another: Edit = (edit) => {
  edit.setValue("Key 20", "value", 3, bytesOf(500, 50));
  edit.createKey("Another");
};

/** The file's header. */
export function headerOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.slice(0, 512).buffer);
}

function patched(bytes: Uint8Array, sequence: number): Uint8Array {
  const copy = bytes.slice();
  copy.set(baseBlockOf(headerOf(bytes), { sequence }));
  return copy;
}

const built = new Map<string, Uint8Array>();

/** 60 keys in some ten pages, clean, with old bytes behind the bins where `tail` says so. */
export function cleanPrimary(options: { sequence?: number; tail?: number; binStamp?: bigint } = {}): Uint8Array {
  const { sequence = 40, tail = 0, binStamp = 1234n } = options;
  const id = [sequence, tail, binStamp].join();
  const bytes = built.get(id) ?? buildPrimary(sequence, tail, binStamp);
  built.set(id, bytes);
  return bytes.slice();
}

function buildPrimary(sequence: number, tail: number, binStamp: bigint): Uint8Array {
  const hive = buildHive({ minor: 5, name: PRIMARY, timestamp: 1234n });
  const edit = editHive(hive, { now: 1n });
  for (let index = 0; index < 60; index++) {
    const key = `Key ${index.toString().padStart(2, "0")}`;
    edit.createKey(key);
    edit.setValue(key, "value", 3, bytesOf(500, index));
  }
  hive.bins.setBin(0 as CellOffset, BIN_HEADER.fields.lastWritten, binStamp);
  const bytes = patched(hiveBytes(hive), sequence);
  const file = new Uint8Array(bytes.length + tail).fill(0xee);
  file.set(bytes);
  return file;
}

/** A log of the given format with one entry that, replayed, would make rubbish of the hive. */
export function staleLog(format: LogFormat, primary: Uint8Array, sequence: number): Uint8Array {
  const layOut = format === "HvLE" ? incrementalJournal : dirtJournal;
  const header = headerOf(primary);
  const stale = new DataView(baseBlockOf(header, {}).buffer);
  // A DIRT log of an earlier time has an earlier stamp: that is how it is known.
  if (format !== "HvLE") BASE_BLOCK_HEADER.fields.lastWritten.set(stale, 0, 1200n);
  const hiveBinsSize = BASE_BLOCK_HEADER.fields.hiveBinsSize.get(header, 0);
  const page = (number: number): Uint8Array =>
    number === 0 ? primary.slice(4096, 8192) : new Uint8Array(4096).fill(0xbd);
  return layOut({ header: stale, sequence, hiveBinsSize, pages: [0, 2, 3, 4], page });
}

export function logNames(format: LogFormat): readonly string[] {
  return format === "DIRT-XP" ? [`${PRIMARY}.LOG`] : [`${PRIMARY}.LOG1`, `${PRIMARY}.LOG2`];
}

/** Opens what a cut left, in memory. */
export function opened(images: Images): Hive {
  const storage = (name: string) => new MemoryStorage(name, images.get(name));
  const logs = [...images.keys()].filter((name) => name !== PRIMARY).sort();
  return openHive({ primary: storage(PRIMARY), logs: logs.map(storage) });
}

/** The bins after replay; the first bin's stamp, which a commit may set before its point, is left aside. */
export function binsOf(images: Images): Uint8Array {
  const { bins } = opened(images);
  const bytes = bins.raw(0, bins.sizeBytes).slice();
  const { lastWritten } = BIN_HEADER.fields;
  bytes.fill(0, lastWritten.offset, lastWritten.offset + lastWritten.sizeBytes);
  return bytes;
}

/** The bins that an edit leads to, without any commit. */
export function binsAfter(images: Images, edit: Edit): Uint8Array {
  const hive = opened(images);
  edit(editHive(hive, { now: 77n }));
  return binsOf(new Map([[PRIMARY, hiveBytes(hive)]]));
}

export interface CommitRun {
  readonly disk: RecordedDisk;
  readonly report: CommitReport;
  readonly former: FormerBytes | undefined;
}

/** The files of a simulated disk as the engine wants them. */
export function filesOf(disk: RecordedDisk) {
  const names = [...disk.images().keys()].filter((name) => name !== PRIMARY).sort();
  return { primary: disk.storage(PRIMARY), logs: names.map((name) => disk.storage(name)) };
}

export function createLogOn(disk: RecordedDisk, format: LogFormat): CommitOptions["createLog"] {
  return () => disk.create(logNames(format)[0] as string);
}

/** Opens, edits and commits. */
export function commitOn(images: Images, format: LogFormat, edit: Edit): CommitRun {
  const disk = new RecordedDisk(images);
  const hive = openHive(filesOf(disk));
  edit(editHive(hive, { now: 77n }));
  let former: FormerBytes | undefined;
  const report = commitHive(hive, {
    logFormat: format,
    createLog: createLogOn(disk, format),
    beforeWrite: (bytes) => {
      former = bytes;
    },
  });
  return { disk, report, former };
}

/** A power cut in the middle of a commit's pages: armed, the first of the pages written, the others not. */
export function dirtyFrom(images: Images, format: LogFormat, edit: Edit): Images {
  const { disk } = commitOn(images, format, edit);
  const { flush } = armEvents(disk);
  const writes = disk.events.slice(flush + 1).filter(({ kind }) => kind === "write");
  if (writes.length < 3) throw new Error("the edit must touch pages in two places at least");
  return cutAfter(images, disk.events, flush + 2, { choose: (count) => count - 1 });
}

/** Writes of the primary's base block, in order: their places among the events, and whether they say that the hive is clean. */
export function baseBlockWrites(events: readonly DiskEvent[]): { readonly index: number; readonly isClean: boolean }[] {
  return events.flatMap((event, index) => {
    if (event.kind !== "write" || event.file !== PRIMARY || event.offset !== 0) return [];
    const { primarySequence, secondarySequence } = BASE_BLOCK_HEADER.decode(headerOf(event.bytes));
    return [{ index, isClean: primarySequence === secondarySequence }];
  });
}

/** Where the point of commit is among the events: the arming write, the first after the hive was clean, and the flush that follows it. */
export function armEvents({ events }: RecordedDisk): { readonly write: number; readonly flush: number } {
  const blocks = baseBlockWrites(events);
  const recovered = blocks.slice(0, -1).findLastIndex(({ isClean }) => isClean);
  const write = blocks[recovered + 1]?.index ?? Number.NaN;
  return { write, flush: events.findIndex((event, index) => index > write && event.kind === "flush") };
}

export interface Scenario {
  readonly name: string;
  readonly format: LogFormat;
  readonly start: () => Images;
}

const FORMATS: readonly LogFormat[] = ["HvLE", "DIRT", "DIRT-XP"];

function images(primary: Uint8Array, logs: readonly (readonly [string, Uint8Array])[]): Images {
  return new Map([[PRIMARY, primary], ...logs]);
}

/** Every way in which a commit begins. */
export const SCENARIOS: readonly Scenario[] = FORMATS.flatMap((format): Scenario[] => {
  const names = logNames(format);
  const first = names[0] as string;
  const empty = () =>
    images(
      cleanPrimary(),
      names.map((name) => [name, new Uint8Array(0)] as const),
    );
  return [
    {
      name: `${format}, no logs, old bytes behind the bins`,
      format,
      start: () => images(cleanPrimary({ tail: 9000 }), []),
    },
    { name: `${format}, empty logs`, format, start: empty },
    {
      name: `${format}, longer logs of an earlier time, numbered higher`,
      format,
      start: () => {
        const primary = cleanPrimary();
        const stale = names.map((name, index) => [name, staleLog(format, primary, 45 + index)] as const);
        return images(primary, stale);
      },
    },
    {
      name: `${format}, a first bin whose stamp is not the header's`,
      format,
      start: () => images(cleanPrimary({ binStamp: 2222n }), [[first, new Uint8Array(0)]]),
    },
    {
      name: `${format}, dirty`,
      format,
      start: () => dirtyFrom(empty(), format, cutOff),
    },
    {
      name: `${format}, dirty and longer by the log`,
      format,
      start: () => {
        const dirty = dirtyFrom(images(cleanPrimary(), [[first, new Uint8Array(0)]]), format, cutOffGrowing);
        // As if the file had not become longer yet: the log alone knows the new pages, some of which are zeros.
        const primary = (dirty.get(PRIMARY) as Uint8Array).slice(0, cleanPrimary().length);
        return new Map([...dirty, [PRIMARY, primary]]);
      },
    },
    {
      name: `${format}, dirty, with a log that is sound but beyond a gap`,
      format,
      start: () => {
        const dirty = dirtyFrom(images(cleanPrimary(), [[first, new Uint8Array(0)]]), format, cutOff);
        const second = names[1];
        return second === undefined ? dirty : new Map([...dirty, [second, staleLog(format, cleanPrimary(), 77)]]);
      },
    },
    {
      name: `${format}, base block damaged, with an older log beside the one that counts`,
      format,
      start: () => {
        const last = names.at(-1) as string;
        const dirty = new Map(dirtyFrom(images(cleanPrimary(), [[last, new Uint8Array(0)]]), format, cutOff));
        const primary = (dirty.get(PRIMARY) as Uint8Array).slice();
        primary[8] = 0xff;
        if (first !== last) dirty.set(first, staleLog(format, cleanPrimary(), 20));
        return dirty.set(PRIMARY, primary);
      },
    },
    {
      name: `${format}, base block damaged`,
      format,
      start: () => {
        const dirty = new Map(dirtyFrom(empty(), format, cutOff));
        const primary = (dirty.get(PRIMARY) as Uint8Array).slice();
        primary[8] = 0xff;
        return dirty.set(PRIMARY, primary);
      },
    },
  ];
});
