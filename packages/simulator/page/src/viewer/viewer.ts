import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { PageConversation } from '../../../src/page/protocol.ts'

/**
 * Whose eyes the page looks through, in one conversation. Private data of cards, messages for single people, what is
 * read, who speaks and who clicks all hang on it.
 */
export interface Viewer {
  readonly userId: string
  readonly nick: string
  readonly conversation: PageConversation
}

export const ViewerContext = createContext<Viewer | undefined>(undefined)

export const useViewer = (): Viewer | undefined => useContext(ViewerContext)

/** In a private chat its user; in a group whom one has chosen, at first the first member. */
export function viewerOf({ memberIds, conversationId }: PageConversation, chosen: ReadonlyMap<string, string>): string {
  const wanted = chosen.get(conversationId)
  return wanted !== undefined && memberIds.includes(wanted) ? wanted : (memberIds[0] ?? '')
}
