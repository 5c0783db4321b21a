import type { TestSwitches } from './switches.ts'

/** Piece of a typed message: text, or a name that was picked from the list that an @ opens. */
export type Run = { readonly text: string } | { readonly mention: string }

/** Typed message, split at the picked names. */
export interface Typed {
  readonly runs: readonly Run[]
  /** Picked names that are put before the text, since it does not contain them. */
  readonly front: readonly string[]
}

/**
 * Locates the picked names: where the text has them as `@name`, else before the text. The client puts a blank behind a
 * name. Any other @ was just typed, and remains text.
 */
export function typed(text: string, names: readonly string[]): Typed {
  const places = names
    .map(name => ({ name, at: placeOf(text, name) }))
    .toSorted((one, other) => one.at - other.at || other.name.length - one.name.length)
  const within: Run[] = []
  const found = new Set<string>()
  let end = 0
  for (const { name, at } of places) {
    if (at < end) continue
    found.add(name)
    within.push({ text: text.slice(end, at) }, { mention: name })
    end = at + name.length + 1
  }
  const front = names.filter(name => !found.has(name))
  const before = front.flatMap((mention): Run[] => [{ mention }, { text: ' ' }])
  return { runs: joined([...before, ...within, { text: text.slice(end) }]), front }
}

function placeOf(text: string, name: string): number {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return text.search(new RegExp(`(?<![\\w.])@${escaped}(?=\\s|$)`, 'u'))
}

/** Merges adjacent texts, and drops empty ones. */
function joined(runs: readonly Run[]): readonly Run[] {
  const kept: Run[] = []
  for (const run of runs) {
    const last = kept.at(-1)
    if ('text' in run && last && 'text' in last) kept[kept.length - 1] = { text: last.text + run.text }
    else if (!('text' in run) || run.text !== '') kept.push(run)
  }
  return kept
}

/**
 * Content of a plain text message: all picked names are removed, the bot's and others' (DingTalk-Real-AI's connector,
 * the official sample). Of the blanks on both sides of a name one or both remain; both was seen.
 */
export function plainText(runs: readonly Run[], { mentionBlanks }: Pick<TestSwitches, 'mentionBlanks'>): string {
  let text = ''
  let isAfterName = false
  for (const run of runs) {
    if ('text' in run) {
      const isDoubled = isAfterName && text.endsWith(' ') && run.text.startsWith(' ')
      text += mentionBlanks === 'one' && isDoubled ? run.text.slice(1) : run.text
    }
    isAfterName = 'mention' in run
  }
  return text
}

/**
 * Nodes of the same message as rich text, which HarmonyOS makes of every text: names are text without a type, as nodes
 * of their own or joined to the words behind them.
 */
export function richTextOf(
  runs: readonly Run[],
  { mentionNodes }: Pick<TestSwitches, 'mentionNodes'>,
): readonly { readonly text: string }[] {
  if (mentionNodes === 'glued')
    return [{ text: runs.map(run => ('text' in run ? run.text : `@${run.mention}`)).join('') }]
  return runs.flatMap(run => {
    const text = 'text' in run ? run.text.trim() : `@${run.mention}`
    return text === '' ? [] : [{ text }]
  })
}
