/** The version of this package; part of the `ua` that the gateway sees. */
export const version = '0.1.0'
