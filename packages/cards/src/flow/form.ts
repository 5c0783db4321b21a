import { type ClickContext, type Context, formValuesOf, problemsOf, type StandardSchemaV1 } from '@dingware/core'
import type { Card } from '../card/card.ts'
import type { DeliverOptions } from '../deliver/options.ts'
import type { CardPlan } from '../kinds/send.ts'
import { withSuffix } from '../template/define-card.ts'
import type { CardData } from '../variables/variables.ts'
import { type Asking, ask, type Clicker, type Outcome, type Question, type QuestionOptions } from './question.ts'
import { textsOf, withName } from './texts.ts'

/** A field of a form. */
export interface FormField {
  readonly name: string
  readonly label: string
  readonly type: 'text' | 'number' | 'select' | 'multiSelect' | 'checkbox' | 'date'
  /** What can be selected. */
  readonly options?: readonly string[] | undefined
  readonly required?: boolean | undefined
  readonly placeholder?: string | undefined
}

/** A form on a template of one's own: the guide says which variables the template needs. */
export interface FormCard {
  /** Id of the template. */
  readonly template: string
  readonly title: string
  readonly fields: readonly FormField[]
  readonly submitText?: string | undefined
  readonly cancelText?: string | undefined
  /** Other variables of the template. */
  readonly data?: CardData | undefined
}

export interface FormOptions extends QuestionOptions, Omit<DeliverOptions, 'signal'> {}

/** Somebody has filled in a form. */
export interface Submission<Output> {
  readonly data: Output
  readonly by: Clicker
  readonly card: Card
}

type FormData = CardData & { readonly status?: '' | 'submitted' | 'cancelled'; readonly result?: string }
type Read<Output> = { readonly data: Output } | 'cancelled'

export async function form<Output>(
  asking: Asking,
  ctx: Context,
  card: FormCard,
  schema: StandardSchemaV1<unknown, Output>,
  { timeout, signal, allow, texts: given, ...options }: FormOptions = {},
): Promise<Submission<Output> | false | undefined> {
  const texts = textsOf(given)
  const read = async (click: ClickContext): Promise<Read<Output> | undefined> => {
    const { isCancelled, form: fields = {} } = click.callback
    if (isCancelled) return 'cancelled'
    const result = await schema['~standard'].validate(formValuesOf(fields))
    if (!result.issues) return { data: result.value }
    click.respond({ private: { result: `${texts.invalid}${problemsOf(result.issues, card.title)}` } })
    return undefined
  }
  const closed = (outcome: Outcome<Read<Output>>): FormData => {
    if (outcome.kind !== 'answered') {
      return { status: 'cancelled', result: outcome.kind === 'expired' ? texts.expired : texts.withdrawn }
    }
    const { answer, by } = outcome
    return answer === 'cancelled'
      ? { status: 'cancelled', result: withName(texts.cancelled, by.nick) }
      : { status: 'submitted', result: withName(texts.submitted, by.nick) }
  }
  const question: Question<Read<Output>, FormData> = {
    plan: planOf(card, options),
    isAnswer: callback => callback.form !== undefined || callback.isCancelled,
    read,
    closed,
    notice: text => ({ result: text }),
  }
  const answered = await ask(asking, ctx, question, { timeout, signal, allow, texts: given })
  if (!answered) return undefined
  const { answer, by } = answered
  return answer !== 'cancelled' && { data: answer.data, by, card: answered.card }
}

function planOf(
  { template, title, fields, submitText = '提交', cancelText = '取消', data }: FormCard,
  options: DeliverOptions,
): CardPlan<FormData> {
  return {
    templateId: withSuffix(template),
    data: { title, fields, submitText, cancelText, status: '', result: '', ...data },
    variables: values => values,
    options,
  }
}
