import type { Link } from './connection/events.ts'
import { ConnectionStatus } from './connection/status.tsx'
import { useLanguage } from './i18n/language.tsx'
import { LanguageToggle } from './i18n/toggle.tsx'
import icon from './theme/icon.svg'
import { WorkbenchToggle } from './workbench/toggle.tsx'

interface Props {
  readonly link: Link
  readonly connections: number
  readonly workbench: { readonly open: boolean; readonly toggle: () => void }
}

export function Header({ link, connections, workbench }: Props) {
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
      <WorkbenchToggle open={workbench.open} onToggle={workbench.toggle} />
    </header>
  )
}
