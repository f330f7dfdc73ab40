/** Why nothing is done, in a sentence for a person; what it says is all that is shown. */
export class Refusal extends Error {}
