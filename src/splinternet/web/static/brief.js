// The page of a brief that is not known yet: follow its computation, then show it.
"use strict";

(async () => {
  const panel = document.getElementById("progress");
  const text = document.getElementById("progress-text");
  const bar = panel.querySelector("progress");
  const cancel = document.getElementById("cancel");
  const mine = new AbortController();

  function stop(words) {
    text.textContent = words;
    bar.hidden = cancel.hidden = true;
    document.getElementById("again").hidden = false;
  }

  cancel.addEventListener("click", () => {
    mine.abort();
    stop("Cancelled");
    document.querySelector("#again a").focus();
  });
  addEventListener("pagehide", () => mine.abort());
  const words = (step) =>
    step.total ? `Computing the brief: ${Math.floor((100 * step.done) / step.total)}%` : "Computing the brief";
  try {
    const last = await follow(panel.dataset.follow, mine.signal, (step) => showStep(step, text, bar, words));
    if (last && last.problem) return stop(last.problem);
    text.textContent = "Laying it out";
    bar.removeAttribute("value");
    cancel.hidden = true;
    // Where nothing could be followed, waiting leads to a page that says why.
    if (last) location.reload();
    else location.replace(document.querySelector("#again a").href + "&wait=1");
  } catch (error) {
    if (error.name !== "AbortError") stop("The connection broke");
  }
})();
