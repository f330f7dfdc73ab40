/** Faults of values, security descriptors and hints. */
import { encodeUtf16 } from "../../../src/bytes/utf16.ts";
import { BIG_DATA } from "../../../src/regf/format/big-data.ts";
import { KEY_NODE } from "../../../src/regf/format/key-node.ts";
import { type CellOffset, NIL } from "../../../src/regf/format/offsets.ts";
import { SECURITY } from "../../../src/regf/format/security.ts";
import { VALUE_LIST_ENTRY } from "../../../src/regf/format/value-list.ts";
import { VALUE_NODE } from "../../../src/regf/format/value-node.ts";
import { type Case, dataAt, keyAt, securityAt, valueAt } from "./fault.ts";

const { fields: KEY } = KEY_NODE;
const { fields: VALUE } = VALUE_NODE;
const { fields: SK } = SECURITY;

export const VALUE_FAULTS: readonly Case[] = [
  [
    "a value without its signature",
    ["bad-signature"],
    (it) => {
      const cell = valueAt(it, "of 4");
      it.bins.set(cell, VALUE.signature, "vv");
      return cell;
    },
  ],
  [
    "a value's name beyond its cell",
    ["cell-too-small"],
    (it) => {
      const cell = valueAt(it, "of 4");
      it.bins.set(cell, VALUE.nameSize, 400);
      return cell;
    },
  ],
  [
    "two values of one name",
    ["duplicate-name"],
    (it) => {
      const cell = valueAt(it, "of 4");
      it.bins.bytes(cell, 0, 24)[23] = 0x35;
      return undefined;
    },
  ],
  [
    "a value twice in its list",
    ["cell-shared"],
    (it) => {
      const list = it.bins.get(keyAt(it, "Values"), KEY.values);
      it.bins.set(list, VALUE_LIST_ENTRY.fields.cell, it.bins.get(list, VALUE_LIST_ENTRY.fields.cell, 4), 0);
      return undefined;
    },
  ],
  [
    "a value's name that needs no UTF-16",
    ["name-not-compressed"],
    (it) => {
      const cell = valueAt(it, "имя");
      it.bins.write(cell, 20, encodeUtf16("имя".replace(/./g, "x")));
      return cell;
    },
  ],
  [
    "five bytes in the place of four",
    ["bad-inline-size"],
    (it) => {
      const cell = valueAt(it, "of 4");
      it.bins.set(cell, VALUE.dataSize, 0x8000_0005);
      return cell;
    },
  ],
  [
    "no data, but not marked so",
    ["zero-size-not-inline"],
    (it) => {
      const cell = valueAt(it, "of 0");
      it.bins.set(cell, VALUE.dataSize, 0);
      return cell;
    },
  ],
  [
    "big data without its signature",
    ["bad-signature"],
    (it) => {
      const data = dataAt(it, "of 16345");
      it.bins.set(data, BIG_DATA.fields.signature, "bd");
      return data;
    },
  ],
  [
    "a segment too few",
    ["bad-segment-count"],
    (it) => {
      const data = dataAt(it, "of 32689");
      it.bins.set(data, BIG_DATA.fields.segmentCount, 2);
      return data;
    },
  ],
  [
    "a segment that is too short",
    ["cell-too-small"],
    (it) => {
      const list = it.bins.get(dataAt(it, "of 16345"), BIG_DATA.fields.segments);
      const segment = it.bins.get(list, VALUE_LIST_ENTRY.fields.cell);
      const size = -it.bins.cellSize(segment);
      it.bins.setCellSize(segment, -8000);
      it.bins.setCellSize((segment + 8000) as CellOffset, size - 8000); // fills its bin, so that nothing free follows
      return segment;
    },
  ],
  [
    "a descriptor without its signature",
    ["bad-signature"],
    (it) => {
      const cell = securityAt(it);
      it.bins.set(cell, SK.signature, "ks");
      return cell;
    },
  ],
  [
    "a descriptor that has no room",
    ["bad-descriptor-size"],
    (it) => {
      const cell = securityAt(it);
      it.bins.set(cell, SK.descriptorSize, 0xffff_ffff);
      return cell;
    },
  ],
  [
    "a ring that does not lead back",
    ["security-ring-broken"],
    (it) => {
      const cell = securityAt(it);
      it.bins.set(cell, SK.previous, NIL);
      return cell;
    },
  ],
  [
    "a ring that leads nowhere",
    ["cell-misplaced"],
    (it) => {
      const cell = securityAt(it);
      it.bins.set(cell, SK.next, (cell + 8) as CellOffset);
      return cell;
    },
  ],
  [
    "a descriptor outside the ring",
    ["security-count-too-high", "security-outside-ring"],
    (it) => {
      const [target, source] = [dataAt(it, "of 16344"), securityAt(it)];
      const size = SECURITY.sizeBytes + it.bins.get(source, SK.descriptorSize);
      it.bins.write(target, 0, it.bins.bytes(source, 0, size).slice());
      it.bins.set(target, SK.next, target);
      it.bins.set(target, SK.previous, target);
      it.bins.set(target, SK.referenceCount, 1);
      it.bins.set(valueAt(it, "of 16344"), VALUE.dataSize, 0x8000_0000);
      it.bins.set(keyAt(it, "Alpha"), KEY.security, target);
      return undefined;
    },
  ],
  [
    "a count that is too low",
    ["security-count-too-low"],
    (it) => {
      const cell = securityAt(it);
      it.bins.set(cell, SK.referenceCount, 3);
      return cell;
    },
  ],
  [
    "a count that is too high",
    ["security-count-too-high"],
    (it) => {
      const cell = securityAt(it);
      it.bins.set(cell, SK.referenceCount, 0x7fff_ffff);
      return cell;
    },
  ],
  [
    "a key without a descriptor",
    ["cell-missing", "security-count-too-high"],
    (it) => {
      it.bins.set(keyAt(it, "Alpha"), KEY.security, NIL);
      return keyAt(it, "Alpha");
    },
  ],
  [
    "a subkey name longer than the hint",
    ["hint-too-low"],
    (it) => {
      it.bins.set(it.rootCell, KEY.longestSubkeyName, 11);
      return it.rootCell;
    },
  ],
  [
    "a value name longer than the hint",
    ["hint-too-low"],
    (it) => {
      const cell = keyAt(it, "Values");
      it.bins.set(cell, KEY.longestValueName, 15);
      return cell;
    },
  ],
  [
    "value data larger than the hint",
    ["hint-too-low"],
    (it) => {
      const cell = keyAt(it, "Values");
      it.bins.set(cell, KEY.largestValueData, 32_688);
      return cell;
    },
  ],
];
