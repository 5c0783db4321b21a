import { useId } from 'preact/hooks'
import { useTexts } from '../../i18n/texts.ts'
import { Markdown } from '../../markdown/markdown.tsx'
import { useClicks } from '../clicks.ts'
import { Field } from '../form/field.tsx'
import { fieldsIn, valuesIn } from '../form/fields.ts'
import type { CardProps } from '../props.ts'
import { cardTexts } from '../texts.ts'
import { Head } from './content.tsx'

/** The form that this simulator ships (`FORM_TEMPLATE_ID`). */
export function FormCard({ variables }: CardProps) {
  const texts = useTexts(cardTexts)
  const { press, last } = useClicks()
  const id = useId()
  const { title = '', status = '', result = '', submitText, cancelText } = variables
  const fields = fieldsIn(variables.fields)
  const isPending = last.state === 'pending'

  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (isPending || !(event.currentTarget instanceof HTMLFormElement)) return
    void press(['submit'], { form: valuesIn(fields, new FormData(event.currentTarget)) })
  }
  const cancel = () => {
    if (!isPending) void press(['cancel'], { user_cancel: true })
  }
  if (status === 'submitted' || status === 'cancelled') {
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
      <form class="form card-form" onSubmit={submit} data-testid="card-form">
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
