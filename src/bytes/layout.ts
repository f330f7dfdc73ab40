/** Declares an on-disk structure field by field, and proves at load time that the declaration has no gap and the right size. */

/** Reads and writes one value of a fixed size. */
export interface Codec<T> {
  readonly sizeBytes: number;
  get(view: DataView, offset: number): T;
  set(view: DataView, offset: number, value: T): void;
}

/** A codec at its place in a structure; `start` is where the structure begins in the view. */
export interface Field<T> {
  /** Counted from the start of the structure. */
  readonly offset: number;
  readonly sizeBytes: number;
  get(view: DataView, start: number): T;
  set(view: DataView, start: number, value: T): void;
}

// biome-ignore lint/suspicious/noExplicitAny: a record of fields of any value types
type Fields = Readonly<Record<string, Field<any>>>;
type Values<F extends Fields> = { -readonly [Name in keyof F]: F[Name] extends Field<infer T> ? T : never };

export interface Layout<F extends Fields> {
  readonly name: string;
  readonly sizeBytes: number;
  readonly fields: F;
  /** The whole structure as an object: for dumps and tests; the engine reads single fields. */
  decode(view: DataView, start?: number): Values<F>;
  /** Writes the fields that are given and leaves the others as they are. */
  encode(view: DataView, start: number, values: Partial<Values<F>>): void;
}

/** Puts a codec at an offset, counted from the start of the structure. */
export function at<T>(offset: number, codec: Codec<T>): Field<T> {
  return {
    offset,
    sizeBytes: codec.sizeBytes,
    get: (view, start) => codec.get(view, start + offset),
    set: (view, start, value) => codec.set(view, start + offset, value),
  };
}

/** Throws an Error when a field does not begin where the one before it ended, or the total differs from `sizeBytes`. */
export function layout<F extends Fields>(name: string, sizeBytes: number, fields: F): Layout<F> {
  const entries = Object.entries(fields);
  let end = 0;
  for (const [fieldName, field] of entries) {
    if (field.offset !== end) {
      throw new Error(`layout ${name}: ${fieldName} is at ${field.offset}, but the field before it ends at ${end}`);
    }
    end += field.sizeBytes;
  }
  if (end !== sizeBytes) throw new Error(`layout ${name}: the fields fill ${end} bytes, not ${sizeBytes}`);
  return {
    name,
    sizeBytes,
    fields,
    decode(view, start = 0) {
      const values: Record<string, unknown> = {};
      for (const [fieldName, field] of entries) values[fieldName] = field.get(view, start);
      return values as Values<F>;
    },
    encode(view, start, values) {
      for (const [fieldName, field] of entries) {
        if (fieldName in values) field.set(view, start, (values as Record<string, unknown>)[fieldName]);
      }
    },
  };
}
