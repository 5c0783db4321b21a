import { useId } from 'preact/hooks'
import type { FormField } from '../../../../src/apis/card/form.ts'
import { useTexts } from '../../i18n/texts.ts'
import { useViewer } from '../../viewer/viewer.ts'
import { isSame, own, useClicks } from '../clicks.ts'
import { cardTexts } from '../texts.ts'
import { useDraft } from './draft.ts'
import { Field } from './field.tsx'
import { valuesIn } from './fields.ts'

export interface FormProps {
  readonly outTrackId: string
  readonly fields: readonly FormField[]
  /** The id in `actionIds`, whether it is submitted or given up. */
  readonly actionId: string
  readonly submitText: string | undefined
  /** Answered, so that what was filled in is not kept any more. */
  readonly isOver: boolean
}

/** Fields, and the two buttons below them. */
export function Form({ outTrackId, fields, actionId, submitText, isOver }: FormProps) {
  const texts = useTexts(cardTexts)
  const { press, murmur, last } = useClicks()
  const id = useId()
  // Whoever looks at it next fills in their own.
  const draftOf = `${useViewer()?.userId} ${outTrackId}`
  const { form, keep, isFilling } = useDraft(draftOf, isOver)
  const isPending = last.state === 'pending'
  const given = own(actionId, { user_cancel: 'true' })

  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (isPending || !(event.currentTarget instanceof HTMLFormElement)) return
    void press(own(actionId, { form: valuesIn(fields, new FormData(event.currentTarget)) }))
  }
  // As the form component does.
  const select = (event: Event) => {
    const { target } = event
    const isChoice =
      target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && target.type === 'checkbox')
    if (!isFilling.current && isChoice) void murmur(own(actionId, { fromConfig: { fields } }))
  }
  if (isOver) return null
  return (
    <form
      key={draftOf}
      class="form card-form"
      ref={form}
      onInput={keep}
      onChange={select}
      onSubmit={submit}
      data-testid="card-form"
    >
      {fields.length === 0 && <p class="card-note">{texts.noFields}</p>}
      {fields.map(field => (
        <Field key={field.name} id={`${id}-${field.name}`} field={field} />
      ))}
      <FormButtons
        submitText={submitText}
        isSubmitting={isPending && !isSame(last.press, given)}
        onCancel={() => !isPending && void press(given)}
      />
    </form>
  )
}

interface FormButtonsProps {
  readonly submitText: string | undefined
  readonly isSubmitting: boolean
  readonly onCancel: () => void
}

function FormButtons({ submitText, isSubmitting, onCancel }: FormButtonsProps) {
  const texts = useTexts(cardTexts)
  return (
    <div class="card-buttons">
      <button type="button" class="button card-button" data-color="gray" data-action="cancel" onClick={onCancel}>
        {texts.cancel}
      </button>
      <button type="submit" class="button card-button" data-color="blue" data-action="submit">
        {isSubmitting && <span class="spinner" />}
        {submitText || texts.submit}
      </button>
    </div>
  )
}
