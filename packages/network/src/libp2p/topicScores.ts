/**
 * How gossipsub weighs its neighbours by topic: whoever sends what is rejected falls out of the mesh; silence costs nothing,
 * since a quiet network is no fault. Spec of the scores: gossipsub v1.1.
 */
import { createTopicScoreParams } from "@libp2p/gossipsub/score";
import { topicIdOf } from "../peer/protocolId.ts";
import { TOPICS, type TopicName } from "../topics.ts";

const REJECTED_WEIGHT = -10;
const REJECTED_DECAY = 0.9;
const FIRST_WEIGHT = 0.5;
const FIRST_DECAY = 0.95;
const MOST_FIRST = 20;

const params = createTopicScoreParams({
  topicWeight: 1,
  timeInMeshWeight: 0,
  firstMessageDeliveriesWeight: FIRST_WEIGHT,
  firstMessageDeliveriesDecay: FIRST_DECAY,
  firstMessageDeliveriesCap: MOST_FIRST,
  meshMessageDeliveriesWeight: 0,
  meshFailurePenaltyWeight: 0,
  invalidMessageDeliveriesWeight: REJECTED_WEIGHT,
  invalidMessageDeliveriesDecay: REJECTED_DECAY,
});

const topics = Object.fromEntries((Object.keys(TOPICS) as TopicName[]).map((topic) => [topicIdOf(topic), params]));

/** Several nodes behind one address count against each other, except on one machine: there they are one's own. */
export const GOSSIP_SCORES = { topics, IPColocationFactorWhitelist: new Set(["127.0.0.1", "::1"]) };
