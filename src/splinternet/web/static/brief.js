// The page of a brief that is not known yet: follow its computation, and show each part of it as
// soon as it is found.
"use strict";

(async () => {
  const panel = document.getElementById("progress");
  const text = document.getElementById("progress-text");
  const bar = panel.querySelector("progress");
  const said = panel.dataset; // words, in the language of the page
  const cancel = document.getElementById("cancel");
  const mine = new AbortController();
  const STAGE = 1000; // steps of a stage, after which there is more to show
  let stage = 0;

  function stop(words) {
    text.textContent = words;
    bar.hidden = cancel.hidden = true;
    document.getElementById("again").hidden = false;
  }

  // Tabs alone come while more is found: the finding and its map are here from the beginning.
  const tabs = new URL(location.href);
  tabs.searchParams.set("tabs", "1");

  async function fetched(address) {
    const response = await fetch(address, { signal: mine.signal });
    return new DOMParser().parseFromString(await response.text(), "text/html");
  }

  // Fill in what was pending; sections stay, so that the one that is read stays open.
  function fill(page) {
    for (const fresh of page.querySelectorAll(".tabbed > section")) {
      const old = document.getElementById(fresh.id);
      if (!old) document.querySelector(".tabbed").append(document.adoptNode(fresh));
      else if (old.querySelector(".pending") && old.textContent !== fresh.textContent)
        old.replaceChildren(...fresh.childNodes);
    }
  }

  // Show the whole brief in the place of its draft.
  function finish(page) {
    const [article, fresh] = [document, page].map((each) => each.querySelector("article.brief"));
    if (!document.querySelector(".tabbed") || !fresh?.querySelector(".tabbed")) return location.reload();
    fill(page);
    for (const part of ["header", ".pictured", ".tabs ul"]) {
      const [old, now] = [article, fresh].map((each) => each.querySelector(part));
      if (old && now) old.replaceWith(document.adoptNode(now));
      else if (now) article.querySelector(".tabs").before(document.adoptNode(now));
    }
    article.removeAttribute("aria-busy");
    document.getElementById("rest").replaceWith(document.adoptNode(page.getElementById("rest")));
    document.title = page.title;
  }

  function tell(step) {
    showStep(step, panel, words);
    const now = Math.floor(step.done / STAGE);
    if (now <= stage) return;
    stage = now;
    fetched(tabs.href).then(fill, () => {}); // what does not come now comes at the end
  }

  cancel.addEventListener("click", () => {
    mine.abort();
    stop(said.cancelled);
    document.querySelector("#again a").focus();
  });
  addEventListener("pagehide", () => mine.abort());
  const words = (step) =>
    step.total ? said.step.replace("%", `${Math.floor((100 * step.done) / step.total)}%`) : said.computing;
  try {
    const last = await follow(panel.dataset.follow, mine.signal, tell);
    if (last && last.problem) return stop(last.problem);
    text.textContent = said.laying;
    bar.removeAttribute("value");
    cancel.hidden = true;
    // Where nothing could be followed, waiting leads to a page that says why.
    if (last) finish(await fetched(location.href));
    else location.replace(document.querySelector("#again a").href + "&wait=1");
  } catch (error) {
    if (error.name !== "AbortError") stop(said.broken);
  }
})();
