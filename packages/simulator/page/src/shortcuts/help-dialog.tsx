import './shortcuts.css'
import { Dialog } from '../dialog/dialog.tsx'
import { useTexts } from '../i18n/texts.ts'
import { shortcutTexts } from './texts.ts'

const keys = [
  ['Alt + ↑', 'previous'],
  ['Alt + ↓', 'next'],
  ['Alt + K', 'search'],
  ['/', 'write'],
  ['Alt + M', 'messages'],
  ['R', 'reply'],
  ['@', 'mention'],
  ['Alt + W', 'workbench'],
  ['Esc', 'escape'],
  ['?', 'help'],
] as const

export function HelpDialog({ onClose }: { onClose: () => void }) {
  const texts = useTexts(shortcutTexts)
  return (
    <Dialog title={texts.shortcuts} onClose={onClose}>
      <dl class="shortcuts">
        {keys.map(([key, name]) => (
          <div class="shortcut" key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{texts[name]}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
