import type { AiTemplate, AiTemplateSettings } from './ai-settings.ts'
import { aiTemplate382e4302 } from './presets.ts'
import { templateFor } from './templates.ts'

/** The template of AI cards: the default, then what the plugin was given, then what the call was given. */
export function aiTemplateFor(...layers: readonly (AiTemplateSettings | undefined)[]): AiTemplate {
  let merged = aiTemplate382e4302
  for (const layer of layers) {
    const { id, variables, states = {}, ...given } = layer ?? {}
    merged = { ...merged, ...defined(given), states: { ...merged.states, ...defined(states) } }
  }
  return { ...merged, ...templateFor('ai', ...layers) }
}

/** Whether such a card can be stopped by a button while it is written. */
export function showsStopButton({ stopButton, buttonsIn, variables }: AiTemplate): boolean {
  return stopButton !== false || (buttonsIn.includes('inputting') && variables.layout !== false)
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Without what is undefined, so that it goes over nothing. */
export function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Defined<T>
}
