/** What a person should know of a run that does not keep it from going on. */
export interface Warning {
  /** Stable, kebab-case: "gateway-outside-subnet". */
  readonly code: string;
  readonly message: string;
}
