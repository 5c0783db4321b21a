import { useTexts } from '../../i18n/texts.ts'
import { Markdown } from '../../markdown/markdown.tsx'
import { flatFieldsIn } from '../form/fields.ts'
import { Form } from '../form/form.tsx'
import type { CardProps } from '../props.ts'
import { cardTexts } from '../texts.ts'
import { Head } from './content.tsx'

/** A form on a template of one's own, as the guide of `form()` describes it: `fields`, `status` and the rest are flat. */
export function FormCard({ variables, outTrackId }: CardProps) {
  const texts = useTexts(cardTexts)
  const { title = '', status = '', result = '', submitText, cancelText } = variables
  const isOver = status === 'submitted' || status === 'cancelled'
  return (
    <>
      <Head title={title} logo="" status={undefined} />
      {isOver && (
        <p class="card-verdict" data-testid="card-verdict">
          {texts[status]}
        </p>
      )}
      <Form
        outTrackId={outTrackId}
        fields={flatFieldsIn(variables.fields)}
        submitId="submit"
        cancelId="cancel"
        submitText={submitText}
        cancelText={cancelText}
        isNoisy={false}
        isOver={isOver}
      />
      {result !== '' && <Markdown source={result} dialect="card" />}
    </>
  )
}
