/** Members that a document has and the ancestor had not. Its reader passes over members that it does not know. */
export const DOCUMENT_KEYS = {
  description: "description",
  securityConsiderations: "security_considerations",
  backwardCompatibility: "backward_compatibility",
  testCases: "test_cases",
  requires: "requires",
  supersedes: "supersedes",
  ratifies: "ratifies",
  evidence: "evidence",
} as const;
