/** The ring of security descriptors, walked once from the root's, and how many keys use each of them. */
import type { Bins } from "../bins.ts";
import { type CellOffset, type FileOffset, toFile } from "../format/offsets.ts";
import { SECURITY, SECURITY_DESCRIPTOR, SECURITY_SIGNATURE } from "../format/security.ts";
import { printable } from "../read/signature.ts";
import type { CellMap } from "./cell-map.ts";
import type { Findings } from "./findings.ts";
import type { DescriptorVisit, KeyVisit } from "./visits.ts";

const { fields: SK } = SECURITY;

export class SecurityRing {
  /** Keys that use a descriptor, by its cell; those of the ring are here from the start. */
  readonly #keyCounts = new Map<CellOffset, number>();
  /** Cells that turned out not to hold a descriptor. */
  readonly #bad = new Set<CellOffset>();
  /** Of those that do, whose bytes are not all in the cell. */
  readonly #cut = new Set<CellOffset>();
  #isWhole = false;
  readonly #bins: Bins;
  readonly #cells: CellMap;
  readonly #findings: Findings;

  constructor(bins: Bins, cells: CellMap, findings: Findings) {
    this.#bins = bins;
    this.#cells = cells;
    this.#findings = findings;
  }

  /** Follows the ring from the descriptor of the root key. */
  walk(first: CellOffset, root: KeyVisit): void {
    let from = root.cell;
    for (let cell = first; !this.#keyCounts.has(cell); ) {
      if (!this.#claim(cell, toFile(from), root)) return;
      this.#keyCounts.set(cell, 0);
      from = cell;
      cell = this.#bins.get(cell, SK.next);
    }
    this.#isWhole = true;
  }

  /** A key uses the descriptor at `cell`. */
  use(cell: CellOffset, key: KeyVisit): void {
    const count = this.#keyCounts.get(cell);
    if (count !== undefined) {
      this.#keyCounts.set(cell, count + 1);
    } else if (!this.#bad.has(cell)) {
      if (!this.#claim(cell, toFile(key.cell), key)) return;
      // Where the ring is broken, that is reported, and nobody knows what would have followed.
      if (this.#isWhole) this.#findings.add(toFile(key.cell), { code: "security-outside-ring" }, key);
      this.#keyCounts.set(cell, 1);
    }
  }

  /** All that were met, when every key has been seen. */
  *descriptors(): Generator<DescriptorVisit> {
    for (const [cell, keyCount] of this.#keyCounts) {
      const next = this.#bins.get(cell, SK.next);
      const size = this.#bins.get(cell, SK.descriptorSize);
      yield {
        cell,
        keyCount,
        declaredCount: this.#bins.get(cell, SK.referenceCount),
        next: this.#keyCounts.has(next) ? next : undefined,
        bytes: this.#cut.has(cell) ? undefined : this.#bins.bytes(cell, SECURITY_DESCRIPTOR, size),
      };
    }
  }

  #claim(cell: CellOffset, from: FileOffset, key: KeyVisit): boolean {
    const size = this.#cells.claim(cell, { structure: "security", needed: SECURITY.sizeBytes, from, key });
    if (size === undefined || !this.#isDescriptor(cell, size, key)) {
      this.#bad.add(cell);
      return false;
    }
    return true;
  }

  #isDescriptor(cell: CellOffset, contentSize: number, key: KeyVisit): boolean {
    const found = printable(this.#bins.bytes(cell, 0, SECURITY_SIGNATURE.length));
    if (found !== `"${SECURITY_SIGNATURE}"`) {
      const detail = { code: "bad-signature", structure: "security", expected: SECURITY_SIGNATURE, found } as const;
      this.#findings.add(toFile(cell), detail, key);
      return false;
    }
    const size = this.#bins.get(cell, SK.descriptorSize);
    const available = contentSize - SECURITY_DESCRIPTOR;
    if (size > available) {
      this.#cut.add(cell);
      this.#findings.add(toFile(cell), { code: "bad-descriptor-size", size, available }, key);
    }
    return true;
  }
}
