import fc from 'fast-check'

/** Property tests roll the dice anew each time; `DINGWARE_SEED` makes them fall as they fell before. */
const seed = process.env.DINGWARE_SEED
if (seed) fc.configureGlobal({ seed: Number(seed) })
