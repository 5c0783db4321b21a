import { useState } from 'preact/hooks'
import type { PageConversation, PageUser } from '../../../src/page/protocol.ts'
import { Dialog } from '../dialog/dialog.tsx'
import { useTexts } from '../i18n/texts.ts'
import { DialogEnd } from './dialog-end.tsx'
import { NameField } from './name-field.tsx'
import { peopleTexts } from './texts.ts'
import { openMade, useRequest } from './use-request.ts'

interface Props {
  readonly users: ReadonlyMap<string, PageUser>
  /** The group that gets more members; a new one when missing. */
  readonly group?: PageConversation
  readonly onClose: () => void
}

/** Makes a group, or lets more people join one. */
export function GroupDialog({ users, group, onClose }: Props) {
  const texts = useTexts(peopleTexts)
  const [title, setTitle] = useState(group?.title ?? '')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const { failure, send } = useRequest('/_sim/groups', value => {
    onClose()
    openMade(value)
  })
  const candidates = [...users.values()].filter(({ userId }) => !group?.memberIds.includes(userId))
  const submit = (event: Event) => {
    event.preventDefault()
    void send({ title, memberIds: [...chosen] })
  }
  return (
    <Dialog title={group ? texts.addTo(group.title) : texts.newGroup} onClose={onClose}>
      <form class="form" onSubmit={submit}>
        {!group && <NameField label={texts.groupTitle} value={title} testid="group-title" onInput={setTitle} />}
        {candidates.length === 0 ? (
          <p>{texts.everybodyIn}</p>
        ) : (
          <Choice candidates={candidates} chosen={chosen} onChoose={setChosen} />
        )}
        <DialogEnd
          failure={failure}
          submit={group ? texts.add : texts.create}
          isReady={title.trim() !== '' && chosen.size > 0}
          onClose={onClose}
        />
      </form>
    </Dialog>
  )
}

interface ChoiceProps {
  readonly candidates: readonly PageUser[]
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (chosen: ReadonlySet<string>) => void
}

function Choice({ candidates, chosen, onChoose }: ChoiceProps) {
  const texts = useTexts(peopleTexts)
  const toggle = (userId: string) => {
    const next = new Set(chosen)
    if (!next.delete(userId)) next.add(userId)
    onChoose(next)
  }
  return (
    <fieldset class="field">
      <legend>{texts.members}</legend>
      <div class="choices">
        {candidates.map(({ userId, nick }) => (
          <label class="choice" key={userId}>
            <input type="checkbox" checked={chosen.has(userId)} onChange={() => toggle(userId)} />
            <bdi>{nick}</bdi>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
