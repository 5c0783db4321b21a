import { randomUUID } from 'node:crypto'
import { type ClickContext, type Context, formValuesOf, problemsOf, type StandardSchemaV1 } from '@dingware/core'
import type { Card } from '../deliver/card.ts'
import type { CardPlan } from '../kinds/send.ts'
import type { DeliverOptions } from '../template/deliver-options.ts'
import { named, privatesOf, type TemplateOptions, templateFor } from '../template/templates.ts'
import type { CardData } from '../template/variables.ts'
import { ask } from './ask.ts'
import type { Asking } from './asking.ts'
import { type FormField, formVariable } from './form-fields.ts'
import type { Clicker, Question, QuestionOptions, QuestionOutcome } from './question.ts'
import { textsOf, withName } from './texts.ts'

/**
 * A form as `ctx.form` asks with it: a title, fields, and the text of the button.
 *
 * @example
 * const card: FormCard = { title: '请假', fields: [{ name: 'days', label: '天数', type: 'number', required: true }] }
 *
 * With a template of one's own the form component has to call back with the `questionId` that it is given.
 */
export interface FormCard {
  readonly title: string
  readonly fields: readonly FormField[]
  /** A line or more below the title. */
  readonly description?: string | undefined
  /** The text of the button. Default `提交`. */
  readonly submitText?: string | undefined
  /**
   * Id of a template of one's own, with a form component and the variables that the option `templates.form` of `cards()`
   * names. Default: the public template for questions, which any app can use (soimy's plugin, qwen-code).
   */
  readonly template?: string | undefined
  /** Other variables of the template. */
  readonly data?: CardData | undefined
}

/**
 * The options of a form: how long it waits, who may answer, and how its card is delivered.
 *
 * @example
 * await ctx.form(card, schema, { timeout: 3_600_000, allow: 'anyone' })
 */
export interface FormOptions extends QuestionOptions, Omit<DeliverOptions, 'signal'> {}

/**
 * A form that somebody has filled in: the data as the schema gives it, who it was, and the card.
 *
 * @example
 * const leave = await ctx.form(card, schema)
 * if (leave) await book(leave.data, leave.by.userId)
 */
export interface Submission<Output> {
  readonly data: Output
  readonly by: Clicker
  readonly card: Card
}

/** As `card_status` of the public template has it; the form shows while it is `pending`. */
type FormStatus = 'pending' | 'submitted' | 'cancelled' | 'expired'
interface FormData {
  readonly status: FormStatus
  readonly description: string
}
type Read<Output> = { readonly data: Output } | 'cancelled'

export async function form<Output>(
  asking: Asking,
  ctx: Context,
  card: FormCard,
  schema: StandardSchemaV1<unknown, Output>,
  { timeout, signal, allow, texts: given, ...options }: FormOptions = {},
): Promise<Submission<Output> | false | undefined> {
  const texts = textsOf(given)
  const below = (text: string): string => [card.description, text].filter(Boolean).join('\n\n')
  const read = async (click: ClickContext): Promise<Read<Output> | undefined> => {
    const { isCancelled, form: fields = {} } = click.callback
    if (isCancelled) return 'cancelled'
    const result = await schema['~standard'].validate(formValuesOf(fields))
    if (!result.issues) return { data: result.value }
    // For all: the public template has no variable that one person alone sees.
    click.respond({
      card: plan.variables({ description: below(`${texts.invalid}${problemsOf(result.issues, card.title)}`) }),
    })
    return undefined
  }
  const closed = (outcome: QuestionOutcome<Read<Output>>): FormData => {
    if (outcome.kind !== 'answered') {
      return outcome.kind === 'expired'
        ? { status: 'expired', description: below(texts.expired) }
        : { status: 'cancelled', description: below(texts.withdrawn) }
    }
    const { answer, by } = outcome
    return answer === 'cancelled'
      ? { status: 'cancelled', description: below(withName(texts.cancelled, by.nick)) }
      : { status: 'submitted', description: below(withName(texts.submitted, by.nick)) }
  }
  const plan = planOf(asking.engine.options.templates, card, options)
  const question: Question<Read<Output>, FormData> = {
    plan,
    isAnswer: callback => callback.form !== undefined || callback.isCancelled,
    read,
    closed,
    notice: text => ({ description: below(text) }),
  }
  const answered = await ask(asking, ctx, question, { timeout, signal, allow, texts: given })
  if (!answered) return undefined
  const { answer, by } = answered
  return answer !== 'cancelled' && { data: answer.data, by, card: answered.card }
}

function planOf(
  templates: TemplateOptions | undefined,
  { template: id, title, fields, description = '', submitText = '提交', data }: FormCard,
  options: DeliverOptions,
): CardPlan<FormData> {
  const template = templateFor('form', templates?.form, id === undefined ? undefined : { id })
  // It comes back as the id of the form's button.
  const fixed = { form: formVariable(fields), questionId: `form_${randomUUID()}`, title, submitText }
  const isWhole = (values: Partial<FormData>): boolean => values.status === 'pending'
  return {
    templateId: template.id,
    data: { status: 'pending', description },
    private: privatesOf(template),
    variables: values => ({
      ...named(template, { ...(isWhole(values) && fixed), ...values }),
      ...(isWhole(values) && data),
    }),
    options,
  }
}
