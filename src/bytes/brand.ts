/** Nominal types: two numbers (or strings) that mean different things must not be mixed up. */
declare const brand: unique symbol;

export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
