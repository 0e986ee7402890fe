// The page while its catalog is being written: comes anew with every change, and says what is
// wrong with the last one.

const STATE = "/preview.json";
/** Milliseconds between two looks. */
const PAUSE = 500;

let shown;
let panel;

/** What is known of the catalog now; nothing while the server starts again. */
async function look() {
  try {
    const answer = await fetch(STATE, { cache: "no-store" });
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}

function tell({ title, report }) {
  panel?.remove();
  if (!report) return;
  panel = document.createElement("section");
  panel.setAttribute("role", "alert");
  panel.style.cssText = "position:sticky;bottom:0;z-index:9;max-height:45vh;overflow:auto;padding:16px 24px;" +
    "border-top:3px solid #b3201a;background:#1b1f24;color:#eceff2;font:13px/1.5 ui-monospace,monospace";
  const heading = document.createElement("h2");
  heading.style.cssText = "margin:0 0 8px;font:600 15px/1.4 system-ui,sans-serif";
  heading.textContent = title;
  const text = document.createElement("pre");
  text.tabIndex = 0;
  text.style.cssText = "margin:0;white-space:pre-wrap";
  text.textContent = report;
  panel.append(heading, text);
  document.body.append(panel);
}

async function follow() {
  const state = await look();
  if (state && shown !== undefined && state.version !== shown.version) {
    if (state.edition !== shown.edition) return location.reload();
    tell(state);
  }
  if (state && shown === undefined) tell(state);
  shown = state ?? shown;
  setTimeout(follow, PAUSE);
}

follow();
