/** What evidence says that could not be gathered. */

export interface Unchecked {
  readonly checked: false;
  /** Why, as the end of a sentence. */
  readonly reason: string;
}

/** For a hive file that lies elsewhere than where Windows keeps it. */
export const NO_VOLUME: Unchecked = {
  checked: false,
  reason: "only a hive file was named, and its volume is not known",
};
