import './avatar.css'

const hues = 6
const segmenter = new Intl.Segmenter()

/** Draws the initial of a name on a colour that stays with the id. */
export function Avatar({ id, name, kind }: { id: string; name: string; kind: 'user' | 'bot' | 'group' }) {
  return (
    <span class="avatar" data-kind={kind} data-hue={kind === 'bot' ? 'bot' : hueOf(id)} aria-hidden="true">
      {initialOf(name)}
    </span>
  )
}

function initialOf(name: string): string {
  const [first] = segmenter.segment(name.trim())
  return first?.segment.toUpperCase() ?? '?'
}

function hueOf(id: string): number {
  let sum = 0
  for (const char of id) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973
  return sum % hues
}
