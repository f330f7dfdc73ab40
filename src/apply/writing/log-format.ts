/** Which log a Windows writes and reads: by its family (msuhanov's regf specification, "Format of transaction log files"). */
import { LOG_ENDINGS } from "../../image/hive-files.ts";
import type { LogFormat } from "../../regf/index.ts";
import type { WindowsFamily } from "../../windows/model/windows.ts";

const FORMATS: Readonly<Record<WindowsFamily, LogFormat>> = {
  xp: "DIRT-XP",
  vista: "DIRT",
  "7": "DIRT",
  "8": "DIRT",
  "8.1": "HvLE",
  "10": "HvLE",
};

export function logFormat(family: WindowsFamily): LogFormat {
  return FORMATS[family];
}

/** The end of the name of the log that is made when a hive has none. */
export function logEnding(format: LogFormat): ".LOG1" | ".LOG" {
  return format === "DIRT-XP" ? LOG_ENDINGS.log : LOG_ENDINGS.log1;
}
