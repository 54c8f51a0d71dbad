// Following a computation, for the pages that show its progress.
"use strict";

// Tell of each step, a line of JSON each; return the last line, or null if there is nothing to
// follow. Whoever closes the connection, by the signal, cancels the computation.
async function follow(address, signal, tell) {
  const response = await fetch(address, { signal });
  if (!response.ok) return null;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let last = null;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return last;
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    for (const line of lines.filter(Boolean)) {
      last = JSON.parse(line);
      if ("part" in last) tell(last);
    }
  }
}

// Show a step on the bar of a panel and in words, of which the panel has those for waiting.
function showStep(step, panel, words) {
  const text = panel.querySelector("[role=status]");
  const bar = panel.querySelector("progress");
  const said = step.part === 0 ? panel.dataset.waiting : words(step);
  if (text.textContent !== said) text.textContent = said;
  if (step.part && step.total) {
    bar.max = step.total;
    bar.value = step.done;
  } else {
    bar.removeAttribute("value");
  }
}
