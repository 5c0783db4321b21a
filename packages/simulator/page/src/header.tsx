import type { Link } from './connection/live.ts'
import { ConnectionStatus } from './connection/status.tsx'
import { useLanguage } from './i18n/language.tsx'
import { useTexts } from './i18n/texts.ts'
import { LanguageToggle } from './i18n/toggle.tsx'
import { IconButton } from './icons/icon.tsx'
import { shortcutTexts } from './shortcuts/texts.ts'
import icon from './theme/icon.svg'
import { ThemeToggle } from './theme/toggle.tsx'
import { WorkbenchToggle } from './workbench/toggle.tsx'

interface Props {
  readonly link: Link
  readonly connections: number
  readonly workbench: { readonly open: boolean; readonly toggle: () => void }
  readonly onHelp: () => void
}

export function Header({ link, connections, workbench, onHelp }: Props) {
  const { texts } = useLanguage()
  const { shortcuts } = useTexts(shortcutTexts)
  return (
    <header class="header">
      <h1 class="header-brand">
        <img class="header-icon" src={icon} alt="" width="24" height="24" />
        <span>
          dingware <span class="header-part">{texts.simulator}</span>
        </span>
      </h1>
      <ConnectionStatus link={link} connections={connections} />
      <IconButton icon="keyboard" label={shortcuts} class="header-help" testid="help" onClick={onHelp} />
      <ThemeToggle />
      <LanguageToggle />
      <WorkbenchToggle open={workbench.open} onToggle={workbench.toggle} />
    </header>
  )
}
