import type { Pressable } from '../../../src/apis/card/buttons.ts'
import { safeLink } from '../content/safe-link.ts'
import { Icon } from '../icons/icon.tsx'
import { isSame, useClicks } from './clicks.ts'

/** The buttons of a card. A link opens, everything else calls back; one at a time. */
export function Buttons({ buttons }: { buttons: readonly Pressable[] }) {
  if (buttons.length === 0) return null
  return (
    <div class="card-buttons">
      {buttons.map((button, index) => (
        <Button key={index} button={button} />
      ))}
    </div>
  )
}

function Button({ button }: { button: Pressable }) {
  const { text, color = 'gray', id, url, press: pressed, isDisabled = false } = button
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
      aria-disabled={isPending || isDisabled}
      onClick={() => !isPending && !isDisabled && void press(pressed)}
    >
      {isPending && isSame(last.press, pressed) && <span class="spinner" />}
      {text}
    </button>
  )
}
