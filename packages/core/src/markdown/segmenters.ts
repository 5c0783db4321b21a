import { lazy } from '../utils/lazy.ts'

// Made when first used: the first one loads the rules of all languages, a tenth of what importing core costs.

/** Finds the ends of sentences. */
export const sentences: () => Intl.Segmenter = lazy(() => new Intl.Segmenter(undefined, { granularity: 'sentence' }))
/** Finds the ends of words. */
export const words: () => Intl.Segmenter = lazy(() => new Intl.Segmenter(undefined, { granularity: 'word' }))
/** Finds the ends of what readers take for one character. */
export const graphemes: () => Intl.Segmenter = lazy(() => new Intl.Segmenter(undefined, { granularity: 'grapheme' }))
