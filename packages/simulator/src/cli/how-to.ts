import type { Simulator } from '../simulator.ts'

/** What is printed when a simulator listens: where it is, how to point a bot at it, and what it is not for. */
export function howTo({ url, environment }: Simulator): string {
  const exports = Object.entries(environment).map(([name, value]) => `    export ${name}=${value}`)
  return `
  DingTalk, simulated · 本机钉钉:  ${url}

  Open it in a browser for the chat. The app has the id and secret below.

  dingware:
${exports.join('\n')}
  Python (dingtalk-stream):
    export DINGTALK_OPENAPI_ENDPOINT=${url}
  Node (dingtalk-stream), which has its addresses written into it:
    DINGTALK_OPENAPI_ENDPOINT=${url} node --import @dingware/simulator/register bot.js
  Go:
    client.NewStreamClient(client.WithOpenApiHost("${url}"), …)
  Java, whose builder keeps its host private; make the OpenDingTalkStreamClient yourself, with
    clientOption.setOpenApiHost("${url}")

  For development and tests. It is no DingTalk: it reaches nobody, keeps nothing, and guards nothing with its secret;
  do not let others reach it. Ctrl-C stops it.
`
}
