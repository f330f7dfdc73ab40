/** What a run that finds things by itself asks of its surroundings: volumes, time, its own place; a test hands in others. */
import type { VolumeLister } from "./volumes/listing.ts";

export interface Clock {
  now(): Date;
  /** Since some moment; it never jumps, whatever sets the time of day. */
  elapsedMs(): number;
  /** What has to be added to local time to give UTC, in minutes: 300 in New York's winter, -60 in Berlin's. */
  biasMinutes(at: Date): number;
  /** Waits so long, doing nothing. */
  sleep(timeMs: number): void;
}

export interface Surroundings {
  readonly volumes: VolumeLister;
  readonly clock: Clock;
  /** The folder in which the executable lies. */
  readonly programFolder: string;
}
