/** LIMITS.md: every size, time, rate and count of the network, from the tables of the code. */
import {
  BAN_MS,
  BAN_POINTS,
  BLOB_LIMITS,
  FORGIVEN_PER_MINUTE,
  LIBP2P_LIMITS,
  PEER_LIMITS,
  PENALTY_POINTS,
  PROTOCOLS,
  type ProtocolName,
  TOPICS,
  type TopicName,
} from "@neuroshard/network";

const HEAD = `# Limits

What a node takes from others and gives to them, at most. Written by \`scripts/writeLimits.ts\` from the tables of
\`packages/network/src\`; a test compares. What happens beyond a limit: \`spec/network.md\`.
`;

/** A new limit needs its sentence here. */
const PEER_MEANINGS: { readonly [K in keyof typeof PEER_LIMITS]: string } = {
  mostServedStreams: "streams of one peer that are answered at a time",
  mostOwnStreams: "requests under way with one peer; further ones wait",
  requestArrivalMs: "until the whole request is here, however it trickles",
  handlerTimeHundredths: "hundredths of a protocol's time in which a handler has to answer",
  streamEndMs: "until the other side ends a stream on which all is said",
  topicBurstSeconds: "seconds of a topic's rate that may come at once",
  ownRateHundredths: "hundredths of a protocol's rate that a node itself makes use of",
  goodbyeMs: "that a peer which does not fit stays, so that it hears why",
  noGreetingBanMs: "for which a peer that does not greet may not come back",
  mostReasonBytes: "of the reason of a refusal",
};

const BLOB_MEANINGS: { readonly [K in keyof typeof BLOB_LIMITS]: string } = {
  mostBlobBytes: "of a blob",
  mostQuestionBytes: "of a question on a blob stream",
  mostTakenChunks: "chunks of 1 MiB that one question asks for",
  mostOwedChunks: "chunks that one source owes; times the sources: what is in flight of a blob",
  mostSources: "sources of a blob at a time",
  mostFetches: "blobs that come in at a time; further ones wait",
  openMs: "until a source has described a blob, or taken a question",
  chunkMs: "until a chunk has come, or has been taken, however it trickles",
  idleMs: "for which a stream may stay open without a question",
  stealAfterMs: "after which another source is asked for the same chunk",
  askNextAfterMs: "after which the next peer is asked although those before it are silent",
  mostFailures: "broken streams in a row after which a source is given up",
  mostRefusals: "times in a row that a source may put this node off before it is given up",
  retryAfterFailureMs: "after a broken stream until the source is asked again",
  mostRetryMs: "that a source can make a node wait",
  uploadsOfOnePeer: "streams on which one peer gets chunks at a time",
  uploadsOfAll: "streams on which all peers get chunks at a time",
  uploadBytesPerMinute: "that one peer gets in a minute; it may have them at once",
  openingsPerMinute: "blob streams of one peer in a minute",
  busyRetryMs: "after which a peer may come again that found all streams taken",
};

const LIBP2P_MEANINGS: { readonly [K in keyof typeof LIBP2P_LIMITS]: string } = {
  mostConnections: "connections; beyond it those of least use are closed",
  inboundPerSecond: "connections that come in from one address in a second",
  mostPendingInbound: "connections that have come in and not yet said who they are",
  mostStreamsOfProtocol: "streams of one protocol on a connection, in each direction",
  dialMs: "until a dial is given up",
  openStreamMs: "until a stream that is not taken is given up",
  mostGossipBytes: "of a packet of gossip, which can hold several messages",
  mostAnnouncedAddresses: "addresses of a peer that are remembered",
  firstWindowBytes: "that a peer may send on a new stream before it has to wait",
  mostWindowBytes: "that it may send when its reader keeps up",
  mostReadBufferBytes: "unread on a stream, beyond which it is ended",
  pauseAboveBytes: "unread on a stream, beyond which its sender has to wait",
  bytesPerTurn:
    "of all connections in one turn of the event loop, in each direction; one read of each may go beyond it",
  writePieceBytes: "in which a larger write goes out, each one counted",
  relayReservations: "nodes that are reached through this one, where it is a relay",
  relayBytes: "through one relayed connection",
  relayMs: "that a relayed connection lasts",
};

/** All of LIMITS.md. */
export function limitsText(): string {
  const sections = [protocolTable(), topicTable(), peerTable(), blobTable(), connectionTable(), penaltyTable()];
  return [HEAD, ...sections].join("\n");
}

function protocolTable(): string {
  const rows = (Object.keys(PROTOCOLS) as ProtocolName[]).map((name) => {
    const { mostRequestBytes, mostResponseBytes, timeoutMs, mostPerMinute } = PROTOCOLS[name];
    return [
      `\`${name}\``,
      bytesText(mostRequestBytes),
      bytesText(mostResponseBytes),
      timeText(timeoutMs),
      mostPerMinute,
    ];
  });
  return section("Requests", ["protocol", "request", "answer", "time", "a minute, of one peer"], rows);
}

function topicTable(): string {
  const rows = (Object.keys(TOPICS) as TopicName[]).map((name) => {
    const { mostBytes, mostPerSecond } = TOPICS[name];
    return [`\`${name}\``, bytesText(mostBytes), mostPerSecond];
  });
  return section("Topics", ["topic", "message", "a second, from one peer"], rows);
}

function peerTable(): string {
  return section("Peers", ["limit", "value", "meaning"], limitRows(PEER_LIMITS, PEER_MEANINGS));
}

function blobTable(): string {
  return section("Blobs", ["limit", "value", "meaning"], limitRows(BLOB_LIMITS, BLOB_MEANINGS));
}

function connectionTable(): string {
  return section("Connections over libp2p", ["limit", "value", "meaning"], limitRows(LIBP2P_LIMITS, LIBP2P_MEANINGS));
}

function penaltyTable(): string {
  const rows = Object.entries(PENALTY_POINTS).map(([offence, points]) => [`\`${offence}\``, points]);
  const rule = `At ${BAN_POINTS} points a peer is disconnected and banned for ${timeText(BAN_MS)}; ${FORGIVEN_PER_MINUTE} points are forgiven in a minute.`;
  return `${section("Penalties", ["offence", "points"], rows)}\n${rule}\n`;
}

function limitRows<K extends string>(
  limits: { readonly [name in K]: number },
  meanings: { readonly [name in K]: string },
): (readonly string[])[] {
  return (Object.keys(limits) as K[]).map((name) => [`\`${name}\``, valueText(name, limits[name]), meanings[name]]);
}

/** The unit stands in the name. */
function valueText(name: string, value: number): string {
  if (name.endsWith("Ms")) return timeText(value);
  return /Bytes/.test(name) ? bytesText(value) : String(value);
}

function timeText(ms: number): string {
  return ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1000} s`;
}

function bytesText(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && value % 1024 === 0 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value} ${units[unit]}`;
}

function section(title: string, header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const lines = [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return `## ${title}\n\n${lines.join("\n").replace("| --- |", "|---|").replaceAll(" --- |", "---|")}\n`;
}
