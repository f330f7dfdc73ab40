/** What the walk asks before it believes a reference: each answer of "no" is reported, and makes the walk incomplete. */
import type { Bins } from "../bins.ts";
import { CELL_SIGNATURE, signatureNumber } from "../format/cell.ts";
import { type CellOffset, type FileOffset, toFile } from "../format/offsets.ts";
import type { ProblemDetail } from "../problem.ts";
import type { StructureName } from "../problems/structure-name.ts";
import type { NameField } from "../read/node-name.ts";
import { printable } from "../read/signature.ts";
import type { CellMap, Claim } from "./cell-map.ts";
import type { Findings } from "./findings.ts";
import type { KeyVisit } from "./visits.ts";

export class Claims {
  readonly bins: Bins;
  readonly minorVersion: number;
  readonly #cells: CellMap;
  readonly #findings: Findings;
  /** Something could not be walked. */
  isIncomplete = false;

  constructor(bins: Bins, minorVersion: number, cells: CellMap, findings: Findings) {
    this.bins = bins;
    this.minorVersion = minorVersion;
    this.#cells = cells;
    this.#findings = findings;
  }

  /** The content's size of the cell; undefined when it cannot be used. */
  claim(cell: CellOffset, claim: Claim): number | undefined {
    const size = this.#cells.claim(cell, claim);
    if (size === undefined) this.isIncomplete = true;
    return size;
  }

  /** A problem because of which something is not walked. */
  add(at: FileOffset, detail: ProblemDetail, key: KeyVisit | undefined): void {
    this.isIncomplete = true;
    this.#findings.add(at, detail, key);
  }

  hasSignature(cell: CellOffset, expected: string, structure: StructureName, key: KeyVisit | undefined): boolean {
    if (this.bins.get(cell, CELL_SIGNATURE) === signatureNumber(expected)) return true;
    const found = printable(this.bins.bytes(cell, 0, 2));
    this.add(toFile(cell), { code: "bad-signature", structure, expected, found }, key);
    return false;
  }

  /** Whether the name is inside its cell and can be read. */
  hasName(cell: CellOffset, contentSize: number, name: NameField, key: KeyVisit | undefined): boolean {
    const { structure, start, sizeBytes, compressed } = name;
    if (contentSize < start + sizeBytes) {
      this.add(toFile(cell), { code: "cell-too-small", structure, size: contentSize, needed: start + sizeBytes }, key);
      return false;
    }
    if (compressed || sizeBytes % 2 === 0) return true;
    this.add(toFile(cell), { code: "bad-name", structure, size: sizeBytes, reason: "odd size" }, key);
    return false;
  }
}
