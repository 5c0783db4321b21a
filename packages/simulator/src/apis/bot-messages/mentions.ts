import type { Switches } from '../../options/switches.ts'
import type { RichTextPart } from './speech.ts'

/** A piece of what somebody typed: words, or a name that was picked from the list that an @ opens. */
export type Run = { readonly text: string } | { readonly mention: string }

/** A text, and the names that were picked for it. */
export interface Typed {
  readonly runs: readonly Run[]
  /** The picked names that stand before the text, and not in it. */
  readonly front: readonly string[]
}

/**
 * Finds the names that were picked: where the text has them as `@name`, else in front of it. The client puts a blank
 * behind a name. Whatever else follows an @ was typed, and stays text.
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

/** Words beside words are one run, and no run is empty. */
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
 * The words of a plain text: every picked name is gone from it, the bot's and others' (DingTalk-Real-AI's connector, the
 * official sample). Of the blanks on both sides of a name one or both are left; both was seen.
 */
export function plainText(runs: readonly Run[], { mentionBlanks }: Pick<Switches, 'mentionBlanks'>): string {
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

/** The same as parts of a rich text, which clients such as HarmonyOS make of every text: without blanks at the names. */
export function partsOf(runs: readonly Run[]): readonly RichTextPart[] {
  return runs.flatMap((run): RichTextPart[] => {
    if ('mention' in run) return [{ at: { nick: run.mention } }]
    const text = run.text.trim()
    return text === '' ? [] : [{ text }]
  })
}
