import { useLayoutEffect } from 'preact/hooks'
import { defineTexts, useTexts } from '../i18n/texts.ts'
import { IconButton, type IconName } from '../icons/icon.tsx'
import { useStored } from '../storage/use-stored.ts'

const themes = ['system', 'light', 'dark'] as const
type Theme = (typeof themes)[number]

const themeTexts = defineTexts({
  en: { system: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' },
  zh: { system: '主题：跟随系统', light: '主题：浅色', dark: '主题：深色' },
})

const icons: Readonly<Record<Theme, IconName>> = { system: 'system', light: 'light', dark: 'dark' }

/** Goes round as the system has it, light, dark. */
export function ThemeToggle() {
  const texts = useTexts(themeTexts)
  const [stored, store] = useStored('dingware.theme', 'system')
  const theme = themeOf(stored)
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme
  }, [theme])
  return <IconButton icon={icons[theme]} label={texts[theme]} testid="theme-toggle" onClick={() => store(nextTheme)} />
}

function themeOf(stored: string): Theme {
  return themes.find(one => one === stored) ?? 'system'
}

function nextTheme(stored: string): Theme {
  return themes[(themes.indexOf(themeOf(stored)) + 1) % themes.length] ?? 'system'
}
