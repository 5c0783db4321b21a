/**
 * How the platform behaves where what is known of it is divided: the switches of the simulator that concern what people
 * do. The defaults follow what is best attested.
 */
export interface TestSwitches {
  /** What a button that comes from data sends: its id and its text (default), or its text alone. */
  readonly clickParams: 'id+text' | 'text'
  /** Which fields a click has: all that were captured (default), the five documented ones, or the old `value` alone. */
  readonly clickShape: 'full' | 'minimal' | 'valueOnly'
  /** `im` in every capture (default). */
  readonly spaceType: 'im' | 'im_group' | 'IM'
  /** Where a click in private was: nobody has captured it. The userId by default. */
  readonly privateSpaceId: 'userId' | 'conversationId'
  /** Whether the id stands alone (default) or as `dtv1.card//im.cid…`. */
  readonly spaceIdForm: 'plain' | 'prefixed'
  /** Whether a button of a group variable has its number at its actionId, `approval0` (default), or nothing. */
  readonly buttonIndex: 'appended' | 'none'
  /** Who sees the `cardData` of an answer to a click in a group: who clicked (default), or everybody. */
  readonly clickAnswer: 'clicker' | 'everybody'
  /** Whether selecting something in a form calls back too, with `params.fromConfig` and no answer. True. */
  readonly formNoise: boolean
  /** Of the blanks on both sides of a picked name, which is gone from a plain text: one is left (default), or both. */
  readonly mentionBlanks: 'one' | 'both'
  /** Names in a rich text: nodes of their own (default), or glued to the words behind them. */
  readonly mentionNodes: 'own' | 'glued'
  /** Whether `senderUnionId` and `atUsers[].unionId` come. True. */
  readonly unionIds: boolean
  /** The `senderStaffId` of somebody from outside: missing (default), or an empty text. */
  readonly outsiderStaffId: 'absent' | 'empty'
}

export const DEFAULT_SWITCHES: TestSwitches = {
  clickParams: 'id+text',
  clickShape: 'full',
  spaceType: 'im',
  privateSpaceId: 'userId',
  spaceIdForm: 'plain',
  buttonIndex: 'appended',
  clickAnswer: 'clicker',
  formNoise: true,
  mentionBlanks: 'one',
  mentionNodes: 'own',
  unionIds: true,
  outsiderStaffId: 'absent',
}
