/** Download address of a file. */
export interface Address {
  readonly url: string
  /** Headers without which the address refuses. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** Options for finding a file. `ctx.download` fills them in from the message. */
export interface AddressOptions {
  /** Robot that the file was sent to. Default: the bot's own. */
  readonly robotCode?: string | undefined
  /** userId (`staffId`) of a person who may see the file, such as its sender; needed for files in the drive. */
  readonly userId?: string | undefined
  /** Group (`conversationId`) in which the file was quoted; needed if the quote gives no download code. */
  readonly openConversationId?: string | undefined
  /** Time at which such a quoted file was sent, in milliseconds since the epoch: tells files of the same name apart. */
  readonly sentAt?: number | undefined
  /** Aborts the calls. */
  readonly signal?: AbortSignal | undefined
}
