/** Where the structures of a hive are, so that a mutation can change a field instead of any byte. */
import { HIVE_BINS_START } from "../../../src/regf/format/offsets.ts";

export type StructureKind = "nk" | "vk" | "sk" | "lf" | "lh" | "li" | "ri" | "db" | "other";

/** The cells in use by what is in them, as offsets in the file of their sizes; of what cannot be walked, nothing. */
export type Structures = Readonly<Record<StructureKind, readonly number[]>>;

const KINDS: readonly StructureKind[] = ["nk", "vk", "sk", "lf", "lh", "li", "ri", "db"];

export function structuresOf(primary: Uint8Array): Structures {
  const found: Record<StructureKind, number[]> = {
    nk: [],
    vk: [],
    sk: [],
    lf: [],
    lh: [],
    li: [],
    ri: [],
    db: [],
    other: [],
  };
  const view = new DataView(primary.buffer, primary.byteOffset, primary.length);
  for (let bin = HIVE_BINS_START; bin + 4096 <= primary.length; bin += 4096) {
    if (Buffer.from(primary.subarray(bin, bin + 4)).toString("latin1") !== "hbin") continue;
    const end = Math.min(bin + view.getUint32(bin + 8, true), primary.length);
    for (let cell = bin + 32; cell + 8 <= end; ) {
      const size = view.getInt32(cell, true);
      if (size < 0) found[kindAt(primary, cell)].push(cell);
      if (Math.abs(size) < 8) break;
      cell += Math.abs(size);
    }
  }
  return found;
}

function kindAt(primary: Uint8Array, cell: number): StructureKind {
  const signature = Buffer.from(primary.subarray(cell + 4, cell + 6)).toString("latin1");
  return KINDS.find((kind) => kind === signature) ?? "other";
}
