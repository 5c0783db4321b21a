import { useStored } from '../storage/use-stored.ts'

const wide = '(min-width: 72rem)'

/** Whether the workbench is open: remembered, and by default where there is room for it. */
export function useWorkbench(): { readonly open: boolean; readonly toggle: () => void } {
  const [stored, store] = useStored('dingware.workbench', matchMedia(wide).matches ? 'open' : 'closed')
  return { open: stored === 'open', toggle: () => store(before => (before === 'open' ? 'closed' : 'open')) }
}
