import { useId, useState } from 'preact/hooks'
import { buttonsIn } from '../../../../src/apis/card/buttons.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Buttons } from '../buttons.tsx'
import { own, useClicks } from '../clicks.ts'
import type { CardProps } from '../props.ts'
import { cardTexts } from '../texts.ts'
import { Variables } from '../variables.tsx'
import { Head } from './content.tsx'

/** A template of somebody's own: its variables, and a way to press buttons that only the real card has. */
export function UnknownCard(props: CardProps) {
  const texts = useTexts(cardTexts)
  return (
    <>
      <Head title={props.variables.title ?? ''} logo="" status={props.status} />
      <p class="card-note">{texts.unknownTemplate}</p>
      <Variables {...props} />
      <Buttons buttons={buttonsIn(props, props.variables)} />
      <details class="card-details">
        <summary>{texts.tryClick}</summary>
        <PressByHand />
      </details>
    </>
  )
}

function PressByHand() {
  const texts = useTexts(cardTexts)
  const { press } = useClicks()
  const id = useId()
  const [actionId, setActionId] = useState('')
  const [params, setParams] = useState('{}')
  const parsed = parse(params)
  const submit = (event: Event) => {
    event.preventDefault()
    if (parsed) void press(own(actionId, parsed))
  }
  return (
    <form class="form press-by-hand" onSubmit={submit}>
      <div class="field">
        <label for={`${id}-action`}>{texts.actionId}</label>
        <input
          id={`${id}-action`}
          class="input"
          value={actionId}
          autocomplete="off"
          data-testid="press-action"
          onInput={event => setActionId(event.currentTarget.value)}
        />
      </div>
      <div class="field">
        <label for={`${id}-params`}>{texts.params}</label>
        <textarea
          id={`${id}-params`}
          class="input input-code"
          value={params}
          aria-invalid={parsed === undefined}
          data-testid="press-params"
          onInput={event => setParams(event.currentTarget.value)}
        />
        {parsed === undefined && <p class="field-error">{texts.notJson}</p>}
      </div>
      <div class="form-end">
        <button type="submit" class="button" disabled={parsed === undefined} data-testid="press-send">
          {texts.press}
        </button>
      </div>
    </form>
  )
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}
