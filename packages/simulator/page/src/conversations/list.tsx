import './conversations.css'
import type { ComponentChildren } from 'preact'
import { useId, useRef, useState } from 'preact/hooks'
import type { PageConversation } from '../../../src/page/protocol.ts'
import { useLanguage } from '../i18n/language.tsx'
import { useTexts } from '../i18n/texts.ts'
import { Icon, IconButton } from '../icons/icon.tsx'
import { GroupDialog } from '../people/group-dialog.tsx'
import { UserDialog } from '../people/user-dialog.tsx'
import type { Simulation } from '../simulation/state.ts'
import { unreadBy } from '../simulation/unread.ts'
import { viewerOf } from '../viewer/viewer.ts'
import { ConversationItem } from './item.tsx'
import { nameOf } from './name.ts'
import { focusNext } from './roving.ts'
import { conversationTexts } from './texts.ts'

interface Props {
  readonly state: Simulation
  readonly selectedId: string | undefined
  readonly viewers: ReadonlyMap<string, string>
}

/**
 * Lists private chats, then groups, each in the server's order.
 *
 * Hint: not by the last message, as a phone would. Whoever drives several bots wants the entries to stay where they are.
 */
export function ConversationList({ state, selectedId, viewers }: Props) {
  const { texts } = useLanguage()
  const own = useTexts(conversationTexts)
  const [query, setQuery] = useState('')
  const [dialog, setDialog] = useState<'user' | 'group' | undefined>(undefined)
  const nav = useRef<HTMLElement>(null)
  const wanted = query.trim().toLowerCase()
  const found = [...state.conversations.values()].filter(one => nameOf(one, state.users).toLowerCase().includes(wanted))
  const close = () => setDialog(undefined)
  const items = (type: PageConversation['type']) =>
    found
      .filter(one => one.type === type)
      .map(one => (
        <ConversationItem
          key={one.conversationId}
          conversation={one}
          name={nameOf(one, state.users)}
          last={state.messages.get(one.conversationId)?.at(-1)}
          unread={unreadBy(state.messages.get(one.conversationId) ?? nothing, viewerOf(one, viewers))}
          selected={one.conversationId === selectedId}
          reachable={one.conversationId === selectedId || (one === found[0] && !found.some(isSelected))}
        />
      ))
  const isSelected = (one: PageConversation) => one.conversationId === selectedId

  return (
    <nav
      class="conversations"
      aria-label={texts.conversations}
      ref={nav}
      onKeyDown={event => focusNext(event, nav.current)}
    >
      <Search query={query} onQuery={setQuery} />
      <div class="conversations-scroll">
        <Section heading={texts.privateChats} label={own.newUser} testid="new-user" onNew={() => setDialog('user')}>
          {items('private')}
        </Section>
        <Section heading={texts.groups} label={own.newGroup} testid="new-group" onNew={() => setDialog('group')}>
          {items('group')}
        </Section>
        {found.length === 0 && wanted !== '' && <p class="conversations-none">{own.noneFound}</p>}
      </div>
      {dialog === 'user' && <UserDialog onClose={close} />}
      {dialog === 'group' && <GroupDialog users={state.users} onClose={close} />}
    </nav>
  )
}

const nothing: readonly never[] = []

interface SectionProps {
  readonly heading: string
  readonly label: string
  readonly testid: string
  readonly onNew: () => void
  readonly children: ComponentChildren
}

function Section({ heading, label, testid, onNew, children }: SectionProps) {
  const headingId = useId()
  return (
    <>
      <div class="conversations-heading">
        <h2 id={headingId}>{heading}</h2>
        <IconButton icon="plus" label={label} testid={testid} onClick={onNew} />
      </div>
      <ul class="conversations-list" aria-labelledby={headingId}>
        {children}
      </ul>
    </>
  )
}

function Search({ query, onQuery }: { readonly query: string; readonly onQuery: (query: string) => void }) {
  const own = useTexts(conversationTexts)
  return (
    <div class="conversations-search">
      <Icon name="search" />
      <input
        type="search"
        class="input"
        value={query}
        placeholder={own.search}
        aria-label={own.search}
        data-testid="conversation-search"
        onInput={event => onQuery(event.currentTarget.value)}
      />
    </div>
  )
}
