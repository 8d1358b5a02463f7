// The files of messages: a comment, the name of a message, its words, and what is put in between braces.

export const fluent = {
  name: "fluent",
  startState: () => ({ depth: 0 }),
  token(stream, state) {
    if (stream.sol() && state.depth === 0) {
      if (stream.match(/^#.*/)) return "comment";
      if (stream.match(/^-?[A-Za-z][\w-]*(?=\s*=)/)) return "propertyName";
      if (stream.match(/^\s+\.[A-Za-z][\w-]*(?=\s*=)/)) return "propertyName";
    }
    if (stream.eat("{")) {
      state.depth += 1;
      return "punctuation";
    }
    if (state.depth > 0 && stream.eat("}")) {
      state.depth -= 1;
      return "punctuation";
    }
    if (state.depth > 0 && stream.match(/^(\$[\w-]+|"[^"]*"|[A-Z]+(?=\())/)) return "atom";
    if (stream.match(/^\s*\*?\[[^\]]*\]/)) return "atom";
    if (!stream.match(/^[^{}]+/)) stream.next();
    return "string";
  },
};
