import { useState } from 'preact/hooks'
import { useTexts } from '../i18n/texts.ts'
import { TextField } from './fields.tsx'
import { faultTexts } from './texts.ts'
import type { FaultControls } from './use-faults.ts'

/** Takes away a permission that no API of the simulator asks for, as one's own code may look for it. */
export function OtherPermission({ ask }: { ask: FaultControls['ask'] }) {
  const texts = useTexts(faultTexts)
  const [scope, setScope] = useState('')
  const submit = async (event: Event) => {
    event.preventDefault()
    if (scope.trim() !== '' && (await ask({ kind: 'permission', scope, granted: false }))) setScope('')
  }
  return (
    <form class="fault-form" onSubmit={submit}>
      <TextField label={texts.otherPermission} value={scope} testid="permission-other" onInput={setScope} />
      <button type="submit" class="button button-primary fault-button" data-testid="permission-revoke">
        {texts.revoke}
      </button>
    </form>
  )
}
