/** How much two times may differ and still be of the same boot. */
import { FILE_TIME_TICKS_PER_MS } from "../../bytes/file-time.ts";

/**
 * Devices are enumerated and started within the minute of a boot in every hive that was measured (XP, 2003, 7, 8.1, 10);
 * ten minutes leave room for slow firmware and late drivers. In FILETIME's ticks.
 */
export const BOOT_SLACK: bigint = 10n * 60n * 1000n * FILE_TIME_TICKS_PER_MS;
