import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'

type Entry = readonly [name: string, value: string]

/** Values that were filled in and not sent yet, by person and card: a card that is scrolled out of view is not drawn. */
const drafts = new Map<string, readonly Entry[]>()

/**
 * Keeps what is filled in to a form, until it `isOver`. The fields belong to the browser; this reads and writes them:
 * `isFilling` tells its own changes from those of people.
 */
export function useDraft(key: string, isOver: boolean) {
  const form = useRef<HTMLFormElement>(null)
  const isFilling = useRef(false)
  useLayoutEffect(() => {
    const draft = drafts.get(key)
    isFilling.current = true
    if (form.current && draft) fill(form.current, draft)
    isFilling.current = false
  }, [key])
  useEffect(() => {
    if (isOver) drafts.delete(key)
  }, [key, isOver])
  const keep = () => {
    if (form.current) drafts.set(key, entriesOf(form.current))
  }
  return { form, keep, isFilling }
}

function entriesOf(form: HTMLFormElement): readonly Entry[] {
  return [...new FormData(form)].map(([name, value]) => [name, String(value)] as const)
}

function fill(form: HTMLFormElement, draft: readonly Entry[]): void {
  for (const field of form.elements) {
    const isText = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
    if (!(isText || field instanceof HTMLSelectElement)) continue
    const values = draft.flatMap(([name, value]) => (name === field.name ? [value] : []))
    if (field instanceof HTMLInputElement && field.type === 'checkbox') field.checked = values.includes(field.value)
    else field.value = values[0] ?? ''
    // As if somebody had done it: what looks at the fields together looks again.
    field.dispatchEvent(new Event('change', { bubbles: true }))
  }
}
