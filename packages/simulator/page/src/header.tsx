import type { Link } from './connection/events.ts'
import { ConnectionStatus } from './connection/status.tsx'
import { useLanguage } from './i18n/language.tsx'
import { LanguageToggle } from './i18n/toggle.tsx'
import icon from './theme/icon.svg'

export function Header({ link, connections }: { link: Link; connections: number }) {
  const { texts } = useLanguage()
  return (
    <header class="header">
      <h1 class="header-brand">
        <img class="header-icon" src={icon} alt="" width="24" height="24" />
        <span>
          dingware <span class="header-part">{texts.simulator}</span>
        </span>
      </h1>
      <ConnectionStatus link={link} connections={connections} />
      <LanguageToggle />
    </header>
  )
}
