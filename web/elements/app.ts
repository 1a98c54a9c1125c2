// Defines every custom element, and holds what belongs to none: times in the reader's words, menus that close.
import "./language"
import "@github/relative-time-element"
import { AskFirst } from "./ask_first"
import { AutoSubmit } from "./auto_submit"
import { ChatSend } from "./chat_send"
import { ChatStream } from "./chat_stream"
import { ChooseMessages } from "./choose_messages"
import { ChooseRange } from "./choose_range"
import { CopyText } from "./copy_text"
import { DraftKeeper } from "./draft_keeper"
import { EnterSends } from "./enter_sends"
import { FilePreview } from "./file_preview"
import { FormGuard } from "./form_guard"
import { startWorker } from "./handheld"
import { KeptPages } from "./kept_pages"
import { KeyShortcuts } from "./key_shortcuts"
import { LiveForm } from "./live_form"
import { LiveHome } from "./live_home"
import { LiveLine } from "./live_line"
import { LiveOwn } from "./live_own"
import { LivePosts } from "./live_posts"
import { LivePreview } from "./live_preview"
import { LiveTopics } from "./live_topics"
import { LookPreview } from "./look_preview"
import { MarkdownField } from "./markdown_field"
import { PasswordField } from "./password_field"
import { PrintPage } from "./print_page"
import { ProgressPoll } from "./progress_poll"
import { PushSwitch } from "./push_switch"
import { QuoteSelection } from "./quote_selection"
import { ReactMenu } from "./react_menu"
import { ReadMarker } from "./read_marker"
import { SchemeSwitch } from "./scheme_switch"
import { SearchBox } from "./search_box"
import { SideFold } from "./side_fold"
import { SimilarTopics } from "./similar_topics"
import { SuggestText } from "./suggest_text"
import { ThreadPanel } from "./thread_panel"
import { UnsentPosts } from "./unsent_posts"
import { UploadField } from "./upload_field"

const ELEMENTS = {
  "ask-first": AskFirst,
  "auto-submit": AutoSubmit,
  "chat-send": ChatSend,
  "chat-stream": ChatStream,
  "choose-messages": ChooseMessages,
  "choose-range": ChooseRange,
  "copy-text": CopyText,
  "draft-keeper": DraftKeeper,
  "enter-sends": EnterSends,
  "file-preview": FilePreview,
  "form-guard": FormGuard,
  "kept-pages": KeptPages,
  "key-shortcuts": KeyShortcuts,
  "live-form": LiveForm,
  "live-home": LiveHome,
  "live-line": LiveLine,
  "live-own": LiveOwn,
  "live-posts": LivePosts,
  "live-preview": LivePreview,
  "live-topics": LiveTopics,
  "look-preview": LookPreview,
  "markdown-field": MarkdownField,
  "password-field": PasswordField,
  "print-page": PrintPage,
  "progress-poll": ProgressPoll,
  "push-switch": PushSwitch,
  "quote-selection": QuoteSelection,
  "react-menu": ReactMenu,
  "read-marker": ReadMarker,
  "scheme-switch": SchemeSwitch,
  "search-box": SearchBox,
  "side-fold": SideFold,
  "similar-topics": SimilarTopics,
  "suggest-text": SuggestText,
  "thread-panel": ThreadPanel,
  "unsent-posts": UnsentPosts,
  "upload-field": UploadField,
}

for (const [name, made] of Object.entries(ELEMENTS)) customElements.define(name, made)

startWorker()

const openMenus = () => document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")

// One menu at a time; Escape closes it and gives the focus back to its button.
document.addEventListener("toggle", (event) => {
  const opened = event.target
  if (!(opened instanceof HTMLDetailsElement) || !opened.open || !opened.matches(".menu")) return
  for (const menu of openMenus()) if (menu !== opened) menu.open = false
}, true)

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return
  for (const menu of openMenus()) {
    menu.open = false
    menu.querySelector("summary")?.focus()
  }
})

// A transition that cannot be shown is no fault: the page is there.
for (const when of ["pageswap", "pagereveal"] as const) {
  addEventListener(when, (event) => {
    const { viewTransition } = event as Event & { viewTransition?: ViewTransition | null }
    viewTransition?.ready.catch(() => undefined)
    viewTransition?.finished.catch(() => undefined)
  })
}
