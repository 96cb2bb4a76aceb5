// What the pages do beyond links and forms: light up what belongs together, cite, copy.
// Everything here works on top of pages that are whole without it.
"use strict";

(() => {
  // An open dialog is all that a screen reader hears, so it has a place of its own to tell things.
  const told = (words) => {
    const here = document.querySelector("#dialog[open] .told-here");
    (here || document.getElementById("told")).textContent = words;
  };

  // Offsets: a browser counts UTF-16 units, a ledger counts code points.
  const countPoints = (text) => {
    let count = 0;
    for (const _ of text) count += 1;
    return count;
  };

  const offsetOf = (node, offset) => {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    const line = element.closest(".line");
    if (!line) return null;
    const range = document.createRange();
    range.setStart(line, 0);
    range.setEnd(node, offset);
    return Number(line.dataset.start) + countPoints(range.toString());
  };

  const readSelection = () => {
    const text = document.getElementById("text");
    const selection = document.getSelection();
    if (!text || !selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(text)) return null;
    // A selection that reaches beyond the text, or ends at the edge of a line, is cut to the text.
    const whole = document.createRange();
    whole.selectNodeContents(text);
    const from = range.compareBoundaryPoints(Range.START_TO_START, whole) < 0 ? whole : range;
    const to = range.compareBoundaryPoints(Range.END_TO_END, whole) > 0 ? whole : range;
    const start = edgeOf(text, from.startContainer, from.startOffset);
    const end = edgeOf(text, to.endContainer, to.endOffset);
    return start !== null && end !== null && start < end ? [start, end] : null;
  };

  // A boundary between lines is the start of the next line, or the end of the last one.
  const edgeOf = (text, node, offset) => {
    if (node !== text) return offsetOf(node, offset);
    const line = text.children[offset];
    if (line) return Number(line.dataset.start);
    const last = text.lastElementChild;
    return last ? Number(last.dataset.start) + countPoints(last.textContent) : null;
  };

  const citeButton = () => document.getElementById("cite-selection");

  document.addEventListener("selectionchange", () => {
    const button = citeButton();
    if (!button) return;
    const span = readSelection();
    button.disabled = !span;
    button.textContent = span ? `Cite selection ${span[0]}–${span[1]}` : "Cite selection";
    if (span) button.dataset.span = span.join("-");
  });

  // Words that are selected are put forward as the source of what is corrected; a click ends the
  // selection, so they are read before it.
  for (const name of ["pointerdown", "keydown"]) {
    document.addEventListener(name, (event) => {
      const link = event.target instanceof Element ? event.target.closest("a.correct") : null;
      if (!link) return;
      const span = readSelection();
      const address = new URL(link.href);
      if (span) address.searchParams.set("source", span.join("-"));
      else address.searchParams.delete("source");
      link.href = address.pathname + address.search;
    });
  }

  const openCitation = (address) =>
    htmx.ajax("GET", address, { target: "#dialog", select: "#citation", swap: "innerHTML" });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id === "dialog" && !event.target.open) {
      opener = document.activeElement;
      event.target.showModal();
    }
  });
  let opener = null;
  document.getElementById("dialog").addEventListener("close", (event) => {
    event.target.replaceChildren();
    if (opener && opener.isConnected) opener.focus();
  });

  document.addEventListener("htmx:responseError", (event) => {
    told(`The server answers ${event.detail.xhr.status}; try again.`);
  });
  document.addEventListener("htmx:sendError", () => told("The server does not answer."));

  const copy = async (button) => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // where the clipboard is refused, an address that is not local
    }
    button.focus();
    told("Copied.");
    button.classList.add("done");
    window.setTimeout(() => button.classList.remove("done"), 1500);
  };

  // Keys of marks: c3 and f3 are a statement and a figure, which have a card; o3, u3 and m3 are the
  // source, the cue and the mentions of statement 3.
  const cardOf = (key) =>
    document.getElementById(`card-${{ c: "s", f: "f" }[key[0]] || "-"}${key.slice(1)}`);
  const wholeOf = (number) => ["c", "o", "u", "m"].map((kind) => kind + number);

  // A passage and its card light up together, with the mentions that lead to the speaker.
  const lit = [];
  const light = (keys) => {
    for (const element of lit.splice(0)) element.classList.remove("lit", "lit-chain");
    for (const key of keys) {
      for (const element of document.querySelectorAll(`[data-k~="${key}"]`)) {
        element.classList.add(key[0] === "m" || key[0] === "o" ? "lit-chain" : "lit");
        lit.push(element);
      }
      const card = cardOf(key);
      if (card) {
        card.classList.add("lit");
        lit.push(card);
      }
    }
  };

  // The column of cards scrolls by itself: what lights up there is brought into view.
  let showing = 0;
  const showCard = (key) => {
    const card = key && cardOf(key);
    const side = document.getElementById("cards");
    window.clearTimeout(showing);
    if (!card || side.scrollHeight <= side.clientHeight) return;
    showing = window.setTimeout(() => {
      const top = card.getBoundingClientRect().top - side.getBoundingClientRect().top;
      if (top < 0 || top + card.offsetHeight > side.clientHeight) {
        side.scrollTop += top - side.clientHeight / 3;
      }
    }, 120);
  };

  const keysOf = (target) => {
    const element = target instanceof Element ? target : null;
    const card = element?.closest("[data-keys]");
    if (card) return card.dataset.keys.split(" ");
    const mark = element?.closest("[data-k]");
    if (!mark) return [];
    // The innermost statement or figure; else every statement whose source, cue or mention it is.
    const keys = mark.dataset.k.split(" ");
    const key = keys.findLast((one) => /^[cf]\d/.test(one));
    if (key) return key[0] === "f" ? [key] : wholeOf(key.slice(1));
    return keys.filter((one) => /^[oum]\d/.test(one)).flatMap((one) => wholeOf(one.slice(1)));
  };

  for (const name of ["pointerover", "focusin"]) {
    document.addEventListener(name, (event) => {
      if (!document.querySelector(".reader")?.contains(event.target)) return;
      const keys = keysOf(event.target);
      light(keys);
      if (event.target.closest(".text")) showCard(keys.find((key) => /^[cf]/.test(key)));
    });
  }

  // From a passage to its card, and back, without losing either: each side scrolls by itself.
  const go = (element) => {
    element.scrollIntoView({ block: "center" });
    const place = element.matches("a[href], [tabindex]")
      ? element
      : element.querySelector("a[href]") || element.nextElementSibling;
    (place || element).focus({ preventScroll: true });
  };

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const button = target?.closest("button");
    if (button?.id === "cite-selection") {
      const query = new URLSearchParams({ s: button.dataset.span, t: button.dataset.hash });
      openCitation(`${button.dataset.report}/cite?${query}`);
      return;
    }
    if (button?.dataset.copy) {
      copy(button);
      return;
    }
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = target?.closest(".reader a[href^='#'], .text a[data-to]");
    if (!link) return;
    event.preventDefault();
    // Beside the text the card is lit and shown already, and a mouse may be selecting.
    const side = document.getElementById("cards");
    const shown = link.dataset.to && side.scrollHeight > side.clientHeight;
    if (!shown && !document.getSelection().toString()) follow(link);
  });

  const follow = (link) => {
    const there = document.getElementById((link.dataset.to || link.getAttribute("href")).slice(1));
    if (there) go(there);
  };

  // A mouse cannot select inside a link: with script the passages lead on without being links.
  for (const link of document.querySelectorAll(".text a[href]")) {
    link.dataset.to = link.getAttribute("href");
    link.removeAttribute("href");
    link.setAttribute("role", "link");
    link.tabIndex = 0;
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches(".text a[data-to]")) follow(event.target);
  });

  // A choice in a form of filters is asked at once; words are asked with Enter.
  document.addEventListener("change", (event) => {
    if (event.target.matches("#filters select, #filters [type=checkbox]")) {
      event.target.form.requestSubmit();
    }
  });

  // Words that were typed and not yet asked go along with a facet that is chosen.
  document.addEventListener("htmx:configRequest", (event) => {
    const form = document.getElementById("filters");
    if (!form || !event.detail.elt.closest("#list .facets")) return;
    const address = new URL(event.detail.path, location.href);
    for (const input of form.querySelectorAll("input[type=text], input[type=search]")) {
      if (input.value === input.defaultValue) continue;
      address.searchParams.delete(input.name);
      if (input.value.trim()) address.searchParams.set(input.name, input.value);
    }
    event.detail.path = address.pathname + address.search;
  });

  // In the text and among the cards, j and k go to the next and the one before.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !["j", "k"].includes(event.key)) return;
    const side = event.target instanceof Element ? event.target.closest(".text, .card-side") : null;
    if (!side) return;
    const stops = [...side.querySelectorAll(side.matches(".text") ? "a[id]" : "article")];
    const here = stops.findIndex((one) => one === event.target || one.contains(event.target));
    const next = stops[here + (event.key === "j" ? 1 : -1)];
    if (next) {
      event.preventDefault();
      next.scrollIntoView({ block: "center" });
      next.focus({ preventScroll: true });
    }
  });

  // In the queue of pairs a key answers the pair that has the focus and goes on to the next.
  document.addEventListener("keydown", (event) => {
    const queue = document.getElementById("queue");
    if (!queue || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = event.target instanceof Element ? event.target : null;
    if (!at || at.matches("input[type=text], input[type=search], select, textarea")) return;
    const pairs = [...queue.querySelectorAll(".pair")];
    const here = pairs.findIndex((one) => one.contains(at));
    const answer = pairs[here]?.querySelector(`input[data-key="${CSS.escape(event.key)}"]`);
    if (answer) answer.checked = true;
    else if (!["j", "k"].includes(event.key)) return;
    event.preventDefault();
    const next = pairs[here + (event.key === "k" ? -1 : 1)];
    if (next) {
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "center" });
    } else if (answer) {
      queue.querySelector("button[value=decide]").focus();
    }
  });

  // On a narrow page what narrows a list is folded away until it is wanted.
  let folded = window.matchMedia("(max-width: 60rem)").matches;
  for (const details of document.querySelectorAll("details.asking")) details.open = !folded;
  const fold = () => {
    for (const details of document.querySelectorAll("details.facets")) details.open = !folded;
  };
  fold();
  document.addEventListener("toggle", (event) => {
    if (event.target.matches("details.facets")) folded = !event.target.open;
  }, true);

  // After a list was exchanged, focus is where it was, or at the beginning of what is new.
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id === "list") fold();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const asked = event.detail.requestConfig?.elt;
    if (!asked || event.detail.target?.id !== "list") return;
    const lost = !document.activeElement || document.activeElement === document.body;
    if (lost || asked.closest(".pager")) {
      document.getElementById("results")?.focus({ preventScroll: true });
    }
  });

  const passage = document.getElementById("passage");
  if (passage && (location.hash === "#passage" || location.hash === "")) {
    passage.scrollIntoView({ block: "center" });
  }
})();
