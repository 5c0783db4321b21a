/** What goes over the wire in a conversation. */
export function Inspector({ conversationId }: { conversationId: string | undefined }) {
  return <p>{conversationId}</p>
}
