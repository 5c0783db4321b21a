import './card.css'
import { useState } from 'preact/hooks'
import type { PageCard } from '../../../src/page/protocol.ts'
import { useTexts } from '../i18n/texts.ts'
import { useViewer } from '../viewer/viewer.ts'
import { ClicksContext, useCardClicks } from './clicks.ts'
import { Outcome } from './outcome.tsx'
import type { CardProps } from './props.ts'
import { isLive } from './status.tsx'
import { UnknownCard } from './templates/unknown.tsx'
import { templateOf } from './templates.ts'
import { cardTexts } from './texts.ts'
import { Variables } from './variables.tsx'

/** A card as whoever looks at it sees it. Only DingTalk has the templates: known ones are drawn in their likeness. */
export function Card({ card }: { card: PageCard }) {
  const { templateId, outTrackId, status } = card
  const viewer = useViewer()
  const clicks = useCardClicks(outTrackId)
  const own = card.privateVariables[viewer?.userId ?? ''] ?? {}
  const Template = templateOf(templateId)
  const props: CardProps = {
    templateId,
    outTrackId,
    variables: { ...card.variables, ...own },
    own,
    viewer: viewer?.nick ?? '',
    status,
  }
  return (
    <ClicksContext.Provider value={clicks}>
      <div class="card" aria-busy={isLive(status)} data-status={status} data-testid="card">
        {Template ? <Template {...props} /> : <UnknownCard {...props} />}
        <Outcome />
        <Foot {...props} isKnown={Template !== undefined} />
      </div>
    </ClicksContext.Provider>
  )
}

/** For developers: which template it is, and what it was given. */
function Foot({ isKnown, ...props }: CardProps & { isKnown: boolean }) {
  const texts = useTexts(cardTexts)
  const [open, setOpen] = useState(false)
  return (
    <>
      {open && <Variables {...props} />}
      <footer class="card-foot">
        <code class="card-template" title={`${texts.template}: ${props.templateId}`}>
          {props.templateId.replace(/\.schema$/, '')}
        </code>
        {isKnown && (
          <button type="button" class="card-more" aria-expanded={open} onClick={() => setOpen(isOpen => !isOpen)}>
            {texts.variables}
          </button>
        )}
      </footer>
    </>
  )
}
