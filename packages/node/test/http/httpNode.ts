/** A real server over a real chain in a temporary home, until the end of the test. */
import { onTestFinished } from "vitest";
import { type HttpOptions, type HttpServer, startHttp } from "../../src/http/startHttp.ts";
import { openNode, type TestNode, testHome } from "../chain/testNetwork.ts";

export interface HttpNode extends TestNode, Pick<HttpServer, "url"> {
  readonly reports: string[];
  /** What the server answers to a path below the prefix of the API. */
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answered>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers of any route, read by tests
  readonly json: any;
}

export async function startNode(options: Partial<HttpOptions> = {}): Promise<HttpNode> {
  const node = await openNode(await testHome());
  const reports: string[] = [];
  const report = (line: string) => reports.push(line);
  const server = await startHttp({ chain: node.chain, port: 0, report, ...options });
  onTestFinished(() => server.close());
  const { url } = server;
  const get: HttpNode["get"] = async (path, headers = {}) => answered(await fetch(`${url}/api/v1${path}`, { headers }));
  return { ...node, url, reports, get };
}

async function answered(response: Response): Promise<Answered> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: jsonOf(text) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
