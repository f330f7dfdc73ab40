/** Faults of bins, cells and the references between them. */
import { BIN_HEADER } from "../../../src/regf/format/bin.ts";
import { KEY_NODE } from "../../../src/regf/format/key-node.ts";
import { type CellOffset, NIL } from "../../../src/regf/format/offsets.ts";
import { VALUE_NODE } from "../../../src/regf/format/value-node.ts";
import { type Case, dataAt, keyAt, keyWithoutList, listAt, point, setSize, valueAt } from "./fault.ts";

const { fields: KEY } = KEY_NODE;
const { fields: VALUE } = VALUE_NODE;

export const CELL_FAULTS: readonly Case[] = [
  [
    "a bin without its signature",
    ["bad-signature", "cell-misplaced"],
    (it) => {
      it.bins.setBin(0x1000 as CellOffset, BIN_HEADER.fields.signature, "nibh");
      return 0x1000 as CellOffset;
    },
  ],
  [
    "a bin that is elsewhere",
    ["bad-bin-offset"],
    (it) => {
      it.bins.setBin(0x1000 as CellOffset, BIN_HEADER.fields.offset, 0x2000 as CellOffset);
      return 0x1000 as CellOffset;
    },
  ],
  [
    "a bin of half a page",
    ["bad-bin-size"],
    (it) => {
      it.bins.setBin(0 as CellOffset, BIN_HEADER.fields.sizeBytes, 2048);
      return 0 as CellOffset;
    },
  ],
  [
    "a bin beyond the end",
    ["bad-bin-size"],
    (it) => {
      it.bins.setBin(0 as CellOffset, BIN_HEADER.fields.sizeBytes, 0x7fff_f000);
      return 0 as CellOffset;
    },
  ],
  ["a cell of no size", ["bad-cell-size", "cell-misplaced"], (it) => setSize(it, keyAt(it, "Alpha"), 0)],
  ["a cell of an odd size", ["bad-cell-size", "cell-misplaced"], (it) => setSize(it, keyAt(it, "Alpha"), -84)],
  ["a cell that leaves its bin", ["bad-cell-size", "cell-misplaced"], (it) => setSize(it, keyAt(it, "Alpha"), -9000)],
  [
    "the smallest number as a size",
    ["bad-cell-size", "cell-misplaced"],
    (it) => setSize(it, keyAt(it, "Alpha"), -0x8000_0000),
  ],
  [
    "two free cells side by side",
    ["adjacent-free-cells"],
    (it) => {
      const free = it.bins.sizeBytes; // a new bin, all of it free, in two pieces
      it.bins.grow(4096);
      const bin = free as CellOffset;
      it.bins.setBin(bin, BIN_HEADER.fields.signature, "hbin");
      it.bins.setBin(bin, BIN_HEADER.fields.offset, bin);
      it.bins.setBin(bin, BIN_HEADER.fields.sizeBytes, 4096);
      it.bins.setCellSize((free + 32) as CellOffset, 64);
      it.bins.setCellSize((free + 96) as CellOffset, 4000);
      return (free + 96) as CellOffset;
    },
  ],
  [
    "a cell that nothing refers to",
    ["cell-leaked"],
    (it) => {
      const data = dataAt(it, "of 100");
      it.bins.set(valueAt(it, "of 100"), VALUE.dataSize, 0x8000_0000);
      return data;
    },
  ],
  [
    "a list that is missing",
    ["cell-missing", "count-disagrees"],
    (it) => {
      it.bins.set(keyAt(it, "Alpha"), KEY.subkeys, NIL);
      return keyWithoutList(it, "Alpha");
    },
  ],
  ["a list outside", ["cell-outside-bins"], (it) => point(it, keyAt(it, "Alpha"), 0x7fff_fff8)],
  ["a list between cells", ["cell-misplaced"], (it) => point(it, keyAt(it, "Alpha"), keyAt(it, "Alpha") + 8)],
  [
    "a list that is not at a multiple of 8",
    ["cell-misplaced"],
    (it) => point(it, keyAt(it, "Alpha"), keyAt(it, "Alpha") + 4),
  ],
  [
    "data in a free cell",
    ["cell-free"],
    (it) => {
      const data = dataAt(it, "of 100");
      it.bins.setCellSize(data, -it.bins.cellSize(data));
      return valueAt(it, "of 100");
    },
  ],
  [
    "data that two values use",
    ["cell-shared"],
    (it) => {
      it.bins.set(valueAt(it, "of 5"), VALUE.data, dataAt(it, "of 100"));
      return undefined;
    },
  ],
  ["a list that two keys use", ["cell-shared"], (it) => point(it, keyAt(it, "Alpha\\Beta"), listAt(it, "Alpha"))],
  [
    "data that has no room",
    ["cell-too-small"],
    (it) => {
      it.bins.set(valueAt(it, "of 100"), VALUE.dataSize, 120);
      return dataAt(it, "of 100");
    },
  ],
];
