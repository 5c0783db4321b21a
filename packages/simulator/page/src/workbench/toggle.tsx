import { useTexts } from '../i18n/texts.ts'
import { Icon } from '../icons/icon.tsx'
import { workbenchTexts } from './texts.ts'

/** Opens and closes the workbench, from the header. */
export function WorkbenchToggle({ open, onToggle }: { open: boolean; onToggle: () => void }) {
  const texts = useTexts(workbenchTexts)
  const label = open ? texts.hide : texts.show
  return (
    <button
      type="button"
      class="icon-button workbench-toggle"
      aria-expanded={open}
      aria-controls={open ? 'workbench' : undefined}
      aria-label={label}
      title={label}
      data-testid="workbench-toggle"
      onClick={onToggle}
    >
      <Icon name="panel" />
    </button>
  )
}
