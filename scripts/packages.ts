/** The published packages, in the order in which they stand on each other. */
export const PACKAGES = ['transport', 'core', 'cards', 'simulator'] as const
