### Съобщения до клиенти и екип: български.
### Променяйте само текста след „=“. Това в { } със знак $ се попълва от системата.
### Имената на стъпките са винаги в кавички и нечленувани, за да не се налага да се променят.

## Бутони

btn-approve = ✅ Одобрявам
btn-send-back = ✏️ За доработка
btn-undo = Отмени
btn-comment-done = Готово, това е
btn-cancel = Отказвам се
btn-fill-brief = 📝 Попълни брифа
btn-need-help = Нужна ми е помощ
btn-open-result = Виж резултата
btn-open-portal = Всички материали
btn-invoice = Фактура
btn-already-paid = Вече е платено
btn-question = Имам въпрос

## Начало и бриф

welcome =
    Добре дошли! Тук ще работим заедно по услугата „{ $service }“.

    В този чат ще научавате какво сме започнали, какво е готово и какво чака вашето решение. Одобрението е с едно натискане.
    Вашият мениджър е <b>{ $pm }</b>. Пишете тук, отговаряме в работно време ({ $hours }).

brief-request =
    За да започнем, моля, попълнете: <b>{ $form }</b>. Това са { $questions ->
        [one] { $questions } въпрос
       *[other] { $questions } въпроса
    }, около { $minutes ->
        [one] { $minutes } минута
       *[other] { $minutes } минути
    }.

    Отговорите се пазят, така че можете да спрете и да продължите по-късно.

brief-received =
    Получихме брифа, благодарим! Ако трябва да уточним нещо, ще пишем тук.

brief-reminder =
    Още не виждаме попълнен бриф. Има ли нещо неясно или неудобно за отговор?
    Пишете ни какво е и ще помогнем. Може и просто да запишете отговорите като гласово съобщение.

task-production-starts =
    Брифът, достъпите и плащането са налице. Започваме работа, първата стъпка е „{ $next }“.

## Стъпки: общи текстове

task-started =
    Започнахме <b>„{ $task }“</b>. Планираме да покажем резултата до { $due }.

task-finished =
    Готово: <b>„{ $task }“</b>.

    { $result }

    Моля, прегледайте. Ако всичко е наред, одобрете. Ако не, напишете какво да променим.

task-finished-info =
    Готово: <b>„{ $task }“</b>.

    { $result }

rework-finished =
    Нанесохме корекциите: <b>„{ $task }“</b>, кръг { $round }.

    { $result }

    Проверете дали вече е така, както го искахте.

month-starts =
    Започва нов период: <b>{ $period }</b>. { $tasks ->
        [one] Предстои { $tasks } стъпка
       *[other] Предстоят { $tasks } стъпки
    }, първата е „{ $next }“.

project-finished =
    Проектът „{ $project }“ приключи. Всички материали остават тук, в чата.
    Благодарим за съвместната работа!

## SMM

smm-accounts-start =
    Започваме с профилите: регистрираме нови или свързваме тези, които имате.
    Ако получите код за потвърждение, моля, препратете го тук.

smm-accounts-finish =
    Профилите са готови, вие сте собственик на всеки от тях.

    { $result }

smm-rubricator-start =
    Работим по рубрикатора: темите и подтемите, от които ще израсне планът за съдържание. Ще го покажем до { $due }.

smm-rubricator-finish =
    Рубрикаторът е готов.

    { $result }

    Прегледайте темите: всичко ли е за вас и няма ли нещо излишно?

smm-content-plan-start =
    Започнахме плана за съдържание. Ще го покажем до { $due }.

smm-content-plan-finish =
    Планът за съдържание е готов: { $posts ->
        [one] { $posts } публикация
       *[other] { $posts } публикации
    }.

    { $result }

    Подхожда ли ви? Ако видите грешка или неточност, върнете го за доработка.

smm-profile-design-start =
    Оформяме профила. Остава да поставим логото и да съставим описанието.

smm-profile-design-finish =
    Профилът е оформен.

    { $result }

    Прочетете описанието на глас: така ли говорите за себе си?

smm-first-nine-start =
    За да изглежда профилът жив, са нужни поне { $items ->
        [one] { $items } публикация
       *[other] { $items } публикации
    }. Вече работим по тях.

smm-first-nine-finish =
    Първите публикации са качени.

    { $result }

    Погледнете профила на телефона си и кажете харесва ли ви.

ads-start =
    Подготвяме рекламата: избираме публикации, създаваме кампания, настройваме аудитория.

ad-launched =
    🚀 Рекламата е пусната.

    { $result }

    Ще разкажем за резултатите, когато кампанията приключи.

ads-finish =
    Рекламната кампания приключи, отчетът е тук.

    { $result }

## Одобрение

approval-reminder =
    „{ $task }“ чака вашето решение вече { $days ->
        [one] { $days } работен ден
       *[other] { $days } работни дни
    }. Следващата стъпка започва веднага след одобрението.

task-cancelled = Тази стъпка е отменена, вече не е нужно решение.

approval-given = ✅ Одобрено: { $person }, { $at }

approval-by-silence =
    Приемаме „{ $task }“ за одобрено: { $days ->
        [one] { $days } работен ден
       *[other] { $days } работни дни
    } без забележки. Ако имате такива, пишете ни и ще се върнем към работата.

approval-deemed = ☑️ Приема се за одобрено, защото уговореният срок мина без забележки: { $at }

sendback-ask =
    { $person }, какво да променим в „{ $task }“?
    Отговорете на това съобщение, веднъж или няколко пъти; може и със снимки или глас. След първия отговор ще се появи бутонът „Готово, това е“.

sendback-hint = Какво да променим?

sendback-given = ✏️ За доработка: { $person }, { $at }

sendback-received =
    Приехме { $remarks ->
        [one] { $remarks } забележка
       *[other] { $remarks } забележки
    } по „{ $task }“. Ще се върнем до { $due }.

## Плащане

payment-invoice =
    Издадохме фактура за <b>{ $amount }</b> за периода { $period }. Моля, платете до { $until }.

payment-invoice-reminder =
    Напомняме за фактурата за <b>{ $amount }</b>: { $days ->
        [one] минал е { $days } работен ден
       *[other] минали са { $days } работни дни
    }. Ако вече сте платили, пишете тук и ще проверим.

payment-reminder =
    След { $days ->
        [one] { $days } работен ден
       *[other] { $days } работни дни
    } изтича платеният период. За да не спират публикациите и рекламата, моля, платете предварително промотирането и рекламния бюджет: <b>{ $amount }</b>.

seo-payment-reminder =
    След { $days ->
        [one] { $days } работен ден
       *[other] { $days } работни дни
    } изтича платеният период. За да не спира работата по позициите на сайта, моля, платете предварително: <b>{ $amount }</b>.

ppc-payment-reminder =
    След { $days ->
        [one] { $days } работен ден
       *[other] { $days } работни дни
    } изтича платеният период. За да не спира рекламата, моля, платете предварително управлението и рекламния бюджет: <b>{ $amount }</b>.

payment-received =
    Получихме <b>{ $amount }</b>, благодарим! Периодът { $period } е платен.

payment-part-invoice =
    Издадохме фактура за <b>{ $amount }</b>: „{ $task }“. Моля, платете до { $until }.

payment-part-paid =
    Получихме <b>{ $amount }</b> („{ $task }“), благодарим!

payment-part-received =
    Получихме <b>{ $amount }</b>, благодарим! Остават <b>{ $rest }</b>.

## Отчет, среща, оферта

report-ready =
    Отчетът за { $period } е готов.

    { $result }

quotation-ready =
    Офертата е готова: <b>{ $total }</b>.

    { $result }

    След одобрението изпращаме договор и започваме изпълнението.

meeting-invite =
    Каним ви на среща: „{ $task }“, <b>{ $at }</b>. Ако часът не е удобен, пишете ни и ще намерим друг.

## Въпроси на клиента

question-received =
    Видяхме въпроса ви. { $pm } ще отговори до { $until }.

question-received-off =
    Благодарим, въпросът е записан. Сега е извън работно време; { $pm } ще отговори { $until }.

## За екипа

staff-task-ready =
    🆕 <b>{ $client }</b>: „{ $task }“ ({ $project }) може да започне. Изпълнител: { $person }, план { $hours ->
        [one] { $hours } час
       *[other] { $hours } часа
    }.
    Срок { $due }.

staff-check-needed =
    👀 { $auditor }, моля, проверете: <b>{ $client }</b>, „{ $task }“ ({ $project }), кръг { $round }. Изпълнител: { $person }.

    { $result }

staff-gate-closed =
    „{ $task }“ още не може да приключи. Липсва: { $missing }.

staff-brief-received =
    📝 <b>{ $client }</b>: „{ $form }“ е попълнен ({ $project }). Отговорите са зад бутона.

staff-brief-stuck =
    ⚠️ { $client } не попълва брифа, { $times ->
        [one] { $times } напомняне
       *[other] { $times } напомняния
    } досега. Обадете се.

staff-approved =
    ✅ { $client }: „{ $task }“ е одобрено ({ $person }).

staff-sent-back =
    ✏️ <b>{ $client }</b>: „{ $task }“ ({ $project }) е върнато, кръг { $round }. Решение: { $person }.
    Забележките ще се появят тук, щом клиентът ги напише.

staff-rework-extra =
    💬 { $pm }: „{ $task }“ ({ $client }, { $project }) се връща повече от договореното: цената включва { $included ->
        [one] { $included } кръг
       *[other] { $included } кръга
    } корекции. Договорете доплащането, преди да започнете.

staff-approval-stuck =
    ⚠️ { $client } мълчи за „{ $task }“ { $days ->
        [one] { $days } работен ден
       *[other] { $days } работни дни
    }. Напомнянията свършиха, обадете се.

staff-due-soon =
    ⏳ { $client }: „{ $task }“ е със срок { $due }.

staff-overdue =
    🔴 <b>{ $client }</b>: „{ $task }“ ({ $project }) трябваше да е готово до { $due } ({ $days ->
        [0] срокът току-що изтече
        [one] закъснение { $days } работен ден
       *[other] закъснение { $days } работни дни
    }). Изпълнява: { $person }.

staff-unaccepted =
    🕓 { $pm }, никой не се е заел с „{ $task }“ (<b>{ $client }</b>, { $project }), чака от { $since }. Изпълнява: { $person }.

staff-declined =
    🙅 { $pm }, { $person } не поема „{ $task }“ (<b>{ $client }</b>, { $project }). Възложете на друг човек.

    Причина: { $reason }

staff-approval-deemed =
    ☑️ { $pm }, <b>{ $client }</b>: „{ $task }“ ({ $project }) се приема за одобрено, защото клиентът мълчи { $days ->
        [one] { $days } работен ден
       *[other] { $days } работни дни
    }. Така е уговорено в шаблона, самият клиент не е одобрявал.

staff-silence-put-off =
    ⚠️ { $pm }, <b>{ $client }</b>: „{ $task }“ ({ $project }) не може да се приеме за одобрено поради мълчание, защото резултатът не е стигнал до клиента: чатът не е свързан или ботът не може да пише там. Срокът започва отначало.

staff-promise-missed =
    🤝 { $pm }, обещаната на <b>{ $client }</b> следваща стъпка ({ $project }, „{ $task }“) беше до { $by }:

    { $text }

staff-project-paused =
    ⏸ <b>{ $client }</b>: проект { $project } („{ $service }“) е на пауза, напомняния няма да има. От: { $person }. Причина: { $reason }

staff-project-resumed =
    ▶️ <b>{ $client }</b>: проект { $project } („{ $service }“) продължава. От: { $person }.

staff-timer-dead =
    ⚠️ Действие по график не успя три пъти, проверете сами: { $timer }. Всички такива показва командата signoff timers.

staff-templates-broken =
    ⚠️ Промените във файла <b>{ $file }</b>, ред { $line }, не могат да се използват: { $reason }
    В сила остават предишните шаблони, проектите продължават. Всичко за поправяне показва командата signoff check.

staff-templates-mended =
    ✅ Шаблоните отново са наред: промените важат за новите проекти.

staff-client-waiting =
    ⏱ { $client } чака отговор. Обещахме отговор до { $until }.

staff-payment-received =
    💰 { $client }: получени { $amount } ({ $project }, плащане { $payment }: { $state }).

staff-payment-invoiced =
    🧾 { $client }: издадена е фактура { $number } за { $amount } ({ $project }, плащане { $payment }).

staff-payment-corrected =
    ✏️ { $client }: поправено постъпление, { $amount } ({ $project }, плащане { $payment }: { $state }). Поправено от { $person }. Причина: { $reason }

staff-payment-cancelled =
    ✖️ { $client }: плащане { $payment } за { $amount } е отменено ({ $project }). Отменено от { $person }. Причина: { $reason }

staff-ad-launched =
    🚀 { $client }: рекламата е пусната, „{ $task }“ ({ $project }). { $person }.

staff-payment-late =
    ⚠️ { $client }: няма плащане от { $amount }; до края на периода { $days ->
        [one] остава { $days } работен ден
       *[other] остават { $days } работни дни
    }.

staff-payment-overdue =
    ⚠️ { $client }: фактурата за { $amount } („{ $task }“) не е платена; { $days ->
        [one] минал е { $days } работен ден
       *[other] минали са { $days } работни дни
    }. Обадете се.

staff-undelivered =
    🔴 { $client }: съобщението за „{ $task }“ не е доставено ({ $reason }). Свържете се по друг начин.

## Бутони за екипа

btn-start = ▶️ Започни
btn-pause = ⏸ Пауза
btn-resume = ▶️ Продължи
btn-submit = Предай
btn-submit-locked = 🔒 Предай
btn-accept = ✅ Приеми
btn-return = ↩️ Върни

## Думи, от които се съставят съобщенията

word-yes = да
word-no = не
word-or = или
word-quoted = „{ $text }“
word-files = { $count ->
    [one] { $count } файл
   *[other] { $count } файла
}

status-waiting = Чака реда си
status-ready = Готово за начало
status-in-progress = В работа
status-paused = Пауза
status-in-review = Наша проверка
status-awaiting-approval = При клиента
status-rework = Доработка
status-completed = Завършено
status-cancelled = Отменено

payment-state-not-invoiced = без фактура
payment-state-invoiced = издадена е фактура
payment-state-partly-paid = платено частично
payment-state-paid = платено
payment-state-cancelled = отменено

step-start = започване на работата
step-pause = спиране на работата
step-resume = продължаване на работата
step-submit = предаване на резултата
step-accept = приемане на резултата
step-return = връщане на резултата
step-fill = промяна на поле
step-tick = отмятане на ред
step-press = натискане на бутон
step-confirm = потвърждаване на условие
step-confirm-chat = потвърждаване на чата на клиента
step-cancel = отмяна на задачата
step-open-period = отваряне на период
step-close = закриване на проекта
step-insert = вмъкнете задача
step-move-version = прехвърлите проекта на друга версия
step-correct-payment = поправяне на постъпление
step-assign = назначаване на човек
step-approve = одобряване на работата
step-send-back = връщане за доработка
step-decline = отказ от задачата
step-promise = обещаване на следващата стъпка
step-undo = отмяна на решението
step-remark = добавяне на забележка
step-open = откриване на проект
step-client = добавяне на клиент
step-language = смяна на езика на клиента
step-link = даване на връзка към чата
step-approver = посочване кой одобрява
step-person = добавяне на човек
step-templates = промяна на шаблоните

kind-text = текст
kind-long-text = текст
kind-link = връзка, която започва с https://
kind-links = връзки, всяка започва с https://
kind-file = файл
kind-files = файлове
kind-number = число, например 12 или 12,5
kind-money = сума с валута, например 24000 UAH
kind-percent = процент, например 12,5
kind-date = дата, например 21.11.2026
kind-date-range = две дати, например 01.11.2026 - 30.11.2026
kind-date-time = дата и час, например 21.11.2026 14:30
kind-choice = една от възможностите
kind-choices = възможности, разделени със запетая
kind-yes-no = да или не

missing-field = „{ $title }“
missing-more = „{ $title }“ (нужни са поне { $wanted }, има { $have })
missing-form = бриф „{ $form }“
missing-paid-this = плащане за този период
missing-paid-next = плащане за следващия период
missing-gate = условие „{ $gate }“
missing-item = ред { $item } от списъка „{ $title }“
missing-button = натиснат бутон „{ $title }“
missing-button-locked = { $button } [появява се след { $fields }]
missing-role = човек за ролята „{ $role }“
missing-task = завършена задача „{ $title }“
missing-access = проверен достъп „{ $item }“
missing-approval = одобрение от клиента на „{ $title }“
missing-other-file = в „{ $title }“ точно файловете, които клиентът одобри в „{ $approved }“
missing-outside = в „{ $title }“ дати в рамките на периода (редове: { $rows })
missing-audit = съгласието на проверяващия
missing-handoff-price = цена
missing-handoff-chat = чатът на клиента, свързан и потвърден
missing-handoff-contact = лице за контакт при клиента
missing-handoff-approver = човек на клиента, който одобрява
missing-handoff-pm = проектен мениджър

## Чатът на клиента: свързване, решения, прекъсвания

chat-linked-waiting = Благодарим! Мениджърът скоро ще потвърди този чат и тук ще се появяват новини за вашата работа.

sendback-noted =
    Записахме { $remarks ->
        [one] { $remarks } забележка
       *[other] { $remarks } забележки
    }. Има ли още нещо? Отговорете на това съобщение. Ако това е всичко, натиснете бутона.

decision-undone = ↩️ Решението е отменено: { $person }, { $at }

approval-again = „{ $task }“ още чака вашето решение. Решете с бутоните под това съобщение.

outage-reask =
    От { $from } до { $until } не виждахме съобщенията в този чат. Ако сте натискали бутони или сте писали тогава, моля, повторете.

digest-while-away = Докато не можехме да пишем в този чат, се { $count ->
        [one] събра { $count } съобщение
       *[other] събраха { $count } съобщения
    }. Ето ги.

press-thanks = Записахме, благодарим!
press-thanks-approve = Одобрено, благодарим! Можете да размислите още 2 минути.
press-thanks-send-back = Записахме. Моля, напишете какво да променим.
press-done = Готово.
press-as-yourself = Моля, натиснете от свое име, а не от името на група или канал.
undo-done = Решението е отменено. Можете да решите отново.
undo-late = Вече не може да се отмени. Пишете на мениджъра и ще помогнем.
nothing-to-answer = Тук вече няма на какво да се отговори. Ако нещо не е наред, пишете на мениджъра.
## Картата на задачата за екипа

staff-card =
    <b>{ $client }</b>: „{ $task }“ ({ $project })
    { $status }, кръг { $round }. Изпълнител: { $person }.
    Срок { $due }.

    { $result }

staff-card-missing =
    <b>{ $client }</b>: „{ $task }“ ({ $project })
    { $status }, кръг { $round }. Изпълнител: { $person }.
    Срок { $due }.

    { $result }

    Липсва: { $missing }.

staff-card-rework =
    <b>{ $client }</b>: „{ $task }“ ({ $project })
    { $status }, кръг { $round }. Изпълнител: { $person }.
    Срок { $due }.

    <b>Забележки:</b>
    { $remarks }

    { $result }

    Липсва: { $missing }.

staff-nobody = още няма човек

staff-update-dead =
    ⚠️ Съобщение № { $update } от Telegram не можа да бъде прочетено три пъти и е оставено настрана. Следващите се обработват; покажете номера на този, който поддържа сървъра.

staff-inputs-lost =
    ⚠️ Бяхме без връзка от { $from } до { $until }. Telegram пази изпратеното само едно денонощие, затова някои отговори на клиенти може да са изгубени. Попитайте отново тези, чието решение чакахте.

staff-accepted =
    👌 <b>{ $client }</b>: „{ $task }“ ({ $project }) е проверено ({ $person }).

staff-check-returned =
    ↩️ <b>{ $client }</b>: „{ $task }“ ({ $project }) е върнато за доработка ({ $person }).

staff-returned =
    ↩️ { $person }, <b>{ $client }</b>: „{ $task }“ ({ $project }) се върна от проверка, вече кръг { $round }.

    { $remarks }

staff-remarks =
    ✏️ <b>{ $client }</b>: забележки по „{ $task }“.

    { $remarks }

staff-no-remarks =
    ⚠️ <b>{ $client }</b>: „{ $task }“ е върнато без забележка. Попитайте какво да се промени.

staff-undone =
    ↩️ <b>{ $client }</b>: решението за „{ $task }“ е отменено ({ $person }). Чакаме ново.

staff-gate-confirmed =
    🔓 <b>{ $client }</b>: „{ $task }“, потвърдено: { $gate }. От: { $person }.

staff-cancelled =
    ✖️ <b>{ $client }</b>: „{ $task }“ ({ $project }) е отменено. От: { $person }. Причина: { $reason }

staff-gate-overridden =
    ⚠️ <b>{ $client }</b>: „{ $task }“ ({ $project }) продължава, макар че липсва: { $gate }. Разрешил: { $person }. Причина: { $reason }

staff-task-inserted =
    ➕ <b>{ $client }</b>: към { $project } е добавена „{ $task }“, след „{ $after }“. От: { $person }.

staff-version-moved =
    🔁 <b>{ $client }</b>: { $service } ({ $project }) продължава по новата версия на шаблона. От: { $person }.

staff-project-opened =
    📁 <b>{ $client }</b>: нов проект { $project }, услуга „{ $service }“.

staff-project-finished =
    🏁 <b>{ $client }</b>: проектът { $project } („{ $service }“) приключи.

staff-period-began =
    📅 <b>{ $client }</b>: проект { $project }, период { $number }: { $period }.

staff-project-closed =
    🏁 <b>{ $client }</b>: проектът { $project } („{ $service }“) е закрит. Закрит от { $person }. Причина: { $reason }

staff-project-lost =
    📕 <b>{ $client }</b>: проектът { $project } („{ $service }“) е закрит: няма да има сделка. Записано от { $person }.

## Чатът на екипа: събития и въпроси

staff-chat-linked =
    🔗 <b>{ $client }</b>: чатът „{ $title }“ иска да бъде свързан, връзката е ползвана от: { $person }.
    Ако това наистина е клиентът, потвърдете: signoff client confirm { $id }

staff-chat-lost =
    🔴 <b>{ $client }</b>: чатът вече не е достъпен ({ $reason }). Съобщенията чакат. Помолете да върнат бота или дайте нова връзка.

staff-chat-restored =
    🟢 <b>{ $client }</b>: чатът отново е достъпен, съобщенията се изпращат.

staff-client-wrote =
    💬 <b>{ $client }</b>, { $person }:
    { $text }

staff-send-failed =
    🔴 <b>{ $client }</b>: съобщението за „{ $task }“ не е изпратено ({ $reason }).

staff-unknown-outcome =
    ❔ <b>{ $client }</b>: не знаем дали съобщението за „{ $task }“ е пристигнало ({ $reason }). Погледнете в чата на клиента.

staff-ask-field =
    { $person }, <b>{ $client }</b>, „{ $task }“.
    Отговорете с „{ $field }“: { $kind }.

staff-ask-field-with-hint =
    { $person }, <b>{ $client }</b>, „{ $task }“.
    Отговорете с „{ $field }“: { $kind }.
    <i>{ $hint }</i>

staff-ask-return = { $person }, <b>{ $client }</b>: какво да се поправи в „{ $task }“? Напишете го като отговор на това съобщение.

staff-field-hint = Стойност на полето или файл
staff-return-hint = Какво да се поправи?

## Какво е изпратено, когато няма думи

content-photo = 📎 снимка
content-voice = 📎 гласово съобщение
content-video = 📎 видео
content-audio = 📎 аудио
content-animation = 📎 анимация
content-sticker = 📎 стикер
content-location = 📎 място на картата
content-contact = 📎 контакт
content-poll = 📎 анкета
content-file = 📎 файл
content-other = 📎 съобщение без текст

remark-aside = { $person } (не одобрява работата): { $text }

## Защо чатът не е достъпен и защо съобщение не е изпратено

lost-removed = ботът е премахнат от чата
lost-blocked = ботът е блокиран
lost-deactivated = профилът е изтрит
lost-never-started = ботът не е стартиран там
lost-restricted = ботът няма право да пише
lost-not-found = няма такъв чат
lost-closed = темата е затворена

failed-file = файлът вече го няма
failed-gone = съобщението е изтрито
failed-formatting = Telegram не приема оформлението
failed-long = съобщението е твърде дълго
failed-buttons = Telegram не приема бутоните
failed-topic = темата е затворена
failed-silence = Telegram не отговори
failed-strange = Telegram отговори неразбираемо

## Теми, изчезващи съобщения, кой напусна чата

topic-chosen = Отсега съобщенията ще идват тук.

staff-topic-lost =
    ⚠️ <b>{ $client }</b>: темата за нашите съобщения е изтрита или затворена, вече отиват в основната част на чата. За да ги преместите, напишете /here в нужната тема.

staff-topic-lost-here =
    ⚠️ Темата за тези съобщения е изтрита или затворена, вече идват тук. За да ги преместите, напишете /here в нужната тема.

staff-auto-delete =
    ⚠️ <b>{ $client }</b>: съобщенията в чата вече изчезват след { $days ->
        [one] { $days } ден
       *[other] { $days } дни
    }. Клиентът няма да вижда там старите резултати. Ако не е нарочно, помолете да го изключат в настройките на чата.

staff-approver-left =
    ⚠️ <b>{ $client }</b>: човекът, който одобрява работата ({ $person }), вече не е в чата. Правото да одобрява остава; ако това се е променило, посочете друг.

staff-approver-back =
    🟢 <b>{ $client }</b>: човекът, който одобрява работата ({ $person }), отново е в чата.

## Откази: защо не се получи и какво да се направи

refusal-project-exists = Вече има проект { $project }. Изберете друг код.
refusal-no-project = Няма такъв проект. Проверете кода.
refusal-no-client = Няма такъв клиент. Проверете кода.
refusal-client-exists = Вече има клиент { $client }. Изберете друг код.
refusal-no-task = В проекта няма задача { $task }. Проверете кода.
refusal-no-field = В задача { $task } няма поле { $field }. Има: { $known }.
refusal-no-button = В задача { $task } няма бутон { $button }. Има: { $known }.
refusal-no-item = В списъка на задача { $task } няма ред { $item }. Редовете са { $have }.
refusal-no-gate = В задача { $task } няма условие { $gate }, което се потвърждава на ръка. Има: { $known }.
refusal-no-role = Няма роля { $role }. Има: { $known }.
refusal-no-person = В екипа няма { $person }. Първо добавете този човек.
refusal-wrong-status = { $task }: състоянието е „{ $status }“, затова не е възможно: { $wanted }.
refusal-not-its-turn = { $task } чака реда си: първо трябва да завърши { $before }.
refusal-cannot-start = { $task } още не може да започне. Липсва: { $missing }.
refusal-cannot-finish = { $task } още не може да приключи. Липсва: { $missing }.
refusal-button-locked = Бутонът { $button } ще се появи, когато е попълнено: { $missing }.
refusal-button-used = Бутонът { $button } вече е натиснат и работи само веднъж.
refusal-bad-value = „{ $given }“ не подхожда за полето { $field }. Тук е нужно: { $kind }.
refusal-bad-value-choice = „{ $given }“ не подхожда за полето { $field }. Възможности: { $known }.
refusal-two-readings = „{ $given }“ в полето { $field } може да се прочете по два начина. Напишете { $first } или { $second }.
refusal-not-your-task = { $task } се изпълнява от { $people }. Обърнете се натам или помолете мениджъра да смени изпълнителя.
refusal-not-your-task-nobody = { $task } още няма изпълнител. Помолете мениджъра да назначи човек.
refusal-not-your-check = { $task } се проверява от { $people }. Решението за резултата е на този човек.
refusal-not-your-check-nobody = { $task } още няма кой да провери. Помолете мениджъра да назначи човек.
refusal-own-work = { $task }: никой не проверява собствената си работа. Помолете друг човек.
refusal-not-allowed = Нужни са права на мениджър на проекта или ръководител за: { $wanted }.
refusal-not-an-approver = Работата се одобрява от { $people }. Ако това се е променило, пишете на мениджъра.
refusal-not-an-approver-nobody = Още не е посочено кой одобрява работата. Пишете на мениджъра и ще го поправим.
refusal-staff-as-approver = { $person } работи в агенцията и не може да одобрява вместо клиента. Посочете човек от страната на клиента.
refusal-telegram-taken = Този потребител на Telegram вече е записан за { $person }. Проверете номера.
refusal-already-decided-approved = Вече има решение, одобрено: { $person }, { $at }.
refusal-already-decided-sent-back = Вече има решение, за доработка: { $person }, { $at }.
refusal-already-decided-silence = Уговореният срок мина без забележки и работата се приема за одобрена: { $at }. Ако имате забележки, пишете ни.
refusal-stale = Това е предишна версия. По-новата е по-долу в чата, решението е по нея.
refusal-foreign-press = Този бутон не работи тук. Ако ви трябва, пишете на мениджъра.
refusal-undo-too-late = Решение може да се отмени до { $minutes ->
        [one] { $minutes } минута
       *[other] { $minutes } минути
    }, това време изтече. Пишете на мениджъра и ще помогнем.
refusal-undo-next-started = Вече не може да се отмени: „{ $next }“ е започнато. Пишете на мениджъра и ще помогнем.
refusal-undo-not-yours = Само { $person } може да отмени това решение.
refusal-remarks-closed = Забележките вече са събрани и работата продължава. Нови изпратете на мениджъра.
refusal-reason-needed = Добавете причина за: { $wanted }. Едно изречение стига.
refusal-project-over = Проектът приключи, в него вече нищо не може да се променя.
refusal-project-paused = Проектът е на пауза. Първо го възобновете.
refusal-day-is-past = { $day } вече мина, обещава се само за по-късен ден.
refusal-no-payment = В проекта няма плащане { $payment }. Има: { $known }.
refusal-not-your-money = С плащанията се занимава { $people }. Обърнете се натам или нека го направи ръководителят.
refusal-not-your-money-nobody = С плащанията се занимават счетоводителят, мениджърът на проекта или ръководителят. Обърнете се към тях.
refusal-payment-closed = Плащане { $payment }: { $state }. Погрешно постъпление се поправя с отрицателна сума и причина.
refusal-other-currency = Плащане { $payment } е в { $wanted }, а не в { $given }. Преизчислете сумата.
refusal-amount-needed = Посочете сумата на плащане { $payment }, по-голяма от нула.
refusal-too-much-back = По плащане { $payment } са постъпили { $amount }: може да се намали най-много с тази сума.
refusal-same-money = По плащане { $payment } вече са записани { $amount } за { $day }. Ако са същите пари, не ги записвайте втори път. Ако са други, потвърдете: отметка „други пари“ или --again в командния ред.
refusal-day-is-ahead = { $day } още не е настъпил. Посочете деня, в който парите са постъпили.
refusal-no-money = Няма пари без плащане с номер { $number }. Има: { $known }.
refusal-money-twice = { $amount } от { $day } вече са записани под номер { $number }. Ако са други пари, потвърдете: отметка „други пари“ или --again в командния ред.
refusal-money-left = От парите { $number } остават { $amount }. Съпоставете не повече.
refusal-money-of-another = Тези пари са от друг клиент: { $client }.
refusal-no-periods = Този проект няма периоди, няма какво да се отваря.
refusal-period-not-yet = Следва период { $next } и сега той не се отваря на ръка: така определя шаблонът.
refusal-period-not-yet-unpaid = Период { $next } се отваря, когато плащане { $payment } е платено. Запишете плащането.
refusal-handoff-incomplete = Клиентът още не може да бъде предаден за работа. Липсва: { $missing }.
refusal-no-override = Никой не отваря това условие ръчно ({ $gate }): то се отваря само, щом бъде изпълнено.
refusal-only-the-head = Само ръководителят може да пусне работата без това ({ $gate }), с обяснение.
refusal-task-exists = В този проект вече има задача { $task }. Дайте на новата друг код.
refusal-too-late-to-insert = След { $after } вече нищо не може да се вмъкне: { $started } е започната. Вмъкнете след { $started }.
refusal-other-service = Проектът следва шаблона { $service }, а не { $given }.
refusal-would-vanish = В новата версия липсват задачи, които тук са започнати или завършени: { $tasks }. Върнете ги в шаблона или напишете стария код в `was`.
refusal-out-of-order = В новата версия { $before } е преди { $task }, а тук { $task } е започната. Първо я завършете.
refusal-link-invalid = Връзката не е валидна. Помолете мениджъра за нова.
refusal-link-expired = Срокът на връзката изтече. Помолете мениджъра за нова.
refusal-no-chat-to-confirm = Още никой не е ползвал връзката, затова няма чат за потвърждаване. Изпратете връзката на клиента.
refusal-chat-taken = Този чат вече принадлежи на клиент { $client }. Нужен е отделен чат.
refusal-no-zone = Няма часова зона { $zone }. Пише се така: Europe/Sofia или Asia/Ho_Chi_Minh.
refusal-no-language = Агенцията не работи на език { $language }. Има: { $known }.
refusal-bad-id = „{ $id }“ не може да бъде код. Ползвайте малки латински букви, цифри и тире.
refusal-command-id-taken = С името „{ $id }“ вече е изпълнена друга команда. Нищо не е променено: дайте на тази команда друго име.

## Бриф: страницата на клиента, новини за екипа, откази

btn-read-brief = Отговорите
btn-complete-brief = Допълни брифа
btn-send-again = Изпрати отново
brief-request-elsewhere =
    За да започнем, моля, попълнете: <b>{ $form }</b>.
    Ако нещо не е ясно, натиснете „Нужна ми е помощ“ и мениджърът ще ви пише.

brief-updated = Получихме обновения бриф, благодарим! Ще отразим промените в работата.
press-thanks-help = Благодарим, че казахте! Мениджърът скоро ще ви пише тук.
staff-brief-received-late = 📝 <b>{ $client }</b>: „{ $form }“ е попълнен, след напомнянето ({ $project }). Отговорите са зад бутона.
staff-brief-updated = 📝 <b>{ $client }</b>: „{ $form }“ е попълнен отново, това е версия { $version } ({ $project }).
staff-brief-filled = 📝 <b>{ $client }</b>: „{ $form }“ е попълнен вместо клиента, версия { $version } ({ $project }). От { $person }.
staff-brief-changed = ⚠️ <b>{ $client }</b>: „{ $form }“ се промени след началото на работата ({ $project }). Проверете: { $tasks }.
staff-brief-incomplete = ⚠️ <b>{ $client }</b>: „{ $form }“ дойде непълен от външния формуляр ({ $project }). Липсва: { $missing }. Останалото е запазено. Допълнете го с бутона или препратете връзката му на клиента.
staff-help-asked = 🙋 { $pm }, <b>{ $client }</b> иска помощ с „{ $form }“ ({ $project }). Кой: { $person }. Пишете или се обадете.
staff-card-conflict =
    ⚖️ <b>{ $client }</b>: картата и брифът се различават ({ $field }).

    В картата: { $old }
    В брифа: { $text }

    Картата не е променена. Решете: signoff client resolve { $id } { $field } keep (остава) или take (от брифа).

staff-form-again = { $person }, „{ $form }“ вече е изпратен на { $at }. Да се изпрати ли отново на клиента?
staff-card-brief-changed =
    <b>{ $client }</b>: „{ $task }“ ({ $project })
    { $status }, кръг { $round }. Изпълнява: { $person }. До { $due }.

    ⚠️ Брифът се промени след началото на работата.

    { $result }

word-value = { $result }
step-brief = работи по брифа на клиента
step-help = иска помощ
step-message = решава за задържано съобщение
step-answer = отговаря на клиента
refusal-form-again-sent = „{ $form }“ е при клиента от { $at }, още без отговор. Може да се изпрати отново, но само нарочно.
refusal-form-again-received = „{ $form }“ вече е попълнен на { $at }. Може да се изпрати отново, но само нарочно: клиентът ще отговори наново.
refusal-no-form = Няма формуляр { $form } в този проект. Има: { $known }.
refusal-no-question = В „{ $form }“ няма въпрос { $question }. Има: { $known }.
refusal-form-closed = „{ $form }“ вече е попълнен или затворен. За промяна помолете да бъде изпратен отново.
refusal-form-incomplete = В „{ $form }“ липсват отговори: { $missing }.
refusal-no-conflict = За полето { $field } няма какво да се решава. Чакат решение: { $known }.
page-form-for = за { $client }
page-form-marked = Въпросите със звезда изискват отговор.
page-form-required = нужен е отговор
page-form-progress = Отговорени: { $done } от { $total }
page-form-send = Изпрати брифа
page-form-save = Запази и продължи по-късно
page-form-saved = Запазено. Можете да затворите страницата и да се върнете чрез същата връзка, дори от друго устройство.
page-form-saved-now = Запазено
page-form-not-saved = Не е запазено: проверете връзката. Отговорите още са на страницата.
page-form-merged = Междувременно са запазени отговори от друго устройство. Обединихме ги с вашите; моля, прегледайте ги.
page-form-other = Друг отговор, от друго устройство: { $answer }
page-form-other-now = На друго устройство отговорът е различен. Натиснете „Запази“, за да сравните.
page-form-errors = { $count ->
    [one] { $count } отговор има нужда от внимание. Останалото е запазено.
   *[other] { $count } отговора имат нужда от внимание. Останалото е запазено.
}
page-form-skip = Пропусни
page-form-from = от
page-form-to = до
page-form-hint-links = По една връзка на ред
page-form-hint-files = Поставете връзки към файловете (Google Drive, Dropbox и т.н.). Или ги изпратете направо в чата.
page-form-private = Отговорите виждат участниците в този чат и агенция „{ $agency }“.
page-done-title = Благодарим, брифът е при нас!
page-done-next = Какво следва: мениджърът ще прочете отговорите и ще пише в чата, щом започнем или имаме въпрос.
page-done-change = Има какво да се промени? Пишете в чата и ще изпратим брифа отново. Тази страница вече е затворена.
page-done-others = Брифът е бил изпратен по-рано, затова последните промени на вашата страница не са запазени.
page-gone-title = Тази връзка не работи
page-gone-text = Връзката е остаряла или не е копирана цялата. Отворете най-новото съобщение с бутона „Попълни брифа“, а ако не помогне, пишете в чата: ще изпратим нова.
page-busy-title = Изчакайте малко
page-busy-text = Тази страница изпраща твърде много заявки. Изчакайте минута и опитайте пак; запазеното си остава.
page-trouble-title = Нещо се обърка
page-trouble-text = Причината е при нас. Върнете се с бутона „Назад“ (отговорите още са във формуляра) и опитайте пак след минута. Не става? Пишете в чата.
page-large-title = Твърде много текст
page-large-text = Толкова наведнъж не може да се изпрати. Върнете се и съкратете отговорите или изпратете дългата част в чата като файл.
page-over-title = Този бриф вече не е нужен
page-over-text = Проектът приключи и вече няма какво да се отговаря. Всичко, което сте написали, е запазено. Искате ли да добавите нещо? Пишете в чата.
page-error-required = Този въпрос изисква отговор.
page-error-too-long = Твърде дълго: най-много { $most } знака.
page-error-more = Нужни са поне { $wanted }, сега са { $have }.
page-error-link = Това не прилича на връзка. Тя започва с https://, например https://example.com
page-error-links = Един от редовете не прилича на връзка. Всяка връзка на отделен ред, например https://example.com
page-error-number = Напишете число, например 12 или 12,5.
page-error-money = Напишете сума, например 5000 или 5 000 { $currency }.
page-error-date = Напишете дата, например 31.12.2026.
page-error-date-range = Нужни са и двете дати, първата не по-късно от втората.
page-error-date-time = Напишете дата и час, например 31.12.2026 10:00.
page-error-choice = Изберете от списъка.
page-brief-title = { $client }: отговори
page-brief-version = Версия { $version }, { $at }
page-brief-late = след напомнянето
page-brief-by-staff = попълнен от екипа
page-brief-elsewhere = от външен формуляр
page-brief-empty = без отговор
page-brief-erased = Отговорите ги няма: изтрити са.

## По часовник: преглед на деня и отчет за месеца

staff-day = ☀️ <b>{ $day }</b>: какво има днес
staff-day-overdue = 🔴 <b>Просрочено</b>
staff-day-today = 📌 <b>За предаване днес</b>
staff-day-check = 👀 <b>Чака проверка</b>
staff-day-client = ⏳ <b>Чакаме клиента</b>
staff-day-ready = ▶️ <b>Може да започне</b>
staff-day-unpaid = 💳 <b>Фактури без пълно плащане</b>
staff-day-line-payment = • { $client }: фактура { $number }, очакваме { $amount } ({ $project }), от { $since }
staff-day-line = • { $client }: „{ $task }“ ({ $project }), { $person }, до { $due }
staff-day-line-check = • { $client }: „{ $task }“ ({ $project }), проверява { $person }, от { $since }
staff-day-line-client = • { $client }: „{ $task }“ ({ $project }), от { $since }
staff-month =
    📄 <b>Отчет за { $from } – { $until }</b>
    Чернова: прегледайте я, преди да я изпратите на клиентите.
staff-month-project = <b>{ $client }</b>: { $service } ({ $project })
staff-month-done = ✓ { $task }, { $day }
staff-month-agreed = ✓ { $task }, { $day }, одобри: { $person }
staff-month-open = В ход: { $tasks }.
staff-month-money = Постъпили: { $amount }.

chat-after-hours = Благодарим, получихме го! В момента сме извън работно време и ще отговорим най-късно { $until }.
staff-answer-due =
    ⏰ <b>{ $client }</b>: { $person } чака отговор от { $since }. Обещахме отговор до { $until }.
    Отговор в чата на клиента спира часовника; след разговор: <i>signoff client answered { $id } --how call</i>
staff-answer-late =
    🔴 <b>{ $client }</b>: { $person } чака отговор от { $since }, обещаното време ({ $hours } работни часа) мина.
    Отговор в чата на клиента спира часовника; след разговор: <i>signoff client answered { $id } --how call</i>

# Страниците на екипа
btn-sign-in = Вход
staff-password-set = 🔑 На ваше име беше зададена парола за таблото. Ако не сте вие: пишете ми /login, задайте друга и кажете на ръководителя на агенцията.
staff-sign-in = Вход в таблото. Бутонът може да се ползва веднъж, до 10 минути.
ui-skip = Към съдържанието
ui-nav = Страници
ui-nav-today = Днес
ui-nav-board = Табло
ui-nav-new = Нов проект
ui-live = На живо
ui-sign-out = Изход
ui-close = Затвори
ui-open = Отвори задачата
ui-save = Запази
ui-create = Създай проекта
ui-login-title = Вход
ui-login-how = Ботът ще ви изпрати бутон в Telegram. Няма парола.
ui-login-who = Вашият идентификатор или @име в Telegram
ui-login-send = Изпрати ми бутона
ui-login-sent-title = Погледнете в Telegram
ui-login-sent = Ако работите тук, ботът току-що ви изпрати бутон. Важи 10 минути.
ui-login-no-message = Нищо ли не дойде? Пишете /login на бота или помолете администратора: signoff user link ID
ui-login-again = Поискайте отново
ui-login-as = Вход като { $name }
ui-login-go = Продължи
ui-login-gone-title = Тази връзка вече не работи
ui-login-gone = Вече е използвана или е по-стара от 10 минути.
ui-services = Услуги
ui-columns = Колони
ui-whose = Чии задачи
ui-all = Всички
ui-everybody = На всички
ui-mine = Моите
ui-by-status = По състояние
ui-by-person = По хора
ui-column-ready = За започване
ui-column-work = В работа
ui-column-check = Проверка
ui-column-client = При клиента
ui-column-rework = Доработка
ui-column-done = Готови за 7 дни
ui-nobody = Още никой
ui-nothing = Няма нищо.
ui-round = кръг { $round }
ui-card-checks = Проверява { $name }
ui-card-silent = Клиентът мълчи: обадете се
ui-card-locked = Чака: { $missing }
ui-promises = Обещано на клиенти
ui-promise-kept = Направено
ui-team = Екип
ui-team-change = Кой какво прави
ui-team-unbound = Още никой не държи: { $roles }. Задачите им не могат да започнат.
ui-waits = { $days ->
    [0] чака от днес
    [one] чака { $days } ден
   *[other] чака { $days } дни
    }
ui-due = до { $at }
ui-was-due = срокът мина { $at }
ui-day = { $at }
ui-tasks = { $count ->
    [one] { $count } задача
   *[other] { $count } задачи
    }
ui-today-free = Нищо не ви чака. Добър момент да погледнете таблото.
ui-today-late = Просрочени
ui-today-check = За проверка
ui-today-rework = За доработка
ui-today-work = За вършене
ui-today-client = При клиента
ui-project-tasks = Задачи
ui-done-of = Готови { $done } от { $total }
ui-money = { $amount }
ui-result = Резултат
ui-fill-in = попълнете
ui-checklist = Контролен списък
ui-remarks = Какво да се промени
ui-return-why = Какво трябва да се промени
ui-missing = Още липсва: { $missing }.
ui-preview = Клиентът ще прочете
ui-preview-press = След „{ $button }“ клиентът ще прочете
ui-preview-locked = когато се отвори
ui-move-to = Премести…
ui-client = Клиент
ui-service = Услуга
ui-price = Цена (празно: както в шаблона)
ui-roles = Кой какво прави
ui-no-clients = Още няма клиент: signoff client add "Име" --lang bg
ui-choose-service = Изберете услуга.
ui-choose-client = Изберете клиент.
ui-bad-price = Цената не е сума. Напишете я така: 24000 или 24 000 UAH.
ui-keys = Клавиши
ui-key-next = следваща, предишна карта
ui-key-open = отвори
ui-key-move = премести…
ui-key-new = нов проект
ui-key-board = табло
ui-key-today = днес
ui-key-help = всички клавиши
ui-lost = Сървърът не отговаря. Нищо не е променено; опитайте след малко.
ui-moves-elsewhere = Оттук не може да се стигне дотам: следващата стъпка води до „{ $column }“.
ui-key-close = затвори
time-work = работа
time-meeting = среща
time-call = разговор
time-data-control = контрол на получаването
time-data-check = проверка на данните
time-offer = оферта
time-follow-up = напомняне
time-road = път
time-presentation = презентация
btn-time = ⏱ Време
step-time = записване на време
staff-time-hint = 45m разговор
# $known за какво се записва време тук
staff-ask-time =
    ⏱ { $person }, <b>{ $client }</b>: „{ $task }“. Колко време и за какво? Отговорете на това съобщение, например: <i>45m разговор</i> или <i>1h30m среща</i>

    { $known }
# $entry номер на записа, $spent общо за задачата
staff-time-added = ⏱ Записано: { $amount }, { $what } ({ $person }), № { $entry }. Общо за „{ $task }“: { $spent }. Грешка? signoff time cancel { $project }/{ $entry }
word-duration = { $hours ->
    [0] { $minutes } мин
   *[other] { $minutes ->
        [0] { $hours } ч
       *[other] { $hours } ч { $minutes } мин
    }
 }
refusal-no-time-kind = За { $task } времето се записва като: { $known }. „{ $kind }“ не е сред тях.
refusal-no-time-kind-unsaid = Кажете за какво е времето: { $known }. Например: 45m { $first }.
refusal-bad-time = Един запис е от 1 минута до { $hours } часа.
refusal-time-unread = Не е ясно колко време: „{ $given }“. Напишете например 45m разговор или 1h30m.
refusal-no-time-entry = Няма запис за време № { $entry }; записите са { $have }.

kind-topics = теми с подтеми, по ред за тема: Тема: първа; втора
kind-table = редове, поставени от електронна таблица (започнете с +, за да добавите към наличните)
kind-choice-for-each = избор за всяко, например
kind-done = текст; празна стойност събира отчета отново
refusal-bad-line-no-topic = { $field }, ред { $line }: подтемата „{ $given }“ стои преди всяка тема. Напишете „Тема: първа; втора“.
refusal-bad-line-nothing-under = { $field }, ред { $line }: темата „{ $given }“ няма подтеми. Напишете „{ $given }: първа; втора“ или подтемите отдолу, всяка с тире.
refusal-bad-line-too-many-cells = { $field }, ред { $line }: клетката „{ $given }“ е в повече. Колоните по ред: { $known }.
refusal-bad-line-empty-cell = { $field }, ред { $line }: колоната „{ $column }“ е празна, а е задължителна.
refusal-bad-line-unfit = { $field }, ред { $line }, колона „{ $column }“: „{ $given }“ не подхожда. Нужно е: { $known }.
refusal-bad-line-outside = { $field }, ред { $line }, колона „{ $column }“: { $given } е извън периода { $known }. Променете датата или периода.
refusal-bad-line-no-option = { $field }, ред { $line }: „{ $given }“ не подхожда. Може: { $known }.
refusal-bad-line-no-item = { $field }, ред { $line }: тук няма „{ $given }“. Кажете за какво е изборът: { $known }.
refusal-bad-line-too-many-lines = { $field }: най-много { $given } реда, за да види клиентът всичко, което одобрява. Разделете го.
refusal-bad-line-too-long = { $field }: най-много { $given } знака, за да види клиентът всичко, което одобрява. Съкратете или дайте файл.
report-stage = { $stage }:
report-done = ✓ { $task }, { $day }
report-done-agreed = ✓ { $task }, { $day }, одобрено от { $person }
report-done-yes = ✓ { $task }, { $day }, одобрено
report-done-deemed = ✓ { $task }, { $day }, прието по уговорения срок
report-goal = ★ { $text }


## Началото на работата: правила, предаване от продажбите, достъпи

working-rules =
    📘 <b>Как работим</b>

    • Всяка стъпка започва със съобщение тук и завършва с резултат, който одобрявате или връщате.
    • Отговаряме в работно време ({ $hours }). За всичко по „{ $project }“ отговаря { $pm }.
    • От вас: бриф, материали, достъпи и решение за всеки резултат. Докато липсват, срокът чака с нас.
    • От нас: договореният резултат навреме и честна дума за рисковете веднага щом ги видим.
    • Имате право да върнете резултат със забележки; недоговореното се оценява отделно и само след вашето съгласие.

    Моля, прочетете и натиснете бутона.
rules-acknowledged = ✅ { $person } се съгласи с правилата, { $at }
rules-reminder =
    Още нямаме съгласието ви с правилата за работа, а без него не започваме.
    Те са по-горе в този чат, под тях има бутон. Нещо неясно? Пишете, ще обясним.
staff-rules-stuck = ⚠️ { $pm }, <b>{ $client }</b> от { $days } работни дни не се е съгласил с правилата за работа ({ $project }). Обадете се.
staff-rules-acknowledged = 🤝 <b>{ $client }</b>: { $person } се съгласи с правилата за работа ({ $project }).
btn-acknowledge = ✅ Съгласие
btn-decline = 🙅 Не поемам
btn-give-access = 🔐 Въведи достъп
press-thanks-acknowledge = Благодарим, съгласието ви е записано.
missing-acknowledged = съгласието на клиента с правилата за работа
missing-handoff-accepted = производството още не е приело предаването от продажбите
missing-handoff-mended = предаването е върнато на продажбите и още не е поправено
staff-handoff =
    📨 <b>{ $client }</b>: { $service } ({ $project }). Продажбите предават на производството.

    Обещано до: { $by }
    По план: { $planned }
    Обещана сума: { $sum }, цена: { $price }
    { $text }
staff-handoff-late =
    📨 <b>{ $client }</b>: { $service } ({ $project }). Продажбите предават на производството.

    Обещано до: { $by }
    ⚠️ По план: { $planned }, { $days } работни дни по-късно от обещаното
    Обещана сума: { $sum }, цена: { $price }
    { $text }
staff-handoff-accepted = ✅ <b>{ $client }</b>: { $service } ({ $project }). Производството прие: { $person }.
staff-handoff-returned =
    ↩️ <b>{ $client }</b>: { $service } ({ $project }). Върнато на продажбите от { $person }.

    Причина: { $reason }
staff-ask-tried = { $person }, <b>{ $client }</b>, „{ $task }“: работи ли достъпът „{ $item }“? Тогава отговорете какво видяхте: задачите, които го чакат, се отварят. Не работи: не отговаряйте, а го поискайте отново. Не е нужен: започнете с „-“ и напишете защо.
staff-tried-hint = Влязохме, всичко работи
staff-ask-note = { $person }, <b>{ $client }</b>, „{ $task }“: какво да се запише към „{ $title }“? Напишете го като отговор на това съобщение.
staff-ask-decline = { $person }, <b>{ $client }</b>: защо не поемате „{ $task }“? Напишете го като отговор на това съобщение.
staff-ask-handoff-return = { $person }, <b>{ $client }</b>: какво липсва в предаването? Напишете го като отговор на това съобщение.
staff-note-hint = Какво беше договорено?
staff-reason-hint = Защо?
access-request =
    🔐 За „{ $project }“ ни трябва достъп: { $item }.
    Моля, въведете го зад бутона, не в чата: там ще го видят само хората, които работят с него, а в края на проекта го изтриваме.
access-received = 🔐 Благодарим, достъпът „{ $item }“ е получен и шифрован.
staff-access-received = 🔐 <b>{ $client }</b>: достъпът „{ $item }“ пристигна ({ $project }). Преглед: <i>signoff access show { $project } { $item } --as …</i>
step-handoff = предава или приема проект
step-access = работи с достъпите на клиента
step-erase = изтрива отговорите на човек
refusal-note-needed = Ред { $item }, „{ $title }“, иска няколко думи: какво беше договорено.
refusal-handoff-over = Работата започна: „{ $started }“. Предаването вече не може да се върне.
refusal-draft-of-client = Клиентът вече е започнал да попълва „{ $form }“ (запазено { $at }). Не предаваме думите му, без да ги видим: прегледайте ги или изчакайте.
refusal-no-access = Няма достъп { $item } в този проект. Има: { $known }.
refusal-access-empty = От достъпа { $item } не се пази нищо: още не е даден или вече е изтрит.
refusal-not-your-access = Достъпите се виждат само от посочените роли ({ $roles }) и от този, който работи с тях. Всеки преглед има име.
page-access-title = Достъп: { $item }
page-access-text = Напишете как се влиза: адрес, потребител, парола, кого да поканите. Пазим го шифровано; виждат го само хората, които работят с него, всеки преглед се записва, а в края на проекта се изтрива.
page-access-send = Изпрати
page-access-none = Моля, напишете как се влиза.
page-access-done = Благодарим, достъпът е получен. Тази страница вече е затворена.
page-access-nokey = Този сървър още не може да пази достъпи. Пишете ни в чата, но не изпращайте самия достъп там.

## Права, хора, проверки

refusal-no-right = За { $wanted } е нужна друга роля: { $roles }.
refusal-outside-project = Проектът се вижда само от тези, които работят по него. Помолете мениджъра му да ви добави.
step-top-role = даване или отнемане на ръководна роля
step-look = отваряне на тази страница
ui-no-right = Не е за тази роля

## Достъпи, които чакаме

access-reminder =
    🔐 Още нямаме достъпа: { $item }. Когато дойде редът му, без него работата спира.
    Въведете го чрез бутона. Не е у вас? Пишете ни кой може да го даде.
staff-access-stuck = ⚠️ { $pm }, <b>{ $client }</b> не дава достъпа „{ $item }“, напомнихме { $times ->
        [one] веднъж
       *[other] { $times } пъти
    } ({ $project }). Обадете се.
## Клиенти, отговори, разговор, история

chat-message =
    <b>{ $person }</b>:
    { $text }
chat-next-step =
    <b>{ $person }</b>:
    { $text }

    Следваща стъпка: до { $by }.
refusal-no-chat = Клиентът още няма потвърден чат или ботът е изваден от него. Потвърдете чата или изпратете на клиента нова връзка.
refusal-call-needs-comment = Напишете с няколко думи какво е договорено по телефона: и останалите от екипа трябва да го знаят.
ui-nav-clients = Клиенти
ui-nav-messages = Отговори
ui-search = Търсене
ui-clients-find = Име или част от него
ui-clients-none = Тук още няма никого.
ui-client-projects = Проекти
ui-client-no-projects = Още няма проекти.
ui-client-open = { $count ->
    [0] няма отворени проекти
    [one] { $count } отворен проект
   *[other] { $count } отворени проекта
    }
ui-client-approve = одобрява: { $names }
ui-client-no-approver = никой не може да одобрява
ui-client-decides = { $count ->
    [0] нищо не чака клиента
    [one] { $count } решение чака клиента
   *[other] { $count } решения чакат клиента
    }
ui-client-asks = чака отговор
ui-chat-none = още няма чат
ui-chat-linked = чатът чака потвърждение
ui-chat-confirmed = чатът е свързан
ui-chat-lost = ботът не може да пише в чата
ui-client-contacts = Хора
ui-client-no-contacts = Още не познаваме никого: изпратете връзката за чата.
ui-client-may-approve = одобрява
ui-client-linked-by = свърза чата
ui-client-away = не е в групата
ui-client-language = Език
ui-client-zone = Часова зона
ui-client-our-zone = като на агенцията
ui-client-chat = Чат
ui-client-payments = Плащане
ui-client-total = Общо: { $amount }
ui-client-paid = постъпили { $amount }
ui-client-card = Какво казва брифът
ui-client-conflict = Бриф противоречи на картата: { $field }.
ui-client-brief = Брифове
ui-client-answers = { $form }, версия { $version }
ui-client-story = Всичко по ред
ui-older = По-рано
ui-newest = Към най-новото
ui-confirm-chat = Потвърждавам чата
ui-new-link = Нова връзка за чата
ui-link-once = Връзката важи един ден и веднъж. За група: добавете бота. За личен чат: отворете и натиснете Start. Изпратете на клиента едната.
ui-link-group = За група
ui-link-private = За личен чат
ui-link-token = Името на бота още не е известно. Клиентът може да изпрати на бота: /start { $token }
ui-approver-add = Разрешавам да одобрява
ui-approver-remove = Вече не одобрява
ui-approver-number = Номер на акаунта в Telegram
ui-approver-name = Име
ui-bad-number = Номерът на акаунта се състои само от цифри.
ui-answers-title = Чакат отговор
ui-answers-none = На всички е отговорено. Тук ще се появи всеки въпрос от чатовете на клиентите.
ui-answers-rule = Часовникът върви само в работно време. Обещан отговор: до { $hours } ч.
ui-answer-left = { $hours ->
    [0] остават { $minutes } мин
   *[other] { $minutes ->
        [0] остават { $hours } ч
       *[other] остават { $hours } ч { $minutes } мин
    }
 }
ui-answer-late = { $hours ->
    [0] закъснение { $minutes } мин
   *[other] { $minutes ->
        [0] закъснение { $hours } ч
       *[other] закъснение { $hours } ч { $minutes } мин
    }
 }
ui-answer-soon = изтича скоро
ui-answer-since = писано { $at }
ui-answer-more = { $count ->
    [one] и още { $count } съобщение
   *[other] и още { $count } съобщения
    }
ui-answer-before = отговор до { $at }
ui-reply = Отговор до клиента
ui-reply-send = Изпрати
ui-reply-by = Следваща стъпка до (по желание)
ui-reply-about = За кой проект
ui-reply-no-project = Общо
ui-reply-empty = Напишете съобщение.
ui-reply-long = Съобщението е твърде дълго. Разделете го.
ui-reply-day = Няма такъв ден. Напишете го като 2026-12-09.
ui-reply-needs-project = Обещанието принадлежи на проект: изберете за кой става дума.
ui-call = Обадихме се
ui-call-said = Какво се договорихме
ui-call-save = Запиши обаждането
ui-see-chat = Целият разговор
ui-tabs = Части на проекта
ui-tab-tasks = Задачи
ui-tab-chat = Чат с клиента
ui-tab-history = История
ui-talk-empty = Още нищо не е казано.
ui-talk-erased = изтрито по молба
ui-talk-file = файл: { $name }
ui-talk-unsent = още не е изпратено
ui-talk-edited = променено съобщение
ui-talk-remark = забележка по резултат
ui-talk-note = записано за екипа
ui-talk-colleague = в чата
ui-talk-bot = бот
ui-history-empty = Още нищо не се е случило.
ui-why = Защо: { $what }
ui-why-clock = Защо: дойде времето, определено от шаблона или календара.
ui-via-board = табло
ui-via-chat = чат
ui-via-cli = команден ред
ui-via-form = формуляр
ui-via-clock = часовник
ui-via-server = сървър
ui-who-operator = оператор
ui-who-clock = системата, по часовник
ui-who-telegram = Telegram
ui-who-link = клиентът, чрез връзка
ui-who-engine = системата
ui-find = Намери или направи
ui-find-hint = Проект, клиент, човек или команда
ui-find-nothing = Нищо не отговаря на „{ $typed }“.
ui-find-project = проект
ui-find-client = клиент
ui-find-person = човек
ui-find-command = команда
ui-find-mine = Моите задачи на таблото
ui-key-find = намери
fact-other = Записан е факт, за който още няма думи
fact-project-opened = Проектът е отворен
fact-role-assigned = Дадена е роля: { $what }
fact-task-ready = „{ $task }“ може да започне
fact-task-started = „{ $task }“: започната
fact-task-paused = „{ $task }“: пауза
fact-task-resumed = „{ $task }“: продължава
fact-field-set = „{ $task }“: попълнено „{ $what }“
fact-field-cleared = „{ $task }“: изчистено „{ $what }“
fact-item-ticked = „{ $task }“: ред „{ $what }“
fact-button-pressed = „{ $task }“: натиснато „{ $what }“
fact-gate-confirmed = „{ $task }“: потвърдено условие ({ $what })
fact-task-submitted = „{ $task }“: резултатът е предаден, кръг { $round }
fact-task-accepted = „{ $task }“: проверката е мината
fact-task-returned = „{ $task }“: върната от проверката
fact-approval-asked = „{ $task }“: клиентът е помолен за решение
fact-task-approved = „{ $task }“: клиентът одобри
fact-task-sent-back = „{ $task }“: клиентът върна за преработка
fact-remark-added = „{ $task }“: забележка на клиента
fact-remarks-closed = „{ $task }“: забележките са събрани
fact-decision-undone = „{ $task }“: решението е отменено
fact-task-completed = „{ $task }“: завършена
fact-task-unreadied = „{ $task }“ отново чака реда си
fact-task-cancelled = „{ $task }“: отказана
fact-project-completed = Проектът е завършен
fact-reminder-sent = „{ $task }“: напомняне
fact-task-overdue = „{ $task }“: просрочена
fact-period-announced = Клиентът е уведомен за период { $what }
fact-due-moved = „{ $task }“: срокът е преместен
fact-task-unaccepted = „{ $task }“: никой не я пое навреме
fact-task-declined = „{ $task }“: изпълнителят отказа
fact-approval-deemed = „{ $task }“: прието с мълчаливо съгласие
fact-silence-put-off = „{ $task }“: мълчанието се брои отначало
fact-next-step-promised = На клиента е обещана следваща стъпка
fact-promise-kept = Обещанието е изпълнено
fact-promise-missed = Обещанието не е изпълнено навреме
fact-project-paused = Проектът е на пауза
fact-project-resumed = Проектът продължава
fact-form-sent = На клиента е изпратен формуляр: { $what }
fact-form-received = Получен е формуляр: { $what }
fact-help-asked = Клиентът моли за помощ с формуляр: { $what }
fact-period-opened = Отворен е период { $what }
fact-period-began = Започна период { $what }
fact-payment-expected = Очаква се плащане { $what }
fact-payment-invoiced = Издадена е фактура: плащане { $what }
fact-payment-received = Постъпиха пари: плащане { $what }
fact-payment-cancelled = Плащане { $what } е отменено
fact-price-set = „{ $task }“: определена е цената на проекта
fact-expense-booked = „{ $task }“: записан е разход
fact-project-closed = Проектът е закрит
fact-gate-overridden = „{ $task }“: напред въпреки затвореното условие ({ $what })
fact-audit-overridden = „{ $task }“: напред без проверка
fact-task-inserted = Добавена е задача „{ $task }“
fact-definition-changed = Проектът следва друга версия на шаблона
fact-time-added = „{ $task }“: записано време
fact-time-cancelled = „{ $task }“: запис за време е отменен
fact-rules-sent = На клиента са изпратени правилата за работа
fact-rules-acknowledged = Клиентът прие правилата за работа
fact-sales-promised = Продажбите предадоха обещаното
fact-handoff-accepted = Производството прие предаването
fact-handoff-returned = Предаването е върнато на продажбите
fact-access-asked = От клиента е поискан достъп: { $what }
fact-access-received = Получен е достъп: { $what }
fact-access-viewed = Достъпът е прегледан: { $what }
fact-accesses-purged = Достъпите на клиента са изтрити
fact-client-added = Клиентът е добавен
fact-language-chosen = Език на клиента: { $what }
fact-zone-chosen = Избрана е часовата зона на клиента
fact-chat-linked = Чат е свързан от { $what } и чака потвърждение
fact-chat-confirmed = Чатът е потвърден
fact-chat-migrated = Групата стана супергрупа
fact-chat-lost = Ботът вече не може да пише в чата
fact-chat-restored = Ботът отново може да пише в чата
fact-approver-left = { $what } напусна групата
fact-approver-returned = { $what } е отново в групата
fact-approver-named = Вече може да одобрява: { $what }
fact-approver-removed = Вече не може да одобрява: { $what }
fact-client-wrote = Клиентът пише
fact-staff-wrote = Колега писа в чата на клиента
fact-client-told = Съобщение до клиента
fact-message-edited = Клиентът промени съобщение
fact-answer-due = На екипа е напомнено: клиентът чака отговор
fact-client-answered = На клиента е отговорено
fact-card-field-set = Записано в картата: { $what }
fact-card-conflict-found = Бриф противоречи на картата: { $what }
fact-card-conflict-resolved = Противоречието е решено: { $what }
fact-answers-erased = Написаното от хората на клиента е изтрито

## The numbers and the timeline of a project

ui-ball-work = наша работа
ui-ball-check = наша проверка
ui-ball-client = решава клиентът
ui-ball-rework = корекции
ui-plan = план
ui-planned = план: от { $from } до { $until }
ui-hours = { $n } ч
ui-days = { $n } дни
ui-of = от { $total }
ui-number-tasks = Задачи
ui-number-hours = Часове
ui-number-income = Приходи
ui-number-expenses = Разходи
ui-number-profit = Печалба
ui-number-owed = Клиентът дължи
## Live

ui-live-people = На живо, тук са { $count } души
ui-login-elsewhere = Тази връзка се отваря само в браузъра, от който е поискана. Копирайте адреса ѝ там или поискайте нова връзка тук.
step-leave = освобождаване на човек
refusal-has-left = { $person } вече не работи тук.
refusal-still-holds = { $person } все още държи: { $held }. Кажете кой ги поема.
ui-nav-checks = Проверки
ui-nav-people = Хора
ui-checks-mine = Моите
ui-checks-all = Всички
ui-checks-none = Нищо не чака проверка.
ui-since = чака от { $at }
ui-people-how = До края на седмицата остават { $left } работно време, следващата седмица са { $next }. Часовете са от шаблоните: колко остава, според темпото на всеки.
ui-person = Човек
ui-now-doing = Сега
ui-this-week = Тази седмица
ui-next-week = Следващата
ui-later = По-късно
ui-free = свободно
ui-more = още { $count }
ui-done-by = готово { $at }
ui-too-much = твърде много
ui-leave = Предаване…
ui-leave-title = { $name } напуска
ui-leave-what = Достъпът до таблото и бота спира веднага, работата минава към други, а историята пази името.
ui-leave-to = Всичко да поеме
ui-leave-role = Ролята „{ $role }“ да поеме
ui-leave-same = същият човек
ui-leave-do = Предай и спри достъпа
ui-leave-nothing = Този човек няма възложена работа.
ui-leave-tasks = Задачи
ui-leave-checks = Проверки
ui-project = Проект
## Шаблони на своите страници
ui-nav-templates = Шаблони
ui-tpl-kind-services = Услуги
ui-tpl-kind-forms = Формуляри
ui-tpl-kind-messages = Съобщения
ui-tpl-file = Файл
ui-tpl-version = версия { $version }
ui-tpl-version-none = още не е публикуван
ui-tpl-changed = Последна промяна
ui-tpl-running = Текущи проекти
ui-tpl-problems = Проблеми
ui-tpl-find = Търсене
ui-tpl-replace = Замяна с
ui-tpl-next = напред
ui-tpl-previous = назад
ui-tpl-all = всички
ui-tpl-case = малки и главни букви
ui-tpl-regexp = регулярен израз
ui-tpl-word = цяла дума
ui-tpl-replace-one = замяна
ui-tpl-replace-all = замяна на всички
ui-tpl-line = Към ред
ui-tpl-go = отиди
ui-tpl-offers = Подсказки
ui-tpl-tabs = Изгледи на файла
ui-tpl-text = Текст
ui-tpl-list = Като списък
ui-tpl-changes = Промени
ui-tpl-versions = Версии
ui-tpl-check = Провери
ui-tpl-try = Пробно изпълнение
ui-tpl-publish = Публикувай версия { $version }
ui-tpl-why = Защо тази промяна?
ui-tpl-good = Няма проблеми.
ui-tpl-place = ред { $line }, знак { $column }
ui-tpl-fix = Напиши: { $text }
ui-tpl-fix-away = Махни го
ui-tpl-errors = Може да се публикува, когато грешките са поправени.
ui-tpl-client = Клиент
ui-tpl-ideal = идеален
ui-tpl-typical = обичаен
ui-tpl-silent = мълчи
ui-tpl-start = Започва на
ui-tpl-sent = Съобщения до клиента: { $client }, до екипа: { $staff }. Нищо не е изпратено.
ui-tpl-not-now = Пробното изпълнение е заето или трае твърде дълго. Опитайте след малко.
ui-tpl-effect = Когато публикувате
ui-tpl-effect-running = Новите проекти вземат версия { $version }. Текущите проекти ({ $count }) остават на своята; всеки се премества поотделно, след като се види какво се променя.
ui-tpl-restore = Върни версия { $version }
ui-tpl-inside = Тези шаблони са вградени в програмата и не се променят тук. „signoff init“ създава папка с шаблони, които могат да се променят; после задайте workflows.dir.
ui-tpl-same = Нищо не е променено.
ui-tpl-published = Версия { $version } е в сила.
ui-tpl-no-changes = Текстът е такъв, какъвто е публикуван.
ui-tpl-by-file = промяна на файла
ui-tpl-other-file = в друг файл
ui-tpl-yours = Текстът ви е запазен по-долу. Ето по какво се различава от действащия; ако е правилен, публикувайте отново.
ui-tpl-restored = от версия { $version }
ui-tpl-role = Роля
ui-tpl-hours = Часове
ui-tpl-approval = Клиентът одобрява
refusal-template-moved = { $file } вече има версия { $version }, а вие променяхте версия { $base }. Първо вижте какво се е променило междувременно.
## Парола и код
ui-password = Парола
ui-password-code = Код от приложението (6 цифри)
ui-password-wrong = Името, паролата или кодът не съвпаднаха. Кодът важи веднъж; след пет грешки изчакайте 15 минути или поискайте връзка от бота.
ui-password-by-link = Вход с връзка от бота
ui-password-instead = Вход с парола и код
ui-me = Моите настройки
ui-look = Език и изглед
ui-look-language = Език на страниците
ui-look-theme = Изглед
ui-look-system = Както системата
ui-look-light = Светъл
ui-look-dark = Тъмен
ui-password-again = Паролата се задава до десет минути след влизане: излезте, влезте отново и се върнете тук.
ui-password-title = Моята парола
ui-password-how = Втори начин за вход, без бота: парола и код от телефона. След записа излизате навсякъде и влизате с новата парола.
ui-password-new = Нова парола
ui-password-rule = Поне 12 знака. Най-добре няколко думи, които никой не свързва с вас.
ui-password-app = Кодът от телефона
ui-password-scan = Сканирайте картинката с приложение за кодове (Google Authenticator, Aegis, 1Password) или въведете в него буквите под нея.
ui-password-picture = QR код за приложението с кодове: { $name }
ui-password-set = Запис на паролата
ui-password-no-key = Тук няма файл с ключ, затова парола не може да се пази. Който поддържа сървъра: signoff init прави signoff.key.
step-password = задаване на парола
refusal-password-too-easy = Паролата е от { $shortest } до { $longest } знака и не е лесна за отгатване: няколко думи с интервали стават, име или 123456 не.
refusal-wrong-code = Кодът не съвпадна. Той важи половин минута и веднъж: вземете нов и проверете часовника на телефона.
ui-takes = Пише се така: { $kind }

## Достъпи на картата на задачата

ui-access-tried = Достъп „{ $item }“: кой и как го е проверил, или защо не е нужен
ui-access-works = Достъпът работи
ui-access-not-needed = Не е нужен

## Изпратено от чужда страница

page-elsewhere-title = Това не е изпратено от страница на Signoff
page-elsewhere-text = Отворете страницата тук, в браузъра, и повторете действието на нея. Ако сте направили точно това, презаредете страницата: адресът на сървъра може да е различен от този в настройките.
## Списък на проектите
ui-nav-projects = Проекти
ui-projects-found = { $projects } проекта на { $clients } клиента
ui-projects-none = Тук няма нищо. Махнете част от условията.
ui-projects-lists = Списъци
ui-projects-open = Всички отворени
ui-projects-month = Клиенти за месеца
ui-projects-late = Просрочени
ui-projects-waits = Чака клиента
ui-projects-forget = Махни списъка „{ $name }“
ui-projects-state = Състояние
ui-projects-state-open = отворени
ui-projects-state-over = приключени
ui-projects-state-all = всички
ui-projects-service = Услуга
ui-projects-client = Клиент
ui-projects-pm = Мениджър
ui-projects-person = Кой участва
ui-projects-from = Отворен от
ui-projects-until = Отворен до
ui-projects-sort = Ред
ui-projects-by-due = по срок
ui-projects-by-client = по клиент
ui-projects-by-opened = по откриване
ui-projects-show = Покажи
ui-projects-clear = Махни условията
ui-projects-task = Задача
ui-projects-ball = При кого
ui-projects-due = Срок
ui-projects-price = Цена
ui-projects-opened = Отворен
ui-projects-unpaid = Неплатена фактура
ui-projects-many = Списъците са твърде много: махнете един от своите и запазете отново.
ui-projects-pages = Страници
ui-projects-keep = Запази този списък…
ui-projects-name = Име
ui-projects-shared = Виждат го всички
ui-projects-keep-do = Запази списъка
## Лентата над таблото
ui-strip = Какво чака мен
ui-strip-answers = Чакат отговор: { $count }
ui-strip-checks = За проверка: { $count }
ui-strip-late = Просрочени: { $count }
ui-strip-silent = Мълчащи клиенти: { $count }
ui-strip-money = Неплатени фактури: { $count }
ui-by-task = По задачи

## Comments, files and due dates of tasks

ui-comments = Коментари и файлове
ui-comment-add = Напишете коментар
ui-comment-file = Файл, до { $size } MB
ui-comment-client = Да го види и клиентът: отива в неговия чат
ui-comment-sent = клиентът го вижда
ui-comment-erased = изтрито
ui-file-too-large = Файлът е по-голям от { $size } MB. Качете го на диск и напишете връзката.
ui-file-none = Не е избран файл.
ui-file-upload = Качване
ui-due-set = Задайте друг срок
ui-due-day = До края на деня
ui-due-why = Защо
fact-commented = „{ $task }“: коментар
fact-due-set = „{ $task }“: мениджърът зададе друг срок
step-comment = коментиране
step-due = промяна на срока
task-comment =
    <b>{ $person }</b> · { $task }:
    { $text }
task-file =
    <b>{ $person }</b> · { $task }: файл за вас ☝️
ui-key-time = запис на време
ui-time-spent = Колко време
ui-time-kind = За какво
ui-time-note = Бележка

# --- пари без плащане
step-money = работи с парите на клиента
fact-money-arrived = Постъпиха пари, които не отговарят на никое плащане
fact-money-matched = Парите са съпоставени с плащане
fact-money-dismissed = Парите без плащане са отписани
staff-day-unmatched = 🏦 <b>Постъпили са пари, а не се знае за какво</b>
staff-day-line-unmatched = • { $client }: { $amount } от { $since }: <i>signoff payment match { $money } ПРОЕКТ/ПЛАЩАНЕ</i>
ui-money-loose = Пари без плащане
ui-money-none = Всички пари на този клиент са съпоставени с плащания.
ui-money-left = остават { $amount }
ui-money-for = За
ui-money-match = Съпостави
ui-money-dismiss = Отпиши
ui-money-why = Защо: върнати на клиента, записани по грешка
ui-money-note = Запиши постъпили пари
ui-money-amount = Сума
ui-money-on = Ден на постъпване
ui-money-reference = Номер на превода в извлечението
ui-money-again = Това са други пари, не вече записаните
ui-money-no-payment = Няма отворено плащане, с което да се съпоставят.
ui-comment-by-client = от клиента
ui-priority = Приоритет
ui-priority-high = първо
ui-priority-normal = обичаен
ui-priority-low = по-късно
fact-priority-set = „{ $task }“: мениджърът смени приоритета
step-priority = промяна на приоритета
staff-day-tight = ⚠️ <b>Може да не успеем: работата е повече от времето</b>
client-later = „{ $task }“ ще ни отнеме повече време от планираното. Извиняваме се за промяната.
ui-tight = Остава работа за { $hours } ч., а работното време до срока е по-малко. Клиентът трябва да го чуе първо от нас.
ui-tight-tell = Какво ще прочете клиентът
ui-tight-until = Кога ще е готово

# --- състояние на проектите
standing-title = 📋 <b>Отворени проекти: { $count }</b>
standing-none = 📋 Няма отворени проекти.
standing-line = { $mark } { $client } · { $service } ({ $project }) · { $stage }: { $parts }
standing-more = … и още { $count }: { $link }
standing-stage-none = всички задачи са изпълнени
standing-paused = на пауза
standing-late = просрочено: { $tasks }
standing-check = чака проверка: { $tasks }
standing-client = чакаме клиента: { $tasks }
standing-work = в работа: { $tasks }
standing-nothing = сега нищо не чака
standing-task = „{ $task }“
standing-task-due = „{ $task }“ (до { $due })
standing-task-approved = „{ $task }“ (одобрено)
standing-mine = 📋 <b>{ $service }</b>: { $stage }
standing-mine-none = В момента няма отворени проекти.
standing-mine-more = … и още { $count }
standing-mine-paused = ⏸ Проектът е на пауза
standing-mine-client = ⏳ Чакаме вашето решение: { $tasks }
standing-mine-work = 🛠 Сега в работа: { $tasks }
standing-mine-done = ✅ Готови { $done } от { $total }: { $tasks }

# --- частите на проекта: файлове и време; закачени
ui-tab-files = Файлове
ui-tab-time = Време
ui-files-none = Още няма файлове. Те идват с резултати, коментари и съобщения.
ui-files-count = Файлове: { $count }
ui-files-file = Файл
ui-files-what = Какво е
ui-files-added = Кой го е добавил
ui-files-seen = Кой го вижда
ui-files-hash = SHA-256
ui-files-comment = коментар
ui-files-team = само екипът
ui-files-client = и клиентът
ui-files-later = когато предадем резултата
ui-files-sent = изпратено { $at }
ui-files-telegram = в Telegram
ui-files-image = изображение
ui-files-video = видео
ui-files-sound = звук
ui-files-pdf = PDF
ui-files-office = офис документ
ui-files-text = текст
ui-files-archive = архив
ui-files-other = файл
ui-time-by-task = По задачи
ui-time-by-person = По хора
ui-time-entries = Записи
ui-time-who = Кой
ui-time-noted = Записани часове
ui-time-planned = По план
ui-time-total = Общо
ui-time-over = { $hours } над плана
ui-time-count = записи: { $count }
ui-time-day = Ден
ui-time-back = отменено
ui-time-take-back = Отмени записа
ui-time-none = Още не е записано време. Записва се в панела на задача или в чата на екипа.
ui-pins = Закачени проекти
ui-pin = Закачи
ui-pin-why = Закачи проекта в менюто
ui-unpin = Махни проекта от менюто
ui-pins-many = Менюто побира най-много { $most } проекта. Първо махнете един от своите.
# --- експорт и другите изгледи на проект
ui-export = Експорт
ui-export-title = Всичко за този проект в един архив: документи, таблици, история, файлове
step-export = изнасяне на проект като архив
ui-views = Как се показват задачите
ui-view-list = Списък
ui-view-role = По роли
ui-view-calendar = Календар
ui-calendar-months = Месеци
ui-calendar-before = Предишният месец
ui-calendar-after = Следващият месец
ui-calendar-today = Днес
ui-calendar-empty = През този месец няма нищо.
ui-calendar-start = начало:
ui-calendar-due = срок:
ui-calendar-done = готово:
ui-calendar-begin = начало по план:
ui-calendar-end = край по план:
ui-calendar-promise = обещано:
ui-calendar-invoice = фактура:
ui-calendar-paid = платено:
ui-day-mon = Пн
ui-day-tue = Вт
ui-day-wed = Ср
ui-day-thu = Чт
ui-day-fri = Пт
ui-day-sat = Сб
ui-day-sun = Нд
ui-calendar-month =
    { $month ->
        [1] Януари { $year }
        [2] Февруари { $year }
        [3] Март { $year }
        [4] Април { $year }
        [5] Май { $year }
        [6] Юни { $year }
        [7] Юли { $year }
        [8] Август { $year }
        [9] Септември { $year }
        [10] Октомври { $year }
        [11] Ноември { $year }
       *[12] Декември { $year }
    }
