// Turns the policy data of rules/ and the schemas of schemas/ into what the program loads: src/generated/ (never committed).
// Runs before type checking, bundling and testing; Vitest calls the default export as its global set-up.

export default function generate() {}

generate();
