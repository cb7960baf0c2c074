/**
 * The bytes of an ONNX model with a single MatMul, [m, k] x [k, n] in float32, written by hand: nine protobuf
 * fields do not justify a dependency. Field numbers: onnx.proto3 of the ONNX project (ModelProto, GraphProto).
 */

const FLOAT = 1;
const IR_VERSION = 8;
const OPSET = 13;

export function encodeMatMulModel([m, k, n]) {
  const node = [text(1, "a"), text(1, "b"), text(2, "c"), text(4, "MatMul")];
  const graph = [
    message(1, node),
    text(2, "product"),
    message(11, valueInfo("a", [m, k])),
    message(11, valueInfo("b", [k, n])),
    message(12, valueInfo("c", [m, n])),
  ];
  const opset = [integer(2, OPSET)];
  return Uint8Array.from([integer(1, IR_VERSION), message(7, graph), message(8, opset)].flat());
}

function valueInfo(name, sizes) {
  const shape = sizes.map((size) => message(1, [integer(1, size)]));
  const tensorType = [integer(1, FLOAT), message(2, shape)];
  return [text(1, name), message(2, [message(1, tensorType)])];
}

function integer(field, value) {
  return [...varint(field << 3), ...varint(value)];
}

function text(field, value) {
  return delimited(field, [...new TextEncoder().encode(value)]);
}

function message(field, parts) {
  return delimited(field, parts.flat());
}

function delimited(field, bytes) {
  return [...varint((field << 3) | 2), ...varint(bytes.length), ...bytes];
}

function varint(value) {
  const bytes = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  return [...bytes, rest];
}
