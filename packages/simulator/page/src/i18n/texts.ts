import { useLanguage } from './language.tsx'

/** The texts of a feature, in each language. They stand in the feature's own folder (`texts.ts`). */
export interface Dictionary<T> {
  readonly en: T
  readonly zh: T
}

/** Types a feature's texts: Chinese must say everything that English says. */
export function defineTexts<T extends object>(texts: { readonly en: T; readonly zh: NoInfer<T> }): Dictionary<T> {
  return texts
}

/** The texts of a feature in the language of the page. */
export function useTexts<T>(texts: Dictionary<T>): T {
  return texts[useLanguage().language]
}
