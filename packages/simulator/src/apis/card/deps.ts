import type { Clock } from '../../clock/clock.ts'
import type { Violation } from '../../gateway/types.ts'
import type { Switches } from '../../options/switches.ts'
import type { CardTemplate } from '../../options/templates.ts'
import type { SentStore } from '../../world/sent.ts'
import type { World } from '../../world/world.ts'
import type { CardStore } from './store.ts'

export interface CardDeps {
  readonly world: World
  readonly clock: Clock
  readonly cards: CardStore
  readonly sent: SentStore
  readonly switches: Switches
  /** Templates by id; undefined when any will do. */
  readonly templates: Readonly<Record<string, CardTemplate>> | undefined
  /** Cards whose callback waits for its answer. */
  readonly inCallback: ReadonlySet<string>
  readonly violation: (violation: Pick<Violation, 'reason' | 'raw'>) => void
}

export const CARD_SCOPE = 'Card.Instance.Write'
export const STREAMING_SCOPE = 'Card.Streaming.Write'
