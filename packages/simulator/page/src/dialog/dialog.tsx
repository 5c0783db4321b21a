import './dialog.css'
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { useLanguage } from '../i18n/language.tsx'
import { IconButton } from '../icons/icon.tsx'

interface Props {
  readonly title: string
  readonly onClose: () => void
  readonly children: ComponentChildren
}

/**
 * A modal dialog: the browser keeps the focus in it, closes it on Escape, and gives the focus back. It begins in its first
 * field, not at the button that closes it.
 */
export function Dialog({ title, onClose, children }: Props) {
  const { texts } = useLanguage()
  const id = useId()
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = element.current
    dialog?.showModal()
    dialog?.querySelector<HTMLElement>('.form :is(input, textarea, select)')?.focus()
    // One that is only taken away would take the focus along.
    return () => dialog?.close()
  }, [])
  return (
    <dialog class="dialog" ref={element} aria-labelledby={id} onClose={onClose}>
      <header class="dialog-header">
        <h2 class="dialog-title" id={id}>
          {title}
        </h2>
        <IconButton icon="close" label={texts.close} onClick={() => element.current?.close()} />
      </header>
      {children}
    </dialog>
  )
}
