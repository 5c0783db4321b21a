import { useState } from 'preact/hooks'
import type { PageUser } from '../../../src/page/protocol.ts'
import { Avatar } from '../avatar/avatar.tsx'
import { allConversations } from '../conversations/route.ts'
import { useTexts } from '../i18n/texts.ts'
import { Icon, IconButton } from '../icons/icon.tsx'
import { GroupDialog } from '../people/group-dialog.tsx'
import { useViewer } from '../viewer/viewer.ts'
import { chatTexts } from './texts.ts'

export function ChatHeader({ name, users }: { name: string; users: ReadonlyMap<string, PageUser> }) {
  const texts = useTexts(chatTexts)
  const conversation = useViewer()?.conversation
  const [adding, setAdding] = useState(false)
  if (!conversation) return null
  const { type, memberIds, conversationId, title } = conversation
  const isGroup = type === 'group'
  return (
    <header class="chat-header">
      <a class="icon-button chat-back" href={allConversations} aria-label={texts.back} title={texts.back}>
        <Icon name="back" />
      </a>
      <Avatar id={isGroup ? conversationId : (memberIds[0] ?? '')} name={name} kind={isGroup ? 'group' : 'user'} />
      <div class="chat-heading">
        <h2 class="chat-title">
          <bdi>{name}</bdi>
        </h2>
        <p class="chat-about">
          {isGroup ? texts.members(memberIds.length) : texts.privateChatWith(title)}
          <code>{isGroup ? conversationId : memberIds[0]}</code>
        </p>
      </div>
      {isGroup && (
        <IconButton icon="group" label={texts.addMembers} testid="add-members" onClick={() => setAdding(true)} />
      )}
      {adding && <GroupDialog users={users} group={conversation} onClose={() => setAdding(false)} />}
    </header>
  )
}
