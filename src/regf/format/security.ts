/** `sk`: a security descriptor that keys share, in one ring through the hive. */
import { ascii, u16, u32 } from "../../bytes/codecs.ts";
import { at, layout } from "../../bytes/layout.ts";
import { cellOffset } from "./offsets.ts";

export const SECURITY_SIGNATURE = "sk";

// biome-ignore format: the columns are the documentation
export const SECURITY = layout("sk", 20, {
  signature:      at(0x00, ascii(2)),
  reserved:       at(0x02, u16),
  next:           at(0x04, cellOffset),
  previous:       at(0x08, cellOffset),
  referenceCount: at(0x0c, u32),         // keys that use it
  descriptorSize: at(0x10, u32),
});

/** Where the self-relative security descriptor begins, counted as the fields are. */
export const SECURITY_DESCRIPTOR = SECURITY.sizeBytes;
