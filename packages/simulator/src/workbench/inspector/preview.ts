import { parseJson } from '../../utils/json.ts'

const LONGEST = 160

/** The beginning of a payload: the words in it when it is a message, else its JSON. `value` holds no secrets any more. */
export function previewOf(value: unknown): string {
  const text = wordsIn(value) ?? (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
}

/** Finds the words of a message, in frames and in bodies of calls. */
function wordsIn(value: unknown): string | undefined {
  for (const path of paths) {
    const found = path.reduce<unknown>(step, value)
    if (typeof found === 'string' && found.trim() !== '' && found !== '{}') return found
  }
  return undefined
}

const paths: readonly (readonly string[])[] = [
  ['text', 'content'],
  ['markdown', 'text'],
  ['msgParam', 'content'],
  ['msgParam', 'text'],
  ['content', 'recognition'],
  ['content', 'cardPrivateData'],
  ['cardData', 'cardParamMap', 'content'],
  ['cardData', 'cardParamMap', 'markdown'],
  ['content'],
]

function step(value: unknown, key: string): unknown {
  const object = typeof value === 'string' ? parseJson(value) : value
  return typeof object === 'object' && object !== null
    ? Object.entries(object).find(([name]) => name === key)?.[1]
    : undefined
}
