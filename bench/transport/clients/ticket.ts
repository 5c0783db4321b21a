/** Asks the gateway for a connection; resolves to the address of its socket. */
export async function openTicket(url: string): Promise<string> {
  const response = await fetch(`${url}/v1.0/gateway/connections/open`, { method: 'POST' })
  const { endpoint, ticket } = (await response.json()) as { endpoint: string; ticket: string }
  return `${endpoint}?ticket=${ticket}`
}
