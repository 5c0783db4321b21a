import type { ComponentChildren } from 'preact'
import { useStored } from '../storage/use-stored.ts'

interface Props {
  readonly id: string
  readonly title: string
  readonly hint?: string
  /** A note beside the title, to be seen while the section is shut. */
  readonly note?: string
  readonly children: ComponentChildren
}

/** A part of the panel that opens and shuts, and stays so. */
export function Section({ id, title, hint, note, children }: Props) {
  const [state, store] = useStored(`dingware.faults.${id}`, 'shut')
  return (
    <details
      class="fault-section"
      open={state === 'open'}
      data-testid={`section-${id}`}
      onToggle={event => store(event.currentTarget.open ? 'open' : 'shut')}
    >
      <summary>
        <h2 class="fault-title">{title}</h2>
        {note !== undefined && <span class="fault-note">{note}</span>}
      </summary>
      <div class="fault-body">
        {hint !== undefined && <p class="fault-hint">{hint}</p>}
        {children}
      </div>
    </details>
  )
}
