import { failureOf, isGone, isKeyRefused, isOfOneFrame, isReview } from '../deliver/failure.ts'

/**
 * `skipped`: this frame was refused for what it says. `refused`: no frame of this card will ever be taken. `unsafe`: the review of
 * contents has refused it.
 */
export type FrameOutcome =
  | { readonly kind: 'sent' | 'dropped' | 'throttled' | 'skipped' | 'refused' }
  | { readonly kind: 'unsafe'; readonly error: unknown }

/** The platform's answers to the frames of one card, and what they say of that card. */
export interface FrameAnswers {
  /** Whether no frame will be taken any more. */
  readonly isOver: boolean
  /** Whether one was taken, so that the variable that streams is the right one. */
  readonly wasTaken: boolean
  /** The reason for which nothing that is sent to the card will ever be seen: the platform does not know it, or not its variable. */
  readonly lost: { readonly reason: unknown } | undefined
  readonly taken: () => void
  readonly refused: (error: unknown) => FrameOutcome
  /** Tries no more frames. */
  readonly giveUp: (error: unknown) => void
}

export interface FrameAnswersOptions {
  /** The reason for which frames of the template are refused, where that is known before. */
  readonly known: unknown
  /** Told once why no frame will be taken. */
  readonly onRefused: (error: unknown) => void
  readonly onLost: (error: unknown) => void
}

/** Frames in a row that may be refused for what they say; after as many it is the card, or its key. */
const MAX_IN_A_ROW = 3

export function createFrameAnswers({ known, onRefused, onLost }: FrameAnswersOptions): FrameAnswers {
  let refusal = known
  let lost: FrameAnswers['lost']
  let wasTaken = false
  let inARow = 0

  const giveUp = (error: unknown): void => {
    refusal = error
    onRefused(error)
  }
  const lose = (error: unknown): FrameOutcome => {
    refusal = error
    lost = { reason: error }
    onLost(error)
    return { kind: 'refused' }
  }
  return {
    get isOver() {
      return refusal !== undefined
    },
    get wasTaken() {
      return wasTaken
    },
    get lost() {
      return lost
    },
    taken() {
      wasTaken = true
      inARow = 0
    },
    giveUp,
    refused(error) {
      const failure = failureOf(error)
      if (failure !== 'permanent') return { kind: failure === 'throttled' ? 'throttled' : 'dropped' }
      if (isReview(error)) return { kind: 'unsafe', error }
      if (isGone(error)) return lose(error)
      inARow++
      if (isOfOneFrame(error) && inARow < MAX_IN_A_ROW) return { kind: 'skipped' }
      // No frame was ever taken with this key, so it is the wrong one.
      if (isKeyRefused(error) && !wasTaken) return lose(error)
      giveUp(error)
      return { kind: 'refused' }
    },
  }
}
