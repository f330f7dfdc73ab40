/** Every value and every precaution of the protocol is needed: done otherwise, as one might have done it, some power cut destroys the hive. */
import { describe, expect, test } from "vitest";
import { BASE_BLOCK_HEADER } from "../../../src/regf/format/base-block.ts";
import type { LogFormat } from "../../../src/regf/index.ts";
import { baseBlockOf } from "../../../src/regf/log/base-block-of.ts";
import { type Edit, growing, headerOf, inPlace, PRIMARY } from "../../support/commit-scenarios.ts";
import { type RecordedCommit, recordCommit } from "../../support/outcome.ts";
import { type ProtocolStep, stepsOf, worstCut } from "../../support/protocol-steps.ts";
import { incrementalEntry } from "../../support/sample-logs.ts";
import type { DiskEvent, Images } from "../../support/simulated-disk.ts";
import { START_STATES } from "../../support/start-states.ts";

const MIXTURES = 12;
const LOG1 = `${PRIMARY}.LOG1`;
const LOG2 = `${PRIMARY}.LOG2`;
const { fields: BASE } = BASE_BLOCK_HEADER;

function recorded(format: LogFormat, state: string, edit: Edit) {
  const scenario = START_STATES.find(({ name }) => name === `${format}, ${state}`) ?? expect.fail(state);
  const run = recordCommit(scenario.start(), format, edit);
  return { run, steps: stepsOf(run) };
}

const write = (file: string, offset: number, bytes: Uint8Array): DiskEvent => ({ file, kind: "write", offset, bytes });
const flush = (file: string): DiskEvent => ({ file, kind: "flush" });
const step = (name: string, ...events: readonly DiskEvent[]): ProtocolStep => ({ name, events });

type Steps = readonly ProtocolStep[];

function indexOf(steps: Steps, name: string): number {
  const index = steps.findIndex((it) => it.name === name);
  return index === -1 ? expect.fail(`there is no step ${name}`) : index;
}

const without = (steps: Steps, ...names: readonly string[]): Steps => {
  for (const name of names) indexOf(steps, name);
  return steps.filter(({ name }) => !names.includes(name));
};

const before = (steps: Steps, name: string, ...added: Steps): Steps => {
  const index = indexOf(steps, name);
  return [...steps.slice(0, index), ...added, ...steps.slice(index)];
};

/** The step's events, each as another. */
const altered = (steps: Steps, name: string, alter: (event: DiskEvent) => DiskEvent): Steps =>
  steps.map((it, index) => (index === indexOf(steps, name) ? step(name, ...it.events.map(alter)) : it));

type Bytes = (bytes: Uint8Array) => Uint8Array;

const rewritten =
  (rewrite: Bytes) =>
  (event: DiskEvent): DiskEvent =>
    event.kind === "write" ? { ...event, bytes: rewrite(event.bytes) } : event;

/** A base block, or a log that begins with one, with other values and the checksum that they need. */
const based =
  (change: Parameters<typeof baseBlockOf>[1], values: (header: DataView) => void = () => {}): Bytes =>
  (bytes) => {
    const header = headerOf(bytes);
    values(header);
    const copy = bytes.slice();
    copy.set(baseBlockOf(header, change));
    return copy;
  };

function numberOf(images: Images): number {
  return BASE.primarySequence.get(headerOf(images.get(PRIMARY) as Uint8Array), 0);
}

interface Variant {
  readonly name: string;
  readonly format: LogFormat;
  readonly state: string;
  readonly edit: Edit;
  readonly otherwise: (steps: Steps, run: RecordedCommit) => Steps;
}

const CLEAN = "no logs, old bytes behind the bins";
const STALE = "longer logs of an earlier time, numbered higher";
const GAP = "dirty, with a log that is sound but beyond a gap";

const emptied = (file: string): ProtocolStep => step("emptied", write(file, 0, new Uint8Array(512)), flush(file));

const allFormats = (variant: Omit<Variant, "format">): Variant[] =>
  (["HvLE", "DIRT", "DIRT-XP"] as const).map((format) => ({ ...variant, format }));

const only = (format: LogFormat, variants: readonly Omit<Variant, "format">[]): Variant[] =>
  variants.map((variant) => ({ ...variant, format }));

const logOf = ({ events }: RecordedCommit): string =>
  events.find(({ file }) => file !== PRIMARY)?.file ?? expect.fail();

const VARIANTS: readonly Variant[] = [
  ...allFormats({
    name: "no flush after the journal",
    state: CLEAN,
    edit: growing,
    otherwise: (steps) => without(steps, "flush room", "flush LOG1"),
  }),
  ...allFormats({
    name: "no flush after arming",
    state: CLEAN,
    edit: growing,
    otherwise: (steps) => without(steps, "flush arm"),
  }),
  ...allFormats({
    name: "no flush after the pages",
    state: CLEAN,
    edit: growing,
    otherwise: (steps) => without(steps, "flush pages", "length block", "flush length block"),
  }),
  ...allFormats({
    name: "no journal",
    state: CLEAN,
    edit: growing,
    otherwise: (steps) => without(steps, "journal", "flush LOG1"),
  }),
  ...allFormats({
    name: "pages before arming",
    state: CLEAN,
    edit: growing,
    otherwise: (steps) => before(without(steps, "pages"), "arm", steps[indexOf(steps, "pages")] as ProtocolStep),
  }),
  ...allFormats({
    name: "the log emptied before the clean block",
    state: CLEAN,
    edit: growing,
    otherwise: (steps, run) => before(steps, "length block", emptied(logOf(run))),
  }),
  ...allFormats({
    name: "the log emptied in the same flush as the clean block",
    state: CLEAN,
    edit: growing,
    otherwise: (steps, run) => before(steps, "flush clean block", emptied(logOf(run))),
  }),
  ...allFormats({
    name: "length and sequences in one block",
    state: CLEAN,
    edit: growing,
    otherwise: (steps) => without(steps, "length block", "flush length block"),
  }),
  ...allFormats({
    name: "armed with the new length",
    state: CLEAN,
    edit: growing,
    otherwise: (steps, { after }) => altered(steps, "arm", rewritten(based({ hiveBinsSize: after.length }))),
  }),
  {
    name: "second sequence above the log's",
    format: "HvLE",
    state: CLEAN,
    edit: growing,
    otherwise: (steps, { images }) =>
      altered(steps, "arm", rewritten(based({ sequences: [numberOf(images) + 1, numberOf(images)] }))),
  },
  ...only("HvLE", [
    {
      name: "a stale higher log kept",
      state: STALE,
      edit: inPlace,
      otherwise: (steps) => without(steps, "disarm LOG2", "flush LOG2"),
    },
    {
      name: "a stale higher log disarmed only afterwards",
      state: STALE,
      edit: inPlace,
      otherwise: (steps) => [
        ...without(steps, "disarm LOG2", "flush LOG2"),
        ...steps.filter(({ name }) => name.endsWith("LOG2")),
      ],
    },
    {
      name: "no terminator where a remnant chains on",
      state: "an entry stands where the journal ends",
      edit: inPlace,
      otherwise: (steps) => without(steps, "end of the journal"),
    },
    {
      name: "raising the sequence from clean to clean before the journal",
      state: STALE,
      edit: inPlace,
      otherwise: (steps, { images }) => {
        const header = headerOf(images.get(PRIMARY) as Uint8Array);
        const raised = write(PRIMARY, 0, baseBlockOf(header, { sequence: numberOf(images) + 300 }));
        return before(steps, "disarm LOG2", step("raised", raised, flush(PRIMARY)));
      },
    },
    {
      name: "a later log beyond a gap not disarmed in a recovery",
      state: GAP,
      edit: inPlace,
      otherwise: (steps) => without(steps, "recovery: disarm LOG2", "recovery: flush LOG2"),
    },
  ]),
  ...(["DIRT", "DIRT-XP"] as const).flatMap((format): Variant[] => [
    {
      name: "a fresh stamp",
      format,
      state: CLEAN,
      edit: growing,
      otherwise: (steps) => {
        const fresh = based({}, (header) => BASE.lastWritten.set(header, 0, 9999n));
        const blocks = ["arm", "length block", "clean block"];
        const stamped = blocks.reduce((done, name) => altered(done, name, rewritten(fresh)), steps);
        return altered(stamped, "journal", (event) =>
          event.kind === "write" && event.offset === 0 ? rewritten(fresh)(event) : event,
        );
      },
    },
    {
      name: "the first bin's stamp not repaired",
      format,
      state: "a first bin whose stamp is not the header's",
      edit: inPlace,
      otherwise: (steps) => without(steps, "stamp"),
    },
  ]),
  {
    name: "the journal in LOG2 while an old LOG1 of the same stamp stands",
    format: "DIRT",
    state: "old bytes behind the bins, logs of an earlier run of this program",
    edit: inPlace,
    otherwise: (steps) =>
      steps.map(({ name, events }) =>
        step(name, ...events.map((event) => (event.file === LOG1 ? { ...event, file: LOG2 } : event))),
      ),
  },
  ...allFormats({
    name: "recovery: the clean block first",
    state: "dirty",
    edit: inPlace,
    otherwise: (steps) => {
      const block = ["recovery: clean block", "recovery: flush clean block"];
      return [...steps.filter(({ name }) => block.includes(name)), ...without(steps, ...block)];
    },
  }),
  ...allFormats({
    name: "recovery: no flush after the pages",
    state: "dirty",
    edit: inPlace,
    otherwise: (steps) => without(steps, "recovery: flush pages"),
  }),
  ...allFormats({
    name: "recovery: logs emptied before the clean block",
    state: "dirty",
    edit: inPlace,
    otherwise: (steps, run) => before(steps, "recovery: pages", emptied(logOf(run))),
  }),
  ...allFormats({
    name: "recovery: a damaged base block not replaced first, and length and sequences in one block",
    state: "base block torn while it was armed for a longer hive",
    edit: inPlace,
    otherwise: (steps) => without(steps, "recovery: stand-in block", "recovery: flush stand-in block"),
  }),
];

describe.each(VARIANTS)("$format: $name", ({ format, state, edit, otherwise }) => {
  test("destroys the hive", () => {
    const { run, steps } = recorded(format, state, edit);
    expect(worstCut(run, steps, MIXTURES)).toBeUndefined();
    expect(worstCut(run, otherwise(steps, run), MIXTURES)).toMatchObject({ damage: "destroys" });
  });
});

describe.each(["HvLE", "DIRT", "DIRT-XP"] as const)("%s: the journal lacks some of the pages", (format) => {
  test.each([0, 1, 2])("the %i. that it names", (which) => {
    const { run, steps } = recorded(format, CLEAN, growing);
    const lacking = altered(steps, "journal", (event) =>
      event.kind === "write" ? rewritten(format === "HvLE" ? withoutRun(which) : withoutPage(which))(event) : event,
    );
    expect(worstCut(run, lacking, MIXTURES)).toMatchObject({ damage: "destroys" });
  });
});

/** HvLE: one reference less, with hashes that are right. */
function withoutRun(which: number): Bytes {
  return (bytes) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset + 512);
    const count = view.getUint32(20, true);
    let from = 512 + 40 + count * 8;
    const runs = Array.from({ length: count }, (_, index) => {
      const [offset, size] = [view.getUint32(40 + index * 8, true), view.getUint32(44 + index * 8, true)];
      from += size;
      return { offset, bytes: bytes.slice(from - size, from) };
    });
    const entry = incrementalEntry({
      sequence: view.getUint32(12, true),
      hiveBinsSize: view.getUint32(16, true),
      pages: runs.filter((_, index) => index !== which),
    });
    const copy = new Uint8Array(bytes.length);
    copy.set(bytes.subarray(0, 512));
    copy.set(entry, 512);
    return copy;
  };
}

/** DIRT: the bitmap no longer names the page, and the pages behind it move up. */
function withoutPage(which: number): Bytes {
  return (bytes) => {
    const sizeBytes = BASE.hiveBinsSize.get(headerOf(bytes), 0);
    const start = Math.ceil((516 + sizeBytes / 4096) / 512) * 512;
    const held = [...bytes.subarray(516, 516 + sizeBytes / 4096).entries()].filter(([, bits]) => bits === 0xff);
    const [page = expect.fail()] = held[which] ?? [];
    const copy = bytes.slice();
    copy[516 + page] = 0;
    copy.set(bytes.subarray(start + (which + 1) * 4096), start + which * 4096);
    return copy;
  };
}
