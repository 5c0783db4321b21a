import { useEffect, useState } from 'preact/hooks'
import { useTexts } from '../i18n/texts.ts'
import { Icon } from '../icons/icon.tsx'
import { post } from '../request/request.ts'
import { inspectorTexts } from './texts.ts'

/** Milliseconds that a button says what it did. */
const SAID = 2_000

export function CopyButton({ text, label, testid }: { text: string; label: string; testid: string }) {
  const texts = useTexts(inspectorTexts)
  const [said, say] = useSaid()
  // Browsers have a clipboard only on localhost and https; on a LAN address the text is there to be selected.
  if (!window.isSecureContext) return null
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => say(texts.copied),
      () => {},
    )
  return (
    <button type="button" class="button detail-action" data-testid={testid} aria-live="polite" onClick={copy}>
      <Icon name={said === undefined ? 'copy' : 'check'} /> {said ?? label}
    </button>
  )
}

export function ReplayButton({ id }: { id: number }) {
  const texts = useTexts(inspectorTexts)
  const [said, say] = useSaid()
  const push = async () => {
    const result = await post(`/_sim/inspector/entries/${id}/replay`, {})
    if (!result.ok) return say(result.reason)
    const { value } = result
    const delivered = typeof value === 'object' && value !== null && 'delivered' in value && value.delivered === true
    say(delivered ? texts.pushedAgain : texts.nobodyThere)
  }
  return (
    <button type="button" class="button detail-action" data-testid="replay" aria-live="polite" onClick={push}>
      <Icon name={said === undefined ? 'send' : 'check'} /> {said ?? texts.pushAgain}
    </button>
  )
}

function useSaid(): [string | undefined, (text: string) => void] {
  const [said, say] = useState<string | undefined>(undefined)
  useEffect(() => {
    if (said === undefined) return
    const timer = setTimeout(() => say(undefined), SAID)
    return () => clearTimeout(timer)
  }, [said])
  return [said, say]
}
