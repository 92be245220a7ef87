/*! yhdessa-events 1.0.0, MIT licence. Shows a list of events on any page; without it the link inside stays. */
(function () {
  "use strict";
  if (!window.customElements || !window.fetch || customElements.get("yhdessa-events")) return;
  var script = document.currentScript;
  // Attributes that mean something to the page itself; every other one belongs to the list's address.
  var PAGES = /^(id|class|style|slot|part|exportparts|lang|dir|title|role|tabindex|hidden|is|nonce|query|(aria-|data-|on|_).*)$/;
  var TAGS = /^(SECTION|DIV|P|H[2-6]|UL|OL|LI|A|B|I|EM|STRONG|SMALL|SPAN|BDI|TIME|BR)$/;
  var ATTRIBUTES = /^(class|part|lang|dir|datetime|href|hreflang|target|rel|aria-label|aria-hidden)$/;

  function every(list, work) {
    Array.prototype.slice.call(list).forEach(work);
  }

  // Where the list comes from: this script's own address; as a module it has none, then that of the link inside.
  function home(element) {
    if (script && script.src) return script.src;
    var link = element.querySelector("a[href]");
    if (link) return link.href;
    var found = "";
    every(document.scripts, function (each) {
      if (/\/widget(-[\w.]+)?\.js([?#]|$)/.test(each.src)) found = each.src;
    });
    return found;
  }

  function address(element) {
    var query = new URLSearchParams(element.getAttribute("query") || "");
    every(element.attributes, function (each) {
      if (!PAGES.test(each.name)) query.set(each.name.replace(/-/g, "_"), each.value);
    });
    query.sort();
    var language = element.getAttribute("lang") || document.documentElement.lang || "fi";
    return new URL("/" + encodeURIComponent(language.toLowerCase()) + "/widget?" + query, home(element)).href;
  }

  // Keeps words, lists and links: whatever else an answer might hold cannot reach the page.
  function cleaned(part, base) {
    every(part.querySelectorAll("*"), function (each) {
      if (!TAGS.test(each.tagName)) each.parentNode.removeChild(each);
    });
    every([part].concat(Array.prototype.slice.call(part.querySelectorAll("*"))), function (each) {
      every(each.attributes, function (attribute) {
        if (!ATTRIBUTES.test(attribute.name)) each.removeAttribute(attribute.name);
      });
      if (each.hasAttribute("href")) {
        var target = new URL(each.getAttribute("href"), base);
        if (/^https?:$/.test(target.protocol)) each.href = target.href;
        else each.removeAttribute("href");
      }
    });
    return part;
  }

  function dress(root, style, sheet) {
    try {
      var made = new CSSStyleSheet();
      made.replaceSync(style);
      root.adoptedStyleSheets = [made];
    } catch (_) {
      var link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = sheet;
      root.appendChild(link);
    }
  }

  class YhdessaEvents extends HTMLElement {
    connectedCallback() {
      var load = this.load.bind(this);
      if (document.readyState === "loading" && !script) document.addEventListener("DOMContentLoaded", load);
      else load();
      if (!this.watch) {
        this.watch = new MutationObserver(load);
        this.watch.observe(this, { attributes: true });
      }
    }

    load() {
      var self = this, wanted, base;
      try {
        wanted = address(self);
      } catch (_) {
        return;
      }
      if (wanted === self.wanted) return;
      self.wanted = wanted;
      fetch(wanted, { credentials: "omit" })
        .then(function (answer) {
          if (!answer.ok) throw answer.status;
          base = answer.url;
          return answer.text();
        })
        .then(function (text) {
          if (wanted === self.wanted) self.show(text, base);
        })
        .catch(function () {
          if (wanted !== self.wanted) return;
          self.wanted = "";
          if (self.shadowRoot) self.shadowRoot.replaceChildren(document.createElement("slot"));
        });
    }

    show(text, base) {
      // The style is taken out first: a strict policy of the page would complain of it.
      var pieces = text.split(/<\/?style>/);
      var part = new DOMParser().parseFromString(pieces[0] + pieces[2], "text/html").querySelector("[data-sheet]");
      var sheet = new URL(part.getAttribute("data-sheet"), base).href;
      part = document.adoptNode(cleaned(part, base));
      var root = this.shadowRoot || this.attachShadow({ mode: "open" });
      root.textContent = "";
      dress(root, pieces[1], sheet);
      root.appendChild(part);
    }
  }

  customElements.define("yhdessa-events", YhdessaEvents);
})();
