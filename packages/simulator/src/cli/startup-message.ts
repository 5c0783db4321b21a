import { join } from 'node:path'
import type { Simulator } from '../simulator.ts'

/**
 * The text that is printed when a simulator listens: its address, how to point a bot at it, its purpose. `certificate`:
 * the file of the one that clients have to trust, with TLS.
 */
export function startupMessage({ url, environment }: Simulator, certificate: string | undefined): string {
  const exports = Object.entries(environment).map(([name, value]) => `    export ${name}=${value}`)
  return `
  DingTalk, simulated · 本机钉钉:  ${url}

  Open it in a browser for the chat. The app has the id and secret below.
${certificate === undefined ? '' : trust(certificate)}
  dingware:
${exports.join('\n')}
  Python (dingtalk-stream):
    export DINGTALK_OPENAPI_ENDPOINT=${url}
    Its upload_to_dingtalk() does not follow: it has https://oapi.dingtalk.com written into it, and uploads there.
  Node (dingtalk-stream), which has its addresses written into it:
    DINGTALK_OPENAPI_ENDPOINT=${url} node --import @dingware/simulator/register bot.js
  Go:
    client.NewStreamClient(client.WithOpenApiHost("${url}"), …)
${certificate === undefined ? WITHOUT_TLS : java(url, certificate)}
  For development and tests. It is no DingTalk: it reaches nobody, keeps nothing, and guards nothing with its secret;
  do not let others reach it. Ctrl-C stops it.
`
}

const WITHOUT_TLS = `  Java, which connects by wss alone: start this with --tls.
`

/** Each of them reads its own variable; what Node reads adds to the authorities that it knows, the others' replace them. */
function trust(certificate: string): string {
  return `
  It speaks TLS with a certificate of its own, which clients have to trust:
    export NODE_EXTRA_CA_CERTS=${certificate}
    export SSL_CERT_FILE=${certificate} REQUESTS_CA_BUNDLE=${certificate}    # Go, Python
`
}

/** Its builder has a setter for the host, which is private; `oversea()` and the others that call it know DingTalk's alone. */
function java(url: string, certificate: string): string {
  const store = join(certificate, '..', 'trust.p12')
  return `  Java, which has to trust the certificate, and whose builder keeps its host private:
    keytool -importcert -noprompt -alias dingware-simulator -file ${certificate} -keystore ${store} -storepass changeit
    java -Djavax.net.ssl.trustStore=${store} -Djavax.net.ssl.trustStorePassword=changeit …
    var host = OpenDingTalkStreamClientBuilder.class.getDeclaredField("openApiHost");
    host.setAccessible(true);
    host.set(builder, "${url}");
`
}
