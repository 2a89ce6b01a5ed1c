"use strict";
// The report's behaviour: open a place of a source text, filter rows, switch the language.
// Text of notices only ever enters the page through textContent.
(() => {
  const by = (id) => document.getElementById(id);
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const texts = JSON.parse(by("data-texts").textContent);
  const sources = JSON.parse(by("data-sources").textContent);
  const LONG = document.body.classList.contains("many") ? 40 : 150; // rows of a list shown at once

  // --- source text ------------------------------------------------------------------------
  const drawer = by("drawer");
  let opener = null;
  // Offsets count characters; JavaScript strings count UTF-16 units, which differ beyond the BMP.
  const slicer = (text) => {
    if (!/[\ud800-\udfff]/.test(text)) return (from, to) => text.slice(from, to);
    const points = Array.from(text);
    return (from, to) => points.slice(from, to).join("");
  };
  const open = (notice, start, end, link) => {
    const source = sources[notice];
    if (!source) return;
    const cut = slicer(source.text);
    const before = cut(0, start);
    const box = by("drawer-text");
    box.textContent = "";
    box.append(before);
    const mark = document.createElement("mark");
    mark.textContent = cut(start, end);
    if (end > start) box.append(mark);
    box.append(cut(end));
    by("drawer-label").textContent = source.label;
    by("drawer-title").textContent = [source.title, source.path].filter(Boolean).join(" · ");
    by("drawer-place").textContent = end > start ? word("page.line").replace("{n}", before.split("\n").length) : "";
    drawer.hidden = false;
    document.body.classList.add("reading");
    if (opener) opener.classList.remove("on");
    opener = link || null;
    if (opener) opener.classList.add("on");
    if (end > start) box.scrollTop = Math.max(0, mark.offsetTop - box.offsetTop - box.clientHeight / 3);
    else box.scrollTop = 0;
  };
  const close = () => {
    drawer.hidden = true;
    document.body.classList.remove("reading");
    if (opener) {
      opener.classList.remove("on");
      opener.focus({ preventScroll: true });
    }
    opener = null;
  };
  const place = (fragment) => /^#t(\d+)\.(\d+)\.(\d+)$/.exec(fragment || "");
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.at");
    const found = link && place(link.getAttribute("href"));
    if (!found) return;
    event.preventDefault();
    open(+found[1], +found[2], +found[3], link);
  });
  by("drawer-close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => event.key === "Escape" && !drawer.hidden && close());
  const linked = () => {
    const found = place(location.hash);
    if (found) open(+found[1], +found[2], +found[3]);
  };
  window.addEventListener("hashchange", linked);

  // --- filters ----------------------------------------------------------------------------
  const rows = all(".f");
  const haystack = new Map();
  const searchable = (row) => {
    if (!haystack.has(row)) haystack.set(row, `${row.textContent} ${row.dataset.hosts || ""} ${(row.dataset.tags || "").replaceAll("|", " ")}`.toLowerCase());
    return haystack.get(row);
  };
  const state = { query: "", status: "all", tag: "" };
  const apply = () => {
    const wanted = state.query.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const status = row.dataset.status;
      const pass =
        (state.status === "all" || !status || status === state.status) &&
        (!state.tag || row.dataset.tags === undefined || row.dataset.tags.includes(`|${state.tag}|`)) &&
        (!wanted.length || wanted.every((part) => searchable(row).includes(part)));
      row.classList.toggle("out", !pass);
      shown += pass;
    }
    const filtering = wanted.length || state.status !== "all" || state.tag;
    for (const own of all(".own")) {
      own.classList.toggle("out", !!filtering && !own.querySelector(".f:not(.out)"));
      for (const where of all(".where", own)) where.classList.toggle("out", !!filtering && !where.nextElementSibling.querySelector(".f:not(.out)"));
    }
    // What was found must be seen: unfold the lists that hold it while a filter is on.
    for (const details of all("details")) {
      if (!details.querySelector(".f")) continue;
      if (filtering && details.querySelector(".f:not(.out)") && rows.length < 3000) details.open = true;
      else if (!filtering) details.open = false;
    }
    const tag = by("tag");
    tag.hidden = !state.tag;
    tag.textContent = state.tag ? `${state.tag} ×` : "";
    by("nothing").hidden = shown > 0;
    for (const fold of folds) fold(!filtering);
  };
  // Long lists start short; a filter searches all of them.
  const folds = all(".list, table.brief tbody, table.orgs tbody, table.aligned tbody, table.due tbody, table.finds tbody, table.src tbody").map((list) => {
    const items = [...list.children];
    if (items.length <= LONG) return () => {};
    const button = document.createElement("button");
    button.type = "button";
    button.className = "more-rows";
    let limit = LONG;
    (list.closest(".scroll") || list).after(button);
    const fold = (on) => {
      items.forEach((item, i) => item.classList.toggle("out", on ? i >= limit : item.classList.contains("out")));
      button.hidden = !on || limit >= items.length;
      button.textContent = `${word("page.show_more")} ${Math.min(LONG, items.length - limit)} / ${items.length - limit}`;
    };
    button.addEventListener("click", () => { limit += LONG; fold(true); });
    return fold;
  });
  let timer = 0;
  by("q").addEventListener("input", (event) => {
    clearTimeout(timer);
    timer = setTimeout(() => { state.query = event.target.value; apply(); }, 90);
  });
  for (const button of all("[data-filter]")) {
    button.addEventListener("click", () => {
      state.status = button.dataset.filter;
      for (const other of all("[data-filter]")) other.setAttribute("aria-pressed", String(other === button));
      apply();
    });
  }
  for (const button of all("[data-tag]")) {
    button.addEventListener("click", () => {
      state.tag = state.tag === button.dataset.tag ? "" : button.dataset.tag;
      apply();
      if (state.tag) by("activities")?.scrollIntoView();
    });
  }
  by("tag").addEventListener("click", () => { state.tag = ""; apply(); });
  const grouped = all("thead th[data-n]").length !== all("[data-column]").length;
  for (const button of all("[data-column]")) {
    button.addEventListener("click", () => {
      const off = button.getAttribute("aria-pressed") === "true";
      if (off && all('[data-column][aria-pressed="true"]').length === 1) return;
      button.setAttribute("aria-pressed", String(!off));
      const column = button.dataset.column;
      for (const cell of all(`[data-g="${column}"]${grouped ? "" : `, [data-n="${column}"]`}`)) cell.hidden = off;
      for (const lane of grouped ? [] : all(`svg [data-n="${column}"]`)) lane.style.display = off ? "none" : "";
    });
  }
  by("differences")?.addEventListener("change", (event) => {
    document.querySelector("table.facts").classList.toggle("differ", event.target.checked);
  });

  // --- network ----------------------------------------------------------------------------
  const web = document.querySelector("svg.web");
  const pick = (node) => {
    const again = node && node.classList.contains("picked");
    for (const part of all(".picked, .near", web)) part.classList.remove("picked", "near");
    web.classList.toggle("picking", !!node && !again);
    const list = by("partners");
    list.hidden = !node || again;
    if (!node || again) return;
    node.classList.add("picked");
    const names = [];
    for (const line of all("line", web)) {
      const { a, b } = line.dataset;
      if (a !== node.dataset.id && b !== node.dataset.id) continue;
      line.classList.add("near");
      const other = web.querySelector(`.node[data-id="${a === node.dataset.id ? b : a}"]`);
      other.classList.add("near");
      names.push(other.querySelector("title").textContent);
    }
    list.textContent = "";
    const head = document.createElement("b");
    head.textContent = node.querySelector("title").textContent;
    list.append(head);
    for (const name of names) {
      const part = document.createElement("span");
      part.textContent = name;
      list.append(part);
    }
  };
  if (web) {
    web.addEventListener("click", (event) => pick(event.target.closest(".node")));
    web.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); pick(event.target.closest(".node")); }
    });
  }

  // --- language and print -----------------------------------------------------------------
  function language() { return document.documentElement.lang === "en" ? "en" : "zh"; }
  function word(key) { return texts[language()][key] || key; }
  const speak = () => {
    for (const part of all("[data-t]")) part.textContent = word(part.dataset.t);
    for (const part of all("[data-zh]")) part.textContent = part.dataset[language()];
    for (const part of all("[data-placeholder]")) { part.placeholder = word(part.dataset.placeholder); part.setAttribute("aria-label", part.placeholder); }
    for (const part of all("[data-label]")) part.setAttribute("aria-label", word(part.dataset.label));
    haystack.clear();
    apply();
  };
  by("language").addEventListener("click", () => {
    document.documentElement.lang = language() === "zh" ? "en" : "zh-CN";
    speak();
  });
  by("print").addEventListener("click", () => window.print());
  // Paper cannot unfold: everything that passes the filter is printed.
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = all("details:not([open])");
    for (const details of folded) details.open = true;
  });
  window.addEventListener("afterprint", () => { for (const details of folded) details.open = false; });

  apply();
  linked();
})();
