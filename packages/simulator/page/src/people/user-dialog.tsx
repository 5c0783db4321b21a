import { useId, useState } from 'preact/hooks'
import { Dialog } from '../dialog/dialog.tsx'
import { useTexts } from '../i18n/texts.ts'
import { DialogEnd } from './dialog-end.tsx'
import { peopleTexts } from './texts.ts'
import { useRequest } from './use-request.ts'

/** Takes somebody on; their chat with the bot is there at once. */
export function UserDialog({ onClose }: { onClose: () => void }) {
  const texts = useTexts(peopleTexts)
  const id = useId()
  const [nick, setNick] = useState('')
  const { failure, send } = useRequest('/_sim/users', onClose)
  const submit = (event: Event) => {
    event.preventDefault()
    void send({ nick })
  }
  return (
    <Dialog title={texts.newUser} onClose={onClose}>
      <form class="form" onSubmit={submit}>
        <div class="field">
          <label for={id}>{texts.nick}</label>
          <input
            id={id}
            class="input"
            value={nick}
            maxLength={100}
            required
            autocomplete="off"
            data-testid="user-nick"
            onInput={event => setNick(event.currentTarget.value)}
          />
        </div>
        <DialogEnd failure={failure} submit={texts.create} isReady={nick.trim() !== ''} onClose={onClose} />
      </form>
    </Dialog>
  )
}
