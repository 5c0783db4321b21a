import type { CardStatus } from './status.tsx'

/** The props of a template. */
export interface CardProps {
  readonly templateId: string
  readonly outTrackId: string
  /** As the viewer sees them: their own values over the public ones. */
  readonly variables: Readonly<Record<string, string>>
  /** The viewer's own values. */
  readonly own: Readonly<Record<string, string>>
  /** The viewer's name. */
  readonly viewer: string
  readonly status: CardStatus | undefined
}
