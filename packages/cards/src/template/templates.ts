import type { AiName, AiTemplateSettings } from './ai-settings.ts'
import { aiTemplate382e4302 } from './presets.ts'
import type { Template, TemplateSettings } from './settings.ts'

type MarkdownName = 'markdown' | 'title' | 'logo'
type ButtonName = MarkdownName | 'tips' | 'layout'
/** `questionId` is what the form's button calls back with; `status` is `pending` while the form shows. */
type FormName = 'form' | 'questionId' | 'title' | 'description' | 'submitText' | 'status'
type RpaName = 'goal' | 'processFlag' | 'plan' | 'status'

/**
 * The templates to use, by kind of card. Default: the ones of the official Python SDK, and a public one for forms.
 *
 * @example
 * bot.use(cards({ templates: { ai: aiTemplate02fcf2f4, markdown: { id: MINE, variables: { markdown: 'body' } } } }))
 *
 * A template of one's own works in the app that it was made for alone; from others clients show "内容加载失败".
 */
export interface TemplateOptions {
  readonly markdown?: TemplateSettings<MarkdownName> | undefined
  readonly buttons?: TemplateSettings<ButtonName> | undefined
  readonly carousel?: TemplateSettings<AiName> | undefined
  readonly rpa?: TemplateSettings<RpaName> | undefined
  readonly form?: TemplateSettings<FormName> | undefined
  /** One of the presets (`aiTemplate02fcf2f4` …), or one of your own. */
  readonly ai?: AiTemplateSettings | undefined
}

export type TemplateKind = keyof TemplateOptions

export interface Templates {
  readonly markdown: Template<MarkdownName>
  readonly buttons: Template<ButtonName>
  readonly carousel: Template<AiName>
  readonly rpa: Template<RpaName>
  readonly form: Template<FormName>
  readonly ai: Template<AiName>
}

const markdown = { markdown: 'markdown', title: 'title', logo: 'logo' }
const { id, variables } = aiTemplate382e4302
const ai: Template<AiName> = { id, variables }

/** The templates of the Python SDK (dingtalk_stream/card_instance.py); the form is soimy's, which qwen-code uses as well. */
const DEFAULTS: Templates = {
  markdown: { id: '589420e2-c1e2-46ef-a5ed-b8728e654da9.schema', variables: markdown },
  buttons: {
    id: '1366a1eb-bc54-4859-ac88-517c56a9acb1.schema',
    variables: { ...markdown, tips: 'tips', layout: 'sys_full_json_obj' },
  },
  carousel: ai,
  rpa: {
    id: '7f538f6d-ebb7-4533-a9ac-61a32da094cf.schema',
    variables: { goal: 'goal', processFlag: 'processFlag', plan: 'plan', status: 'flowStatus' },
  },
  form: {
    id: 'c2a6355b-9724-4f7e-9653-d33fcb3311bb.schema',
    variables: {
      form: 'form',
      questionId: 'question_id',
      title: 'question_title',
      description: 'question_desc',
      submitText: 'form_btn_text',
      status: 'card_status',
    },
  },
  ai,
}

/** Variables that the official Python SDK leaves out where they are empty, of its templates. */
const NEVER_BLANK: readonly string[] = ['title', 'msgTitle', 'logo']

/** The variables that a card is created with: the public templates do not get an empty title, nor an empty logo. */
export function withoutBlanks(
  templateId: string,
  variables: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  if (!hasOnlyGivenButtons(templateId)) return variables
  const isShown = ([name, value]: readonly [string, string]): boolean => value !== '' || !NEVER_BLANK.includes(name)
  return Object.fromEntries(Object.entries(variables).filter(isShown))
}

/** Leaves out the texts that are empty. */
export function filled<T extends Readonly<Record<string, string | undefined>>>(texts: T): Partial<T> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined && text !== '')) as Partial<T>
}

/** Whether nothing of it can be clicked but the buttons in its variables, as with those of the official Python SDK. */
export function hasOnlyGivenButtons(templateId: string): boolean {
  const { form, ...others } = DEFAULTS
  return Object.values(others).some(({ id }) => id === withSuffix(templateId))
}

/** The template of one kind: defaults, then what the plugin was given, then what the call was given. */
export function templateFor<K extends TemplateKind>(
  kind: K,
  ...layers: readonly (TemplateOptions[K] | undefined)[]
): Templates[K] {
  const { id, variables } = DEFAULTS[kind]
  const merged: Record<string, string | false> = { ...variables }
  let templateId = id
  let privates: readonly string[] | undefined
  for (const layer of layers) {
    privates = layer?.private ?? privates
    if (layer?.id !== undefined) templateId = withSuffix(layer.id)
    for (const [name, variable] of Object.entries(layer?.variables ?? {})) {
      if (variable !== undefined) merged[name] = variable
    }
  }
  return { id: templateId, variables: merged, private: privates } as Templates[K]
}

/** The names of the private variables. */
export function privatesOf<Name extends string>({
  variables,
  private: privates = [],
}: Template<Name>): readonly string[] {
  return privates.map(name => variables[name]).filter(name => typeof name === 'string')
}

/** Puts values under the names that the template has for them. */
export function named<Name extends string>(
  { variables }: Pick<Template<Name>, 'variables'>,
  values: { readonly [N in NoInfer<Name>]?: unknown },
): Record<string, unknown> {
  const entries = Object.entries(values).flatMap(([name, value]) => {
    const variable = variables[name as Name]
    return variable === false || variable === undefined || value === undefined ? [] : [[variable, value] as const]
  })
  return Object.fromEntries(entries)
}

/** Template ids end in `.schema`; the console shows them with and without. */
export function withSuffix(templateId: string): string {
  return templateId.endsWith('.schema') ? templateId : `${templateId}.schema`
}
