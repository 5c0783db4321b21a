import { safeLink } from '../content/safe-link.ts'
import { Icon } from '../icons/icon.tsx'
import { useClicks } from './clicks.ts'
import type { CardButton } from './layout.ts'

/** The buttons of a card. A link opens, everything else calls back; one at a time. */
export function Buttons({ buttons }: { buttons: readonly CardButton[] }) {
  if (buttons.length === 0) return null
  return (
    <div class="card-buttons">
      {buttons.map((button, index) => (
        <Button key={index} button={button} />
      ))}
    </div>
  )
}

function Button({ button: { text, color, id, url } }: { button: CardButton }) {
  const { last, press } = useClicks()
  const isPending = last.state === 'pending'
  if (url !== undefined) {
    const href = safeLink(url)
    if (href === undefined) {
      return (
        <span class="button card-button" data-color={color} title={url}>
          {text}
        </span>
      )
    }
    return (
      <a class="button card-button" data-color={color} href={href} target="_blank" rel="noopener noreferrer">
        {text} <Icon name="external" />
      </a>
    )
  }
  return (
    <button
      type="button"
      class="button card-button"
      data-color={color}
      data-action={id}
      aria-disabled={isPending}
      onClick={() => !isPending && void press([id])}
    >
      {isPending && last.actionId === id && <span class="spinner" />}
      {text}
    </button>
  )
}
