import type { Switches } from '../../options/switches.ts'

export interface VoiceMessage {
  readonly downloadCode: string
  readonly recognition: string
  /** In milliseconds. */
  readonly duration: number
}

/** A voice message on the wire. */
export interface WireVoice {
  readonly msgtype: string
  readonly content: object
  /** Fields beside the content. */
  readonly top: object
}

/** By default as in the captures, without a duration (official Go tutorial, a live frame); the rest was reported. */
export function wireVoice({ downloadCode, recognition, duration }: VoiceMessage, switches: Switches): WireVoice {
  const { voiceMsgtype: msgtype, voiceBody, voiceDuration } = switches
  const isBeside = voiceBody === 'beside'
  const seconds = Math.round(duration / 1_000)
  const lasting = { missing: undefined, millis: duration, seconds, text: String(seconds) }[voiceDuration]
  return {
    msgtype,
    content: {
      ...(voiceBody !== 'noCode' && { downloadCode }),
      ...(!isBeside && { recognition }),
      ...(lasting !== undefined && { duration: lasting }),
    },
    top: isBeside ? { recognition } : {},
  }
}
