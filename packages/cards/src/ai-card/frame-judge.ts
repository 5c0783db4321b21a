import { failureOf, isGone, isKeyRefused, isOfOneFrame, isReview } from '../deliver/failure.ts'

/**
 * `skipped`: this frame was refused for what it says. `refused`: no frame of this card will ever be taken. `unsafe`: the review of
 * contents has refused it.
 */
export type FrameOutcome =
  | { readonly kind: 'sent' | 'dropped' | 'throttled' | 'skipped' | 'refused' }
  | { readonly kind: 'unsafe'; readonly error: unknown }

/** What the answers to frames say of the card that they are for. */
export interface FrameJudge {
  /** Whether no frame will ever be taken. */
  readonly isOver: boolean
  /** Whether one was taken, so that the variable that streams is the right one. */
  readonly wasTaken: boolean
  /** Why nothing that is sent to the card will ever be seen: the platform does not know it, or not its variable. */
  readonly lost: { readonly reason: unknown } | undefined
  readonly taken: () => void
  readonly refused: (error: unknown) => FrameOutcome
  /** No frame will be taken any more. */
  readonly refuse: (error: unknown) => void
}

export interface Verdicts {
  /** Told once what no frame will be taken for. */
  readonly onRefused: (error: unknown) => void
  readonly onLost: (error: unknown) => void
}

/** Frames in a row that may be refused for what they say; after as many it is the card, or its key. */
const MAX_IN_A_ROW = 3

/** @param known why frames of the template are refused, where that is known. */
export function createFrameJudge(known: unknown, { onRefused, onLost }: Verdicts): FrameJudge {
  let refusal = known
  let lost: FrameJudge['lost']
  let wasTaken = false
  let inARow = 0

  const refuse = (error: unknown): void => {
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
    refuse,
    refused(error) {
      const failure = failureOf(error)
      if (failure !== 'permanent') return { kind: failure === 'throttled' ? 'throttled' : 'dropped' }
      if (isReview(error)) return { kind: 'unsafe', error }
      if (isGone(error)) return lose(error)
      inARow++
      if (isOfOneFrame(error) && inARow < MAX_IN_A_ROW) return { kind: 'skipped' }
      // No frame was ever taken with this key, so it is the wrong one.
      if (isKeyRefused(error) && !wasTaken) return lose(error)
      refuse(error)
      return { kind: 'refused' }
    },
  }
}
