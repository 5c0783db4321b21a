/** Switches that make the simulator misbehave. */
export function FaultPanel({ conversationId }: { conversationId: string | undefined }) {
  return <p>{conversationId}</p>
}
