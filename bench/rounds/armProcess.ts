/** Runs one arm in a process of its own: the request as JSON in the first argument, points and the answer as JSON lines. */
import { type ArmRequest, runArm } from "./armTask.ts";

const request = JSON.parse(process.argv[2] ?? "") as ArmRequest;
const answer = await runArm(request, (point) => console.log(JSON.stringify({ point })));
console.log(JSON.stringify({ answer }));
