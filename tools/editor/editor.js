// The editor of a template's page: CodeMirror with our colours, the findings of `check` and the keys of the schema.
// It lives in a shadow root: there its styles are sheets and not elements, so that the page's policy stays as strict as it is.
import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { HighlightStyle, StreamLanguage, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import {
  EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, hoverTooltip,
  keymap, lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { fluent } from "./fluent.js";
import { completions, described } from "./schema.js";

const mono = 'ui-monospace, "DejaVu Sans Mono", monospace';

const look = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "var(--surface)", fontSize: "12.5px" },
  // Its frame shows where the keyboard is.
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: mono, lineHeight: "20px" },
  ".cm-content": { padding: "12px 0", caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--ink-2)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--sunken)" },
  // Behind the text, so that the line which is worked on does not hide it.
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--brand-soft)" },
  ".cm-selectionMatch, .cm-searchMatch": { backgroundColor: "var(--client-b)" },
  ".cm-searchMatch-selected": { outline: "2px solid var(--client-s)" },
  ".cm-panels, .cm-tooltip": { backgroundColor: "var(--raised)", color: "var(--ink)", borderColor: "var(--line-2)", fontFamily: "var(--font)" },
  ".cm-panel.cm-search": { padding: "8px 28px 8px 8px" },
  ".cm-panel.cm-search label, .cm-panel.cm-search input, .cm-panel.cm-search button": { fontSize: "12.5px", fontFamily: "var(--font)" },
  ".cm-textfield": { backgroundColor: "var(--surface)", border: "1px solid var(--line-2)", minHeight: "28px", color: "var(--ink)" },
  ".cm-button": { backgroundImage: "none", backgroundColor: "var(--surface)", border: "1px solid var(--line-2)", borderRadius: "6px", minHeight: "28px", color: "var(--ink)" },
  ".cm-panel.cm-search [name=close]": { color: "var(--ink)", minWidth: "24px", minHeight: "24px" },
  ".cm-tooltip": { maxWidth: "min(460px, 90vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--brand-solid)", color: "var(--on-brand)" },
  ".cm-completionInfo, .cm-about": { padding: "8px 10px", whiteSpace: "pre-line" },
  ".cm-diagnostic": { padding: "6px 10px", whiteSpace: "pre-line" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--rework-s)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--client-s)" },
  ".cm-diagnosticAction": { backgroundColor: "var(--brand-solid)", color: "var(--on-brand)", minHeight: "28px", padding: "2px 10px" },
  // Its own signs are pictures inside the style, which the policy of the page does not let in.
  ".cm-lint-marker": { content: "normal", width: "10px", height: "10px", margin: "5px 2px", borderRadius: "50%" },
  ".cm-lint-marker-error": { backgroundColor: "var(--rework-s)" },
  ".cm-lint-marker-warning": { backgroundColor: "var(--client-s)", borderRadius: "2px" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--rework-s)", textUnderlineOffset: "4px" },
  ".cm-lintRange-warning": { backgroundImage: "none", textDecoration: "underline wavy var(--client-s)", textUnderlineOffset: "4px" },
});

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--work-t)" },
  { tag: [tags.string, tags.content], color: "var(--ink)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: "var(--check-t)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--ink-2)", fontStyle: "italic" },
  { tag: [tags.punctuation, tags.separator, tags.meta], color: "var(--ink-2)" },
]);

function hover(schema) {
  return hoverTooltip((view, at) => {
    const found = described(schema, view.state.doc, at);
    return found && {
      pos: found.from,
      end: found.to,
      create() {
        const dom = document.createElement("div");
        dom.className = "cm-about";
        dom.textContent = found.text;
        return { dom };
      },
    };
  });
}

function extensions({ label, isYaml, readOnly, schema, words, changed }) {
  return [
    lineNumbers(), lintGutter(), highlightActiveLineGutter(), highlightSpecialChars(), history(), drawSelection(),
    highlightActiveLine(), highlightSelectionMatches(), search({ top: true }),
    isYaml ? yaml() : StreamLanguage.define(fluent),
    indentUnit.of("  "), EditorState.tabSize.of(2), EditorState.phrases.of(words), EditorState.readOnly.of(readOnly),
    syntaxHighlighting(colours), look,
    schema ? [autocompletion({ override: [(context) => completions(schema, context)] }), hover(schema)] : [],
    // Tab goes on to the next field: nobody is caught in here (WCAG 2.1.2).
    keymap.of([...completionKeymap, ...searchKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap]),
    EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0", spellcheck: "false", autocapitalize: "off" }),
    EditorView.updateListener.of((update) => { if (update.docChanged) changed(update.state.doc.toString()); }),
  ];
}

/** Opens an editor in `host`; each change is told to `changed` with the whole text. */
export function open(host, options) {
  const root = host.attachShadow({ mode: "open" });
  const state = EditorState.create({ doc: options.text, extensions: extensions(options) });
  const view = new EditorView({ state, parent: root, root });
  view.dom.style.height = "100%";
  const place = (at) => Math.min(Math.max(at, 0), view.state.doc.length);
  return {
    text: () => view.state.doc.toString(),
    /** Puts in another text; what both have at their beginnings and ends stays, with the cursor in it. */
    replace(text) {
      const now = view.state.doc.toString();
      let from = 0;
      while (from < now.length && from < text.length && now[from] === text[from]) from += 1;
      let end = 0;
      const most = Math.min(now.length, text.length) - from;
      while (end < most && now[now.length - 1 - end] === text[text.length - 1 - end]) end += 1;
      if (now === text) return;
      view.dispatch({ changes: { from, to: now.length - end, insert: text.slice(from, text.length - end) } });
    },
    /** Marks what was found: `{ from, to, severity, message, actions }`, in UTF-16 units. */
    mark(found) {
      const marks = found.map((one) => ({ ...one, from: place(one.from), to: place(Math.max(one.from, one.to)) }));
      view.dispatch(setDiagnostics(view.state, marks));
    },
    /** Goes to a place and takes the keyboard. */
    go(at) {
      view.dispatch({ selection: { anchor: place(at) }, effects: EditorView.scrollIntoView(place(at), { y: "center" }) });
      view.focus();
    },
  };
}
