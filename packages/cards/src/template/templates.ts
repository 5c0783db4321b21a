import type { AiTemplateSettings } from './ai-template.ts'
import { withSuffix } from './define-card.ts'
import { aiTemplate382e4302 } from './presets.ts'

/** A template, and the names of its variables by what they are for. */
export interface TemplateSettings<Name extends string> {
  /** `.schema` at its end is added where missing. */
  readonly id?: string | undefined
  /** What a variable is called in the template. `false`: the template has none for this, and nothing is sent. */
  readonly variables?: { readonly [N in Name]?: string | false | undefined } | undefined
}

type MarkdownName = 'markdown' | 'title' | 'logo'
type ButtonName = MarkdownName | 'tips' | 'layout'
/** `content` is the variable that streams; `blocks` and `copy` get the finished text, as a list of blocks and for copying. */
export type AiName = 'content' | 'staticContent' | 'title' | 'logo' | 'tips' | 'status' | 'layout' | 'blocks' | 'copy'
/** `questionId` is what the form's button calls back with; `status` is `pending` while the form shows. */
type FormName = 'form' | 'questionId' | 'title' | 'description' | 'submitText' | 'status'
type RpaName = 'goal' | 'processFlag' | 'plan' | 'status'

/** The templates to use. Those left out are the ones of the official Python SDK, and a public one for forms. */
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

/** A template with everything decided. */
export interface Template<Name extends string = string> {
  readonly id: string
  readonly variables: Readonly<Record<Name, string | false>>
}

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

/** Those of the Python SDK (dingtalk_stream/card_instance.py); the form is soimy's, which qwen-code uses as well. */
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
  for (const layer of layers) {
    if (layer?.id !== undefined) templateId = withSuffix(layer.id)
    for (const [name, variable] of Object.entries(layer?.variables ?? {})) {
      if (variable !== undefined) merged[name] = variable
    }
  }
  return { id: templateId, variables: merged } as Templates[K]
}

/** Values by what they are for, under the names that the template has for them. */
export function named<Name extends string>(
  { variables }: Template<Name>,
  values: { readonly [N in NoInfer<Name>]?: unknown },
): Record<string, unknown> {
  const entries = Object.entries(values).flatMap(([name, value]) => {
    const variable = variables[name as Name]
    return variable === false || variable === undefined || value === undefined ? [] : [[variable, value] as const]
  })
  return Object.fromEntries(entries)
}
