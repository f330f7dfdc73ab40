/** Faults of keys and of the lists that lead to them. */
import { encodeUtf16 } from "../../../src/bytes/utf16.ts";
import { KEY_FLAG, KEY_NODE, KEY_NODE_NAME } from "../../../src/regf/format/key-node.ts";
import { NIL } from "../../../src/regf/format/offsets.ts";
import { HINTED_ENTRY, PLAIN_ENTRY, SUBKEY_LIST_HEADER } from "../../../src/regf/format/subkey-list.ts";
import { VALUE_NODE } from "../../../src/regf/format/value-node.ts";
import { needKey, setClass } from "../../support/sample-hive.ts";
import { type Case, dataAt, entryOf, freeData, hashOf, keyAt, listAt, swapEntries, valueAt } from "./fault.ts";

const { fields: KEY } = KEY_NODE;
const { fields: VALUE } = VALUE_NODE;
const { fields: LIST } = SUBKEY_LIST_HEADER;

export const KEY_FAULTS: readonly Case[] = [
  [
    "a key without its signature",
    ["bad-signature"],
    (it) => {
      const cell = keyAt(it, "Alpha");
      it.bins.set(cell, KEY.signature, "kn");
      return cell;
    },
  ],
  [
    "a key whose cell is too large",
    ["key-too-large"],
    (it) => {
      // Over the data of 16344 bytes goes a copy of the key Beta.
      const [target, source] = [dataAt(it, "of 16344"), keyAt(it, "Alpha\\Beta")];
      it.bins.set(keyAt(it, "Alpha\\Beta\\Gamma"), KEY.parent, target);
      it.bins.write(target, 0, it.bins.bytes(source, 0, KEY_NODE_NAME + 4).slice());
      it.bins.set(listAt(it, "Alpha"), PLAIN_ENTRY.fields.cell, target, SUBKEY_LIST_HEADER.sizeBytes);
      freeData(it, "of 16344", source);
      return target;
    },
  ],
  [
    "a key without a name",
    ["bad-name", "wrong-hash"],
    (it) => {
      const cell = keyAt(it, "Alpha\\Beta");
      it.bins.set(cell, KEY.nameSize, 0);
      return cell;
    },
  ],
  [
    "a name with half a character",
    ["bad-name"],
    (it) => {
      const cell = keyAt(it, "Ключ");
      it.bins.set(cell, KEY.nameSize, 7);
      return cell;
    },
  ],
  [
    "a name that needs no UTF-16",
    ["name-not-compressed"],
    (it) => {
      const cell = keyAt(it, "Ключ\\дело");
      it.bins.write(cell, KEY_NODE_NAME, encodeUtf16("delo"));
      it.bins.set(listAt(it, "Ключ"), HINTED_ENTRY.fields.hint, hashOf("delo"), SUBKEY_LIST_HEADER.sizeBytes);
      return cell;
    },
  ],
  [
    "another parent",
    ["wrong-parent"],
    (it) => {
      const cell = keyAt(it, "Alpha\\Beta");
      it.bins.set(cell, KEY.parent, it.rootCell);
      return cell;
    },
  ],
  [
    "a root that is not marked",
    ["bad-root-flags"],
    (it) => {
      it.bins.set(it.rootCell, KEY.flags, KEY_FLAG.compressedName);
      return it.rootCell;
    },
  ],
  [
    "a second root",
    ["root-flag-below-root"],
    (it) => {
      const cell = keyAt(it, "Alpha");
      it.bins.set(cell, KEY.flags, KEY_FLAG.compressedName | KEY_FLAG.entry);
      return cell;
    },
  ],
  [
    "a class without a cell",
    ["class-missing", "hint-too-low"],
    (it) => {
      setClass(it, needKey(it, "Alpha"), NIL, 8);
      return keyAt(it, "Alpha");
    },
  ],
  [
    "a class that has no room",
    ["cell-too-small", "hint-too-low"],
    (it) => {
      const data = dataAt(it, "of 5");
      it.bins.set(valueAt(it, "of 5"), VALUE.dataSize, 0x8000_0000);
      setClass(it, needKey(it, "Alpha"), data, 40);
      return data;
    },
  ],
  [
    "a subkey too many in the count",
    ["count-disagrees"],
    (it) => {
      it.bins.set(it.rootCell, KEY.subkeyCount, 99);
      return it.rootCell;
    },
  ],
  [
    "a list of no kind",
    ["bad-signature"],
    (it) => {
      const list = listAt(it, "Alpha");
      it.bins.set(list, LIST.signature, "lx");
      return list;
    },
  ],
  [
    "a list that has no room",
    ["cell-too-small"],
    (it) => {
      const list = listAt(it, "Alpha");
      it.bins.set(list, LIST.count, 0xffff);
      return list;
    },
  ],
  [
    "an empty list",
    ["cell-leaked", "count-disagrees", "empty-list", "security-count-too-high"],
    (it) => {
      it.bins.set(listAt(it, "Alpha\\Beta"), LIST.count, 0);
      return undefined;
    },
  ],
  [
    "a list of lists of lists",
    ["count-disagrees", "nested-list"],
    (it) => {
      const top = listAt(it, "Many");
      it.bins.set(it.bins.get(top, PLAIN_ENTRY.fields.cell, SUBKEY_LIST_HEADER.sizeBytes), LIST.signature, "ri");
      return undefined;
    },
  ],
  [
    "a list of the other version",
    ["unusual-list", "wrong-hash"],
    (it) => {
      it.bins.set(listAt(it, "Alpha"), LIST.signature, "lf");
      return undefined;
    },
  ],
  [
    "subkeys in a wrong order",
    ["wrong-order"],
    (it) => {
      swapEntries(it, "Alpha", "Values");
      return undefined;
    },
  ],
  [
    "two subkeys of one name",
    ["duplicate-name", "wrong-hash"],
    (it) => {
      const cell = keyAt(it, "alpha2");
      it.bins.set(cell, KEY.nameSize, 5);
      return cell;
    },
  ],
  [
    "a wrong hash",
    ["wrong-hash"],
    (it) => {
      const { list, from } = entryOf(it, "Alpha");
      it.bins.set(list, HINTED_ENTRY.fields.hint, 1, from);
      return list;
    },
  ],
];
