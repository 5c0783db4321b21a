import { type Fields, isRecord } from '../lenient/lenient.ts'

/**
 * Extracts the values of a submitted form: for a selection its value, without the position in the list
 * (form-variables).
 *
 * @example
 * bot.action('submit', ctx => ctx.replyText(JSON.stringify(formValuesOf(ctx.callback.form ?? {}))))
 */
export function formValuesOf(form: Fields): Fields {
  return Object.fromEntries(Object.entries(form).map(([name, value]) => [name, selectedOf(value)]))
}

function selectedOf(value: unknown): unknown {
  if (!isRecord(value)) return value
  if ('value' in value && 'index' in value) return value.value
  // A list with a single choice sends `{ id }` or the bare id (AskHuman's question card, live).
  return 'id' in value && Object.keys(value).length === 1 ? value.id : value
}
