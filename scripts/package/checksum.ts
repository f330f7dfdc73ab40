/** The checksum in the header of a Windows executable, which packing leaves wrong: Windows does not mind, virus scanners may. */

/** In the DOS header: where the PE header is. */
const PE_HEADER_POINTER = 0x3c;
/** From there, in the 32-bit as in the 64-bit format: 4 of the signature, 20 of the file header, 64 of the optional header. */
const CHECKSUM_FIELD = 88;

/** Writes it into the bytes: the 16-bit words summed with their carries, the field itself as nothing, plus the file's length. */
export function setChecksum(executable: Buffer): void {
  const field = executable.readUInt32LE(PE_HEADER_POINTER) + CHECKSUM_FIELD;
  executable.writeUInt32LE(0, field);
  let sum = 0;
  for (let offset = 0; offset < executable.length; offset += 2) {
    sum += offset + 1 < executable.length ? executable.readUInt16LE(offset) : (executable[offset] ?? 0);
    sum = (sum & 0xffff) + (sum >>> 16);
  }
  executable.writeUInt32LE(sum + executable.length, field);
}
