/** What the other layers use of windows: reading a Windows, its model's helpers, and the form of registry data. */
export { readWindows } from "./read-windows.ts";
export { registryBytes, registryData, registryDataMisfit } from "./registry-data.ts";
