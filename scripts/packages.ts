/** The published packages, in the order in which they stand on each other. */
export const PACKAGES = ['transport', 'core', 'cards', 'simulator'] as const

/** Name of a published package, without its scope. */
export type PackageName = (typeof PACKAGES)[number]
