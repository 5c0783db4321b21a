// Starting one, and its options.
export { createSimulator, type Simulator } from './simulator.ts'
export type { SimulatorOptions } from './options/options.ts'
export type { CardTemplate } from './options/templates.ts'
export type { Certificate } from './tls/certificate.ts'
// People who write to the bot, and what it answers.
export type { Group, Said, Speaker, User, Voice } from './talk/users.ts'
export type { RichTextPart, SpeakOptions, UserContent } from './apis/bot-messages/speech.ts'
export type { FileInput, StoredFile } from './apis/files/store.ts'
export type { ExpectOptions } from './talk/replies.ts'
export { type Expected, textOf } from './talk/text.ts'
export type { WaitOptions } from './utils/wait.ts'
export type { Conversation, Message, Person } from './world/types.ts'
// Cards and clicks on them.
export type { Card, CardButton, CardSpace, CardStatus } from './apis/card/types.ts'
export type { CardReference, Feedback, SubmitOptions } from './talk/card-actions.ts'
export type { Clicked, ClickOptions } from './apis/card/click.ts'
export type { CardResponse } from './apis/card/response.ts'
export { FORM_TEMPLATE_ID, type FormField, type FormValue } from './apis/card/form.ts'
export type { DataSourceRequest, DataSourceResponse, Pulled } from './apis/card/pull.ts'
// Other pushes.
export type { EventOptions, EventResult } from './apis/event/event.ts'
export type { GraphRequest, GraphResponse, GraphResult } from './apis/graph/graph.ts'
export type { CustomRobot, CustomRobotOptions } from './apis/custom-robots/store.ts'
// Time, faults and limits.
export { type Clock, type ManualClock, manualClock } from './clock/clock.ts'
export type { Faults } from './faults/faults.ts'
export type { ApiFaultName } from './faults/api-fault-names.ts'
export type { Arming, Strikes } from './faults/rules.ts'
export type {
  ApiFault,
  ApiFaultAnswer,
  FlowControl,
  GatewayFault,
  HandshakeFault,
  PushFault,
  Victim,
} from './faults/types.ts'
export type { Pattern } from './utils/pattern.ts'
export type { Permissions } from './limits/permissions.ts'
export type { Meter, Quota } from './limits/quota.ts'
export type { Throttle } from './limits/throttle.ts'
export type { CallbackShape, Switches } from './options/switches.ts'
// Records of what went over the wire.
export type { SimulatorEvent } from './platform/events.ts'
export type { HttpCall } from './http/calls.ts'
export type { RobotMessage } from './apis/bot-messages/message.ts'
export type {
  AckResult,
  ConnectionInfo,
  Delivery,
  FrameRecord,
  PushRequest,
  Settled,
  Subscription,
  Violation,
} from './gateway/types.ts'
export type { Fixture, FixturePush } from './workbench/fixture/types.ts'
export type { Replay, ReplayOptions } from './workbench/fixture/replay.ts'
