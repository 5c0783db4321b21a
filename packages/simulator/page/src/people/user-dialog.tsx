import { useState } from 'preact/hooks'
import { Dialog } from '../dialog/dialog.tsx'
import { useTexts } from '../i18n/texts.ts'
import { DialogEnd } from './dialog-end.tsx'
import { NameField } from './name-field.tsx'
import { peopleTexts } from './texts.ts'
import { openMade, useRequest } from './use-request.ts'

/** Takes somebody on; their chat with the bot is there at once, and opened. */
export function UserDialog({ onClose }: { onClose: () => void }) {
  const texts = useTexts(peopleTexts)
  const [nick, setNick] = useState('')
  const { failure, send } = useRequest('/_sim/users', value => {
    onClose()
    openMade(value)
  })
  const submit = (event: Event) => {
    event.preventDefault()
    void send({ nick })
  }
  return (
    <Dialog title={texts.newUser} onClose={onClose}>
      <form class="form" onSubmit={submit}>
        <NameField label={texts.nick} value={nick} testid="user-nick" onInput={setNick} />
        <DialogEnd failure={failure} submit={texts.create} isReady={nick.trim() !== ''} onClose={onClose} />
      </form>
    </Dialog>
  )
}
