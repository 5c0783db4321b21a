import './workbench.css'
import { FaultPanel } from '../faults/fault-panel.tsx'
import { useTexts } from '../i18n/texts.ts'
import { Inspector } from '../inspector/inspector.tsx'
import { useStored } from '../storage/use-stored.ts'
import { Tabs } from './tabs.tsx'
import { workbenchTexts } from './texts.ts'

/** The side of the developer, beside the chat: what goes over the wire, and what can be made to go wrong. */
export function Workbench({ conversationId }: { conversationId: string | undefined }) {
  const texts = useTexts(workbenchTexts)
  const [tab, chooseTab] = useStored('dingware.workbench.tab', 'inspector')
  return (
    <aside class="workbench" id="workbench" aria-label={texts.workbench} data-testid="workbench">
      <Tabs
        label={texts.workbench}
        chosen={tab}
        onChoose={chooseTab}
        tabs={[
          { id: 'inspector', label: texts.inspector, panel: () => <Inspector conversationId={conversationId} /> },
          { id: 'faults', label: texts.faults, panel: () => <FaultPanel conversationId={conversationId} /> },
        ]}
      />
    </aside>
  )
}
