import type { Switches } from './switches.ts'

/** The values of the switches that have a few, the default first. The page offers them, and nothing else is taken. */
export const switchChoices: { readonly [K in Choice]: readonly Switches[K][] } = {
  clickParams: ['id+text', 'text'],
  clickShape: ['full', 'minimal', 'valueOnly', 'paramsBeside', 'assistant'],
  spaceType: ['im', 'im_group', 'IM'],
  privateSpaceId: ['userId', 'conversationId'],
  spaceIdForm: ['plain', 'prefixed'],
  buttonIndex: ['appended', 'none'],
  clickAnswer: ['clicker', 'everybody'],
  mentionBlanks: ['one', 'both'],
  mentionNodes: ['own', 'glued'],
  outsiderStaffId: ['absent', 'empty'],
  voiceMsgtype: ['audio', 'voice'],
  voiceBody: ['full', 'noCode', 'beside'],
  voiceDuration: ['missing', 'millis', 'seconds', 'text'],
  content: ['object', 'string'],
  quoteText: ['text', 'content'],
  quoteShape: ['full', 'idOnly', 'legacy'],
  quotedCard: ['metadata', 'cardContent', 'cardData'],
  quotedFile: ['code', 'name', 'none'],
  quotaFields: ['errorCode', 'errCode'],
  webhookThrottle: ['660026', '130101'],
  webhookOk: ['number', 'text'],
  wrongStreamKey: ['500', '400'],
}

type Choice = { [K in keyof Switches]: Switches[K] extends string ? K : never }[keyof Switches]

/** The switches that are on or off. */
export const switchFlags: readonly Flag[] = [
  'formNoise',
  'unionIds',
  'forwardMark',
  'quoteNick',
  'quoteCipher',
  'emptyStreamContent',
  'grantNeedsNewToken',
  'emptyCardData',
  'finishedCardIsFrozen',
  'watchUpdatesInCallback',
]

type Flag = { [K in keyof Switches]: Switches[K] extends boolean ? K : never }[keyof Switches]
