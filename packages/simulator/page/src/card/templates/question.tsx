import { formFieldsIn } from '../../../../src/apis/card/form.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Markdown } from '../../markdown/markdown.tsx'
import { Form } from '../form/form.tsx'
import type { CardProps } from '../props.ts'
import { cardTexts } from '../texts.ts'
import { Head } from './content.tsx'

const verdicts = ['processing', 'submitted', 'cancelled', 'expired'] as const

/** The public form (`FORM_TEMPLATE_ID`). unproven: where its parts stand, for only its variables are known. */
export function QuestionCard({ variables, outTrackId }: CardProps) {
  const texts = useTexts(cardTexts)
  const { question_title = '', question_desc = '', question_id = '', form_btn_text, card_status } = variables
  const verdict = verdicts.find(one => one === card_status)
  return (
    <>
      <Head title={question_title} logo="" status={undefined} />
      {question_desc !== '' && <Markdown source={question_desc} dialect="card" />}
      {verdict && (
        <p class="card-verdict" data-testid="card-verdict">
          {texts[verdict]}
        </p>
      )}
      <Form
        outTrackId={outTrackId}
        fields={formFieldsIn(variables) ?? []}
        actionId={question_id}
        submitText={form_btn_text}
        isOver={verdict !== undefined}
      />
    </>
  )
}
