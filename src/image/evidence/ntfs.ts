/** Reads the flags of an NTFS volume from its own bytes: boot sector, master file table, $Volume. */
import { ascii, u16, u32, u64, u8, raw } from "../../bytes/codecs.ts";
import { at, layout } from "../../bytes/layout.ts";
import type { RawDevice } from "./raw-device.ts";

// The structures as the Linux-NTFS project documents them ("NTFS Documentation": $Boot, FILE record, $VOLUME_INFORMATION);
// headers of records and attributes also Microsoft, "Master File Table (Local File Systems)".

const BOOT_SECTOR = layout("NTFS boot sector", 72, {
  jump: at(0, raw(3)),
  signature: at(3, ascii(8)),
  sectorSize: at(11, u16),
  /** Above 128: a negative power of two. */
  sectorsPerCluster: at(13, u8),
  unused1: at(14, raw(34)),
  /** In clusters. */
  fileTableStart: at(48, u64),
  mirrorStart: at(56, u64),
  /** In clusters; above 128: a negative power of two, in bytes. */
  recordSize: at(64, u8),
  unused2: at(65, raw(7)),
});

const RECORD_HEADER = layout("NTFS file record", 48, {
  signature: at(0, ascii(4)),
  fixupsOffset: at(4, u16),
  fixupCount: at(6, u16),
  logSequence: at(8, u64),
  sequence: at(16, u16),
  linkCount: at(18, u16),
  attributesOffset: at(20, u16),
  flags: at(22, u16),
  usedSize: at(24, u32),
  unused: at(28, raw(20)),
});

const ATTRIBUTE_HEADER = layout("resident NTFS attribute", 24, {
  type: at(0, u32),
  sizeBytes: at(4, u32),
  nonResident: at(8, u8),
  unused1: at(9, raw(7)),
  valueSize: at(16, u32),
  valueOffset: at(20, u16),
  unused2: at(22, raw(2)),
});

const VOLUME_INFORMATION_FLAGS_OFFSET = 10;
const VOLUME_INFORMATION_TYPE = 0x70;
const END_OF_ATTRIBUTES = 0xffff_ffff;
/** $Volume is the fourth file of every volume. */
const VOLUME_RECORD = 3;
const FIXUP_STRIDE = 512;
const MAX_RECORD_SIZE = 65_536;

/** What Windows sets when it found damage, or did not come to the end of its work: it checks the volume at its next start. */
export const VOLUME_IS_DIRTY = 0x0001;

/** `flags` of $VOLUME_INFORMATION, or why there are none. Throws the system's errors. */
export function readVolumeFlags(device: RawDevice): { readonly flags: number } | { readonly reason: string } {
  const place = placeOfRecord(device);
  if (place === undefined) {
    return { reason: "it does not begin as an NTFS volume does" };
  }
  const record = device.read(place.offset, place.size);
  const flags = record.length === place.size ? volumeFlagsOf(record) : undefined;
  return flags === undefined ? { reason: `the NTFS record at byte ${place.offset} is not that of $Volume` } : { flags };
}

function placeOfRecord(device: RawDevice): { readonly offset: number; readonly size: number } | undefined {
  const boot = device.read(0, BOOT_SECTOR.sizeBytes);
  if (boot.length < BOOT_SECTOR.sizeBytes) {
    return undefined;
  }
  const { signature, sectorSize, sectorsPerCluster, fileTableStart, recordSize } = BOOT_SECTOR.decode(viewOf(boot));
  const clusterSize = sectorSize * (sectorsPerCluster > 128 ? 2 ** (256 - sectorsPerCluster) : sectorsPerCluster);
  const size = recordSize > 128 ? 2 ** (256 - recordSize) : recordSize * clusterSize;
  const offset = Number(fileTableStart) * clusterSize + VOLUME_RECORD * size;
  const isSound =
    signature === "NTFS    " && size >= FIXUP_STRIDE && size <= MAX_RECORD_SIZE && Number.isSafeInteger(offset);
  return isSound ? { offset, size } : undefined;
}

function volumeFlagsOf(record: Uint8Array): number | undefined {
  const view = viewOf(record);
  const { signature, fixupsOffset, fixupCount, attributesOffset } = RECORD_HEADER.decode(view);
  if (signature !== "FILE" || !restoreFixups(view, fixupsOffset, fixupCount)) {
    return undefined;
  }
  for (let start = attributesOffset; start + ATTRIBUTE_HEADER.sizeBytes <= record.length; ) {
    const { type, sizeBytes, nonResident, valueOffset } = ATTRIBUTE_HEADER.decode(view, start);
    if (type === VOLUME_INFORMATION_TYPE) {
      const offset = start + valueOffset + VOLUME_INFORMATION_FLAGS_OFFSET;
      return nonResident === 0 && offset + 2 <= record.length ? view.getUint16(offset, true) : undefined;
    }
    if (type === END_OF_ATTRIBUTES || sizeBytes < 16) {
      return undefined;
    }
    start += sizeBytes;
  }
  return undefined;
}

/** The last two bytes of every 512 stand elsewhere, so that a record written in part shows. */
function restoreFixups(view: DataView, offset: number, count: number): boolean {
  if (count < 1 || offset + 2 * count > view.byteLength || (count - 1) * FIXUP_STRIDE > view.byteLength) {
    return false;
  }
  const mark = view.getUint16(offset, true);
  for (let index = 1; index < count; index++) {
    const end = index * FIXUP_STRIDE - 2;
    if (view.getUint16(end, true) !== mark) {
      return false;
    }
    view.setUint16(end, view.getUint16(offset + 2 * index, true), true);
  }
  return true;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
