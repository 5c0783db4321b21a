import { AI_CARD_STATUS } from '../engine/status.ts'
import type { DeliverOptions } from '../template/deliver-options.ts'
import { named, type TemplateOptions, templateFor } from '../template/templates.ts'
import type { CardPlan } from './send.ts'
import { statesOf } from './states.ts'

/**
 * An ability of an RPA plugin, to be run on the client of whoever opens the card.
 *
 * @example
 * await ctx.replyRpaPluginCard({ pluginId: '1', pluginVersion: '1.0', pluginName: 'crm', abilityName: 'open', args: {} })
 *
 * It is built as the Python SDK builds it; no live user of such a card is known.
 */
export interface RpaPlugin {
  readonly pluginId: string
  readonly pluginVersion: string
  readonly pluginName: string
  readonly abilityName: string
  readonly args: Readonly<Record<string, unknown>>
  /** Its purpose; shown on the card. */
  readonly goal?: string | undefined
  readonly corpId?: string | undefined
}

/** The options of a card that runs an ability of an RPA plugin, and of its delivery: see `ctx.replyRpaPluginCard`. */
export interface RpaCardOptions extends DeliverOptions {
  readonly template?: TemplateOptions['rpa']
}

export function rpaCard(
  templates: TemplateOptions | undefined,
  plugin: RpaPlugin,
  { template: own, ...options }: RpaCardOptions,
): CardPlan<RpaPlugin> {
  const template = templateFor('rpa', templates?.rpa, own)
  const variables = (changed: Partial<RpaPlugin>) => {
    const merged = { ...plugin, ...changed }
    return named(template, {
      goal: merged.goal ?? '',
      processFlag: 'true',
      plan: planOf(merged),
      status: AI_CARD_STATUS.finished,
    })
  }
  return { templateId: template.id, data: plugin, variables, states: statesOf(template), options }
}

/** The script that the client runs, as the Python SDK has it. Names are put in as JSON, so that a quote in one ends nothing. */
function planOf({ pluginId, pluginVersion, pluginName, abilityName, args, goal = '', corpId = '' }: RpaPlugin): object {
  const call = `{'pluginName':${scriptText(pluginName)},'abilityName':${scriptText(abilityName)},'args':${scriptText(args)}}`
  return {
    corpId,
    goal,
    plan: `(function(){dd.callPlugin(${call});})()`,
    planType: 'jsCode',
    pluginInstances: [{ id: `AGI-EXTENSION-${pluginId}`, version: pluginVersion }],
  }
}

/** JSON that is safe within a script. */
function scriptText(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<\u2028\u2029]/g,
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
