/** A box: its name, and one line about it. */
export interface Room {
  readonly name: string
  readonly says: string
}

/** The packages, and the districts of core. */
export interface House {
  readonly title: string
  /** From the one that imports to the one that is imported; the last stands by itself. */
  readonly packages: readonly (Room & { readonly rule: string })[]
  readonly caption: string
  readonly imports: string
  /** From the ground up; those of a row do not import each other. The number is the colour of the floor. */
  readonly rows: readonly { readonly floor: 0 | 1 | 2; readonly rooms: readonly Room[] }[]
}

/** One stop on a way through the lanes. */
export interface Stop {
  readonly lane: number
  /** The folder or option that does it. */
  readonly at?: string
  readonly title: string
  readonly text?: readonly string[]
  /** Early ends of the way. */
  readonly exits?: readonly string[]
}

/** A way from stop to stop. */
export interface Route {
  readonly title: string
  readonly lanes: readonly string[]
  readonly stops: readonly Stop[]
}

/** The words of all pictures in one language. */
export interface Texts {
  readonly house: House
  readonly message: Route
  readonly token: Route
  readonly click: Route
}
