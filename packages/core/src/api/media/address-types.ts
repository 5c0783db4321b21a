/** Where a file lies. */
export interface Address {
  readonly url: string
  /** Without them the address does not open. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

export interface AddressOptions {
  /** The robot that the file was sent to. Default: the bot's. */
  readonly robotCode?: string | undefined
  /** userId (`staffId`) of somebody who may see the file, for files that lie in the drive: the sender. */
  readonly userId?: string | undefined
  /** The group (`conversationId`) that a file was quoted in, for files of which the quote gives no code. */
  readonly openConversationId?: string | undefined
  /** When such a file was sent, in milliseconds since the epoch: several may have the same name, or it has none. */
  readonly sentAt?: number | undefined
  readonly signal?: AbortSignal | undefined
}
