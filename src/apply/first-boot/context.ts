/** What a first boot is arranged in, and by whom. */
import type { ForceName } from "../../image/force.ts";
import type { Host } from "../../image/host.ts";
import type { ImageSession } from "../../image/session.ts";
import type { Windows } from "../../windows/model/windows.ts";

export interface FirstBootContext {
  readonly session: ImageSession;
  readonly windows: Windows;
  readonly host: Host;
  readonly force: readonly ForceName[];
  readonly tool: string;
  readonly now: Date;
}
