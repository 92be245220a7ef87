// The one script of these pages. Everything works without it; with it a lost connection is told, and what is meant to
// be copied has a button. Written for browsers from 2018 on: no build step stands between this file and them.
(function () {
  "use strict";

  var COPIED_FOR = 4000;
  var retry = null;

  function shown(id) {
    var template = document.getElementById(id);
    return template ? document.importNode(template.content, true) : null;
  }

  // ---- A request that failed: what is on the page stays, and a notice offers to try again.

  function tell(id, context) {
    var place = document.getElementById("trouble");
    var notice = shown(id);
    if (!place || !notice) return;
    var event = context.sourceEvent;
    var element = event && event.target;
    retry = function () {
      // Fields are read again when the event comes anew, so what was chosen meanwhile counts.
      if (element && element.isConnected) element.dispatchEvent(new Event(event.type, { bubbles: true, cancelable: true }));
      else location.reload();
    };
    retry.control = element;
    var hadFocus = place.contains(document.activeElement);
    place.textContent = "";
    place.appendChild(notice);
    if (hadFocus) place.querySelector("[data-retry]").focus();
  }

  function settle() {
    var place = document.getElementById("trouble");
    if (!place || !place.firstElementChild) return;
    var hadFocus = place.contains(document.activeElement);
    place.textContent = "";
    // The button that had the focus is gone: back to where the reader was.
    if (hadFocus && retry && retry.control && retry.control.isConnected) retry.control.focus();
    retry = null;
  }

  document.addEventListener("htmx:before:response", function (event) {
    var context = event.detail.ctx;
    // 422 is a form with what is wrong in it; every other failure must not take the place of what is here.
    if (context.response.status < 400 || context.response.status === 422) return;
    event.preventDefault();
    tell("no-answer", context);
  });
  document.addEventListener("htmx:error", function (event) {
    if (event.detail.ctx) tell("no-connection", event.detail.ctx);
  });
  document.addEventListener("click", function (event) {
    if (retry && event.target.closest && event.target.closest("[data-retry]")) retry();
  });

  // ---- How many entries each choice would give, as the answer to the last change says.

  function recount() {
    var told = document.getElementById("choice-counts");
    if (!told || !told.hasAttribute("data-counts")) return;
    var counts = JSON.parse(told.getAttribute("data-counts"));
    document.querySelectorAll("[data-count]").forEach(function (element) {
      var name = element.getAttribute("data-count");
      var at = name.indexOf(":");
      var values = counts[name.slice(0, at)];
      if (values) element.textContent = values[name.slice(at + 1)] || 0;
    });
  }

  // ---- A button beside everything that is marked to be copied.

  function offerCopies() {
    if (!navigator.clipboard || !navigator.clipboard.writeText) return;
    document.querySelectorAll("[data-copy]:not([data-copy=ready])").forEach(function (source) {
      var copy = shown("copy-button");
      if (!copy) return;
      var button = copy.querySelector("button");
      var status = copy.querySelector("[role=status]");
      source.setAttribute("data-copy", "ready");
      button.addEventListener("click", function () {
        var text = "value" in source ? source.value : source.textContent.trim();
        navigator.clipboard.writeText(text).then(
          function () {
            status.textContent = button.getAttribute("data-copied");
            window.setTimeout(function () { status.textContent = ""; }, COPIED_FOR);
          },
          function () { if (source.select) source.select(); }
        );
      });
      // Not inside a label: there a press would go to the field.
      var beside = source.closest("label") || source;
      beside.parentNode.insertBefore(copy, beside.nextSibling);
    });
  }

  document.addEventListener("htmx:after:swap", function () {
    settle();
    recount();
    offerCopies();
  });
  offerCopies();
})();
