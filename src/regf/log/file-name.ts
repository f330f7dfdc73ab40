/** The name of a log's file without its folder: sentences about a hive's logs name one file beside another. */

/** `name` is a path, of Windows or of another system. */
export function fileName(name: string): string {
  return name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1);
}
