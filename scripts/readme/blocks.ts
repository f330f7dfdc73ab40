/** The blocks of a README that are made, between their marks. */

/** What stands between the marks of a block; throws when the marks are not there. */
export function blockOf(readme: string, name: string): string {
  const [begin, end] = marks(name);
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from === -1 || to === -1) {
    throw new Error(`README.md has no block "${name}"`);
  }
  return readme.slice(from + begin.length, to).trim();
}

function marks(name: string): readonly [begin: string, end: string] {
  return [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
}

/** The text with another block. */
export function withBlock(readme: string, name: string, block: string): string {
  const [begin, end] = marks(name);
  blockOf(readme, name);
  return `${readme.slice(0, readme.indexOf(begin))}${begin}\n\n${block}\n\n${readme.slice(readme.indexOf(end))}`;
}
