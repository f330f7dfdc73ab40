/** Reads LUIDs and MAC addresses of the NDIS interface table that Windows 7 to 8.1 keep under Control\Nsi. */
import { raw, u16, u32 } from "../../bytes/codecs.ts";
import { at, layout } from "../../bytes/layout.ts";
import { type Guid, guidOfBytes } from "../../notation/guid.ts";
import { type MacAddress, macOfBytes } from "../../notation/mac.ts";
import type { Key } from "../../regf/index.ts";
import { NSI_NDIS_INTERFACES_KEY } from "../registry-paths.ts";

/**
 * The part of a record that is understood. The order of fields is that of Wine's nsi_ndis_ifinfo_rw and _static (include/wine/nsi.h), their places
 * were found in hives of 7 and 8.1, where all records agree with the class keys. What follows is 0xFF.
 */
// biome-ignore format: the columns are the documentation
const NDIS_INTERFACE = layout("NSI NDIS interface", 1156, {
  header:           at(0,    u32),
  aliasSize:        at(4,    u16),        // bytes of the alias, which has no NUL
  alias:            at(6,    raw(514)),
  descriptionSize:  at(520,  u16),
  description:      at(522,  raw(514)),
  interfaceType:    at(1036, u32),
  interfaceGuid:    at(1040, raw(16)),
  networkGuid:      at(1056, raw(16)),
  unknown:          at(1072, raw(16)),
  currentSize:      at(1088, u16),        // bytes of the address: 6, or 0 when there is none
  current:          at(1090, raw(32)),
  permanentSize:    at(1122, u16),
  permanent:        at(1124, raw(32)),
});

/** A record's name is the LUID; whatever else it says is none. */
const NAME = /^[0-9a-f]{16}$/i;

export interface NsiInterface {
  /** In lower case. */
  readonly luid: string | undefined;
  readonly permanent: MacAddress | undefined;
  readonly current: MacAddress | undefined;
}

/** By interface GUID; empty where Windows keeps no such table. Records of another shape are passed over. */
export function readNsiInterfaces(controlSet: Key): ReadonlyMap<Guid, NsiInterface> {
  const found = new Map<Guid, NsiInterface>();
  for (const { name, data } of controlSet.open(NSI_NDIS_INTERFACES_KEY)?.values() ?? []) {
    if (data.length < NDIS_INTERFACE.sizeBytes) continue;
    const { fields } = NDIS_INTERFACE;
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    const guid = guidOfBytes(fields.interfaceGuid.get(view, 0));
    if (guid === undefined) continue;
    found.set(guid, {
      luid: NAME.test(name) ? name.toLowerCase() : undefined,
      permanent: macOfBytes(fields.permanent.get(view, 0).subarray(0, fields.permanentSize.get(view, 0))),
      current: macOfBytes(fields.current.get(view, 0).subarray(0, fields.currentSize.get(view, 0))),
    });
  }
  return found;
}
