import { type ComponentChildren, createContext } from 'preact'
import { useContext, useEffect, useState } from 'preact/hooks'
import { readStored, writeStored } from '../storage/use-stored.ts'
import { en, type Texts } from './en.ts'
import { zh } from './zh.ts'

export type Language = 'en' | 'zh'

interface LanguageContext {
  readonly language: Language
  /** For `lang` and `Intl`. */
  readonly locale: string
  readonly texts: Texts
  readonly toggle: () => void
}

const locales = { en: 'en', zh: 'zh-CN' } as const
const storageKey = 'dingware.language'
const Context = createContext<LanguageContext>({ language: 'en', locale: 'en', texts: en, toggle: () => {} })

export const useLanguage = (): LanguageContext => useContext(Context)

export function LanguageProvider({ children }: { children: ComponentChildren }) {
  const [language, setLanguage] = useState(firstLanguage)
  const locale = locales[language]

  useEffect(() => {
    document.documentElement.lang = locale
  }, [locale])

  const toggle = () => {
    const next = language === 'zh' ? 'en' : 'zh'
    setLanguage(next)
    writeStored(storageKey, next)
  }
  const texts = language === 'zh' ? zh : en
  return <Context.Provider value={{ language, locale, texts, toggle }}>{children}</Context.Provider>
}

function firstLanguage(): Language {
  const chosen = readStored(storageKey)
  if (chosen === 'zh' || chosen === 'en') return chosen
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}
