import type { DeliverOptions, SearchSupport, TextByLanguage } from '../template/deliver-options.ts'

type SpaceOptions = Pick<DeliverOptions, 'supportForward' | 'lastMessage' | 'searchSupport' | 'notification'>

/** The part that the models of all kinds of chats have in common (create-and-deliver-cards). */
export function spaceModelOf({
  supportForward = true,
  lastMessage,
  searchSupport,
  notification,
}: SpaceOptions): object {
  return {
    supportForward,
    ...(lastMessage !== undefined && { lastMessageI18n: byLanguage(lastMessage) }),
    ...(searchSupport && { searchSupport: searchOf(searchSupport) }),
    ...(notification && { notification }),
  }
}

/** The name of the kind is the JSON text of an object, the rest is text. */
function searchOf({ searchTypeName, ...rest }: SearchSupport): object {
  if (searchTypeName === undefined) return rest
  const isJson = typeof searchTypeName === 'string' && searchTypeName.trimStart().startsWith('{')
  return { ...rest, searchTypeName: isJson ? searchTypeName : JSON.stringify(byLanguage(searchTypeName)) }
}

function byLanguage(text: TextByLanguage): object {
  return typeof text === 'string' ? { ZH_CN: text } : text
}
