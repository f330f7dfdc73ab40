/** The allocator: what is reused, joined, split and appended. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Bins } from "../../../src/regf/bins.ts";
import { Cells } from "../../../src/regf/edit/cells.ts";
import type { CellOffset } from "../../../src/regf/format/offsets.ts";
import { MemoryStorage } from "../../../src/storage/memory.ts";
import { cellSizes } from "../../support/low-level.ts";
import type { Hive } from "../../../src/regf/index.ts";

/** Bins that begin empty. */
function fresh(): { bins: Bins; cells: Cells; sizes: () => number[] } {
  const bins = new Bins(undefined, 0);
  return { bins, cells: new Cells(bins), sizes: () => cellSizes({ bins } as Hive) };
}

describe("allocating", () => {
  test("the first cell brings the first bin, and the rest of it is one free cell", () => {
    const { cells, bins, sizes } = fresh();
    expect(cells.allocate(10)).toBe(32);
    expect(bins.sizeBytes).toBe(4096);
    expect(sizes()).toEqual([-16, 4096 - 32 - 16]);
  });

  test.each([
    [0, 8],
    [4, 8],
    [5, 16],
    [12, 16],
    [13, 24],
  ])("content of %i bytes takes a cell of %i", (content, cell) => {
    const { cells, sizes } = fresh();
    cells.allocate(content);
    expect(sizes()[0]).toBe(-cell);
  });

  test("a cell that fills a bin exactly leaves no free cell; one byte more needs two pages", () => {
    const exact = fresh();
    exact.cells.allocate(4096 - 32 - 4);
    expect(exact.sizes()).toEqual([-(4096 - 32)]);
    const more = fresh();
    more.cells.allocate(4096 - 32 - 3);
    expect(more.bins.sizeBytes).toBe(8192);
  });

  test("the smallest free cell that is enough is used, and its rest stays free", () => {
    const { cells, sizes } = fresh();
    const [first, , second] = [100, 4, 36, 4].map((size) => cells.allocate(size));
    cells.free(first as CellOffset); // 104 bytes
    cells.free(second as CellOffset); // 40 bytes
    expect(cells.allocate(20)).toBe(second); // 24 of 40
    expect(sizes().slice(0, 4)).toEqual([104, -8, -24, 16]);
  });

  test("a reused cell does not show what it held", () => {
    const { cells, bins } = fresh();
    const cell = cells.allocateFor(new Uint8Array(20).fill(0xff));
    cells.free(cell);
    expect(cells.allocate(20)).toBe(cell);
    expect([...bins.bytes(cell, 0, 20)]).toEqual(new Array(20).fill(0));
  });

  test("a new bin overwrites what the file holds behind its bins", () => {
    const storage = new MemoryStorage("with a tail", new Uint8Array(4096 * 4).fill(0xaa));
    const bins = new Bins(storage, 0);
    const cell = new Cells(bins).allocate(100);
    expect([...bins.raw(4, 8)]).toEqual([0, 0, 0, 0, 0, 16, 0, 0]); // the bin's offset and size
    expect(bins.bytes(cell, 0, 100).every((byte) => byte === 0)).toBe(true);
    expect(bins.raw(32 + 104 + 4, 100).every((byte) => byte === 0)).toBe(true);
  });
});

describe("freeing", () => {
  test.each([[[0, 1, 2]], [[2, 1, 0]], [[0, 2, 1]], [[1, 0, 2]]])(
    "neighbours are joined in whatever order they are freed: %j",
    (order) => {
      const { cells, sizes } = fresh();
      const made = [40, 40, 40].map((size) => cells.allocate(size));
      const last = cells.allocate(4000);
      for (const index of order) cells.free(made[index] as CellOffset);
      expect(sizes().filter((size) => size > 0)).toHaveLength(2);
      cells.free(last);
      expect(sizes().every((size) => size > 0)).toBe(true);
    },
  );

  test("cells of two bins are not joined", () => {
    const { cells, sizes } = fresh();
    const [first, second] = [cells.allocate(4060), cells.allocate(4060)];
    cells.free(first);
    cells.free(second);
    expect(sizes()).toEqual([4064, 4064]);
  });

  test("a cell that is free already is refused", () => {
    const { cells } = fresh();
    const cell = cells.allocate(8);
    cells.free(cell);
    expect(() => cells.free(cell)).toThrow("that cell is free");
  });
});

describe("enlarging", () => {
  test("stays where it is when there is room in the cell, or free room behind it", () => {
    const { cells, sizes } = fresh();
    const cell = cells.allocateFor(Uint8Array.of(1, 2, 3, 4, 5));
    expect(cells.enlarge(cell, 12)).toBe(cell);
    expect(cells.enlarge(cell, 13)).toBe(cell);
    expect(sizes()[0]).toBe(-24);
  });

  test("moves with its content otherwise, and what it leaves is free", () => {
    const { cells, bins, sizes } = fresh();
    const cell = cells.allocateFor(Uint8Array.of(1, 2, 3, 4));
    cells.allocate(4);
    const moved = cells.enlarge(cell, 20);
    expect(moved).not.toBe(cell);
    expect([...bins.bytes(moved, 0, 6)]).toEqual([1, 2, 3, 4, 0, 0]);
    expect(sizes()[0]).toBe(8);
  });
});

test("whatever is allocated, freed and enlarged: cells fill the bins, none overlap, no two free ones touch, contents stay", () => {
  const step = fc.record({ kind: fc.constantFrom("allocate", "free", "enlarge"), size: fc.nat(9000), which: fc.nat() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const { cells, bins, sizes } = fresh();
      const held: { cell: CellOffset; size: number; mark: number }[] = [];
      const marked = (size: number, mark: number): Uint8Array => new Uint8Array(size).fill(mark);
      steps.forEach(({ kind, size, which }, index) => {
        const mark = (index % 250) + 1;
        const chosen = held[which % Math.max(1, held.length)];
        if (kind === "allocate" || chosen === undefined) {
          held.push({ cell: cells.allocateFor(marked(size, mark)), size, mark });
        } else if (kind === "free") {
          cells.free(chosen.cell);
          held.splice(held.indexOf(chosen), 1);
        } else {
          chosen.cell = cells.enlarge(chosen.cell, size);
        }
      });
      for (const { cell, size, mark } of held) expect(bins.bytes(cell, 0, size)).toEqual(marked(size, mark));
      const all = sizes();
      expect(all.filter((size) => size < 0)).toHaveLength(held.length);
      expectNoFreeNeighbours(bins);
    }),
    { numRuns: 60 },
  );
});

function expectNoFreeNeighbours(bins: Bins): void {
  for (let bin = 0; bin < bins.sizeBytes; ) {
    const end = bin + new DataView(bins.raw(bin, 12).slice().buffer).getUint32(8, true);
    let before = -1;
    for (let cell = bin + 32; cell < end; ) {
      const size = bins.cellSize(cell as CellOffset);
      expect(before > 0 && size > 0).toBe(false);
      before = size;
      cell += Math.abs(size);
    }
    bin = end;
  }
}
