/** Damages the logs beside a hive, or makes some: bytes, entries with right hashes that say anything, logs that are missing, swapped, cut. */
import { LOG_ENTRIES_START } from "../../../src/regf/format/log-entry.ts";
import type { Random } from "../random.ts";
import { withBaseBlock } from "../sample-hive.ts";
import { dirtLog, incrementalEntry, incrementalLog, type PageRun, rehashed } from "../sample-logs.ts";

export interface MutatedLogs {
  readonly logs: readonly Uint8Array[];
  readonly how: readonly string[];
}

export function mutateLogs(random: Random, primary: Uint8Array, former: readonly Uint8Array[]): MutatedLogs {
  if (primary.length < 8192) return { logs: former, how: [] };
  const logs = former.map((log) => log.slice());
  if (logs.length === 0 || random.once(4)) {
    const [made, what] = madeLog(random, primary);
    return { logs: [...logs, made].slice(-2), how: [what] };
  }
  const which = random.below(logs.length);
  const log = logs[which] as Uint8Array;
  switch (random.below(7)) {
    case 0:
      return { logs: logs.reverse(), how: ["logs swapped"] };
    case 1:
      return { logs: logs.filter((_, index) => index !== which), how: [`log ${which} missing`] };
    case 2:
      logs[which] = log.slice(0, random.below(log.length + 1));
      return { logs, how: [`log ${which} cut at ${logs[which]?.length}`] };
    case 3: {
      const at = random.pick([4, 8, 12, 20, 24, 28, 40, 508]);
      if (log.length >= 512) {
        new DataView(log.buffer).setUint32(at, random.pick([0, 1, 6, 0x1000, 0x7fff_f000, random.next()]), true);
        log.set(withBaseBlock(log.subarray(0, 512), {}));
      }
      return { logs, how: [`log ${which}: base block at ${at}`] };
    }
    case 4:
      return { logs, how: [entryField(random, log) ?? "no entry to change"] };
    default: {
      for (let left = random.between(1, 20); left > 0 && log.length > 0; left--)
        log[random.below(log.length)] = random.next();
      return { logs, how: [`bytes of log ${which}`] };
    }
  }
}

/** One field of the first entry, with hashes that fit. */
function entryField(random: Random, log: Uint8Array): string | undefined {
  if (log.length < LOG_ENTRIES_START + 512) return undefined;
  const view = new DataView(log.buffer);
  const size = view.getUint32(LOG_ENTRIES_START + 4, true);
  if (size < 512 || LOG_ENTRIES_START + size > log.length) return undefined;
  const at = random.pick([4, 8, 12, 16, 20, 40, 44, 48, 52]);
  view.setUint32(
    LOG_ENTRIES_START + at,
    random.pick([0, 1, 512, 4096, size, 0x7fff_f000, 0xffff_f000, random.next()]),
    true,
  );
  log.set(rehashed(log.subarray(LOG_ENTRIES_START, LOG_ENTRIES_START + size)), LOG_ENTRIES_START);
  return `the entry's word at ${at}`;
}

/** Of the primary's sequence, with pages of its own at places that may be anywhere. */
function madeLog(random: Random, primary: Uint8Array): [Uint8Array, string] {
  const sequence = new DataView(primary.buffer, primary.byteOffset).getUint32(8, true);
  const hiveBinsSize = Math.floor((primary.length - 4096) / 4096) * 4096;
  if (random.once(3)) {
    const sector = (at: number): [number, Uint8Array] => [at, primary.slice(4096, 4608)];
    const sectors = new Map(
      Array.from({ length: random.between(0, 9) }, () => sector(random.below(hiveBinsSize / 512))),
    );
    const claimed = random.pick([hiveBinsSize, hiveBinsSize, hiveBinsSize + 4096, 0x7fff_f000, 4096]);
    return [new Uint8Array(dirtLog(primary, sequence, Math.min(claimed, hiveBinsSize * 4), sectors)), "a DIRT log"];
  }
  const entries = Array.from({ length: random.between(1, 3) }, (_, index) =>
    incrementalEntry({
      sequence: sequence + index,
      hiveBinsSize: random.pick([hiveBinsSize, hiveBinsSize, hiveBinsSize + 4096, 4096, 0x7fff_f000]),
      pages: Array.from({ length: random.below(4) }, () => somePage(random, primary, hiveBinsSize)),
    }),
  );
  return [new Uint8Array(incrementalLog(primary, sequence, entries)), "an HvLE log"];
}

function somePage(random: Random, primary: Uint8Array, hiveBinsSize: number): PageRun {
  const from = 4096 * random.between(1, hiveBinsSize / 4096);
  const offset = random.once(8) ? random.next() : 4096 * random.below(hiveBinsSize / 4096 + 1);
  return { offset: offset >>> 0, bytes: random.once(6) ? random.bytes(512) : primary.slice(from, from + 4096) };
}
