// What the schema of a file says about the place of the cursor: the keys that fit, their values, and what a key means.

/** A key, after any dashes. */
const KEY = /^(\s*(?:-\s+)*)("[^"]*"|'[^']*'|[^\s:#"'-][^:#]*?)\s*:(?=\s|$)/;

const unquoted = (key) => key.replace(/^["']|["']$/g, "");

/** The dashes and the key with which a line begins: `{ column, name }`, the name of a dash is `null`. */
function tokens(line) {
  if (line.trimStart().startsWith("#")) return [];
  const found = KEY.exec(line);
  const lead = found ? found[1] : /^\s*(?:-\s+)*/.exec(line)[0];
  const all = [...lead].flatMap((sign, column) => (sign === "-" ? [{ column, name: null }] : []));
  return found ? [...all, { column: lead.length, name: unquoted(found[2]) }] : all;
}

/** What a place is inside of, outermost first. Indentation is all that counts in our files. */
function above(doc, number, column) {
  const path = [];
  let depth = column, inList = false;
  for (let at = number; at > 0; at -= 1) {
    for (const token of tokens(doc.line(at).text).reverse()) {
      if (at === number && token.column >= column) continue;
      // A list may stand as far left as its key.
      const holds = token.column < depth || (inList && token.name !== null && token.column === depth);
      if (!holds) continue;
      path.unshift(token.name);
      depth = token.column;
      inList = token.name === null;
    }
  }
  return path;
}

/** The keys that the mapping of this place already has. */
function siblings(doc, number, column) {
  const known = new Set();
  const look = (at) => {
    const all = tokens(doc.line(at).text);
    const own = all.find((token) => token.column === column && token.name !== null);
    if (own && at !== number) known.add(own.name);
    return all.some((token) => token.column < column);
  };
  for (let at = number; at > 0 && !look(at); at -= 1);
  for (let at = number + 1; at <= doc.lines; at += 1) {
    const [first] = tokens(doc.line(at).text);
    if (first && first.column < column) break;
    look(at);
  }
  return known;
}

/** All that a piece of schema may be: references followed, alternatives side by side. */
function variants(root, piece) {
  if (!piece || typeof piece !== "object") return [];
  if (piece.$ref) {
    const found = piece.$ref.replace(/^#\//, "").split("/").reduce((at, name) => at && at[name], root);
    return variants(root, found).map((one) => (piece.description ? { ...one, description: piece.description } : one));
  }
  const more = ["oneOf", "anyOf", "allOf"].flatMap((name) => piece[name] || []);
  return [piece, ...more.flatMap((one) => variants(root, one))];
}

function under(root, pieces, name) {
  const next = pieces.flatMap((piece) => {
    if (name === null) return piece.items ? [piece.items] : [];
    if (piece.properties && piece.properties[name]) return [piece.properties[name]];
    return typeof piece.additionalProperties === "object" ? [piece.additionalProperties] : [];
  });
  return next.flatMap((piece) => variants(root, piece));
}

const at = (root, path) => path.reduce((pieces, name) => under(root, pieces, name), variants(root, root));

function values(pieces) {
  const all = pieces.flatMap((piece) => {
    if (piece.enum) return piece.enum;
    if (piece.const !== undefined) return [piece.const];
    return piece.type === "boolean" ? [true, false] : [];
  });
  return [...new Set(all.map(String))].map((label) => ({ label, type: "constant" }));
}

function keys(root, pieces, known) {
  const all = new Map(pieces.flatMap((piece) => Object.entries(piece.properties || {})));
  const free = [...all].filter(([name]) => !known.has(name));
  return free.map(([label, piece]) => ({ label, type: "property", apply: `${label}: `, info: about(root, piece) }));
}

function about(root, piece) {
  const found = variants(root, piece).find((one) => one.description);
  return found && found.description.replace(/`/g, "");
}

/** What may be typed here: keys and items where they begin, values after a key. */
export function completions(root, context) {
  const { doc } = context.state;
  const line = doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const typed = /[\w-]*$/.exec(before)[0].replace(/^-+/, "");
  const column = before.length - typed.length;
  const key = tokens(before).find((token) => token.name !== null);
  if (!typed && !context.explicit) return null;
  if (key) {
    const options = values(at(root, [...above(doc, line.number, key.column), key.name]));
    return options.length ? { from: context.pos - typed.length, options } : null;
  }
  if (!/^[\s-]*$/.test(before.slice(0, column))) return null;
  const pieces = at(root, above(doc, line.number, column));
  const options = [...keys(root, pieces, siblings(doc, line.number, column)), ...values(pieces)];
  return options.length ? { from: context.pos - typed.length, options } : null;
}

/** What the key under a place means. */
export function described(root, doc, place) {
  const line = doc.lineAt(place);
  const key = tokens(line.text).find((token) => token.name !== null);
  if (!key) return null;
  const from = line.from + key.column, to = from + key.name.length;
  if (place < from || place > to) return null;
  const path = [...above(doc, line.number, key.column), key.name];
  const text = at(root, path).map((piece) => about(root, piece)).find(Boolean);
  return text ? { from, to, text } : null;
}
