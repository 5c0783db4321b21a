export type { Card, CardSpace } from './card/types.ts'
export { type Clock, type ManualClock, manualClock } from './clock/clock.ts'
export type { SimulatorEvent } from './events.ts'
export type { Faults } from './faults/faults.ts'
export type { GatewayFault, HandshakeFault, Victim } from './faults/types.ts'
export type {
  AckResult,
  ConnectionInfo,
  Delivery,
  FrameRecord,
  PushRequest,
  Subscription,
  Violation,
} from './gateway/types.ts'
export type { HttpCall } from './http/calls.ts'
export type { SimulatorOptions } from './options.ts'
export type { RobotMessage } from './robot/message.ts'
export { createSimulator, type Simulator } from './simulator.ts'
export type { Group, Said, User } from './talk/people.ts'
export type { ExpectOptions } from './talk/replies.ts'
export type { Expected } from './talk/text.ts'
export { textOf } from './talk/text.ts'
export type { WaitOptions } from './wait/wait.ts'
export type { Conversation, Message, Person } from './world/types.ts'
