import { useLanguage } from './language.tsx'

/** Switches between Chinese and English; it speaks the language that it leads to. */
export function LanguageToggle() {
  const { language, texts, toggle } = useLanguage()
  return (
    <button
      type="button"
      class="button"
      lang={language === 'zh' ? 'en' : 'zh-CN'}
      title={texts.switchLanguage}
      onClick={toggle}
    >
      {language === 'zh' ? 'English' : '中文'}
    </button>
  )
}
