import { useTexts } from '../i18n/texts.ts'
import { workbenchTexts } from './texts.ts'

/** Opens and closes the workbench, from the header. */
export function WorkbenchToggle({ open, onToggle }: { open: boolean; onToggle: () => void }) {
  const texts = useTexts(workbenchTexts)
  return (
    <button
      type="button"
      class="button"
      aria-expanded={open}
      aria-controls="workbench"
      title={open ? texts.hide : texts.show}
      data-testid="workbench-toggle"
      onClick={onToggle}
    >
      {texts.workbench}
    </button>
  )
}
