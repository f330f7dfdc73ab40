/** The name under which Windows gives out the bytes of a volume. */

/**
 * `\\.\D:` for the root of a drive, `\\.\Volume{...}` for that of a volume without a letter: the volume's own bytes (Microsoft,
 * "CreateFileW": "Physical Disks and Volumes"). undefined: the root of something else, such as a network share.
 */
export function windowsDeviceOf(root: string): string | undefined {
  const volume = /^(?:\\\\[?.]\\)?([a-z]:|Volume\{[0-9a-f-]+\})\\?$/i.exec(root)?.[1];
  return volume === undefined ? undefined : `\\\\.\\${volume}`;
}
