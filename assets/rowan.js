// What JavaScript adds to Rowan's pages. Every page works without it.

import {
  Accordion,
  Button,
  CharacterCount,
  Checkboxes,
  createAll,
  ErrorSummary,
  ExitThisPage,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
  isSupported,
} from "govuk-frontend";
import { Alert, ButtonMenu, DatePicker, SortableTable } from "@ministryofjustice/frontend";

import { startPasskeys } from "./passkeys.js";
import { startSavingItself } from "./saves-itself.js";

// GOV.UK Frontend asks for these classes in an inline script; the content policy allows none, so they are set here.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}

if (isSupported()) {
  for (const component of [
    Accordion,
    Button,
    CharacterCount,
    Checkboxes,
    ErrorSummary,
    ExitThisPage,
    NotificationBanner,
    PasswordInput,
    Radios,
    ServiceNavigation,
    SkipLink,
    Tabs,
    Alert,
    ButtonMenu,
    DatePicker,
    SortableTable,
  ]) {
    createAll(component);
  }
}

// On a phone the groups of a child's contents begin closed: three lines stand before what is on the page, and not twenty.
if (matchMedia("(max-width: 40.0525em)").matches) {
  for (const group of document.querySelectorAll(".rowan-contents > details")) {
    group.open = false;
  }
}

startPasskeys();
startSavingItself();

// A test, or a slow machine, can tell that the page is ready to be used.
document.documentElement.dataset.rowanReady = "yes";
