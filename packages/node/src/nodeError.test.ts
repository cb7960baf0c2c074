import { ModelError, presetOf } from "@neuroshard/model";
import { EngineError } from "@neuroshard/tensor";
import { DataError } from "@neuroshard/training";
import { expect, test } from "vitest";
import { describeFailure, NodeError, UsageError } from "./nodeError.ts";

function thrownBy(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}

test("wrong options are usage errors: exit code 2", () => {
  expect(describeFailure(new UsageError("--steps must be ..."))).toEqual({
    message: "--steps must be ...",
    exitCode: 2,
  });
  expect(describeFailure(thrownBy(() => presetOf("huge")))).toMatchObject({ exitCode: 2 });
});

test("everything else that a user can do something about is refused with exit code 1", () => {
  const errors = [
    new NodeError("NO_CHECKPOINT", "one"),
    new ModelError("NOT_FINITE", "two"),
    new EngineError("OUT_OF_MEMORY", "three"),
    new DataError({ code: "EMPTY", cause: "four", remedy: "five", data: {} }),
  ];
  for (const error of errors) expect(describeFailure(error)).toEqual({ message: error.message, exitCode: 1 });
});

test("bugs are not described away", () => {
  for (const error of [new Error("internal: x"), new TypeError("x"), "text", undefined])
    expect(describeFailure(error)).toBeUndefined();
});
