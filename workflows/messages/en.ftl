### Messages to clients and staff: English.
### Edit only the text after "=". What stands in { } with a $ is filled in by the system.
### Allowed: <b>bold</b>, <i>italic</i>, <a href="...">link</a>. Check: signoff check messages/en.ftl

## Buttons (up to 16 characters: two in a row get cut off on a phone otherwise)

btn-approve = ✅ Approve
btn-send-back = ✏️ Send back
btn-undo = Undo
btn-comment-done = That's all
btn-cancel = Never mind
btn-fill-brief = 📝 Fill in brief
btn-need-help = I need help
btn-open-result = Have a look
btn-open-portal = All materials
btn-invoice = Invoice
btn-already-paid = Already paid
btn-question = Ask a question

## Kick-off and brief

welcome =
    Welcome! This is where we work together on “{ $service }”.

    Here you will hear what we have started, what is ready and what waits for your decision. Approving takes one tap.
    Your project manager is <b>{ $pm }</b>. Write here any time; we answer in working hours ({ $hours }).

brief-request =
    To get going, please fill in: <b>{ $form }</b>. It has { $questions ->
        [one] { $questions } question
       *[other] { $questions } questions
    }, about { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }.

    Your answers are kept, so you can stop and come back later.

brief-received =
    We have your brief, thank you! If something needs clearing up, we will write here.

brief-reminder =
    We have not seen your brief yet. Is something unclear or awkward to answer?
    Tell us what, and we will help. You can also just record your answers as a voice message.

task-production-starts =
    Brief, access and payment are in place. Production starts with “{ $next }”.

## Steps: general texts (when the template names none of its own)

task-started =
    We have started <b>“{ $task }”</b>. We plan to show you the result by { $due }.

task-finished =
    Ready for you: <b>“{ $task }”</b>.

    { $result }

    Please have a look. Approve it if all is well, or tell us what to change.

task-finished-info =
    Done: <b>“{ $task }”</b>.

    { $result }

rework-finished =
    Your changes are in: <b>“{ $task }”</b>, round { $round }.

    { $result }

    Please check that it is now what you meant.

month-starts =
    A new period begins: <b>{ $period }</b>. { $tasks ->
        [one] { $tasks } step
       *[other] { $tasks } steps
    } ahead, starting with “{ $next }”.

project-finished =
    “{ $project }” is complete. Everything stays here, in this chat.
    Thank you for working with us!

## SMM

smm-accounts-start =
    We begin with your accounts: registering new ones or connecting those you have.
    If a confirmation code reaches you, please forward it here.

smm-accounts-finish =
    Your accounts are ready, and you are the owner of each.

    { $result }

smm-rubricator-start =
    We are working on your topic map: the themes your content plan will grow from. You will see it by { $due }.

smm-rubricator-finish =
    The topic map is ready.

    { $result }

    Have a look at the topics: do they all fit you, and is any of them one too many?

smm-content-plan-start =
    We have started on the content plan. You will see it by { $due }.

smm-content-plan-finish =
    The content plan is ready: { $posts ->
        [one] { $posts } post
       *[other] { $posts } posts
    }.

    { $result }

    Does it suit you? If you spot a mistake, send it back to us.

smm-profile-design-start =
    We are designing your profile. What remains is the logo and the description.

smm-profile-design-finish =
    Your profile is designed.

    { $result }

    Read the description aloud: does it sound like you?

smm-first-nine-start =
    A profile needs at least { $items ->
        [one] { $items } post
       *[other] { $items } posts
    } to look alive. We are already working on yours.

smm-first-nine-finish =
    The first posts are up.

    { $result }

    Look at the grid on your phone and tell us whether you like it.

ads-start =
    We are preparing the ads: choosing posts, building the campaign, setting the audience.

ad-launched =
    🚀 Your ads are live.

    { $result }

    We will report when the campaign ends.

ads-finish =
    The campaign is over, and the report is here.

    { $result }

## Approval

approval-reminder =
    “{ $task }” has been waiting for your decision for { $days ->
        [one] { $days } business day
       *[other] { $days } business days
    }. The next step starts as soon as you approve.

task-cancelled = This step was cancelled; no decision is needed any more.

approval-given = ✅ Approved: { $person }, { $at }

approval-by-silence =
    We take “{ $task }” as approved: there were no remarks for { $days ->
        [one] { $days } business day
       *[other] { $days } business days
    }. If you have any, write to us and we will come back to it.

approval-deemed = ☑️ Taken as approved, because the agreed term passed without remarks: { $at }

sendback-ask =
    { $person }, what should we change in “{ $task }”?
    Reply to this message, once or several times; photos and voice are fine too. After your first reply there is a button “That's all”.

sendback-hint = What should we change?

sendback-given = ✏️ Sent back: { $person }, { $at }

sendback-received =
    We have taken { $remarks ->
        [one] { $remarks } remark
       *[other] { $remarks } remarks
    } on “{ $task }”. We will be back by { $due }.

## Payment

payment-invoice =
    We have issued an invoice for <b>{ $amount }</b>, period { $period }. Please pay by { $until }.

payment-invoice-reminder =
    A reminder of the invoice for <b>{ $amount }</b>: it has been { $days ->
        [one] { $days } business day
       *[other] { $days } business days
    }. If you have paid, write here and we will check.

payment-reminder =
    In { $days ->
        [one] { $days } business day
       *[other] { $days } business days
    } your paid period ends. So that posts and ads keep running, please pay for promotion and the ad budget ahead of time: <b>{ $amount }</b>.

seo-payment-reminder =
    In { $days ->
        [one] { $days } business day
       *[other] { $days } business days
    } your paid period ends. So that work on your site's positions goes on, please pay ahead of time: <b>{ $amount }</b>.

ppc-payment-reminder =
    In { $days ->
        [one] { $days } business day
       *[other] { $days } business days
    } your paid period ends. So that your ads keep running, please pay for their management and the ad budget ahead of time: <b>{ $amount }</b>.

payment-received =
    We have received <b>{ $amount }</b>, thank you! Period { $period } is paid.

payment-part-invoice =
    We have issued an invoice for <b>{ $amount }</b>: “{ $task }”. Please pay by { $until }.

payment-part-paid =
    We have received <b>{ $amount }</b> (“{ $task }”), thank you!

payment-part-received =
    We have received <b>{ $amount }</b>, thank you! <b>{ $rest }</b> is still to be paid.

## Report, meeting, quotation

report-ready =
    Your report for { $period } is ready.

    { $result }

quotation-ready =
    The quotation is ready: <b>{ $total }</b>.

    { $result }

    Once you approve, we send the contract and begin.

meeting-invite =
    You are invited to a meeting: “{ $task }”, <b>{ $at }</b>. If the time does not suit you, tell us and we will find another.

## Client's questions

question-received =
    We have your question. { $pm } will answer by { $until }.

question-received-off =
    Thank you, your question is noted. We are off now; { $pm } will answer { $until }.

## Staff

staff-task-ready =
    🆕 <b>{ $client }</b>: “{ $task }” ({ $project }) can start. For { $person }, planned { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    }.
    Due { $due }.

staff-check-needed =
    👀 { $auditor }, please check: <b>{ $client }</b>, “{ $task }” ({ $project }), round { $round }. Done by { $person }.

    { $result }

staff-gate-closed =
    “{ $task }” cannot be finished yet. Missing: { $missing }.

staff-brief-received =
    📝 <b>{ $client }</b>: “{ $form }” is filled in ({ $project }). The answers are behind the button.

staff-brief-stuck =
    ⚠️ { $client } has not filled in the brief after { $times ->
        [one] { $times } reminder
       *[other] { $times } reminders
    }. Time to call.

staff-approved =
    ✅ { $client }: “{ $task }” approved ({ $person }).

staff-sent-back =
    ✏️ <b>{ $client }</b>: “{ $task }” ({ $project }) is sent back, round { $round }. Decided by { $person }.
    The remarks will appear here as soon as the client writes them.

staff-rework-extra =
    💬 { $pm }: “{ $task }” ({ $client }, { $project }) comes back once more than agreed: the price includes { $included ->
        [one] { $included } round
       *[other] { $included } rounds
    } of changes. Agree on the extra work before it begins.

staff-approval-stuck =
    ⚠️ { $client } has been silent about “{ $task }” for { $days ->
        [one] { $days } business day
       *[other] { $days } business days
    }. No reminders left; time to call.

staff-due-soon =
    ⏳ { $client }: “{ $task }” is due { $due }.

staff-overdue =
    🔴 <b>{ $client }</b>: “{ $task }” ({ $project }) was due { $due } ({ $days ->
        [0] the time is just up
        [one] late by { $days } business day
       *[other] late by { $days } business days
    }). Assignee: { $person }.

staff-unaccepted =
    🕓 { $pm }, nobody has taken “{ $task }” (<b>{ $client }</b>, { $project }); it has been waiting since { $since }. Assignee: { $person }.

staff-declined =
    🙅 { $pm }, { $person } does not take “{ $task }” (<b>{ $client }</b>, { $project }). Give it to somebody else.

    Reason: { $reason }

staff-approval-deemed =
    ☑️ { $pm }, <b>{ $client }</b>: “{ $task }” ({ $project }) counts as approved, because the client has been silent for { $days ->
        [one] { $days } business day
       *[other] { $days } business days
    }. The template agrees on that; the client did not approve it.

staff-silence-put-off =
    ⚠️ { $pm }, <b>{ $client }</b>: “{ $task }” ({ $project }) cannot count as approved by silence, because the result does not reach the client: the chat is not connected, or the bot cannot write there. The term begins anew.

staff-promise-missed =
    🤝 { $pm }, the next step promised to <b>{ $client }</b> ({ $project }, “{ $task }”) was due { $by }:

    { $text }

staff-project-paused =
    ⏸ <b>{ $client }</b>: project { $project } (“{ $service }”) is paused, nobody is reminded of anything. By { $person }. Reason: { $reason }

staff-project-resumed =
    ▶️ <b>{ $client }</b>: project { $project } (“{ $service }”) goes on. By { $person }.

staff-timer-dead =
    ⚠️ A scheduled action failed three times, please look yourself: { $timer }. The command signoff timers shows all of them.

staff-templates-broken =
    ⚠️ The changes in <b>{ $file }</b>, line { $line }, cannot be used: { $reason }
    The templates before them stay in force, projects go on. The command signoff check shows everything that is to be mended.

staff-templates-mended =
    ✅ The templates are in order again: the changes hold for new projects.

staff-client-waiting =
    ⏱ { $client } is waiting for an answer, promised by { $until }.

staff-payment-received =
    💰 { $client }: { $amount } came in ({ $project }, payment { $payment }: { $state }).

staff-payment-invoiced =
    🧾 { $client }: invoice { $number } for { $amount } is out ({ $project }, payment { $payment }).

staff-payment-corrected =
    ✏️ { $client }: a receipt was corrected by { $amount } ({ $project }, payment { $payment }: { $state }). By { $person }. Reason: { $reason }

staff-payment-cancelled =
    ✖️ { $client }: payment { $payment } of { $amount } is cancelled ({ $project }). By { $person }. Reason: { $reason }

staff-ad-launched =
    🚀 { $client }: the ads are running, “{ $task }” ({ $project }). { $person }.

staff-payment-late =
    ⚠️ { $client } has not paid { $amount }; the period ends in { $days ->
        [one] { $days } business day
       *[other] { $days } business days
    }.

staff-payment-overdue =
    ⚠️ { $client } has not paid { $amount } (“{ $task }”); it has been { $days ->
        [one] { $days } business day
       *[other] { $days } business days
    }. Please call.

staff-undelivered =
    🔴 { $client }: the message about “{ $task }” was not delivered ({ $reason }). Reach them another way.

## Buttons for the staff

btn-start = ▶️ Start
btn-pause = ⏸ Pause
btn-resume = ▶️ Resume
btn-submit = Submit
btn-submit-locked = 🔒 Submit
btn-accept = ✅ Accept
btn-return = ↩️ Return

## Words that messages are made of

word-yes = yes
word-no = no
word-or = or
word-quoted = “{ $text }”
word-files = { $count ->
    [one] { $count } file
   *[other] { $count } files
}

status-waiting = Waiting for its turn
status-ready = Ready to start
status-in-progress = In progress
status-paused = Paused
status-in-review = Our check
status-awaiting-approval = With the client
status-rework = Rework
status-completed = Completed
status-cancelled = Cancelled

payment-state-not-invoiced = not invoiced
payment-state-invoiced = invoiced
payment-state-partly-paid = partly paid
payment-state-paid = paid
payment-state-cancelled = cancelled

# What did not work, as in “…, so you cannot start the work now”
step-start = start the work
step-pause = pause the work
step-resume = resume the work
step-submit = submit the result
step-accept = accept the result
step-return = return the result
step-fill = change a field
step-tick = tick a line
step-press = press a button
step-confirm = confirm a condition
step-confirm-chat = confirm the client's chat
step-cancel = cancel the task
step-open-period = open a period
step-close = close the project
step-insert = insert a task
step-move-version = move the project to another version
step-correct-payment = correct a receipt
step-assign = assign a person
step-approve = approve the work
step-send-back = send the work back
step-decline = decline the task
step-promise = promise the next step
step-undo = undo the decision
step-remark = add a remark
step-open = open a project
step-client = add a client
step-language = change the client's language
step-link = give a link to the chat
step-approver = name who approves
step-person = add a person
step-templates = change the templates

# What a field takes
kind-text = a text
kind-long-text = a text
kind-link = a link that starts with https://
kind-links = links, each starting with https://
kind-file = a file
kind-files = files
kind-number = a number such as 12 or 12.5
kind-money = an amount with its currency, such as 24000 UAH
kind-percent = a percentage such as 12.5
kind-date = a date such as 2026-11-21
kind-date-range = two dates such as 2026-11-01..2026-11-30
kind-date-time = a date and time such as 2026-11-21 14:30
kind-choice = one of the options
kind-choices = options, separated by commas
kind-yes-no = yes or no

# What is missing: parts of a list
missing-field = “{ $title }”
missing-more = “{ $title }” (at least { $wanted }, there are { $have })
missing-form = the brief “{ $form }”
missing-paid-this = payment for this period
missing-paid-next = payment for the next period
missing-gate = the condition “{ $gate }”
missing-item = checklist line { $item } “{ $title }”
missing-button = a press of “{ $title }”
missing-button-locked = { $button } [appears after { $fields }]
missing-role = a person for the role “{ $role }”
missing-task = the completed task “{ $title }”
missing-access = the access “{ $item }”, tried and working
missing-approval = the client's approval of “{ $title }”
missing-other-file = in “{ $title }” exactly the files that the client approved in “{ $approved }”
missing-outside = in “{ $title }” dates within the period (rows: { $rows })
missing-audit = the auditor's yes
missing-handoff-price = the price
missing-handoff-chat = the client's chat, linked and confirmed
missing-handoff-contact = a contact person at the client
missing-handoff-approver = a person at the client who approves
missing-handoff-pm = a project manager

## The client's chat: joining, decisions, breaks

chat-linked-waiting = Thank you! Your manager will confirm this chat soon, and news about your work will appear here.

sendback-noted =
    We have noted { $remarks ->
        [one] { $remarks } remark
       *[other] { $remarks } remarks
    }. Anything else? Reply to this message. If that is all, press the button.

decision-undone = ↩️ Decision taken back: { $person }, { $at }

approval-again = “{ $task }” still waits for your decision. Use the buttons under this message.

outage-reask =
    From { $from } to { $until } we did not see the messages in this chat. If you pressed a button or wrote to us in that time, please do it again.

digest-while-away = While we could not write to this chat, { $count ->
        [one] { $count } message
       *[other] { $count } messages
    } piled up. Here they are.

press-thanks = Noted, thank you!
press-thanks-approve = Approved, thank you! You can change your mind for 2 minutes.
press-thanks-send-back = Noted. Please write what we should change.
press-done = Done.
press-as-yourself = Please press as yourself, not on behalf of a group or a channel.
undo-done = The decision is taken back. You can decide again.
undo-late = It is too late to undo this. Write to your manager and we will help.
nothing-to-answer = There is nothing left to answer here. If something is wrong, write to your manager.
## The card of a task for the staff

# A line whose { $result }, { $missing }, { $remarks } or { $due } is empty disappears by itself
staff-card =
    <b>{ $client }</b>: “{ $task }” ({ $project })
    { $status }, round { $round }. Done by { $person }.
    Due { $due }.

    { $result }

staff-card-missing =
    <b>{ $client }</b>: “{ $task }” ({ $project })
    { $status }, round { $round }. Done by { $person }.
    Due { $due }.

    { $result }

    Missing: { $missing }.

staff-card-rework =
    <b>{ $client }</b>: “{ $task }” ({ $project })
    { $status }, round { $round }. Done by { $person }.
    Due { $due }.

    <b>Remarks:</b>
    { $remarks }

    { $result }

    Missing: { $missing }.

staff-nobody = nobody yet

staff-update-dead =
    ⚠️ Telegram update no. { $update } could not be read three times and was put aside. Later ones go on; show this number to whoever runs the server.

staff-inputs-lost =
    ⚠️ We were offline from { $from } to { $until }. Telegram keeps things for one day only, so some answers of clients may be lost. Ask those again whose decision you waited for.

staff-accepted =
    👌 <b>{ $client }</b>: “{ $task }” ({ $project }) has passed the check ({ $person }).

staff-check-returned =
    ↩️ <b>{ $client }</b>: “{ $task }” ({ $project }) was returned for rework ({ $person }).

staff-returned =
    ↩️ { $person }, <b>{ $client }</b>: “{ $task }” ({ $project }) came back from the check, now round { $round }.

    { $remarks }

staff-remarks =
    ✏️ <b>{ $client }</b>: remarks on “{ $task }”.

    { $remarks }

staff-no-remarks =
    ⚠️ <b>{ $client }</b>: “{ $task }” was sent back without a remark. Ask what to change.

staff-undone =
    ↩️ <b>{ $client }</b>: the decision on “{ $task }” was taken back ({ $person }). We wait for a new one.

staff-gate-confirmed =
    🔓 <b>{ $client }</b>: “{ $task }”, confirmed: { $gate }. By { $person }.

staff-cancelled =
    ✖️ <b>{ $client }</b>: “{ $task }” ({ $project }) is cancelled. By { $person }. Reason: { $reason }

staff-gate-overridden =
    ⚠️ <b>{ $client }</b>: “{ $task }” ({ $project }) goes on, although this is missing: { $gate }. Allowed by { $person }. Reason: { $reason }

staff-task-inserted =
    ➕ <b>{ $client }</b>: “{ $task }” was added to { $project }, after “{ $after }”. By { $person }.

staff-version-moved =
    🔁 <b>{ $client }</b>: { $service } ({ $project }) goes on by the new version of its template. By { $person }.

staff-project-opened =
    📁 <b>{ $client }</b>: new project { $project }, service “{ $service }”.

staff-project-finished =
    🏁 <b>{ $client }</b>: project { $project } (“{ $service }”) is complete.

staff-period-began =
    📅 <b>{ $client }</b>: project { $project }, period { $number }: { $period }.

staff-project-closed =
    🏁 <b>{ $client }</b>: project { $project } (“{ $service }”) is closed. By { $person }. Reason: { $reason }

staff-project-lost =
    📕 <b>{ $client }</b>: project { $project } (“{ $service }”) is closed: there is no deal. Noted by { $person }.

## The staff chat: events and questions

staff-chat-linked =
    🔗 <b>{ $client }</b>: the chat “{ $title }” asks to be connected; the link was used by { $person }.
    If this is really the client, confirm: signoff client confirm { $id }

staff-chat-lost =
    🔴 <b>{ $client }</b>: the chat cannot be reached any more ({ $reason }). Messages wait. Ask them to add the bot again, or give a new link.

staff-chat-restored =
    🟢 <b>{ $client }</b>: the chat can be reached again, messages are being sent.

staff-client-wrote =
    💬 <b>{ $client }</b>, { $person }:
    { $text }

staff-send-failed =
    🔴 <b>{ $client }</b>: the message about “{ $task }” was not sent ({ $reason }).

staff-unknown-outcome =
    ❔ <b>{ $client }</b>: we do not know whether the message about “{ $task }” arrived ({ $reason }). Look into the client's chat.

staff-ask-field =
    { $person }, <b>{ $client }</b>, “{ $task }”.
    Reply with “{ $field }”: { $kind }.

staff-ask-field-with-hint =
    { $person }, <b>{ $client }</b>, “{ $task }”.
    Reply with “{ $field }”: { $kind }.
    <i>{ $hint }</i>

staff-ask-return = { $person }, <b>{ $client }</b>: what should be corrected in “{ $task }”? Write it as a reply to this message.

staff-field-hint = The value of the field, or a file
staff-return-hint = What should be corrected?

## What was sent, where there are no words

content-photo = 📎 photo
content-voice = 📎 voice message
content-video = 📎 video
content-audio = 📎 audio
content-animation = 📎 animation
content-sticker = 📎 sticker
content-location = 📎 place on the map
content-contact = 📎 contact
content-poll = 📎 poll
content-file = 📎 file
content-other = 📎 message without text

remark-aside = { $person } (does not approve the work): { $text }

## Why a chat cannot be reached, and why a message was not sent

lost-removed = the bot was removed from the chat
lost-blocked = the bot was blocked
lost-deactivated = the account was deleted
lost-never-started = the bot was never started there
lost-restricted = the bot may not write there
lost-not-found = there is no such chat
lost-closed = the topic is closed

failed-file = a file is not there any more
failed-gone = the message was deleted
failed-formatting = Telegram does not take the formatting
failed-long = the message is too long
failed-buttons = Telegram does not take the buttons
failed-topic = the topic is closed
failed-silence = Telegram did not answer
failed-strange = Telegram gave an answer that makes no sense

## Topics, vanishing messages, approvers who leave

topic-chosen = Messages will come here from now on.

staff-topic-lost =
    ⚠️ <b>{ $client }</b>: the topic for our messages is gone or closed; they go to the main part of the chat now. To have them elsewhere, write /here in the right topic.

staff-topic-lost-here =
    ⚠️ The topic for these messages is gone or closed; they come here now. To have them elsewhere, write /here in the right topic.

staff-auto-delete =
    ⚠️ <b>{ $client }</b>: messages in the chat now vanish after { $days ->
        [one] { $days } day
       *[other] { $days } days
    }. The client will not see old results there. If that was not intended, ask to switch it off in the chat's settings.

staff-approver-left =
    ⚠️ <b>{ $client }</b>: { $person }, who approves the work, is no longer in the chat. The right to approve stays; if that has changed, name somebody else.

staff-approver-back =
    🟢 <b>{ $client }</b>: { $person }, who approves the work, is in the chat again.

## Refusals: why it did not work and what to do. The same sentences in chats and on the command line.

refusal-project-exists = There is a project { $project } already. Choose another id.
refusal-no-project = There is no such project. Check its id.
refusal-no-client = There is no such client. Check its id.
refusal-client-exists = There is a client { $client } already. Choose another id.
refusal-no-task = The project has no task { $task }. Check its id.
refusal-no-field = Task { $task } has no field { $field }. There are: { $known }.
refusal-no-button = Task { $task } has no button { $button }. There are: { $known }.
refusal-no-item = The checklist of task { $task } has no line { $item }. It has { $have }.
refusal-no-gate = Task { $task } has no condition { $gate } that is confirmed by hand. There are: { $known }.
refusal-no-role = There is no role { $role }. There are: { $known }.
refusal-no-person = { $person } is not on the team. Add this person first.
refusal-wrong-status = { $task } is in the state “{ $status }”, so you cannot { $wanted } now.
refusal-not-its-turn = { $task } has to wait for its turn: { $before } comes first.
refusal-cannot-start = { $task } cannot start yet. Missing: { $missing }.
refusal-cannot-finish = { $task } cannot be finished yet. Missing: { $missing }.
refusal-button-locked = The button { $button } appears once these are filled: { $missing }.
refusal-button-used = The button { $button } was pressed already and works only once.
refusal-bad-value = “{ $given }” does not fit the field { $field }. It takes { $kind }.
refusal-bad-value-choice = “{ $given }” does not fit the field { $field }. Options: { $known }.
refusal-two-readings = “{ $given }” in the field { $field } can be read in two ways. Type { $first } or { $second }.
refusal-not-your-task = { $task } is done by { $people }. Turn to them, or ask the manager to assign it to you.
refusal-not-your-task-nobody = { $task } is assigned to nobody yet. Ask the manager to assign it.
refusal-not-your-check = { $task } is checked by { $people }. The decision on the result is theirs.
refusal-not-your-check-nobody = { $task } has nobody to check it yet. Ask the manager to name an auditor.
refusal-own-work = { $task }: nobody checks their own work. Ask somebody else.
refusal-not-allowed = Only a project manager or the head of the agency can { $wanted }.
refusal-not-an-approver = This work is approved by { $people }. If that has changed, tell your manager.
refusal-not-an-approver-nobody = Nobody has been named to approve the work yet. Tell your manager and we will fix it.
refusal-staff-as-approver = { $person } works at the agency and cannot approve for a client. Name somebody on the client's side.
refusal-telegram-taken = This Telegram user is { $person } already. Check the number.
refusal-already-decided-approved = Already decided, approved: { $person }, { $at }.
refusal-already-decided-sent-back = Already decided, sent back: { $person }, { $at }.
refusal-already-decided-silence = The agreed term passed without remarks, so this counts as approved: { $at }. If you do have remarks, write to us.
refusal-stale = This is an earlier version. The newer one is further down; please decide on that.
refusal-foreign-press = This button does not work here. If you need it, write to your manager.
refusal-undo-too-late = A decision can be undone for { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }, and that time is over. Write to your manager and we will help.
refusal-undo-next-started = It is too late to undo: “{ $next }” has started. Write to your manager and we will help.
refusal-undo-not-yours = Only { $person } can undo this decision.
refusal-remarks-closed = The remarks are collected and work goes on. Send new ones to your manager.
refusal-reason-needed = Add a reason to { $wanted }: one sentence.
refusal-project-over = The project is complete; nothing in it can be changed any more.
refusal-project-paused = The project is paused. Resume it first.
refusal-day-is-past = { $day } is over; a promise is for a later day.
refusal-no-payment = The project has no payment { $payment }. There are: { $known }.
refusal-not-your-money = Payments are handled by { $people }. Turn to them, or let the head of the agency do it.
refusal-not-your-money-nobody = Payments are handled by the accountant, the project manager or the head of the agency. Turn to them.
refusal-payment-closed = Payment { $payment } is { $state }. A mistaken receipt is corrected by a negative amount with a reason.
refusal-other-currency = Payment { $payment } is in { $wanted }, not in { $given }. Convert the amount.
refusal-amount-needed = Give the amount of payment { $payment }, more than nothing.
refusal-too-much-back = { $amount } came in for payment { $payment }: it can be lowered by no more than that.
refusal-same-money = For payment { $payment } { $amount } is written down for { $day } already. If it is the same money, it need not be written down twice. If it is other money, say so: tick “other money”, or --again at the command line.
refusal-day-is-ahead = { $day } is still to come. Name the day on which the money came.
refusal-no-money = There is no money { $number } without a payment. There are: { $known }.
refusal-money-twice = { $amount } of { $day } is written down already as number { $number }. If this is other money, say so: tick “other money”, or --again at the command line.
refusal-money-left = Of money { $number } { $amount } is left. Match no more than that.
refusal-money-of-another = This money came from another client: { $client }.
refusal-no-periods = This project has no periods, so there is none to open.
refusal-period-not-yet = Period { $next } comes next, and it does not open by hand now: the template decides when.
refusal-period-not-yet-unpaid = Period { $next } opens when payment { $payment } is paid. Write the payment down.
refusal-handoff-incomplete = The client cannot be handed over yet. Missing: { $missing }.
refusal-no-override = Nobody opens this condition by hand ({ $gate }): it opens by itself as soon as it is met.
refusal-only-the-head = Only the head may let work go on without this ({ $gate }), with a reason.
refusal-task-exists = There is a task { $task } in this project already. Give the new one another id.
refusal-too-late-to-insert = Nothing can be put after { $after } any more: { $started } has begun. Put it after { $started }.
refusal-other-service = The project follows the template { $service }, not { $given }.
refusal-would-vanish = The new version lacks tasks that have begun or ended here: { $tasks }. Put them back into the template, or write the old id into `was`.
refusal-out-of-order = In the new version { $before } comes before { $task }, and here { $task } has begun. Finish that one first.
refusal-link-invalid = The link is not valid. Ask your manager for a new one.
refusal-link-expired = The link has expired. Ask your manager for a new one.
refusal-no-chat-to-confirm = Nobody has used the link yet, so there is no chat to confirm. Send the link to the client.
refusal-chat-taken = This chat belongs to client { $client } already. A chat of its own is needed.
refusal-no-zone = There is no time zone { $zone }. It is written like this: Europe/Kyiv or Asia/Ho_Chi_Minh.
refusal-no-language = The agency does not work in the language { $language }. There are: { $known }.
refusal-bad-id = “{ $id }” cannot be an id. Use small Latin letters, digits and dashes.
refusal-command-id-taken = The command id “{ $id }” was used for another command. Nothing was changed: give this one an id of its own.

## Brief: the client's page, news for the staff, refusals

btn-read-brief = Answers
btn-complete-brief = Complete brief
btn-send-again = Send again
brief-request-elsewhere =
    To get going, please fill in: <b>{ $form }</b>.
    If anything is unclear, press “I need help” and your manager will write to you.

brief-updated = We have your updated brief, thank you! The changes go into the work.
press-thanks-help = Thank you for telling us! Your manager will write to you here soon.
staff-brief-received-late = 📝 <b>{ $client }</b>: “{ $form }” is filled in, after the reminder ({ $project }). The answers are behind the button.
staff-brief-updated = 📝 <b>{ $client }</b>: “{ $form }” is filled in again, this is version { $version } ({ $project }).
staff-brief-filled = 📝 <b>{ $client }</b>: “{ $form }” is filled in for the client, version { $version } ({ $project }). By { $person }.
staff-brief-changed = ⚠️ <b>{ $client }</b>: “{ $form }” has changed since work began ({ $project }). Check: { $tasks }.
staff-brief-incomplete = ⚠️ <b>{ $client }</b>: “{ $form }” came incomplete from the form elsewhere ({ $project }). Missing: { $missing }. The rest is kept. Complete it behind the button, or pass its link on to the client.
staff-help-asked = 🙋 { $pm }, <b>{ $client }</b> needs help with “{ $form }” ({ $project }). Who: { $person }. Write or call.
staff-card-conflict =
    ⚖️ <b>{ $client }</b>: the card and the brief differ ({ $field }).

    On the card: { $old }
    In the brief: { $text }

    The card has not changed. Decide: signoff client resolve { $id } { $field } keep, or take to use the brief.

staff-form-again = { $person }, “{ $form }” was sent on { $at } already. Send it to the client again?
staff-card-brief-changed =
    <b>{ $client }</b>: “{ $task }” ({ $project })
    { $status }, round { $round }. Assignee: { $person }. Due { $due }.

    ⚠️ The brief has changed since work began.

    { $result }

word-value = { $result }
step-brief = work on a client's brief
step-help = ask for help
step-message = decide about a held message
step-answer = answer the client
refusal-form-again-sent = “{ $form }” has been with the client since { $at }, without an answer yet. It can be sent again, but only on purpose.
refusal-form-again-received = “{ $form }” was filled in on { $at }. It can be sent again, but only on purpose: the client then answers anew.
refusal-no-form = There is no form { $form } in this project. There are: { $known }.
refusal-no-question = “{ $form }” has no question { $question }. There are: { $known }.
refusal-form-closed = “{ $form }” is filled in or closed already. To change something, ask to have it sent again.
refusal-form-incomplete = “{ $form }” lacks answers: { $missing }.
refusal-no-conflict = There is nothing to decide about { $field }. Waiting for a decision: { $known }.
page-form-for = for { $client }
page-form-marked = Questions with a star need an answer.
page-form-required = answer needed
page-form-progress = Answered: { $done } of { $total }
page-form-send = Send the brief
page-form-save = Save and come back later
page-form-saved = Saved. You can close the page and come back by the same link, even on another device.
page-form-saved-now = Saved
page-form-not-saved = Not saved: check your connection. Your answers are still on the page.
page-form-merged = Meanwhile answers were saved on another device. We have put them together with yours; please look them through.
page-form-other = Another answer, from another device: { $answer }
page-form-other-now = Another device has a different answer. Press “Save” to compare.
page-form-errors = { $count ->
    [one] { $count } answer needs your attention. The rest is saved.
   *[other] { $count } answers need your attention. The rest is saved.
}
page-form-skip = Skip
page-form-from = from
page-form-to = to
page-form-hint-links = One link a line
page-form-hint-files = Paste links to the files (Google Drive, Dropbox and so on). Or send the files in our chat.
page-form-private = The members of this chat and the agency “{ $agency }” see the answers.
page-done-title = Thank you, we have your brief!
page-done-next = What comes next: your manager reads the answers and writes in the chat as soon as we begin or have a question.
page-done-change = Something to change? Write in the chat and we will send the brief again. This page is closed now.
page-done-others = The brief had been sent before, so the latest changes on your page are not kept.
page-gone-title = This link does not work
page-gone-text = The link is too old, or it was not copied whole. Open the latest message with the button “Fill in brief”; if that does not help, write in the chat and we will send a new one.
page-busy-title = One moment, please
page-busy-text = This page is sending too many requests. Wait a minute and try again; what was saved stays saved.
page-trouble-title = Something went wrong
page-trouble-text = It is on our side. Use “Back” (your answers are still in the form) and try again in a minute. No luck? Write in the chat.
page-large-title = Too much text
page-large-text = That is more than can be sent at once. Use “Back” and shorten the answers, or send the long part in the chat as a file.
page-over-title = This brief is no longer needed
page-over-text = The project is over, so there is nothing left to answer. All that you had written is kept. Anything to add? Write in the chat.
page-error-required = This question needs an answer.
page-error-too-long = Too long: at most { $most } characters.
page-error-more = At least { $wanted } are needed, there are { $have }.
page-error-link = This does not look like a link. It starts with https://, such as https://example.com
page-error-links = One of the lines does not look like a link. Each link on a line of its own, such as https://example.com
page-error-number = Write a number, such as 12 or 12.5.
page-error-money = Write an amount, such as 5000 or 5 000 { $currency }.
page-error-date = Write a date, such as 31.12.2026.
page-error-date-range = Both dates are needed, the first not later than the second.
page-error-date-time = Write a date and a time, such as 31.12.2026 10:00.
page-error-choice = Choose from the list.
page-brief-title = { $client }: answers
page-brief-version = Version { $version }, { $at }
page-brief-late = after the reminder
page-brief-by-staff = filled in by the team
page-brief-elsewhere = from a form elsewhere
page-brief-empty = no answer
page-brief-erased = The answers are gone: they were erased.

## By the clock: the overview of the day and the report of the month

staff-day = ☀️ <b>{ $day }</b>: what is on today
staff-day-overdue = 🔴 <b>Overdue</b>
staff-day-today = 📌 <b>Due today</b>
staff-day-check = 👀 <b>Waiting for a check</b>
staff-day-client = ⏳ <b>Waiting for the client</b>
staff-day-ready = ▶️ <b>Can start</b>
staff-day-unpaid = 💳 <b>Invoices not fully paid</b>
staff-day-line-payment = • { $client }: invoice { $number }, { $amount } to come ({ $project }), since { $since }
staff-day-line = • { $client }: “{ $task }” ({ $project }), { $person }, due { $due }
staff-day-line-check = • { $client }: “{ $task }” ({ $project }), { $person } checks, since { $since }
staff-day-line-client = • { $client }: “{ $task }” ({ $project }), since { $since }
staff-month =
    📄 <b>Report for { $from } – { $until }</b>
    A draft: read it before you send it to clients.
staff-month-project = <b>{ $client }</b>: { $service } ({ $project })
staff-month-done = ✓ { $task }, { $day }
staff-month-agreed = ✓ { $task }, { $day }, agreed by { $person }
staff-month-open = Under way: { $tasks }.
staff-month-money = Received: { $amount }.

chat-after-hours = Thank you, we have it! We are out of office now and will answer by { $until }.
staff-answer-due =
    ⏰ <b>{ $client }</b>: { $person } has been waiting for an answer since { $since }. We promised one by { $until }.
    An answer in the client's chat stops the clock; after a call: <i>signoff client answered { $id } --how call</i>
staff-answer-late =
    🔴 <b>{ $client }</b>: { $person } has been waiting for an answer since { $since }; the promised time ({ $hours } working hours) is over.
    An answer in the client's chat stops the clock; after a call: <i>signoff client answered { $id } --how call</i>

# The pages of the staff
btn-sign-in = Sign in
staff-password-set = 🔑 A password for the board was set in your name. If that was not you: write /login to me, set another one, and tell whoever runs the agency.
staff-sign-in = Sign in to the board. The button works once, for 10 minutes.
ui-skip = To the content
ui-nav = Pages
ui-nav-today = Today
ui-nav-board = Board
ui-nav-new = New project
ui-live = Live
ui-sign-out = Sign out
ui-close = Close
ui-open = Open the task
ui-save = Save
ui-create = Create the project
ui-login-title = Sign in
ui-login-how = The bot sends you a button in Telegram. There is no password.
ui-login-who = Your id or your @username in Telegram
ui-login-send = Send me the button
ui-login-sent-title = Check Telegram
ui-login-sent = If you work here, the bot has just sent you a button. It works for 10 minutes.
ui-login-no-message = Nothing has come? Write /login to the bot, or ask your administrator: signoff user link ID
ui-login-again = Ask for another
ui-login-as = Sign in as { $name }
ui-login-go = Continue
ui-login-gone-title = This link no longer works
ui-login-gone = It was used, or it is older than 10 minutes.
ui-services = Services
ui-columns = Columns
ui-whose = Whose tasks
ui-all = All
ui-everybody = Everybody
ui-mine = Mine
ui-by-status = By status
ui-by-person = By person
ui-column-ready = Ready
ui-column-work = In progress
ui-column-check = Our check
ui-column-client = With client
ui-column-rework = Rework
ui-column-done = Done this week
ui-nobody = Nobody yet
ui-nothing = Nothing here.
ui-round = round { $round }
ui-card-checks = { $name } checks it
ui-card-silent = The client is silent: call
ui-card-locked = Waits for: { $missing }
ui-promises = Promised to clients
ui-promise-kept = Done
ui-team = Team
ui-team-change = Who does what
ui-team-unbound = Nobody holds yet: { $roles }. Their tasks cannot start.
ui-waits = { $days ->
    [0] asked today
    [one] { $days } day waiting
   *[other] { $days } days waiting
    }
ui-due = by { $at }
ui-was-due = was due { $at }
ui-day = { $at }
ui-tasks = { $count ->
    [one] { $count } task
   *[other] { $count } tasks
    }
ui-today-free = Nothing waits for you. A good moment to look at the board.
ui-today-late = Overdue
ui-today-check = To check
ui-today-rework = To rework
ui-today-work = To do
ui-today-client = With the client
ui-project-tasks = Tasks
ui-done-of = { $done } of { $total } tasks done
ui-money = { $amount }
ui-result = Result
ui-fill-in = fill in
ui-checklist = Checklist
ui-remarks = What to change
ui-return-why = What has to be changed
ui-missing = Still missing: { $missing }.
ui-preview = The client will read
ui-preview-press = After “{ $button }” the client will read
ui-preview-locked = once it opens
ui-move-to = Move to…
ui-client = Client
ui-service = Service
ui-price = Price (empty: as in the template)
ui-roles = Who does what
ui-no-clients = There is no client yet: signoff client add "Name" --lang uk
ui-choose-service = Choose a service.
ui-choose-client = Choose a client.
ui-bad-price = The price is not an amount. Write it like 24000 or 24 000 UAH.
ui-keys = Keys
ui-key-next = next, previous card
ui-key-open = open
ui-key-move = move to…
ui-key-new = new project
ui-key-board = board
ui-key-today = today
ui-key-help = all keys
ui-lost = The server does not answer. Nothing was changed; try again in a moment.
ui-moves-elsewhere = A step there is not possible from here: the next one leads to “{ $column }”.
ui-key-close = close
time-work = work
time-meeting = meeting
time-call = call
time-data-control = control of receipt
time-data-check = check of data
time-offer = offer
time-follow-up = follow-up
time-road = road
time-presentation = presentation
btn-time = ⏱ Time
step-time = log time
staff-time-hint = 45m call
# $known what time is logged for on this task
staff-ask-time =
    ⏱ { $person }, <b>{ $client }</b>: “{ $task }”. How long, and on what? Answer this message, for example: <i>45m call</i> or <i>1h30m meeting</i>

    { $known }
# $entry number of the entry, $spent all time on the task
staff-time-added = ⏱ Logged: { $amount }, { $what } ({ $person }), no. { $entry }. On “{ $task }” altogether: { $spent }. A mistake? signoff time cancel { $project }/{ $entry }
word-duration = { $hours ->
    [0] { $minutes } min
   *[other] { $minutes ->
        [0] { $hours } h
       *[other] { $hours } h { $minutes } min
    }
 }
refusal-no-time-kind = On { $task } time is logged as: { $known }. “{ $kind }” does not belong there.
refusal-no-time-kind-unsaid = Say what the time went on: { $known }. For example: 45m { $first }.
refusal-bad-time = One entry is from 1 minute to { $hours } hours.
refusal-time-unread = It is not clear how long: “{ $given }”. Write for example 45m call or 1h30m.
refusal-no-time-entry = There is no time entry no. { $entry }; there are { $have }.

kind-topics = topics with subtopics, a line each: Topic: first; second
kind-table = rows pasted from a spreadsheet (begin with + to add to those that are there)
kind-choice-for-each = a choice for each, such as
kind-done = a text; an empty value collects the report anew
refusal-bad-line-no-topic = { $field }, line { $line }: the subtopic “{ $given }” stands before any topic. Write “Topic: first; second”.
refusal-bad-line-nothing-under = { $field }, line { $line }: the topic “{ $given }” has no subtopics. Write “{ $given }: first; second”, or the subtopics below it, each after a dash.
refusal-bad-line-too-many-cells = { $field }, line { $line }: “{ $given }” is one cell too many. The columns in their order: { $known }.
refusal-bad-line-empty-cell = { $field }, line { $line }: the column “{ $column }” is empty, and it is required.
refusal-bad-line-unfit = { $field }, line { $line }, column “{ $column }”: “{ $given }” does not fit. Wanted: { $known }.
refusal-bad-line-outside = { $field }, line { $line }, column “{ $column }”: { $given } is outside the period { $known }. Change the date or the period.
refusal-bad-line-no-option = { $field }, line { $line }: “{ $given }” does not fit. Possible: { $known }.
refusal-bad-line-no-item = { $field }, line { $line }: there is no “{ $given }” here. Say what the choice is for: { $known }.
refusal-bad-line-too-many-lines = { $field }: at most { $given } rows, so that the client sees all that is approved. Divide it.
refusal-bad-line-too-long = { $field }: at most { $given } characters, so that the client sees all that is approved. Shorten it, or give a file.
report-stage = { $stage }:
report-done = ✓ { $task }, { $day }
report-done-agreed = ✓ { $task }, { $day }, approved by { $person }
report-done-yes = ✓ { $task }, { $day }, approved
report-done-deemed = ✓ { $task }, { $day }, accepted as agreed by the term
report-goal = ★ { $text }


## The beginning of work: rules, the hand-over from sales, accesses

working-rules =
    📘 <b>How we work</b>

    • Every step begins with a message here and ends with a result that you approve or send back.
    • We answer in working hours ({ $hours }). For everything about “{ $project }” there is { $pm }.
    • From you: the brief, materials, accesses and a decision on every result. While they are missing, the deadline waits with us.
    • From us: the agreed result in time, and an honest word about risks as soon as we see them.
    • You may send a result back with remarks; what was not agreed on is priced separately, and only after your yes.

    Please read this and press the button.
rules-acknowledged = ✅ { $person } agreed to the rules, { $at }
rules-reminder =
    We do not have your agreement to the working rules yet, and we do not begin without it.
    They stand above in this chat, with a button below them. Is something unclear? Write, and we will explain.
staff-rules-stuck = ⚠️ { $pm }, <b>{ $client }</b> has not agreed to the working rules for { $days } business days ({ $project }). Call them.
staff-rules-acknowledged = 🤝 <b>{ $client }</b>: { $person } agreed to the working rules ({ $project }).
btn-acknowledge = ✅ Agreed
btn-decline = 🙅 Decline
btn-give-access = 🔐 Give access
press-thanks-acknowledge = Thank you, your agreement is on record.
missing-acknowledged = the client's agreement to the working rules
missing-handoff-accepted = production has not accepted the hand-over from sales yet
missing-handoff-mended = the hand-over went back to sales and is not mended yet
staff-handoff =
    📨 <b>{ $client }</b>: { $service } ({ $project }). Sales hand it over to production.

    Promised by: { $by }
    By the plan: { $planned }
    Promised sum: { $sum }, price: { $price }
    { $text }
staff-handoff-late =
    📨 <b>{ $client }</b>: { $service } ({ $project }). Sales hand it over to production.

    Promised by: { $by }
    ⚠️ By the plan: { $planned }, { $days } business days later than promised
    Promised sum: { $sum }, price: { $price }
    { $text }
staff-handoff-accepted = ✅ <b>{ $client }</b>: { $service } ({ $project }). Production took it: { $person }.
staff-handoff-returned =
    ↩️ <b>{ $client }</b>: { $service } ({ $project }). Back to sales, says { $person }.

    Reason: { $reason }
staff-ask-tried = { $person }, <b>{ $client }</b>, “{ $task }”: does the access “{ $item }” work? Then reply with what you saw: the tasks that wait for it open. It does not: do not reply, ask for it again. Not needed: begin with “-” and write why.
staff-tried-hint = Signed in, all works
staff-ask-note = { $person }, <b>{ $client }</b>, “{ $task }”: what is to be noted about “{ $title }”? Write it as a reply to this message.
staff-ask-decline = { $person }, <b>{ $client }</b>: why do you not take “{ $task }”? Write it as a reply to this message.
staff-ask-handoff-return = { $person }, <b>{ $client }</b>: what does the hand-over lack? Write it as a reply to this message.
staff-note-hint = What was agreed?
staff-reason-hint = Why?
access-request =
    🔐 For “{ $project }” we need an access: { $item }.
    Please enter it behind the button, not in the chat: only those who work with it will see it there, and at the end of the project we delete it.
access-received = 🔐 Thank you, the access “{ $item }” is here, encrypted.
staff-access-received = 🔐 <b>{ $client }</b>: the access “{ $item }” has come ({ $project }). To see it: <i>signoff access show { $project } { $item } --as …</i>
step-handoff = hand a project over or take it
step-access = work on a client's accesses
step-erase = erase a person's answers
refusal-note-needed = Line { $item }, “{ $title }”, needs a few words: what was agreed.
refusal-handoff-over = Work has begun: “{ $started }”. The hand-over cannot go back any more.
refusal-draft-of-client = The client has begun to fill in “{ $form }” (saved { $at }). Its words are not handed in unasked: look at them first, or wait.
refusal-no-access = There is no access { $item } in this project. There are: { $known }.
refusal-access-empty = Nothing is kept of the access { $item }: it was not given yet, or it was deleted.
refusal-not-your-access = Accesses are seen by named roles only ({ $roles }) and by whoever works with them. Every look has a name.
page-access-title = Access: { $item }
page-access-text = Write how to get in: address, login, password, whom to invite. We keep it encrypted; only those who work with it see it, every look is on record, and at the end of the project it is deleted.
page-access-send = Send
page-access-none = Please write how to get in.
page-access-done = Thank you, the access is here. This page is closed now.
page-access-nokey = This server cannot keep accesses yet. Please write to us in the chat, but do not send the access itself there.

## Rights, people, checks

refusal-no-right = To { $wanted } another role is needed: { $roles }.
refusal-outside-project = Only those who work on a project see it. Ask its manager to add you.
step-top-role = give or take a role at the top
step-look = open this page
ui-no-right = Not for this role

## Accesses that are waited for

access-reminder =
    🔐 We do not have this access yet: { $item }. When its turn comes, work stops without it.
    Please enter it behind the button. You do not have it at hand? Write to us who can give it.
staff-access-stuck = ⚠️ { $pm }, <b>{ $client }</b> has not given the access “{ $item }”, reminded { $times ->
        [one] once
       *[other] { $times } times
    } ({ $project }). Call them.
## Clients, answers, conversation, history

chat-message =
    <b>{ $person }</b>:
    { $text }
chat-next-step =
    <b>{ $person }</b>:
    { $text }

    Next step: by { $by }.
refusal-no-chat = The client has no confirmed chat yet, or the bot was put out of it. Confirm the chat or send the client a new link.
refusal-call-needs-comment = Write in a few words what was agreed on the phone: the rest of the team has to know it too.
ui-nav-clients = Clients
ui-nav-messages = Replies
ui-search = Search
ui-clients-find = Name or a part of it
ui-clients-none = Nobody is here yet.
ui-client-projects = Projects
ui-client-no-projects = There has been no project yet.
ui-client-open = { $count ->
    [0] no open projects
    [one] { $count } open project
   *[other] { $count } open projects
    }
ui-client-approve = approves: { $names }
ui-client-no-approver = nobody may approve
ui-client-decides = { $count ->
    [0] nothing waits for the client
    [one] { $count } decision waits for the client
   *[other] { $count } decisions wait for the client
    }
ui-client-asks = waits for an answer
ui-chat-none = no chat yet
ui-chat-linked = the chat waits to be confirmed
ui-chat-confirmed = chat connected
ui-chat-lost = the bot cannot write in the chat
ui-client-contacts = People
ui-client-no-contacts = We know nobody yet: send the link to the chat.
ui-client-may-approve = approves
ui-client-linked-by = connected the chat
ui-client-away = not in the group
ui-client-language = Language
ui-client-zone = Time zone
ui-client-our-zone = as the agency
ui-client-chat = Chat
ui-client-payments = Payment
ui-client-total = Total: { $amount }
ui-client-paid = { $amount } came in
ui-client-card = What the brief says
ui-client-conflict = A brief contradicts the card: { $field }.
ui-client-brief = Briefs
ui-client-answers = { $form }, version { $version }
ui-client-story = Everything in order
ui-older = Earlier
ui-newest = To the latest
ui-confirm-chat = Confirm the chat
ui-new-link = A new link to the chat
ui-link-once = The link works for a day and once. For a group: add the bot. For a private chat: open it and press Start. Send the client one of them.
ui-link-group = For a group
ui-link-private = For a private chat
ui-link-token = The bot's name is not known yet. The client can send the bot: /start { $token }
ui-approver-add = Let approve
ui-approver-remove = No longer approves
ui-approver-number = Number of the Telegram account
ui-approver-name = Name
ui-bad-number = The number of an account has digits only.
ui-answers-title = Waiting for an answer
ui-answers-none = Everybody has an answer. Each question from the clients' chats shows up here.
ui-answers-rule = The clock runs in working hours only. Promised: an answer within { $hours } h.
ui-answer-left = { $hours ->
    [0] { $minutes } min left
   *[other] { $minutes ->
        [0] { $hours } h left
       *[other] { $hours } h { $minutes } min left
    }
 }
ui-answer-late = { $hours ->
    [0] { $minutes } min late
   *[other] { $minutes ->
        [0] { $hours } h late
       *[other] { $hours } h { $minutes } min late
    }
 }
ui-answer-soon = running out
ui-answer-since = written { $at }
ui-answer-more = { $count ->
    [one] and { $count } more message
   *[other] and { $count } more messages
    }
ui-answer-before = answer by { $at }
ui-reply = Answer to the client
ui-reply-send = Send
ui-reply-by = Next step by (optional)
ui-reply-about = About which project
ui-reply-no-project = In general
ui-reply-empty = Write a message.
ui-reply-long = The message is too long. Split it.
ui-reply-day = There is no such day. Write it as 2026-12-09.
ui-reply-needs-project = A promise belongs to a project: choose which one it is about.
ui-call = We called
ui-call-said = What was agreed
ui-call-save = Note the call
ui-see-chat = The whole conversation
ui-tabs = Parts of the project
ui-tab-tasks = Tasks
ui-tab-chat = Chat with the client
ui-tab-history = History
ui-talk-empty = Nothing has been said yet.
ui-talk-erased = erased on request
ui-talk-file = file: { $name }
ui-talk-unsent = not sent yet
ui-talk-edited = a changed message
ui-talk-remark = a remark on a result
ui-talk-note = noted for the team
ui-talk-colleague = in the chat
ui-talk-bot = bot
ui-history-empty = Nothing has happened yet.
ui-why = Why: { $what }
ui-why-clock = Why: the time came that the template or the calendar sets.
ui-via-board = board
ui-via-chat = chat
ui-via-cli = command line
ui-via-form = form
ui-via-clock = clock
ui-via-server = server
ui-who-operator = operator
ui-who-clock = the system, by the clock
ui-who-telegram = Telegram
ui-who-link = the client, by a link
ui-who-engine = the system
ui-find = Find or do
ui-find-hint = Project, client, person or command
ui-find-nothing = Nothing fits “{ $typed }”.
ui-find-project = project
ui-find-client = client
ui-find-person = person
ui-find-command = command
ui-find-mine = My tasks on the board
ui-key-find = find
fact-other = A fact is recorded that has no words yet
fact-project-opened = The project was opened
fact-role-assigned = A role was given: { $what }
fact-task-ready = “{ $task }” can be started
fact-task-started = “{ $task }”: started
fact-task-paused = “{ $task }”: paused
fact-task-resumed = “{ $task }”: goes on
fact-field-set = “{ $task }”: “{ $what }” was filled in
fact-field-cleared = “{ $task }”: “{ $what }” was cleared
fact-item-ticked = “{ $task }”: the line “{ $what }”
fact-button-pressed = “{ $task }”: “{ $what }” was pressed
fact-gate-confirmed = “{ $task }”: a condition was confirmed ({ $what })
fact-task-submitted = “{ $task }”: the result was handed over, round { $round }
fact-task-accepted = “{ $task }”: the check was passed
fact-task-returned = “{ $task }”: returned by the check
fact-approval-asked = “{ $task }”: the client was asked to decide
fact-task-approved = “{ $task }”: the client approved
fact-task-sent-back = “{ $task }”: the client sent it back
fact-remark-added = “{ $task }”: a remark of the client
fact-remarks-closed = “{ $task }”: the remarks are complete
fact-decision-undone = “{ $task }”: the decision was undone
fact-task-completed = “{ $task }”: completed
fact-task-unreadied = “{ $task }” waits for its turn again
fact-task-cancelled = “{ $task }”: cancelled
fact-project-completed = The project was completed
fact-reminder-sent = “{ $task }”: a reminder
fact-task-overdue = “{ $task }”: overdue
fact-period-announced = The client was told of period { $what }
fact-due-moved = “{ $task }”: the due date was moved
fact-task-unaccepted = “{ $task }”: nobody took it in time
fact-task-declined = “{ $task }”: the assignee declined
fact-approval-deemed = “{ $task }”: accepted by silence
fact-silence-put-off = “{ $task }”: the silence counts anew
fact-next-step-promised = The client was promised a next step
fact-promise-kept = The promise was kept
fact-promise-missed = The promise was missed
fact-project-paused = The project was paused
fact-project-resumed = The project goes on
fact-form-sent = A form went to the client: { $what }
fact-form-received = A form came back: { $what }
fact-help-asked = The client asks for help with a form: { $what }
fact-period-opened = Period { $what } was opened
fact-period-began = Period { $what } began
fact-payment-expected = Payment { $what } is expected
fact-payment-invoiced = An invoice went out: payment { $what }
fact-payment-received = Money came in: payment { $what }
fact-payment-cancelled = Payment { $what } was cancelled
fact-price-set = “{ $task }”: the price of the project was set
fact-expense-booked = “{ $task }”: an expense was booked
fact-project-closed = The project was closed
fact-gate-overridden = “{ $task }”: on over a closed gate ({ $what })
fact-audit-overridden = “{ $task }”: on without the check
fact-task-inserted = The task “{ $task }” was put in
fact-definition-changed = The project follows another version of its template
fact-time-added = “{ $task }”: time was logged
fact-time-cancelled = “{ $task }”: an entry of time was cancelled
fact-rules-sent = The working rules went to the client
fact-rules-acknowledged = The client agreed to the working rules
fact-sales-promised = Sales handed over what was promised
fact-handoff-accepted = Production took the hand-over
fact-handoff-returned = The hand-over went back to sales
fact-access-asked = The client was asked for an access: { $what }
fact-access-received = An access came in: { $what }
fact-access-viewed = An access was looked at: { $what }
fact-accesses-purged = The client's accesses were deleted
fact-client-added = The client was added
fact-language-chosen = The client's language: { $what }
fact-zone-chosen = The client's time zone was chosen
fact-chat-linked = A chat was linked by { $what } and waits to be confirmed
fact-chat-confirmed = The chat was confirmed
fact-chat-migrated = The group became a supergroup
fact-chat-lost = The bot cannot write in the chat any more
fact-chat-restored = The bot can write in the chat again
fact-approver-left = { $what } left the group
fact-approver-returned = { $what } is in the group again
fact-approver-named = May approve from now on: { $what }
fact-approver-removed = May no longer approve: { $what }
fact-client-wrote = The client wrote
fact-staff-wrote = A colleague wrote in the client's chat
fact-client-told = A message to the client
fact-message-edited = The client changed a message
fact-answer-due = The team was reminded that the client waits for an answer
fact-client-answered = The client was answered
fact-card-field-set = Written on the card: { $what }
fact-card-conflict-found = A brief contradicts the card: { $what }
fact-card-conflict-resolved = A conflict was settled: { $what }
fact-answers-erased = What the client's people wrote was erased

## The numbers and the timeline of a project

ui-ball-work = our work
ui-ball-check = our check
ui-ball-client = client decides
ui-ball-rework = rework
ui-plan = plan
ui-planned = planned from { $from } to { $until }
ui-hours = { $n } h
ui-days = { $n } d
ui-of = of { $total }
ui-number-tasks = Tasks
ui-number-hours = Hours
ui-number-income = Income
ui-number-expenses = Expenses
ui-number-profit = Profit
ui-number-owed = Client owes
## Live

ui-live-people = Live, { $count } people here
ui-login-elsewhere = This link opens only in the browser in which it was asked for. Copy its address there, or ask for a new link here.
step-leave = let a person leave
refusal-has-left = { $person } does not work here any more.
refusal-still-holds = { $person } still holds: { $held }. Say who gets them.
ui-nav-checks = Checks
ui-nav-people = People
ui-checks-mine = Mine
ui-checks-all = All
ui-checks-none = Nothing waits to be checked.
ui-since = waits since { $at }
ui-people-how = { $left } of working time are left this week, next week there are { $next }. Hours come from the templates: what is left of them, at the pace of each person.
ui-person = Person
ui-now-doing = Now
ui-this-week = This week
ui-next-week = Next week
ui-later = Later
ui-free = free
ui-more = { $count } more
ui-done-by = done by { $at }
ui-too-much = too much
ui-leave = Hand over…
ui-leave-title = { $name } leaves
ui-leave-what = Access to the board and the bot ends at once, others get the work, and the history keeps the name.
ui-leave-to = Give everything to
ui-leave-role = Give the role “{ $role }” to
ui-leave-same = the same person
ui-leave-do = Hand over and end access
ui-leave-nothing = Nothing is assigned to this person.
ui-leave-tasks = Tasks
ui-leave-checks = Checks
ui-project = Project
## Templates on their pages
ui-nav-templates = Templates
ui-tpl-kind-services = Services
ui-tpl-kind-forms = Forms
ui-tpl-kind-messages = Messages
ui-tpl-file = File
ui-tpl-version = version { $version }
ui-tpl-version-none = not published yet
ui-tpl-changed = Last change
ui-tpl-running = Running projects
ui-tpl-problems = Problems
ui-tpl-find = Find
ui-tpl-replace = Replace with
ui-tpl-next = next
ui-tpl-previous = previous
ui-tpl-all = all
ui-tpl-case = match case
ui-tpl-regexp = regular expression
ui-tpl-word = whole word
ui-tpl-replace-one = replace
ui-tpl-replace-all = replace all
ui-tpl-line = Go to line
ui-tpl-go = go
ui-tpl-offers = Suggestions
ui-tpl-tabs = Views of the file
ui-tpl-text = Text
ui-tpl-list = As a list
ui-tpl-changes = Changes
ui-tpl-versions = Versions
ui-tpl-check = Check
ui-tpl-try = Dry run
ui-tpl-publish = Publish version { $version }
ui-tpl-why = Why this change?
ui-tpl-good = No problems.
ui-tpl-place = line { $line }, column { $column }
ui-tpl-fix = Write: { $text }
ui-tpl-fix-away = Remove it
ui-tpl-errors = It can be published when the errors are mended.
ui-tpl-client = Client
ui-tpl-ideal = ideal
ui-tpl-typical = typical
ui-tpl-silent = silent
ui-tpl-start = Starts on
ui-tpl-sent = Messages to the client: { $client }, to the staff: { $staff }. Nothing was sent.
ui-tpl-not-now = The dry run is busy or takes too long. Try again in a moment.
ui-tpl-effect = When you publish
ui-tpl-effect-running = New projects take version { $version }. Running projects ({ $count }) keep theirs; each is moved on its own, after a look at what changes.
ui-tpl-restore = Restore version { $version }
ui-tpl-inside = These templates are inside the program and cannot be changed here. “signoff init” writes a folder of templates that can be; then set workflows.dir.
ui-tpl-same = Nothing has changed.
ui-tpl-published = Version { $version } is in force.
ui-tpl-no-changes = The text is as it was published.
ui-tpl-by-file = edit of the file
ui-tpl-other-file = in another file
ui-tpl-yours = Your text is kept below. This is how it differs from the one in force; publish again if it is still right.
ui-tpl-restored = from version { $version }
ui-tpl-role = Role
ui-tpl-hours = Hours
ui-tpl-approval = Client approves
refusal-template-moved = { $file } has version { $version } by now; your edit began with version { $base }. Look at what changed in between first.
## Password and code
ui-password = Password
ui-password-code = Code of the app (6 digits)
ui-password-wrong = The name, the password or the code did not fit. A code counts once; after five mistakes wait 15 minutes, or ask the bot for a link.
ui-password-by-link = Sign in by a link from the bot
ui-password-instead = Sign in with a password and a code
ui-me = My settings
ui-look = Language and light
ui-look-language = Language of the pages
ui-look-theme = Light
ui-look-system = As the system
ui-look-light = Light
ui-look-dark = Dark
ui-password-again = A password is set within ten minutes of signing in: sign out, sign in again, and come back here.
ui-password-title = My password
ui-password-how = A second way to sign in, without the bot: a password and a code from your phone. Once it is saved you are signed out everywhere and sign in with it.
ui-password-new = New password
ui-password-rule = At least 12 characters. Best are a few words that nobody connects with you.
ui-password-app = The code from your phone
ui-password-scan = Scan the picture with an app for codes (Google Authenticator, Aegis, 1Password), or type the letters under it into the app.
ui-password-picture = QR code for the app with the codes: { $name }
ui-password-set = Save the password
ui-password-no-key = There is no key file here, so no password can be kept. Whoever runs the server: signoff init makes signoff.key.
step-password = set a password
refusal-password-too-easy = A password has { $shortest } to { $longest } characters and is not easy to guess: a few words with spaces are fine, a name or 123456 is not.
refusal-wrong-code = The code did not fit. It lasts half a minute and counts once: take a new one, and check the clock of the phone.
ui-takes = Written as: { $kind }

## Accesses on the panel of a task

ui-access-tried = Access “{ $item }”: who tried it and how, or why none is needed
ui-access-works = It works
ui-access-not-needed = Not needed

## Sent from a foreign page

page-elsewhere-title = This was not sent from a page of Signoff
page-elsewhere-text = Open the page here, in the browser, and do it there once more. If that is what you did, reload the page: the address of the server may be another one than in its settings.
## The list of projects
ui-nav-projects = Projects
ui-projects-found = { $projects } projects of { $clients } clients
ui-projects-none = Nothing here. Take some marks away.
ui-projects-lists = Lists
ui-projects-open = All open
ui-projects-month = Clients of this month
ui-projects-late = Late
ui-projects-waits = Waits for the client
ui-projects-forget = Forget the list “{ $name }”
ui-projects-state = State
ui-projects-state-open = open
ui-projects-state-over = over
ui-projects-state-all = all
ui-projects-service = Service
ui-projects-client = Client
ui-projects-pm = Manager
ui-projects-person = Who takes part
ui-projects-from = Opened from
ui-projects-until = Opened until
ui-projects-sort = Order
ui-projects-by-due = by due day
ui-projects-by-client = by client
ui-projects-by-opened = by opening
ui-projects-show = Show
ui-projects-clear = Take the marks away
ui-projects-task = Task
ui-projects-ball = With whom
ui-projects-due = Due
ui-projects-price = Price
ui-projects-opened = Opened
ui-projects-unpaid = Invoice not paid
ui-projects-many = There are too many lists: forget one of yours and keep this one again.
ui-projects-pages = Pages
ui-projects-keep = Keep this list…
ui-projects-name = Name
ui-projects-shared = Everybody sees it
ui-projects-keep-do = Keep the list
## The strip above the board
ui-strip = What needs me
ui-strip-answers = Answers due: { $count }
ui-strip-checks = To check: { $count }
ui-strip-late = Late: { $count }
ui-strip-silent = Silent clients: { $count }
ui-strip-money = Unpaid invoices: { $count }
ui-by-task = By task

## Comments, files and due dates of tasks

ui-comments = Comments and files
ui-comment-add = Write a comment
ui-comment-file = A file, up to { $size } MB
ui-comment-client = The client sees it too: it goes to their chat
ui-comment-sent = the client sees it
ui-comment-erased = erased
ui-file-too-large = The file is larger than { $size } MB. Put it on a drive and write the link.
ui-file-none = No file was chosen.
ui-file-upload = Upload
ui-due-set = Set another due date
ui-due-day = Due by the end of
ui-due-why = Why
fact-commented = “{ $task }”: a comment
fact-due-set = “{ $task }”: the PM set another due date
step-comment = comment
step-due = set the due date
task-comment =
    <b>{ $person }</b> · { $task }:
    { $text }
task-file =
    <b>{ $person }</b> · { $task }: a file for you ☝️
ui-key-time = log time
ui-time-spent = Time spent
ui-time-kind = What for
ui-time-note = Note

# --- money without a payment
step-money = deal with the client's money
fact-money-arrived = Money came that fits no payment
fact-money-matched = Money was matched with a payment
fact-money-dismissed = Money without a payment was written off
staff-day-unmatched = 🏦 <b>Money came, and nobody knows for what</b>
staff-day-line-unmatched = • { $client }: { $amount } of { $since }: <i>signoff payment match { $money } PROJECT/PAYMENT</i>
ui-money-loose = Money without a payment
ui-money-none = All money of this client is matched with its payments.
ui-money-left = { $amount } left
ui-money-for = For
ui-money-match = Match
ui-money-dismiss = Write off
ui-money-why = Why: it went back to the client, it was a mistake
ui-money-note = Write down money that came
ui-money-amount = Amount
ui-money-on = Day on which it came
ui-money-reference = Number of the transfer on the statement
ui-money-again = This is other money than what is written down already
ui-money-no-payment = There is no open payment to match it with.
ui-comment-by-client = from the client
ui-priority = Priority
ui-priority-high = first
ui-priority-normal = normal
ui-priority-low = later
fact-priority-set = “{ $task }”: the PM changed the priority
step-priority = change the priority
staff-day-tight = ⚠️ <b>May not be in time: more work than time</b>
client-later = “{ $task }” takes us longer than planned. We are sorry for the change.
ui-tight = { $hours } h of work are left, and less business time than that. The client should hear it from us before asking.
ui-tight-tell = What the client will read
ui-tight-until = When it will be ready

# --- how projects stand
standing-title = 📋 <b>Open projects: { $count }</b>
standing-none = 📋 There are no open projects.
standing-line = { $mark } { $client } · { $service } ({ $project }) · { $stage }: { $parts }
standing-more = … and { $count } more: { $link }
standing-stage-none = all tasks are done
standing-paused = paused
standing-late = late: { $tasks }
standing-check = waits for a check: { $tasks }
standing-client = waits for the client: { $tasks }
standing-work = in progress: { $tasks }
standing-nothing = nothing waits now
standing-task = “{ $task }”
standing-task-due = “{ $task }” (due { $due })
standing-task-approved = “{ $task }” (approved)
standing-mine = 📋 <b>{ $service }</b>: { $stage }
standing-mine-none = There are no open projects now.
standing-mine-more = … and { $count } more
standing-mine-paused = ⏸ The project is paused
standing-mine-client = ⏳ Waiting for your decision: { $tasks }
standing-mine-work = 🛠 In progress now: { $tasks }
standing-mine-done = ✅ Done { $done } of { $total }: { $tasks }

# --- the parts of a project: files and time; pins
ui-tab-files = Files
ui-tab-time = Time
ui-files-none = No files yet. They come with results, comments and messages.
ui-files-count = Files: { $count }
ui-files-file = File
ui-files-what = What it is
ui-files-added = Added by
ui-files-seen = Who sees it
ui-files-hash = SHA-256
ui-files-comment = comment
ui-files-team = the team only
ui-files-client = the client too
ui-files-later = when the result is handed over
ui-files-sent = sent { $at }
ui-files-telegram = in Telegram
ui-files-image = image
ui-files-video = video
ui-files-sound = sound
ui-files-pdf = PDF
ui-files-office = office document
ui-files-text = text
ui-files-archive = archive
ui-files-other = file
ui-time-by-task = By task
ui-time-by-person = By person
ui-time-entries = Entries
ui-time-who = Who
ui-time-noted = Hours noted
ui-time-planned = Planned
ui-time-total = Altogether
ui-time-over = { $hours } over the plan
ui-time-count = entries: { $count }
ui-time-day = Day
ui-time-back = taken back
ui-time-take-back = Take back
ui-time-none = No time has been written down yet. It is noted in the panel of a task, or in the staff chat.
ui-pins = Pinned projects
ui-pin = Pin
ui-pin-why = Pin the project to the menu
ui-unpin = Take the project out of the menu
ui-pins-many = The menu takes { $most } projects at most. Take one of yours out of it first.
# --- export and the other views of a project
ui-export = Export
ui-export-title = Everything about this project as one archive: documents, tables, history, files
step-export = take a project out as an archive
ui-views = How the tasks are shown
ui-view-list = List
ui-view-role = By role
ui-view-calendar = Calendar
ui-calendar-months = Months
ui-calendar-before = The month before
ui-calendar-after = The month after
ui-calendar-today = Today
ui-calendar-empty = Nothing happens in this month.
ui-calendar-start = start:
ui-calendar-due = due:
ui-calendar-done = done:
ui-calendar-begin = begins by plan:
ui-calendar-end = ends by plan:
ui-calendar-promise = promised:
ui-calendar-invoice = invoice:
ui-calendar-paid = paid:
ui-day-mon = Mon
ui-day-tue = Tue
ui-day-wed = Wed
ui-day-thu = Thu
ui-day-fri = Fri
ui-day-sat = Sat
ui-day-sun = Sun
ui-calendar-month =
    { $month ->
        [1] January { $year }
        [2] February { $year }
        [3] March { $year }
        [4] April { $year }
        [5] May { $year }
        [6] June { $year }
        [7] July { $year }
        [8] August { $year }
        [9] September { $year }
        [10] October { $year }
        [11] November { $year }
       *[12] December { $year }
    }
