import { useId } from 'preact/hooks'
import { useTexts } from '../../i18n/texts.ts'
import { Markdown } from '../../markdown/markdown.tsx'
import { useViewer } from '../../viewer/viewer.ts'
import { useClicks } from '../clicks.ts'
import { useDraft } from '../form/draft.ts'
import { Field } from '../form/field.tsx'
import { fieldsIn, valuesIn } from '../form/fields.ts'
import type { CardProps } from '../props.ts'
import { cardTexts } from '../texts.ts'
import { Head } from './content.tsx'

/** The form that this simulator ships (`FORM_TEMPLATE_ID`). */
export function FormCard({ variables, outTrackId }: CardProps) {
  const texts = useTexts(cardTexts)
  const { press, last } = useClicks()
  const id = useId()
  const { title = '', status = '', result = '', submitText, cancelText } = variables
  const fields = fieldsIn(variables.fields)
  const isOver = status === 'submitted' || status === 'cancelled'
  const draftOf = `${useViewer()?.userId} ${outTrackId}`
  const { form, keep } = useDraft(draftOf, isOver)
  const isPending = last.state === 'pending'

  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (isPending || !(event.currentTarget instanceof HTMLFormElement)) return
    void press(['submit'], { form: valuesIn(fields, new FormData(event.currentTarget)) })
  }
  const cancel = () => {
    if (!isPending) void press(['cancel'], { user_cancel: true })
  }
  if (isOver) {
    return (
      <>
        <Head title={title} logo="" status={undefined} />
        <p class="card-verdict" data-testid="card-verdict">
          {texts[status]}
        </p>
        {result !== '' && <Markdown source={result} dialect="card" />}
      </>
    )
  }
  return (
    <>
      <Head title={title} logo="" status={undefined} />
      {/* Whoever looks at it next fills in their own. */}
      <form key={draftOf} class="form card-form" ref={form} onInput={keep} onSubmit={submit} data-testid="card-form">
        {fields.length === 0 && <p class="card-note">{texts.noFields}</p>}
        {fields.map(field => (
          <Field key={field.name} id={`${id}-${field.name}`} field={field} />
        ))}
        <div class="card-buttons">
          <button type="button" class="button card-button" data-color="gray" data-action="cancel" onClick={cancel}>
            {cancelText || texts.cancel}
          </button>
          <button type="submit" class="button card-button" data-color="blue" data-action="submit">
            {isPending && last.actionId === 'submit' && <span class="spinner" />}
            {submitText || texts.submit}
          </button>
        </div>
      </form>
      {result !== '' && <Markdown source={result} dialect="card" />}
    </>
  )
}
