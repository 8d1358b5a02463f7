### Повідомлення для клієнтів і команди. Основна мова.
###
### Як змінювати: правте лише текст після «=». Те, що у { } з $, підставить система.
### Можна <b>жирний</b>, <i>курсив</i>, <a href="…">посилання</a>. Перевірка: signoff check messages/uk.ftl
### Назви кроків завжди стоять у лапках і в називному відмінку, тож відмінювати їх не треба.
### Слова без роду («погоджено», «надіслано») вибрано навмисно: система не знає роду людини.

## Кнопки (до 16 знаків, інакше в Telegram на телефоні дві в ряд обріжуться)

btn-approve = ✅ Затвердити
btn-send-back = ✏️ Доопрацювати
btn-undo = Скасувати
btn-comment-done = Готово, це все
btn-cancel = Передумали
btn-fill-brief = 📝 Заповнити бриф
btn-need-help = Допоможіть
btn-open-result = Переглянути
btn-open-portal = Усі матеріали
btn-invoice = Рахунок
btn-already-paid = Вже оплачено
btn-question = Є запитання

## Початок співпраці та бриф

# $service послуга, $pm ім'я менеджера, $hours «09:00-18:00»
welcome =
    Вітаємо! Тут ми працюватимемо над послугою «{ $service }».

    У цьому чаті ви дізнаватиметеся, що ми почали, що готово й що чекає на ваше рішення. Погодити роботу можна однією кнопкою.
    Ваш менеджер: <b>{ $pm }</b>. Пишіть сюди, відповімо в робочий час ({ $hours }).

# $form назва брифу, $questions і $minutes числа
brief-request =
    Щоб почати, заповніть, будь ласка: <b>{ $form }</b>. Це { $questions ->
        [one] { $questions } запитання
        [few] { $questions } запитання
        [many] { $questions } запитань
       *[other] { $questions } запитання
    }, приблизно { $minutes ->
        [one] { $minutes } хвилина
        [few] { $minutes } хвилини
        [many] { $minutes } хвилин
       *[other] { $minutes } хвилини
    }.

    Відповіді зберігаються, тож можна зупинитися й повернутися пізніше.

brief-received =
    Бриф у нас, дякуємо! Якщо треба буде щось уточнити, напишемо сюди.

brief-reminder =
    Ми ще не бачимо заповненого брифу. Можливо, щось незручно або незрозуміло?
    Напишіть, що саме, і ми допоможемо. А можна просто надиктувати відповіді голосовим.

# $next назва першого кроку виробництва
task-production-starts =
    Бриф, доступи й оплата на місці. Починаємо виробництво, першим буде крок «{ $next }».

## Кроки: загальні тексти (коли в шаблоні не вказано свого)

# $task назва кроку, $due дата
task-started =
    Почали новий крок: <b>«{ $task }»</b>. Плануємо показати результат до { $due }.

# $result перелік полів із посиланнями
task-finished =
    Готово: <b>«{ $task }»</b>.

    { $result }

    Подивіться, будь ласка. Якщо все гаразд, затвердьте. Якщо ні, напишіть, що змінити.

task-finished-info =
    Готово: <b>«{ $task }»</b>.

    { $result }

# $round номер кола правок
rework-finished =
    Внесли правки: <b>«{ $task }»</b>, { $round }-е коло.

    { $result }

    Перевірте, чи все так, як ви хотіли.

month-starts =
    Починаємо новий період: <b>{ $period }</b>. Попереду { $tasks ->
        [one] { $tasks } крок
        [few] { $tasks } кроки
        [many] { $tasks } кроків
       *[other] { $tasks } кроку
    }, перший: «{ $next }».

project-finished =
    Проєкт «{ $project }» завершено. Усі матеріали лишаються тут, у чаті.
    Дякуємо за спільну роботу!

## SMM

smm-accounts-start =
    Починаємо з акаунтів: реєструємо нові або підключаємо ті, що вже є.
    Якщо прийде код підтвердження, перешліть його сюди, будь ласка.

smm-accounts-finish =
    Акаунти готові, і всі вони належать вам.

    { $result }

smm-rubricator-start =
    Працюємо над рубрикатором: це теми й підтеми, з яких складеться контент-план. Покажемо до { $due }.

smm-rubricator-finish =
    Рубрикатор готовий.

    { $result }

    Перегляньте теми: чи все про вас і чи немає зайвого?

smm-content-plan-start =
    Почали готувати контент-план. Покажемо до { $due }.

# $posts число публікацій
smm-content-plan-finish =
    Контент-план готовий: { $posts ->
        [one] { $posts } публікація
        [few] { $posts } публікації
        [many] { $posts } публікацій
       *[other] { $posts } публікації
    }.

    { $result }

    Підходить? Якщо бачите помилку чи неточність, надішліть на доопрацювання.

smm-profile-design-start =
    Оформлюємо профіль. Лишилося поставити логотип і скласти опис.

smm-profile-design-finish =
    Профіль оформлено.

    { $result }

    Прочитайте опис уголос: так ви про себе й кажете?

smm-first-nine-start =
    Щоб профіль виглядав живим, йому потрібно щонайменше { $items ->
        [one] { $items } публікація
        [few] { $items } публікації
        [many] { $items } публікацій
       *[other] { $items } публікації
    }. Уже працюємо над ними.

smm-first-nine-finish =
    Перші публікації стоять.

    { $result }

    Гляньте на сітку з телефона й скажіть, чи все до вподоби.

ads-start =
    Готуємо рекламу: обираємо дописи, створюємо кампанію, налаштовуємо аудиторію.

ad-launched =
    🚀 Рекламу запущено.

    { $result }

    Про результати розповімо, коли кампанія завершиться.

ads-finish =
    Рекламну кампанію завершено, звіт тут.

    { $result }

## Погодження

# $days скільки робочих днів чекаємо
approval-reminder =
    «{ $task }» чекає на ваше рішення вже { $days ->
        [one] { $days } робочий день
        [few] { $days } робочі дні
        [many] { $days } робочих днів
       *[other] { $days } робочого дня
    }. Наступний крок почнеться одразу після погодження.

# Рядок, який дописується під повідомленням замість кнопок
task-cancelled = Цей крок скасовано, рішення більше не потрібне.

# Рядок, який дописується під повідомленням замість кнопок
approval-given = ✅ Погоджено: { $person }, { $at }

approval-by-silence =
    «{ $task }» вважаємо погодженим: за { $days ->
        [one] { $days } робочий день
        [few] { $days } робочі дні
        [many] { $days } робочих днів
       *[other] { $days } робочого дня
    } зауважень не було. Якщо вони є, напишіть, повернемося до роботи.

approval-deemed = ☑️ Вважаємо погодженим, бо домовлений строк минув без зауважень: { $at }

sendback-ask =
    { $person }, що змінити в роботі «{ $task }»?
    Відповідайте на це повідомлення, одним або кількома, можна фото чи голосове. Під першою відповіддю з'явиться кнопка «Готово, це все».

# Сіра підказка в полі вводу, до 64 знаків
sendback-hint = Що змінити?

# Рядок, який дописується під повідомленням замість кнопок
sendback-given = ✏️ На доопрацюванні: { $person }, { $at }

sendback-received =
    Прийняли { $remarks ->
        [one] { $remarks } зауваження
        [few] { $remarks } зауваження
        [many] { $remarks } зауважень
       *[other] { $remarks } зауваження
    } до роботи «{ $task }». Повернемося до { $due }.

## Оплата

# $until дата
payment-invoice =
    Виставили рахунок на <b>{ $amount }</b> за період { $period }. Будь ласка, сплатіть до { $until }.

payment-invoice-reminder =
    Нагадуємо про рахунок на <b>{ $amount }</b>: минуло { $days ->
        [one] { $days } робочий день
        [few] { $days } робочі дні
        [many] { $days } робочих днів
       *[other] { $days } робочого дня
    }. Якщо вже сплатили, напишіть тут, ми перевіримо.

payment-reminder =
    За { $days ->
        [one] { $days } робочий день
        [few] { $days } робочі дні
        [many] { $days } робочих днів
       *[other] { $days } робочого дня
    } закінчується оплачений період. Щоб реклама й публікації не зупинялися, внесіть, будь ласка, оплату за просування та рекламний бюджет заздалегідь: <b>{ $amount }</b>.

seo-payment-reminder =
    За { $days ->
        [one] { $days } робочий день
        [few] { $days } робочі дні
        [many] { $days } робочих днів
       *[other] { $days } робочого дня
    } закінчується оплачений період. Щоб робота над позиціями сайту не зупинялася, внесіть, будь ласка, оплату заздалегідь: <b>{ $amount }</b>.

ppc-payment-reminder =
    За { $days ->
        [one] { $days } робочий день
        [few] { $days } робочі дні
        [many] { $days } робочих днів
       *[other] { $days } робочого дня
    } закінчується оплачений період. Щоб реклама не зупинялася, внесіть, будь ласка, оплату за її ведення та рекламний бюджет заздалегідь: <b>{ $amount }</b>.

payment-received =
    Оплату <b>{ $amount }</b> отримано, дякуємо! Період { $period } оплачено.

payment-part-invoice =
    Виставили рахунок на <b>{ $amount }</b>: «{ $task }». Будь ласка, сплатіть до { $until }.

payment-part-paid =
    Оплату <b>{ $amount }</b> отримано («{ $task }»), дякуємо!

payment-part-received =
    Отримали <b>{ $amount }</b>, дякуємо! До повної оплати лишилося <b>{ $rest }</b>.

## Звіт, зустріч, кошторис

report-ready =
    Звіт за { $period } готовий.

    { $result }

# $total сума з поля кошторису
quotation-ready =
    Кошторис готовий: <b>{ $total }</b>.

    { $result }

    Після погодження надішлемо договір і почнемо виконання.

meeting-invite =
    Запрошуємо на зустріч: «{ $task }», <b>{ $at }</b>. Якщо час незручний, напишіть, підберемо інший.

## Запитання клієнта

question-received =
    Бачимо ваше запитання. { $pm } відповість до { $until }.

question-received-off =
    Дякуємо, запитання збережено. Зараз неробочий час; { $pm } відповість { $until }.

## Для команди

staff-task-ready =
    🆕 <b>{ $client }</b>: можна починати «{ $task }» ({ $project }). Виконує: { $person }, план { $hours ->
        [one] { $hours } година
        [few] { $hours } години
        [many] { $hours } годин
       *[other] { $hours } години
    }.
    До { $due }.

# $auditor хто перевіряє, $result результат (якщо порожній, рядок зникає)
staff-check-needed =
    👀 { $auditor }, перевірте: <b>{ $client }</b>, «{ $task }» ({ $project }), { $round }-е коло. Виконує: { $person }.

    { $result }

staff-gate-closed =
    «{ $task }» ще не завершити. Бракує: { $missing }.

staff-brief-received =
    📝 <b>{ $client }</b>: «{ $form }» заповнено ({ $project }). Відповіді за кнопкою.

staff-brief-stuck =
    ⚠️ { $client } не заповнює бриф, нагадали { $times ->
        [one] { $times } раз
        [few] { $times } рази
        [many] { $times } разів
       *[other] { $times } раза
    }. Подзвоніть.

staff-approved =
    ✅ { $client }: «{ $task }» погоджено ({ $person }).

staff-sent-back =
    ✏️ <b>{ $client }</b>: «{ $task }» ({ $project }) на доопрацюванні, { $round }-е коло. Рішення: { $person }.
    Зауваження з'являться тут, щойно клієнт їх напише.

staff-rework-extra =
    💬 { $pm }: «{ $task }» ({ $client }, { $project }) повертають понад домовлене: у ціну входить { $included ->
        [one] { $included } коло
        [few] { $included } кола
       *[other] { $included } кіл
    } правок. Домовтеся про доплату, перш ніж починати.

staff-approval-stuck =
    ⚠️ { $client } мовчить про «{ $task }» { $days ->
        [one] { $days } робочий день
        [few] { $days } робочі дні
        [many] { $days } робочих днів
       *[other] { $days } робочого дня
    }. Нагадувань більше не буде, подзвоніть.

staff-due-soon =
    ⏳ { $client }: «{ $task }» треба здати до { $due }.

staff-overdue =
    🔴 <b>{ $client }</b>: «{ $task }» ({ $project }) не здано вчасно: { $due } ({ $days ->
        [0] строк щойно минув
        [one] запізнення { $days } робочий день
        [few] запізнення { $days } робочі дні
        [many] запізнення { $days } робочих днів
       *[other] запізнення { $days } робочого дня
    }). Виконує: { $person }.

# $since відколи завдання чекає
staff-unaccepted =
    🕓 { $pm }, ніхто не взявся за «{ $task }» (<b>{ $client }</b>, { $project }), чекає від { $since }. Виконує: { $person }.

staff-declined =
    🙅 { $pm }, { $person } не бере «{ $task }» (<b>{ $client }</b>, { $project }). Призначте іншу людину.

    Причина: { $reason }

staff-approval-deemed =
    ☑️ { $pm }, <b>{ $client }</b>: «{ $task }» ({ $project }) вважаємо погодженим, бо клієнт мовчить { $days ->
        [one] { $days } робочий день
        [few] { $days } робочі дні
        [many] { $days } робочих днів
       *[other] { $days } робочого дня
    }. Так домовлено в шаблоні, сам клієнт не погоджував.

# $text що обіцяли, $by до якого дня
staff-silence-put-off =
    ⚠️ { $pm }, <b>{ $client }</b>: «{ $task }» ({ $project }) не можна вважати погодженим через мовчання, бо результат не дійшов до клієнта: чат не підключено або бот не може туди писати. Строк починається заново.

staff-promise-missed =
    🤝 { $pm }, обіцяний клієнтові <b>{ $client }</b> наступний крок ({ $project }, «{ $task }») мав бути до { $by }:

    { $text }

staff-project-paused =
    ⏸ <b>{ $client }</b>: проєкт { $project } («{ $service }») на паузі, нагадувань не буде. Хто: { $person }. Причина: { $reason }

staff-project-resumed =
    ▶️ <b>{ $client }</b>: проєкт { $project } («{ $service }») знову в роботі. Хто: { $person }.

staff-timer-dead =
    ⚠️ Дія за розкладом не вдалася тричі, подивіться самі: { $timer }. Усі такі показує команда signoff timers.

staff-templates-broken =
    ⚠️ Зміни у файлі <b>{ $file }</b>, рядок { $line }, не можна використати: { $reason }
    Діють попередні шаблони, проєкти працюють далі. Усе, що треба виправити, показує команда signoff check.

staff-templates-mended =
    ✅ Шаблони знову в порядку: зміни діють для нових проєктів.

staff-client-waiting =
    ⏱ { $client } чекає на відповідь. Обіцяли відповісти до { $until }.

staff-payment-received =
    💰 { $client }: надійшло { $amount } ({ $project }, платіж { $payment }: { $state }).

staff-payment-invoiced =
    🧾 { $client }: виставлено рахунок { $number } на { $amount } ({ $project }, платіж { $payment }).

staff-payment-corrected =
    ✏️ { $client }: виправлено надходження, { $amount } ({ $project }, платіж { $payment }: { $state }). Виправив(ла) { $person }. Причина: { $reason }

staff-payment-cancelled =
    ✖️ { $client }: платіж { $payment } на { $amount } скасовано ({ $project }). Скасував(ла) { $person }. Причина: { $reason }

staff-ad-launched =
    🚀 { $client }: рекламу запущено, «{ $task }» ({ $project }). { $person }.

staff-payment-late =
    ⚠️ { $client }: немає оплати { $amount }, до кінця періоду { $days ->
        [one] { $days } робочий день
        [few] { $days } робочі дні
        [many] { $days } робочих днів
       *[other] { $days } робочого дня
    }.

staff-payment-overdue =
    ⚠️ { $client }: рахунок на { $amount } («{ $task }») не сплачено, минуло { $days ->
        [one] { $days } робочий день
        [few] { $days } робочі дні
        [many] { $days } робочих днів
       *[other] { $days } робочого дня
    }. Подзвоніть.

staff-undelivered =
    🔴 { $client }: повідомлення про «{ $task }» не доставлено ({ $reason }). Зв'яжіться інакше.

## Кнопки для команди

btn-start = ▶️ Почати
btn-pause = ⏸ Пауза
btn-resume = ▶️ Продовжити
btn-submit = Здати
btn-submit-locked = 🔒 Здати
btn-accept = ✅ Прийняти
btn-return = ↩️ Повернути

## Слова, з яких складаються повідомлення

word-yes = так
word-no = ні
word-or = або
word-quoted = «{ $text }»
word-files = { $count ->
    [one] { $count } файл
    [few] { $count } файли
    [many] { $count } файлів
   *[other] { $count } файлу
}

status-waiting = Чекає черги
status-ready = Готово до початку
status-in-progress = У роботі
status-paused = Пауза
status-in-review = Наша перевірка
status-awaiting-approval = Чекає на клієнта
status-rework = Доопрацювання
status-completed = Завершено
status-cancelled = Скасовано

payment-state-not-invoiced = рахунок не виставлено
payment-state-invoiced = рахунок виставлено
payment-state-partly-paid = оплачено частково
payment-state-paid = оплачено
payment-state-cancelled = скасовано

# Що саме не вийшло: стоїть у реченнях на зразок «…, тож почати роботу зараз не можна»
step-start = почати роботу
step-pause = зупинити роботу
step-resume = продовжити роботу
step-submit = здати результат
step-accept = прийняти результат
step-return = повернути результат
step-fill = змінити поле
step-tick = позначити пункт
step-press = натиснути кнопку
step-confirm = підтвердити умову
step-confirm-chat = підтвердити чат клієнта
step-cancel = скасувати завдання
step-open-period = відкрити період
step-close = закрити проєкт
step-insert = вставити завдання
step-move-version = перевести проєкт на іншу версію
step-correct-payment = виправити надходження
step-assign = призначити виконавця
step-approve = погодити роботу
step-send-back = повернути на доопрацювання
step-decline = відмовитися від завдання
step-promise = обіцяти наступний крок
step-undo = скасувати рішення
step-remark = додати зауваження
step-open = відкрити проєкт
step-client = додати клієнта
step-language = змінити мову клієнта
step-link = дати посилання на чат
step-approver = назвати, хто погоджує
step-person = додати людину
step-templates = змінювати шаблони

# Що можна записати в поле
kind-text = текст
kind-long-text = текст
kind-link = посилання, що починається з https://
kind-links = посилання, кожне починається з https://
kind-file = файл
kind-files = файли
kind-number = число, наприклад 12 або 12,5
kind-money = сума з валютою, наприклад 24000 UAH
kind-percent = відсоток, наприклад 12,5
kind-date = дата, наприклад 21.11.2026
kind-date-range = дві дати, наприклад 01.11.2026 - 30.11.2026
kind-date-time = дата й час, наприклад 21.11.2026 14:30
kind-choice = один варіант із переліку
kind-choices = варіанти з переліку через кому
kind-yes-no = так або ні

# Чого бракує: частини переліку
missing-field = «{ $title }»
missing-more = «{ $title }» (треба щонайменше { $wanted }, є { $have })
missing-form = бриф «{ $form }»
missing-paid-this = оплата за цей період
missing-paid-next = оплата за наступний період
missing-gate = умова «{ $gate }»
missing-item = пункт { $item } чек-листа «{ $title }»
missing-button = натиснута кнопка «{ $title }»
missing-button-locked = { $button } [з'явиться після { $fields }]
missing-role = людина на ролі «{ $role }»
missing-task = завершене завдання «{ $title }»
missing-access = перевірений доступ «{ $item }»
missing-approval = погодження клієнта щодо «{ $title }»
missing-other-file = у «{ $title }» саме ті файли, які клієнт погодив у «{ $approved }»
missing-outside = у «{ $title }» дати в межах періоду (рядки: { $rows })
missing-audit = згода аудитора
missing-handoff-price = ціна
missing-handoff-chat = чат клієнта, під'єднаний і підтверджений
missing-handoff-contact = контактна особа клієнта
missing-handoff-approver = людина клієнта, яка погоджує
missing-handoff-pm = проєктний менеджер

## Чат клієнта: приєднання, рішення, перерви

chat-linked-waiting = Дякуємо! Менеджер скоро підтвердить цей чат, і тут почнуть з'являтися новини про вашу роботу.

sendback-noted =
    Записали { $remarks ->
        [one] { $remarks } зауваження
        [few] { $remarks } зауваження
        [many] { $remarks } зауважень
       *[other] { $remarks } зауваження
    }. Є ще щось? Надішліть відповіддю на це повідомлення. Якщо це все, натисніть кнопку.

# Рядок, який дописується під повідомленням
decision-undone = ↩️ Рішення скасовано: { $person }, { $at }

# Повторне прохання, якщо бот був недоступний або чат переїхав
approval-again = «{ $task }» досі чекає на ваше рішення. Вирішити можна кнопками під цим повідомленням.

outage-reask =
    З { $from } до { $until } ми не бачили повідомлень у цьому чаті. Якщо ви натискали кнопки або писали в цей час, повторіть, будь ласка.

digest-while-away = Поки ми не могли писати в цей чат, накопичилося { $count ->
        [one] { $count } повідомлення
        [few] { $count } повідомлення
        [many] { $count } повідомлень
       *[other] { $count } повідомлення
    }. Ось вони.

# Спливні вікна, до 200 знаків
press-thanks = Записали, дякуємо!
press-thanks-approve = Погоджено, дякуємо! Передумати можна ще 2 хвилини.
press-thanks-send-back = Записали. Напишіть, будь ласка, що змінити.
press-done = Зроблено.
press-as-yourself = Натисніть, будь ласка, від свого імені, а не від імені групи чи каналу.
undo-done = Рішення скасовано. Можна вирішити знову.
undo-late = Скасувати вже не можна. Напишіть менеджерові, і ми допоможемо.
nothing-to-answer = Тут уже нема на що відповідати. Якщо щось не так, напишіть менеджерові.
## Картка завдання для команди

# Рядок із порожнім { $result }, { $missing }, { $remarks } чи { $due } зникає сам
staff-card =
    <b>{ $client }</b>: «{ $task }» ({ $project })
    { $status }, { $round }-е коло. Виконує: { $person }.
    До { $due }.

    { $result }

staff-card-missing =
    <b>{ $client }</b>: «{ $task }» ({ $project })
    { $status }, { $round }-е коло. Виконує: { $person }.
    До { $due }.

    { $result }

    Бракує: { $missing }.

staff-card-rework =
    <b>{ $client }</b>: «{ $task }» ({ $project })
    { $status }, { $round }-е коло. Виконує: { $person }.
    До { $due }.

    <b>Зауваження:</b>
    { $remarks }

    { $result }

    Бракує: { $missing }.

staff-nobody = нікого не призначено

staff-update-dead =
    ⚠️ Повідомлення з Telegram № { $update } не вдалося прочитати тричі, його відкладено. Наступні обробляємо далі; покажіть цей номер тому, хто веде сервер.

staff-inputs-lost =
    ⚠️ Нас не було в мережі з { $from } до { $until }. Telegram зберігає надіслане лише добу, тож частина відповідей клієнтів могла загубитися. Перепитайте тих, від кого чекали рішення.

staff-accepted =
    👌 <b>{ $client }</b>: «{ $task }» ({ $project }) перевірено ({ $person }).

staff-check-returned =
    ↩️ <b>{ $client }</b>: «{ $task }» ({ $project }) повернуто на доопрацювання ({ $person }).

staff-returned =
    ↩️ { $person }, <b>{ $client }</b>: «{ $task }» ({ $project }) повернулося з перевірки, тепер { $round }-е коло.

    { $remarks }

staff-remarks =
    ✏️ <b>{ $client }</b>: зауваження до «{ $task }».

    { $remarks }

staff-no-remarks =
    ⚠️ <b>{ $client }</b>: «{ $task }» на доопрацюванні, але зауважень не написали. Уточніть, що змінити.

staff-undone =
    ↩️ <b>{ $client }</b>: рішення щодо «{ $task }» скасовано ({ $person }). Чекаємо на нове.

staff-gate-confirmed =
    🔓 <b>{ $client }</b>: «{ $task }», підтверджено: { $gate }. Хто: { $person }.

staff-cancelled =
    ✖️ <b>{ $client }</b>: «{ $task }» ({ $project }) скасовано. Хто: { $person }. Причина: { $reason }

staff-gate-overridden =
    ⚠️ <b>{ $client }</b>: «{ $task }» ({ $project }) іде далі, хоча бракує: { $gate }. Дозвіл: { $person }. Причина: { $reason }

staff-task-inserted =
    ➕ <b>{ $client }</b>: у проєкт { $project } додано «{ $task }», після «{ $after }». Хто: { $person }.

staff-version-moved =
    🔁 <b>{ $client }</b>: { $service } ({ $project }) іде далі за новою версією шаблону. Хто: { $person }.

staff-project-opened =
    📁 <b>{ $client }</b>: новий проєкт { $project }, послуга «{ $service }».

staff-project-finished =
    🏁 <b>{ $client }</b>: проєкт { $project } («{ $service }») завершено.

staff-period-began =
    📅 <b>{ $client }</b>: проєкт { $project }, період { $number }: { $period }.

staff-project-closed =
    🏁 <b>{ $client }</b>: проєкт { $project } («{ $service }») закрито. Закрив(ла) { $person }. Причина: { $reason }

staff-project-lost =
    📕 <b>{ $client }</b>: проєкт { $project } («{ $service }») закрито: угоди не буде. Записав(ла) { $person }.

## Чат команди: події та запитання

# $title назва чату, $person хто скористався посиланням
staff-chat-linked =
    🔗 <b>{ $client }</b>: чат «{ $title }» просить приєднання, посиланням скористалися: { $person }.
    Якщо це справді клієнт, підтвердьте: signoff client confirm { $id }

staff-chat-lost =
    🔴 <b>{ $client }</b>: чат більше недоступний ({ $reason }). Повідомлення чекають. Попросіть повернути бота або дайте нове посилання.

staff-chat-restored =
    🟢 <b>{ $client }</b>: чат знову доступний, повідомлення надсилаються.

staff-client-wrote =
    💬 <b>{ $client }</b>, { $person }:
    { $text }

staff-send-failed =
    🔴 <b>{ $client }</b>: повідомлення про «{ $task }» не надіслано ({ $reason }).

staff-unknown-outcome =
    ❔ <b>{ $client }</b>: невідомо, чи дійшло повідомлення про «{ $task }» ({ $reason }). Гляньте в чат клієнта.

staff-ask-field =
    { $person }, <b>{ $client }</b>, «{ $task }».
    Надішліть відповіддю «{ $field }»: { $kind }.

staff-ask-field-with-hint =
    { $person }, <b>{ $client }</b>, «{ $task }».
    Надішліть відповіддю «{ $field }»: { $kind }.
    <i>{ $hint }</i>

staff-ask-return = { $person }, <b>{ $client }</b>: що виправити в роботі «{ $task }»? Напишіть відповіддю на це повідомлення.

# Сірі підказки в полі вводу, до 64 знаків
staff-field-hint = Значення поля або файл
staff-return-hint = Що виправити?

## Що надіслано, коли слів немає

content-photo = 📎 фото
content-voice = 📎 голосове
content-video = 📎 відео
content-audio = 📎 аудіо
content-animation = 📎 анімація
content-sticker = 📎 стікер
content-location = 📎 місце на карті
content-contact = 📎 контакт
content-poll = 📎 опитування
content-file = 📎 файл
content-other = 📎 повідомлення без тексту

# Слова людини, яка не вирішує: за зауваження не рахуються
remark-aside = { $person } (роботу не погоджує): { $text }

## Чому чат недоступний і чому повідомлення не надіслано

lost-removed = бота вилучено з чату
lost-blocked = бота заблоковано
lost-deactivated = акаунт видалено
lost-never-started = бота там не запускали
lost-restricted = боту заборонено писати
lost-not-found = такого чату немає
lost-closed = тему закрито

failed-file = файлу вже немає
failed-gone = повідомлення видалено
failed-formatting = Telegram не приймає оформлення
failed-long = повідомлення задовге
failed-buttons = Telegram не приймає кнопок
failed-topic = тему закрито
failed-silence = Telegram не відповів
failed-strange = Telegram відповів незрозуміло

## Теми, зникнення повідомлень, хто пішов з чату

topic-chosen = Відтепер повідомлення надходитимуть сюди.

staff-topic-lost =
    ⚠️ <b>{ $client }</b>: тему для наших повідомлень видалено або закрито, тепер вони йдуть в основну частину чату. Щоб перенести їх, напишіть /here у потрібній темі.

staff-topic-lost-here =
    ⚠️ Тему для цих повідомлень видалено або закрито, тепер вони надходять сюди. Щоб перенести їх, напишіть /here у потрібній темі.

staff-auto-delete =
    ⚠️ <b>{ $client }</b>: повідомлення в чаті тепер зникають за { $days ->
        [one] { $days } день
        [few] { $days } дні
        [many] { $days } днів
       *[other] { $days } дня
    }. Старих результатів клієнт там не побачить. Якщо це випадково, попросіть вимкнути в налаштуваннях чату.

staff-approver-left =
    ⚠️ <b>{ $client }</b>: у чаті більше немає людини, яка погоджує роботу ({ $person }). Право погоджувати лишається; якщо це змінилося, назвіть когось іншого.

staff-approver-back =
    🟢 <b>{ $client }</b>: людина, яка погоджує роботу, знову в чаті ({ $person }).

## Відмови: чому не вийшло і що зробити. Ті самі речення в чаті й у командному рядку.

refusal-project-exists = Проєкт { $project } вже є. Виберіть інший код.
refusal-no-project = Такого проєкту немає. Перевірте код проєкту.
refusal-no-client = Такого клієнта немає. Перевірте код клієнта.
refusal-client-exists = Клієнт { $client } вже є. Виберіть інший код.
refusal-no-task = У проєкті немає завдання { $task }. Перевірте код завдання.
refusal-no-field = У завданні { $task } немає поля { $field }. Є такі: { $known }.
refusal-no-button = У завданні { $task } немає кнопки { $button }. Є такі: { $known }.
refusal-no-item = У чек-листі завдання { $task } немає пункту { $item }. Пунктів усього: { $have }.
refusal-no-gate = У завданні { $task } немає умови { $gate }, яку підтверджують вручну. Є такі: { $known }.
refusal-no-role = Ролі { $role } немає. Є такі: { $known }.
refusal-no-person = Людини { $person } немає в команді. Спершу додайте її.
refusal-wrong-status = { $task }: стан «{ $status }», тож { $wanted } зараз не можна.
refusal-not-its-turn = { $task } ще чекає черги: спершу треба завершити { $before }.
refusal-cannot-start = { $task } ще не почати. Бракує: { $missing }.
refusal-cannot-finish = { $task } ще не завершити. Бракує: { $missing }.
refusal-button-locked = Кнопка { $button } з'явиться, коли буде заповнено: { $missing }.
refusal-button-used = Кнопку { $button } вже натиснуто, вдруге вона не працює.
refusal-bad-value = «{ $given }» не підходить до поля { $field }. Тут має бути { $kind }.
refusal-bad-value-choice = «{ $given }» не підходить до поля { $field }. Варіанти: { $known }.
refusal-two-readings = «{ $given }» у полі { $field } можна прочитати двояко. Напишіть { $first } або { $second }.
refusal-not-your-task = { $task } виконує { $people }. Зверніться туди або попросіть менеджера змінити виконавця.
refusal-not-your-task-nobody = { $task } поки ніхто не виконує. Попросіть менеджера призначити виконавця.
refusal-not-your-check = { $task } перевіряє { $people }. Рішення про результат за цією людиною.
refusal-not-your-check-nobody = { $task } поки нікому перевірити. Попросіть менеджера призначити того, хто перевіряє.
refusal-own-work = { $task }: власну роботу не перевіряють. Попросіть іншу людину.
refusal-not-allowed = Потрібні права менеджера проєкту або керівника, щоб { $wanted }.
refusal-not-an-approver = Роботу погоджує { $people }. Якщо це змінилося, напишіть менеджерові.
refusal-not-an-approver-nobody = Ще не названо, хто погоджує роботу. Напишіть менеджерові, і ми це виправимо.
refusal-staff-as-approver = { $person } працює в агенції й не може погоджувати за клієнта. Назвіть людину з боку клієнта.
refusal-telegram-taken = Цей користувач Telegram уже записаний за людиною { $person }. Перевірте номер.
refusal-already-decided-approved = Рішення вже прийнято, погоджено: { $person }, { $at }.
refusal-already-decided-sent-back = Рішення вже прийнято, на доопрацюванні: { $person }, { $at }.
refusal-already-decided-silence = Домовлений строк минув без зауважень, роботу вважаємо погодженою: { $at }. Якщо зауваження є, напишіть нам.
refusal-stale = Це попередня версія. Новіша нижче в чаті, рішення приймаємо за нею.
refusal-foreign-press = Ця кнопка тут не працює. Якщо вона вам потрібна, напишіть менеджерові.
refusal-undo-too-late = Скасувати рішення можна протягом { $minutes ->
        [one] { $minutes } хвилини
       *[other] { $minutes } хвилин
    }, цей час минув. Напишіть менеджерові, і ми допоможемо.
refusal-undo-next-started = Скасувати вже не можна: розпочато «{ $next }». Напишіть менеджерові, і ми допоможемо.
refusal-undo-not-yours = Рішення може скасувати лише { $person }.
refusal-remarks-closed = Зауваження тут уже зібрано, робота триває. Нові надішліть менеджерові.
refusal-reason-needed = Додайте причину, щоб { $wanted }: одне речення.
refusal-project-over = Проєкт завершено, змінити в ньому вже нічого не можна.
refusal-project-paused = Проєкт на паузі. Спершу відновіть його.
refusal-day-is-past = { $day } уже минуло, обіцяти можна лише на пізніше.
refusal-no-payment = У проєкті немає платежу { $payment }. Є такі: { $known }.
refusal-not-your-money = Оплати веде { $people }. Зверніться туди, або хай це зробить керівник.
refusal-not-your-money-nobody = Оплати ведуть бухгалтер, менеджер проєкту або керівник. Зверніться до них.
refusal-payment-closed = Платіж { $payment }: { $state }. Помилкове надходження виправляють від'ємною сумою з причиною.
refusal-other-currency = Платіж { $payment } у валюті { $wanted }, а вказано { $given }. Перерахуйте суму.
refusal-amount-needed = Вкажіть суму платежу { $payment }, більшу за нуль.
refusal-too-much-back = За платежем { $payment } надійшло { $amount }: зменшити можна щонайбільше на цю суму.
refusal-same-money = За платежем { $payment } уже записано { $amount } за { $day }. Якщо це ті самі гроші, записувати їх удруге не треба. Якщо інші, підтвердьте це: прапорець «інші гроші», у командному рядку --again.
refusal-day-is-ahead = { $day } ще не настало. Вкажіть день, коли гроші надійшли.
refusal-no-money = Грошей без рахунку під номером { $number } немає. Є: { $known }.
refusal-money-twice = { $amount } за { $day } уже записано під номером { $number }. Якщо це інші гроші, підтвердьте це: прапорець «інші гроші», у командному рядку --again.
refusal-money-left = Із грошей { $number } лишилося { $amount }. Зіставте не більше.
refusal-money-of-another = Ці гроші надійшли від іншого клієнта: { $client }.
refusal-no-periods = Цей проєкт не ділиться на періоди, відкривати нічого.
refusal-period-not-yet = Наступним буде період { $next }, і вручну його зараз не відкрити: так визначає шаблон.
refusal-period-not-yet-unpaid = Період { $next } відкриється, коли буде оплачено платіж { $payment }. Запишіть оплату.
refusal-handoff-incomplete = Клієнта ще не передати в роботу. Бракує: { $missing }.
refusal-no-override = Цю умову ({ $gate }) ніхто не відкриває вручну: вона відкриється сама, щойно її виконають.
refusal-only-the-head = Без цього ({ $gate }) пустити роботу далі може лише керівник, з поясненням.
refusal-task-exists = Завдання { $task } у цьому проєкті вже є. Дайте новому інший код.
refusal-too-late-to-insert = Після { $after } вже нічого не вставити: { $started } почато. Вставте після { $started }.
refusal-other-service = Проєкт ведеться за шаблоном { $service }, а не { $given }.
refusal-would-vanish = Нова версія не має завдань, які тут уже почато або завершено: { $tasks }. Поверніть їх у шаблон або впишіть старий код у `was`.
refusal-out-of-order = У новій версії { $before } стоїть перед { $task }, а тут { $task } уже почато. Спершу завершіть його.
refusal-link-invalid = Посилання недійсне. Попросіть менеджера про нове.
refusal-link-expired = Термін посилання минув. Попросіть менеджера про нове.
refusal-no-chat-to-confirm = Посиланням ще ніхто не скористався, тож підтверджувати нічого. Надішліть посилання клієнтові.
refusal-chat-taken = Цей чат уже належить клієнтові { $client }. Потрібен окремий чат.
refusal-no-zone = Часового поясу { $zone } немає. Він пишеться так: Europe/Kyiv або Asia/Ho_Chi_Minh.
refusal-no-language = Мови { $language } в агенції немає. Є такі: { $known }.
refusal-bad-id = «{ $id }» не може бути кодом. Пишіть малі латинські літери, цифри й дефіс.
refusal-command-id-taken = Під ім'ям «{ $id }» вже виконано іншу команду. Нічого не змінено: дайте цій команді інше ім'я.

## Бриф: сторінка клієнта, новини для команди, відмови

btn-read-brief = Відповіді
btn-complete-brief = Дописати бриф
btn-send-again = Надіслати знову
brief-request-elsewhere =
    Щоб почати, заповніть, будь ласка: <b>{ $form }</b>.
    Якщо щось незрозуміло, натисніть «Допоможіть», і менеджер напише вам.

brief-updated = Оновлений бриф у нас, дякуємо! Врахуємо зміни в роботі.
press-thanks-help = Дякуємо, що сказали! Менеджер скоро напише вам сюди.
staff-brief-received-late = 📝 <b>{ $client }</b>: «{ $form }» заповнено, уже після нагадування ({ $project }). Відповіді за кнопкою.
staff-brief-updated = 📝 <b>{ $client }</b>: «{ $form }» заповнено знову, це версія { $version } ({ $project }).
staff-brief-filled = 📝 <b>{ $client }</b>: «{ $form }» заповнено за клієнта, версія { $version } ({ $project }). Хто: { $person }.
staff-brief-changed = ⚠️ <b>{ $client }</b>: «{ $form }» змінився після початку роботи ({ $project }). Перевірте: { $tasks }.
staff-brief-incomplete = ⚠️ <b>{ $client }</b>: «{ $form }» із зовнішньої форми прийшов не повний ({ $project }). Бракує: { $missing }. Решту збережено. Допишіть за кнопкою або передайте її посилання клієнтові.
staff-help-asked = 🙋 { $pm }, <b>{ $client }</b> просить допомоги з брифом «{ $form }» ({ $project }). Хто: { $person }. Напишіть або подзвоніть.
staff-card-conflict =
    ⚖️ <b>{ $client }</b>: у картці й у брифі різне ({ $field }).

    У картці: { $old }
    У брифі: { $text }

    Картка не змінилася. Вирішіть: signoff client resolve { $id } { $field } keep (лишити) або take (взяти з брифу).

staff-form-again = { $person }, «{ $form }» уже надіслано { $at }. Надіслати клієнтові ще раз?
staff-card-brief-changed =
    <b>{ $client }</b>: «{ $task }» ({ $project })
    { $status }, { $round }-е коло. Виконує: { $person }. До { $due }.

    ⚠️ Бриф змінився після початку роботи.

    { $result }

word-value = { $result }
step-brief = вести бриф клієнта
step-help = просити допомоги
step-message = вирішувати про затримане повідомлення
step-answer = відповідати клієнтові
refusal-form-again-sent = «{ $form }» уже в клієнта з { $at }, відповіді ще немає. Надіслати ще раз можна, але лише навмисно.
refusal-form-again-received = «{ $form }» уже заповнено { $at }. Надіслати ще раз можна, але лише навмисно: клієнт відповість наново.
refusal-no-form = Форми { $form } у цьому проєкті немає. Є такі: { $known }.
refusal-no-question = У «{ $form }» немає запитання { $question }. Є такі: { $known }.
refusal-form-closed = «{ $form }» уже заповнено або закрито. Щоб щось змінити, попросіть надіслати його ще раз.
refusal-form-incomplete = У «{ $form }» бракує відповідей: { $missing }.
refusal-no-conflict = Для поля { $field } вирішувати нічого. Чекають рішення: { $known }.
page-form-for = для { $client }
page-form-marked = Запитання із зірочкою потребують відповіді.
page-form-required = потрібна відповідь
page-form-progress = Відповіді: { $done } із { $total }
page-form-send = Надіслати бриф
page-form-save = Зберегти й повернутися пізніше
page-form-saved = Збережено. Можна закрити сторінку й повернутися за тим самим посиланням, навіть з іншого пристрою.
page-form-saved-now = Збережено
page-form-not-saved = Не збереглося: перевірте зв'язок. Відповіді ще на сторінці.
page-form-merged = Тим часом відповіді зберегли на іншому пристрої. Ми поєднали їх із вашими; перегляньте, будь ласка.
page-form-other = Інша відповідь, з іншого пристрою: { $answer }
page-form-other-now = На іншому пристрої відповіли інакше. Натисніть «Зберегти», щоб порівняти.
page-form-errors = { $count ->
    [one] Ще { $count } відповідь потребує уваги. Решту збережено.
    [few] Ще { $count } відповіді потребують уваги. Решту збережено.
    [many] Ще { $count } відповідей потребують уваги. Решту збережено.
   *[other] Ще { $count } відповіді потребують уваги. Решту збережено.
}
page-form-skip = Пропустити
page-form-from = з
page-form-to = до
page-form-hint-links = По одному посиланню в рядку
page-form-hint-files = Вставте посилання на файли (Google Drive, Dropbox тощо). Або надішліть файли просто в наш чат.
page-form-private = Відповіді бачать учасники цього чату й агенція «{ $agency }».
page-done-title = Дякуємо, бриф у нас!
page-done-next = Що далі: менеджер прочитає відповіді й напише в чат, щойно почнемо або матимемо запитання.
page-done-change = Треба щось змінити? Напишіть у чат, і ми надішлемо бриф ще раз. Ця сторінка вже закрита.
page-done-others = Бриф уже надіслали раніше, тому останні зміни на вашій сторінці не збережено.
page-gone-title = Це посилання не працює
page-gone-text = Посилання застаріло або скопійоване не повністю. Відкрийте найновіше повідомлення з кнопкою «Заповнити бриф», а якщо не допоможе, напишіть у чат: надішлемо нове.
page-busy-title = Зачекайте хвилинку
page-busy-text = Ця сторінка надсилає надто багато запитів. Зачекайте хвилину й натисніть ще раз; збережене нікуди не дінеться.
page-trouble-title = Щось пішло не так
page-trouble-text = Це на нашому боці. Поверніться кнопкою «Назад» (відповіді ще у формі) й спробуйте за хвилину. Не виходить? Напишіть у чат.
page-large-title = Забагато тексту
page-large-text = Стільки за один раз надіслати не можна. Поверніться кнопкою «Назад» і скоротіть відповіді або надішліть довге в чат файлом.
page-over-title = Цей бриф уже не потрібен
page-over-text = Проєкт завершено, тож відповідати вже не треба. Усе, що ви встигли написати, збережено. Маєте що додати? Напишіть у чат.
page-error-required = На це запитання потрібна відповідь.
page-error-too-long = Задовго: щонайбільше { $most } знаків.
page-error-more = Потрібно щонайменше { $wanted }, зараз { $have }.
page-error-link = Це не схоже на посилання. Воно починається з https://, наприклад https://example.com
page-error-links = Один із рядків не схожий на посилання. Кожне посилання в окремому рядку, наприклад https://example.com
page-error-number = Напишіть число, наприклад 12 або 12,5.
page-error-money = Напишіть суму, наприклад 5000 або 5 000 { $currency }.
page-error-date = Напишіть дату, наприклад 31.12.2026.
page-error-date-range = Потрібні обидві дати, перша не пізніше за другу.
page-error-date-time = Напишіть дату й час, наприклад 31.12.2026 10:00.
page-error-choice = Оберіть з того, що є в списку.
page-brief-title = { $client }: відповіді
page-brief-version = Версія { $version }, { $at }
page-brief-late = після нагадування
page-brief-by-staff = заповнила команда
page-brief-elsewhere = із зовнішньої форми
page-brief-empty = без відповіді
page-brief-erased = Відповідей більше немає: їх видалено.

## За годинником: огляд дня і звіт за місяць

staff-day = ☀️ <b>{ $day }</b>: що сьогодні
staff-day-overdue = 🔴 <b>Прострочено</b>
staff-day-today = 📌 <b>Здати сьогодні</b>
staff-day-check = 👀 <b>Чекає на перевірку</b>
staff-day-client = ⏳ <b>Чекаємо на клієнта</b>
staff-day-ready = ▶️ <b>Можна починати</b>
staff-day-unpaid = 💳 <b>Рахунки без повної оплати</b>
staff-day-line-payment = • { $client }: рахунок { $number }, чекаємо { $amount } ({ $project }), з { $since }
staff-day-line = • { $client }: «{ $task }» ({ $project }), { $person }, до { $due }
staff-day-line-check = • { $client }: «{ $task }» ({ $project }), перевіряє { $person }, з { $since }
staff-day-line-client = • { $client }: «{ $task }» ({ $project }), з { $since }
staff-month =
    📄 <b>Звіт за { $from } – { $until }</b>
    Чернетка: перегляньте, перш ніж надсилати клієнтам.
staff-month-project = <b>{ $client }</b>: { $service } ({ $project })
staff-month-done = ✓ { $task }, { $day }
staff-month-agreed = ✓ { $task }, { $day }, погодження: { $person }
staff-month-open = Триває: { $tasks }.
staff-month-money = Надійшло: { $amount }.

chat-after-hours = Дякуємо, отримали! Зараз у нас неробочий час, відповімо не пізніше ніж { $until }.
staff-answer-due =
    ⏰ <b>{ $client }</b>: { $person } чекає на відповідь із { $since }. Відповісти обіцяли до { $until }.
    Відповідь у чаті клієнта зупиняє відлік; про дзвінок: <i>signoff client answered { $id } --how call</i>
staff-answer-late =
    🔴 <b>{ $client }</b>: { $person } чекає на відповідь із { $since }, обіцяний час ({ $hours } роб. год.) минув.
    Відповідь у чаті клієнта зупиняє відлік; про дзвінок: <i>signoff client answered { $id } --how call</i>

# Сторінки для команди
btn-sign-in = Увійти
staff-password-set = 🔑 На ваше імʼя задано пароль до дошки. Якщо це не ви: напишіть мені /login, задайте інший і скажіть керівникові агенції.
staff-sign-in = Вхід на дошку. Кнопка діє один раз, протягом 10 хвилин.
ui-skip = До вмісту
ui-nav = Сторінки
ui-nav-today = Сьогодні
ui-nav-board = Дошка
ui-nav-new = Новий проєкт
ui-live = Наживо
ui-sign-out = Вийти
ui-close = Закрити
ui-open = Відкрити завдання
ui-save = Зберегти
ui-create = Створити проєкт
ui-login-title = Вхід
ui-login-how = Бот надішле вам кнопку в Telegram. Пароля немає.
ui-login-who = Ваш ідентифікатор або @ім’я користувача в Telegram
ui-login-send = Надіслати кнопку
ui-login-sent-title = Загляньте в Telegram
ui-login-sent = Якщо ви тут працюєте, бот щойно надіслав вам кнопку. Вона діє 10 хвилин.
ui-login-no-message = Нічого не надійшло? Напишіть боту /login або попросіть адміністратора: signoff user link ID
ui-login-again = Попросити ще раз
ui-login-as = Увійти як { $name }
ui-login-go = Продовжити
ui-login-gone-title = Це посилання вже не діє
ui-login-gone = Його вже використали, або воно старше за 10 хвилин.
ui-services = Послуги
ui-columns = Стовпці
ui-whose = Чиї завдання
ui-all = Усі
ui-everybody = Усіх
ui-mine = Мої
ui-by-status = За станом
ui-by-person = За виконавцями
ui-column-ready = Готово до початку
ui-column-work = У роботі
ui-column-check = На перевірці
ui-column-client = У клієнта
ui-column-rework = Доопрацювання
ui-column-done = Готово за 7 днів
ui-nobody = Ще ніхто
ui-nothing = Тут порожньо.
ui-round = { $round }-е коло
ui-card-checks = Перевіряє { $name }
ui-card-silent = Клієнт мовчить: зателефонуйте
ui-card-locked = Чекає на: { $missing }
ui-promises = Обіцяно клієнтам
ui-promise-kept = Зроблено
ui-team = Команда
ui-team-change = Хто що робить
ui-team-unbound = Ще нікому не дали: { $roles }. Їхні завдання не почнуться.
ui-waits = { $days ->
    [0] чекаємо з сьогодні
    [one] чекаємо { $days } день
    [few] чекаємо { $days } дні
   *[other] чекаємо { $days } днів
    }
ui-due = до { $at }
ui-was-due = термін минув { $at }
ui-day = { $at }
ui-tasks = { $count ->
    [one] { $count } завдання
    [few] { $count } завдання
   *[other] { $count } завдань
    }
ui-today-free = На вас нічого не чекає. Гарна мить глянути на дошку.
ui-today-late = Прострочено
ui-today-check = Перевірити
ui-today-rework = Доопрацювати
ui-today-work = Зробити
ui-today-client = У клієнта
ui-project-tasks = Завдання
ui-done-of = Виконано { $done } із { $total }
ui-money = { $amount }
ui-result = Результат
ui-fill-in = заповніть
ui-checklist = Чек-лист
ui-remarks = Що змінити
ui-return-why = Що треба змінити
ui-missing = Ще бракує: { $missing }.
ui-preview = Клієнт прочитає
ui-preview-press = Після «{ $button }» клієнт прочитає
ui-preview-locked = коли відкриється
ui-move-to = Перемістити…
ui-client = Клієнт
ui-service = Послуга
ui-price = Ціна (порожньо: як у шаблоні)
ui-roles = Хто що робить
ui-no-clients = Ще немає жодного клієнта: signoff client add "Назва" --lang uk
ui-choose-service = Оберіть послугу.
ui-choose-client = Оберіть клієнта.
ui-bad-price = Ціна не схожа на суму. Напишіть так: 24000 або 24 000 UAH.
ui-keys = Клавіші
ui-key-next = наступна, попередня картка
ui-key-open = відкрити
ui-key-move = перемістити…
ui-key-new = новий проєкт
ui-key-board = дошка
ui-key-today = сьогодні
ui-key-help = усі клавіші
ui-lost = Сервер не відповідає. Нічого не змінено; спробуйте за мить.
ui-moves-elsewhere = Звідси туди не потрапити: наступний крок веде до «{ $column }».
ui-key-close = закрити
time-work = робота
time-meeting = зустріч
time-call = дзвінок
time-data-control = контроль отримання даних
time-data-check = перевірка даних
time-offer = комерційна пропозиція
time-follow-up = нагадування про себе
time-road = дорога
time-presentation = презентація
btn-time = ⏱ Час
step-time = записати час
staff-time-hint = 45m дзвінок
# $known на що записують час у цьому завданні
staff-ask-time =
    ⏱ { $person }, <b>{ $client }</b>: «{ $task }». Скільки часу й на що? Відповідь на це повідомлення, наприклад: <i>45m дзвінок</i> або <i>1h30m зустріч</i>

    { $known }
# $entry номер запису, $spent усього за завданням
staff-time-added = ⏱ Записано: { $amount }, { $what } ({ $person }), № { $entry }. Разом за «{ $task }»: { $spent }. Помилка? signoff time cancel { $project }/{ $entry }
word-duration = { $hours ->
    [0] { $minutes } хв
   *[other] { $minutes ->
        [0] { $hours } год
       *[other] { $hours } год { $minutes } хв
    }
 }
refusal-no-time-kind = Для { $task } час записують так: { $known }. «{ $kind }» сюди не підходить.
refusal-no-time-kind-unsaid = Скажіть, на що пішов час: { $known }. Наприклад: 45m { $first }.
refusal-bad-time = Час одного запису: від 1 хвилини до { $hours } годин.
refusal-time-unread = Не зрозуміло, скільки часу: «{ $given }». Напишіть, наприклад, 45m дзвінок або 1h30m.
refusal-no-time-entry = Запису часу № { $entry } немає; усього записів: { $have }.

kind-topics = теми з підтемами, рядок на тему: Тема: перша; друга
kind-table = рядки таблиці, вставлені з електронної таблиці (щоб додати до наявних, почніть із +)
kind-choice-for-each = вибір для кожного, наприклад
kind-done = текст; порожнє значення збирає звіт заново
refusal-bad-line-no-topic = { $field }, рядок { $line }: підтема «{ $given }» стоїть до будь-якої теми. Напишіть «Тема: перша; друга».
refusal-bad-line-nothing-under = { $field }, рядок { $line }: у теми «{ $given }» немає підтем. Напишіть «{ $given }: перша; друга» або підтеми нижче, кожну з дефіса.
refusal-bad-line-too-many-cells = { $field }, рядок { $line }: зайва клітинка «{ $given }». Стовпці за порядком: { $known }.
refusal-bad-line-empty-cell = { $field }, рядок { $line }: порожньо в стовпці «{ $column }», він обов'язковий.
refusal-bad-line-unfit = { $field }, рядок { $line }, стовпець «{ $column }»: «{ $given }» не підходить. Потрібно: { $known }.
refusal-bad-line-outside = { $field }, рядок { $line }, стовпець «{ $column }»: { $given } поза періодом { $known }. Змініть дату або період.
refusal-bad-line-no-option = { $field }, рядок { $line }: «{ $given }» не підходить. Можна: { $known }.
refusal-bad-line-no-item = { $field }, рядок { $line }: «{ $given }» тут немає. Напишіть, для чого вибір: { $known }.
refusal-bad-line-too-many-lines = { $field }: щонайбільше { $given } рядків, щоб клієнт побачив усе, що погоджує. Поділіть на частини.
refusal-bad-line-too-long = { $field }: щонайбільше { $given } знаків, щоб клієнт побачив усе, що погоджує. Скоротіть або дайте файл.
report-stage = { $stage }:
report-done = ✓ { $task }, { $day }
report-done-agreed = ✓ { $task }, { $day }, погодження: { $person }
report-done-yes = ✓ { $task }, { $day }, погоджено
report-done-deemed = ✓ { $task }, { $day }, прийнято за мовчазною згодою
report-goal = ★ { $text }


## Початок роботи: правила, передача від продажів, доступи

working-rules =
    📘 <b>Як ми працюємо</b>

    • Кожен етап починається повідомленням тут і закінчується результатом, який ви погоджуєте або повертаєте.
    • Відповідаємо в робочий час ({ $hours }). Усе щодо «{ $project }» вирішує { $pm }.
    • Від вас: бриф, матеріали, доступи й рішення щодо кожного результату. Поки їх немає, термін чекає разом із нами.
    • Від нас: узгоджений результат у строк і чесне слово про ризики, щойно ми їх бачимо.
    • Ви маєте право повернути результат із зауваженнями; те, чого не було в домовленостях, рахуємо окремо й лише після вашої згоди.

    Ознайомтесь, будь ласка, і натисніть кнопку.
rules-acknowledged = ✅ З правилами погоджується { $person }, { $at }
rules-reminder =
    Ми ще не бачимо вашої згоди з правилами роботи, а без неї не починаємо.
    Вони вище в цьому чаті, під ними кнопка. Щось незрозуміло? Напишіть, пояснимо.
staff-rules-stuck = ⚠️ { $pm }, <b>{ $client }</b> { $days } роб. дн. не погоджує правил роботи ({ $project }). Подзвоніть.
staff-rules-acknowledged = 🤝 <b>{ $client }</b>: { $person } погоджує правила роботи ({ $project }).
btn-acknowledge = ✅ Ознайомлений
btn-decline = 🙅 Не беру
btn-give-access = 🔐 Ввести доступ
press-thanks-acknowledge = Дякуємо, вашу згоду записано.
missing-acknowledged = згода клієнта з правилами роботи
missing-handoff-accepted = виробництво ще не прийняло передачі від продажів
missing-handoff-mended = передачу повернуто продажам, її ще не виправлено
staff-handoff =
    📨 <b>{ $client }</b>: { $service } ({ $project }). Продажі передають у виробництво.

    Обіцяно до: { $by }
    За планом: { $planned }
    Обіцяна сума: { $sum }, ціна: { $price }
    { $text }
staff-handoff-late =
    📨 <b>{ $client }</b>: { $service } ({ $project }). Продажі передають у виробництво.

    Обіцяно до: { $by }
    ⚠️ За планом: { $planned }, на { $days } роб. дн. пізніше за обіцяне
    Обіцяна сума: { $sum }, ціна: { $price }
    { $text }
staff-handoff-accepted = ✅ <b>{ $client }</b>: { $service } ({ $project }). Виробництво прийняло: { $person }.
staff-handoff-returned =
    ↩️ <b>{ $client }</b>: { $service } ({ $project }). Повернуто продажам: { $person }.

    Причина: { $reason }
staff-ask-tried = { $person }, <b>{ $client }</b>, «{ $task }»: доступ «{ $item }» працює? Тоді напишіть відповіддю, що побачили: завдання, які на нього чекають, відкриються. Не працює: не відповідайте, а попросіть його знову. Не потрібен: почніть із «-» і напишіть, чому.
staff-tried-hint = Увійшли, усе працює
staff-ask-note = { $person }, <b>{ $client }</b>, «{ $task }»: що записати до «{ $title }»? Напишіть відповіддю на це повідомлення.
staff-ask-decline = { $person }, <b>{ $client }</b>: чому не берете «{ $task }»? Напишіть відповіддю на це повідомлення.
staff-ask-handoff-return = { $person }, <b>{ $client }</b>: чого бракує в передачі? Напишіть відповіддю на це повідомлення.
staff-note-hint = Про що домовились?
staff-reason-hint = Чому?
access-request =
    🔐 Для роботи над «{ $project }» потрібен доступ: { $item }.
    Введіть його за кнопкою, а не в чаті: там його побачать лише ті, хто з ним працює, а наприкінці проєкту ми його видалимо.
access-received = 🔐 Дякуємо, доступ «{ $item }» отримано й зашифровано.
staff-access-received = 🔐 <b>{ $client }</b>: доступ «{ $item }» надійшов ({ $project }). Переглянути: <i>signoff access show { $project } { $item } --as …</i>
step-handoff = передавати й приймати проєкт
step-access = вести доступи клієнта
step-erase = видаляти відповіді людини
refusal-note-needed = Для рядка { $item }, «{ $title }», треба кілька слів: про що домовились.
refusal-handoff-over = Робота вже почалась: «{ $started }». Передачі назад уже немає.
refusal-draft-of-client = Клієнт уже почав заповнювати «{ $form }» (збережено { $at }). Без нього ці відповіді не здаємо: перегляньте їх або дочекайтесь.
refusal-no-access = Доступу { $item } у цьому проєкті немає. Є такі: { $known }.
refusal-access-empty = Доступ { $item } не зберігається: його ще не дали або вже видалили.
refusal-not-your-access = Доступи бачать лише названі ролі ({ $roles }) і той, хто з ними працює. Кожен перегляд має ім'я.
page-access-title = Доступ: { $item }
page-access-text = Напишіть, як увійти: адресу, логін, пароль, кого запросити. Зберігаємо зашифрованим; бачать лише ті, хто з цим працює, і кожен перегляд записано. Наприкінці проєкту видаляємо.
page-access-send = Надіслати
page-access-none = Напишіть, як увійти.
page-access-done = Дякуємо, доступ отримано. Ця сторінка вже закрита.
page-access-nokey = Цей сервер поки не може зберігати доступів. Напишіть нам у чат, але самого доступу туди не надсилайте.

## Права, люди, перевірки

refusal-no-right = Щоб { $wanted }, потрібна інша роль: { $roles }.
refusal-outside-project = Проєкт бачать лише ті, хто в ньому працює. Попросіть менеджера проєкту додати вас.
step-top-role = дати або забрати роль керівника
step-look = відкрити цю сторінку
ui-no-right = Не для цієї ролі

## Доступи, на які чекаємо

access-reminder =
    🔐 Ми ще не бачимо доступу: { $item }. Коли дійде до роботи з ним, без нього зупинимось.
    Введіть його за кнопкою. Немає під рукою? Напишіть, хто може його дати.
staff-access-stuck = ⚠️ { $pm }, <b>{ $client }</b> не дає доступу «{ $item }», нагадали { $times } { $times ->
        [one] раз
        [few] рази
       *[other] разів
    } ({ $project }). Подзвоніть.
## Клієнти, відповіді, розмова, історія

chat-message =
    <b>{ $person }</b>:
    { $text }
chat-next-step =
    <b>{ $person }</b>:
    { $text }

    Наступний крок: до { $by }.
refusal-no-chat = У клієнта ще немає підтвердженого чату, або бота з нього вилучено. Підтвердьте чат або надішліть клієнтові нове посилання.
refusal-call-needs-comment = Напишіть кількома словами, про що домовились телефоном: решта команди теж має це знати.
ui-nav-clients = Клієнти
ui-nav-messages = Відповіді
ui-search = Шукати
ui-clients-find = Назва або частина назви
ui-clients-none = Тут поки нікого немає.
ui-client-projects = Проєкти
ui-client-no-projects = Проєктів ще не було.
ui-client-open = { $count ->
    [0] немає відкритих проєктів
    [one] { $count } відкритий проєкт
    [few] { $count } відкриті проєкти
   *[other] { $count } відкритих проєктів
    }
ui-client-approve = погоджує: { $names }
ui-client-no-approver = ніхто не може погоджувати
ui-client-decides = { $count ->
    [0] нічого не чекає на клієнта
    [one] { $count } рішення чекає на клієнта
    [few] { $count } рішення чекають на клієнта
   *[other] { $count } рішень чекають на клієнта
    }
ui-client-asks = чекає на відповідь
ui-chat-none = чату ще немає
ui-chat-linked = чат чекає підтвердження
ui-chat-confirmed = чат під'єднано
ui-chat-lost = бот не може писати в чат
ui-client-contacts = Люди
ui-client-no-contacts = Ще нікого не знаємо: надішліть посилання на чат.
ui-client-may-approve = погоджує
ui-client-linked-by = під'єднує чат
ui-client-away = немає в групі
ui-client-language = Мова
ui-client-zone = Часовий пояс
ui-client-our-zone = як в агенції
ui-client-chat = Чат
ui-client-payments = Оплата
ui-client-total = Разом: { $amount }
ui-client-paid = надійшло { $amount }
ui-client-card = Що відомо з брифу
ui-client-conflict = Бриф суперечить картці: { $field }.
ui-client-brief = Брифи
ui-client-answers = { $form }, версія { $version }
ui-client-story = Усе по порядку
ui-older = Раніше
ui-newest = До найновішого
ui-confirm-chat = Підтвердити чат
ui-new-link = Нове посилання на чат
ui-link-once = Посилання діє добу й один раз. Для групи: додати бота. Для особистого чату: відкрити й натиснути Start. Надішліть клієнтові одне з них.
ui-link-group = Для групи
ui-link-private = Для особистого чату
ui-link-token = Ім'я бота ще невідоме. Клієнт може надіслати боту: /start { $token }
ui-approver-add = Дозволити погоджувати
ui-approver-remove = Більше не погоджує
ui-approver-number = Номер облікового запису Telegram
ui-approver-name = Ім'я
ui-bad-number = Номер облікового запису складається лише з цифр.
ui-answers-title = Чекають на відповідь
ui-answers-none = Усім відповіли. Тут з'явиться кожне запитання з чатів клієнтів.
ui-answers-rule = Годинник іде лише в робочий час. Обіцяно відповісти за { $hours } год.
ui-answer-left = { $hours ->
    [0] лишилось { $minutes } хв
   *[other] { $minutes ->
        [0] лишилось { $hours } год
       *[other] лишилось { $hours } год { $minutes } хв
    }
 }
ui-answer-late = { $hours ->
    [0] спізнюємось на { $minutes } хв
   *[other] { $minutes ->
        [0] спізнюємось на { $hours } год
       *[other] спізнюємось на { $hours } год { $minutes } хв
    }
 }
ui-answer-soon = скоро спливе
ui-answer-since = пише { $at }
ui-answer-more = { $count ->
    [one] і ще { $count } повідомлення
    [few] і ще { $count } повідомлення
   *[other] і ще { $count } повідомлень
    }
ui-answer-before = відповісти до { $at }
ui-reply = Відповідь клієнтові
ui-reply-send = Надіслати
ui-reply-by = Наступний крок до (необов'язково)
ui-reply-about = Про який проєкт
ui-reply-no-project = Загалом
ui-reply-empty = Напишіть повідомлення.
ui-reply-long = Повідомлення задовге. Поділіть його.
ui-reply-day = Такого дня немає. Напишіть як 2026-12-09.
ui-reply-needs-project = Обіцянка належить проєктові: виберіть, про який мова.
ui-call = Ми подзвонили
ui-call-said = Про що домовились
ui-call-save = Записати дзвінок
ui-see-chat = Уся розмова
ui-tabs = Розділи проєкту
ui-tab-tasks = Завдання
ui-tab-chat = Чат із клієнтом
ui-tab-history = Історія
ui-talk-empty = Розмови ще не було.
ui-talk-erased = видалено на прохання
ui-talk-file = файл: { $name }
ui-talk-unsent = ще не надіслано
ui-talk-edited = змінене повідомлення
ui-talk-remark = зауваження до результату
ui-talk-note = записано для команди
ui-talk-colleague = у чаті
ui-talk-bot = бот
ui-history-empty = Ще нічого не сталось.
ui-why = Чому: { $what }
ui-why-clock = Чому: настав час, призначений шаблоном або календарем.
ui-via-board = дошка
ui-via-chat = чат
ui-via-cli = командний рядок
ui-via-form = форма
ui-via-clock = годинник
ui-via-server = сервер
ui-who-operator = оператор
ui-who-clock = система за годинником
ui-who-telegram = Telegram
ui-who-link = клієнт за посиланням
ui-who-engine = система
ui-find = Пошук
ui-find-hint = Проєкт, клієнт, людина або команда
ui-find-nothing = Нічого немає за «{ $typed }».
ui-find-project = проєкт
ui-find-client = клієнт
ui-find-person = людина
ui-find-command = команда
ui-find-mine = Мої завдання на дошці
ui-key-find = знайти
fact-other = Записано факт, для якого ще немає слів
fact-project-opened = Проєкт відкрито
fact-role-assigned = Роль призначено: { $what }
fact-task-ready = «{ $task }» можна починати
fact-task-started = «{ $task }»: розпочато
fact-task-paused = «{ $task }»: пауза
fact-task-resumed = «{ $task }»: робота йде далі
fact-field-set = «{ $task }»: заповнено «{ $what }»
fact-field-cleared = «{ $task }»: очищено «{ $what }»
fact-item-ticked = «{ $task }»: пункт «{ $what }»
fact-button-pressed = «{ $task }»: натиснуто «{ $what }»
fact-gate-confirmed = «{ $task }»: умову підтверджено ({ $what })
fact-task-submitted = «{ $task }»: результат здано, раунд { $round }
fact-task-accepted = «{ $task }»: перевірку пройдено
fact-task-returned = «{ $task }»: повернуто після перевірки
fact-approval-asked = «{ $task }»: клієнта попросили про рішення
fact-task-approved = «{ $task }»: клієнт погодив
fact-task-sent-back = «{ $task }»: клієнт повернув на доопрацювання
fact-remark-added = «{ $task }»: зауваження клієнта
fact-remarks-closed = «{ $task }»: зауваження зібрано
fact-decision-undone = «{ $task }»: рішення скасовано
fact-task-completed = «{ $task }»: завершено
fact-task-unreadied = «{ $task }» знову чекає своєї черги
fact-task-cancelled = «{ $task }»: скасовано
fact-project-completed = Проєкт завершено
fact-reminder-sent = «{ $task }»: нагадування
fact-task-overdue = «{ $task }»: термін минув
fact-period-announced = Клієнта повідомлено про період { $what }
fact-due-moved = «{ $task }»: термін перенесено
fact-task-unaccepted = «{ $task }»: ніхто не взявся вчасно
fact-task-declined = «{ $task }»: виконавець не береться
fact-approval-deemed = «{ $task }»: прийнято за мовчазною згодою
fact-silence-put-off = «{ $task }»: відлік мовчання почато наново
fact-next-step-promised = Клієнтові обіцяно наступний крок
fact-promise-kept = Обіцянку виконано
fact-promise-missed = Обіцянку не виконано вчасно
fact-project-paused = Проєкт на паузі
fact-project-resumed = Проєкт іде далі
fact-form-sent = Клієнтові надіслано форму: { $what }
fact-form-received = Надійшла заповнена форма: { $what }
fact-help-asked = Клієнт просить допомоги з формою: { $what }
fact-period-opened = Відкрито період { $what }
fact-period-began = Почався період { $what }
fact-payment-expected = Очікуємо оплату { $what }
fact-payment-invoiced = Виставлено рахунок: оплата { $what }
fact-payment-received = Надійшли гроші: оплата { $what }
fact-payment-cancelled = Оплату { $what } скасовано
fact-price-set = «{ $task }»: визначено ціну проєкту
fact-expense-booked = «{ $task }»: записано витрату
fact-project-closed = Проєкт закрито
fact-gate-overridden = «{ $task }»: далі попри закриту умову ({ $what })
fact-audit-overridden = «{ $task }»: далі без перевірки
fact-task-inserted = Додано завдання «{ $task }»
fact-definition-changed = Проєкт переведено на іншу версію шаблону
fact-time-added = «{ $task }»: записано час
fact-time-cancelled = «{ $task }»: запис часу скасовано
fact-rules-sent = Клієнтові надіслано правила роботи
fact-rules-acknowledged = Клієнт погодився з правилами роботи
fact-sales-promised = Продажі передали обіцяне клієнтові
fact-handoff-accepted = Виробництво прийняло передачу
fact-handoff-returned = Передачу повернуто продажам
fact-access-asked = Клієнта попросили про доступ: { $what }
fact-access-received = Доступ отримано: { $what }
fact-access-viewed = Доступ переглянуто: { $what }
fact-accesses-purged = Доступи клієнта видалено
fact-client-added = Клієнта додано
fact-language-chosen = Мова клієнта: { $what }
fact-zone-chosen = Вибрано часовий пояс клієнта
fact-chat-linked = Чат під'єднано, { $what }; він чекає підтвердження
fact-chat-confirmed = Чат підтверджено
fact-chat-migrated = Група стала супергрупою
fact-chat-lost = Бот більше не може писати в чат
fact-chat-restored = Бот знову може писати в чат
fact-approver-left = { $what }: більше немає в групі
fact-approver-returned = { $what }: знову в групі
fact-approver-named = Право погоджувати дано: { $what }
fact-approver-removed = Право погоджувати забрано: { $what }
fact-client-wrote = Клієнт пише
fact-staff-wrote = Повідомлення колеги в чаті клієнта
fact-client-told = Повідомлення клієнтові
fact-message-edited = Клієнт змінив повідомлення
fact-answer-due = Команді нагадали: клієнт чекає на відповідь
fact-client-answered = Клієнтові відповіли
fact-card-field-set = У картку записано: { $what }
fact-card-conflict-found = Бриф суперечить картці: { $what }
fact-card-conflict-resolved = Розбіжність вирішено: { $what }
fact-answers-erased = Написане людьми клієнта видалено

## The numbers and the timeline of a project

ui-ball-work = наша робота
ui-ball-check = наша перевірка
ui-ball-client = вирішує клієнт
ui-ball-rework = правки
ui-plan = план
ui-planned = план: від { $from } до { $until }
ui-hours = { $n } год
ui-days = { $n } дн.
ui-of = з { $total }
ui-number-tasks = Завдання
ui-number-hours = Години
ui-number-income = Надходження
ui-number-expenses = Витрати
ui-number-profit = Прибуток
ui-number-owed = Борг клієнта
## Live

ui-live-people = Наживо, тут { $count ->
        [one] { $count } людина
        [few] { $count } людини
       *[other] { $count } людей
    }
ui-login-elsewhere = Це посилання відкривається лише в тому браузері, у якому його попросили. Скопіюйте адресу туди або попросіть нове посилання тут.
step-leave = звільнити людину
refusal-has-left = { $person } тут більше не працює.
refusal-still-holds = { $person } ще має ролі: { $held }. Скажіть, кому їх передати.
ui-nav-checks = Перевірки
ui-nav-people = Люди
ui-checks-mine = Мої
ui-checks-all = Усі
ui-checks-none = Нічого не чекає на перевірку.
ui-since = чекає з { $at }
ui-people-how = До кінця тижня лишається { $left } робочого часу, на наступному тижні буде { $next }. Години взято з шаблонів: скільки ще лишилося, з огляду на те, як швидко людина працює.
ui-person = Людина
ui-now-doing = Зараз
ui-this-week = Цей тиждень
ui-next-week = Наступний
ui-later = Пізніше
ui-free = вільно
ui-more = ще { $count }
ui-done-by = готово { $at }
ui-too-much = забагато
ui-leave = Передати справи…
ui-leave-title = { $name } іде з агенції
ui-leave-what = Доступ до дошки й бота закінчиться одразу, роботу отримають інші, а історія збереже ім'я.
ui-leave-to = Усе передати
ui-leave-role = Роль «{ $role }» передати
ui-leave-same = тому самому
ui-leave-do = Передати й закрити доступ
ui-leave-nothing = За цією людиною нічого не закріплено.
ui-leave-tasks = Завдання
ui-leave-checks = Перевірки
ui-project = Проєкт
## Шаблони на своїх сторінках
ui-nav-templates = Шаблони
ui-tpl-kind-services = Послуги
ui-tpl-kind-forms = Форми
ui-tpl-kind-messages = Повідомлення
ui-tpl-file = Файл
ui-tpl-version = версія { $version }
ui-tpl-version-none = ще не опубліковано
ui-tpl-changed = Остання зміна
ui-tpl-running = Проєкти в роботі
ui-tpl-problems = Проблеми
ui-tpl-find = Знайти
ui-tpl-replace = Замінити на
ui-tpl-next = далі
ui-tpl-previous = назад
ui-tpl-all = усі
ui-tpl-case = з урахуванням регістру
ui-tpl-regexp = регулярний вираз
ui-tpl-word = слово цілком
ui-tpl-replace-one = замінити
ui-tpl-replace-all = замінити все
ui-tpl-line = Перейти до рядка
ui-tpl-go = перейти
ui-tpl-offers = Підказки
ui-tpl-tabs = Вигляди файлу
ui-tpl-text = Текст
ui-tpl-list = Списком
ui-tpl-changes = Зміни
ui-tpl-versions = Версії
ui-tpl-check = Перевірити
ui-tpl-try = Пробний прогін
ui-tpl-publish = Опублікувати версію { $version }
ui-tpl-why = Навіщо ця зміна?
ui-tpl-good = Проблем немає.
ui-tpl-place = рядок { $line }, символ { $column }
ui-tpl-fix = Написати: { $text }
ui-tpl-fix-away = Прибрати
ui-tpl-errors = Опублікувати можна, коли помилки виправлено.
ui-tpl-client = Клієнт
ui-tpl-ideal = ідеальний
ui-tpl-typical = типовий
ui-tpl-silent = мовчить
ui-tpl-start = Початок
ui-tpl-sent = Повідомлень клієнтові: { $client }, команді: { $staff }. Нічого не надіслано.
ui-tpl-not-now = Пробний прогін зайнятий або триває задовго. Спробуйте за мить.
ui-tpl-effect = Коли опублікуєте
ui-tpl-effect-running = Нові проєкти візьмуть версію { $version }. Проєкти в роботі ({ $count }) лишаються на своїй; кожен переводять окремо, побачивши, що зміниться.
ui-tpl-restore = Повернути версію { $version }
ui-tpl-inside = Ці шаблони вбудовано в програму, тут їх не змінити. «signoff init» створить теку шаблонів, які можна змінювати; потім укажіть workflows.dir.
ui-tpl-same = Нічого не змінилося.
ui-tpl-published = Версія { $version } діє.
ui-tpl-no-changes = Текст такий, як опубліковано.
ui-tpl-by-file = зміна файлу
ui-tpl-other-file = в іншому файлі
ui-tpl-yours = Ваш текст збережено нижче. Ось чим він відрізняється від чинного; якщо все гаразд, опублікуйте ще раз.
ui-tpl-restored = з версії { $version }
ui-tpl-role = Роль
ui-tpl-hours = Години
ui-tpl-approval = Погоджує клієнт
refusal-template-moved = { $file } вже має версію { $version }, а ви змінювали версію { $base }. Спершу подивіться, що змінилося за цей час.
## Пароль і код
ui-password = Пароль
ui-password-code = Код із застосунку (6 цифр)
ui-password-wrong = Ім'я, пароль або код не підійшли. Код діє один раз; після п'яти помилок зачекайте 15 хвилин або попросіть у бота посилання.
ui-password-by-link = Увійти за посиланням від бота
ui-password-instead = Увійти з паролем і кодом
ui-me = Мої налаштування
ui-look = Мова і вигляд
ui-look-language = Мова сторінок
ui-look-theme = Вигляд
ui-look-system = Як у системі
ui-look-light = Світлий
ui-look-dark = Темний
ui-password-again = Пароль можна задати протягом десяти хвилин після входу: вийдіть, увійдіть знову й поверніться сюди.
ui-password-title = Мій пароль
ui-password-how = Другий спосіб увійти, без бота: пароль і код із телефона. Після збереження ви вийдете всюди й зайдете з новим паролем.
ui-password-new = Новий пароль
ui-password-rule = Щонайменше 12 знаків. Найкраще кілька слів, які ніхто не пов'яже з вами.
ui-password-app = Код із телефона
ui-password-scan = Проскануйте картинку застосунком для кодів (Google Authenticator, Aegis, 1Password) або введіть у нього літери під нею.
ui-password-picture = QR-код для застосунку з кодами: { $name }
ui-password-set = Зберегти пароль
ui-password-no-key = Тут немає файлу ключа, тому пароль зберегти не можна. Той, хто веде сервер: signoff init створює signoff.key.
step-password = задати пароль
refusal-password-too-easy = Пароль має бути від { $shortest } до { $longest } знаків і не таким, що легко вгадати: кілька слів через пробіл підійдуть, ім'я чи 123456 ні.
refusal-wrong-code = Код не підійшов. Він діє пів хвилини й один раз: візьміть новий і перевірте годинник телефона.
ui-takes = Так пишуть: { $kind }

## Доступи на картці завдання

ui-access-tried = Доступ «{ $item }»: хто й як його перевірив, або чому він не потрібен
ui-access-works = Доступ працює
ui-access-not-needed = Не потрібен

## Надіслано з чужої сторінки

page-elsewhere-title = Це надіслано не зі сторінки Signoff
page-elsewhere-text = Відкрийте сторінку тут, у браузері, і повторіть дію на ній. Якщо так і було, оновіть сторінку: можливо, адреса сервера інша, ніж у налаштуваннях.
## Список проєктів
ui-nav-projects = Проєкти
ui-projects-found = Знайдено проєктів: { $projects }, клієнтів: { $clients }
ui-projects-none = Тут нічого немає. Приберіть частину ознак.
ui-projects-lists = Списки
ui-projects-open = Усі відкриті
ui-projects-month = Клієнти за місяць
ui-projects-late = Прострочено
ui-projects-waits = Чекає на клієнта
ui-projects-forget = Прибрати список «{ $name }»
ui-projects-state = Стан
ui-projects-state-open = відкриті
ui-projects-state-over = завершені
ui-projects-state-all = усі
ui-projects-service = Послуга
ui-projects-client = Клієнт
ui-projects-pm = Менеджер
ui-projects-person = Хто залучений
ui-projects-from = Відкрито від
ui-projects-until = Відкрито до
ui-projects-sort = Порядок
ui-projects-by-due = за строком
ui-projects-by-client = за клієнтом
ui-projects-by-opened = за датою відкриття
ui-projects-show = Показати
ui-projects-clear = Прибрати ознаки
ui-projects-task = Завдання
ui-projects-ball = У кого
ui-projects-due = Строк
ui-projects-price = Ціна
ui-projects-opened = Відкрито
ui-projects-unpaid = Рахунок не оплачено
ui-projects-many = Списків уже забагато: приберіть один зі своїх і збережіть ще раз.
ui-projects-pages = Сторінки
ui-projects-keep = Зберегти цей список…
ui-projects-name = Назва
ui-projects-shared = Бачать усі
ui-projects-keep-do = Зберегти список
## Стрічка над дошкою
ui-strip = Що чекає на мене
ui-strip-answers = Чекають відповіді: { $count }
ui-strip-checks = Перевірити: { $count }
ui-strip-late = Прострочено: { $count }
ui-strip-silent = Мовчать клієнти: { $count }
ui-strip-money = Неоплачені рахунки: { $count }
ui-by-task = За завданнями

## Comments, files and due dates of tasks

ui-comments = Коментарі та файли
ui-comment-add = Написати коментар
ui-comment-file = Файл, до { $size } МБ
ui-comment-client = Показати й клієнтові: піде в його чат
ui-comment-sent = бачить клієнт
ui-comment-erased = стерто
ui-file-too-large = Файл більший за { $size } МБ. Покладіть його на диск і напишіть посилання.
ui-file-none = Файл не вибрано.
ui-file-upload = Завантажити
ui-due-set = Поставити інший термін
ui-due-day = До кінця дня
ui-due-why = Чому
fact-commented = «{ $task }»: коментар
fact-due-set = «{ $task }»: менеджер поставив інший термін
step-comment = коментувати
step-due = змінити термін
task-comment =
    <b>{ $person }</b> · { $task }:
    { $text }
task-file =
    <b>{ $person }</b> · { $task }: файл для вас ☝️
ui-key-time = записати час
ui-time-spent = Скільки часу
ui-time-kind = На що
ui-time-note = Примітка

# --- гроші без рахунку
step-money = мати справу з грошима клієнта
fact-money-arrived = Надійшли гроші, що не пасують до жодного рахунку
fact-money-matched = Гроші зіставлено з оплатою
fact-money-dismissed = Гроші без рахунку списано
staff-day-unmatched = 🏦 <b>Гроші надійшли, а за що, невідомо</b>
staff-day-line-unmatched = • { $client }: { $amount } від { $since }: <i>signoff payment match { $money } ПРОЄКТ/ПЛАТІЖ</i>
ui-money-loose = Гроші без рахунку
ui-money-none = Усі гроші цього клієнта зіставлено з оплатами.
ui-money-left = лишилося { $amount }
ui-money-for = За що
ui-money-match = Зіставити
ui-money-dismiss = Списати
ui-money-why = Чому: повернули клієнтові, записали помилково
ui-money-note = Записати гроші, що надійшли
ui-money-amount = Сума
ui-money-on = День надходження
ui-money-reference = Номер платежу з виписки
ui-money-again = Це інші гроші, ніж ті, що вже записано
ui-money-no-payment = Немає відкритих оплат, з якими їх зіставити.
ui-comment-by-client = від клієнта
ui-priority = Пріоритет
ui-priority-high = спочатку
ui-priority-normal = звичайний
ui-priority-low = згодом
fact-priority-set = «{ $task }»: менеджер змінив пріоритет
step-priority = змінити пріоритет
staff-day-tight = ⚠️ <b>Можемо не встигнути: роботи більше, ніж часу</b>
client-later = Над завданням «{ $task }» працюватимемо довше, ніж планували. Вибачте за зміну.
ui-tight = Роботи лишилося на { $hours } год, а робочого часу до терміну менше. Клієнт має почути це від нас раніше, ніж спитає.
ui-tight-tell = Що прочитає клієнт
ui-tight-until = Коли буде готово

# --- стан проєктів
standing-title = 📋 <b>Відкриті проєкти: { $count }</b>
standing-none = 📋 Відкритих проєктів немає.
standing-line = { $mark } { $client } · { $service } ({ $project }) · { $stage }: { $parts }
standing-more = … і ще { $count }: { $link }
standing-stage-none = усі завдання виконано
standing-paused = на паузі
standing-late = прострочено: { $tasks }
standing-check = чекає на перевірку: { $tasks }
standing-client = чекаємо на клієнта: { $tasks }
standing-work = у роботі: { $tasks }
standing-nothing = зараз нічого не чекає
standing-task = «{ $task }»
standing-task-due = «{ $task }» (до { $due })
standing-task-approved = «{ $task }» (погоджено)
standing-mine = 📋 <b>{ $service }</b>: { $stage }
standing-mine-none = Зараз відкритих проєктів немає.
standing-mine-more = … і ще { $count }
standing-mine-paused = ⏸ Проєкт на паузі
standing-mine-client = ⏳ Чекаємо на ваше рішення: { $tasks }
standing-mine-work = 🛠 Зараз у роботі: { $tasks }
standing-mine-done = ✅ Готово { $done } з { $total }: { $tasks }

# --- розділи проєкту: файли й час; закріплене
ui-tab-files = Файли
ui-tab-time = Час
ui-files-none = Файлів ще немає. Вони з’являються з результатами, коментарями й повідомленнями.
ui-files-count = Файлів: { $count }
ui-files-file = Файл
ui-files-what = Що це
ui-files-added = Хто додав
ui-files-seen = Хто бачить
ui-files-hash = SHA-256
ui-files-comment = коментар
ui-files-team = лише команда
ui-files-client = і клієнт
ui-files-later = коли здамо результат
ui-files-sent = надіслано { $at }
ui-files-telegram = у Telegram
ui-files-image = зображення
ui-files-video = відео
ui-files-sound = звук
ui-files-pdf = PDF
ui-files-office = офісний документ
ui-files-text = текст
ui-files-archive = архів
ui-files-other = файл
ui-time-by-task = За завданнями
ui-time-by-person = За людьми
ui-time-entries = Записи
ui-time-who = Хто
ui-time-noted = Записано годин
ui-time-planned = За планом
ui-time-total = Разом
ui-time-over = на { $hours } понад план
ui-time-count = записів: { $count }
ui-time-day = День
ui-time-back = скасовано
ui-time-take-back = Скасувати запис
ui-time-none = Часу ще не записували. Його записують у панелі завдання або в чаті команди.
ui-pins = Закріплені проєкти
ui-pin = Закріпити
ui-pin-why = Закріпити проєкт у меню
ui-unpin = Прибрати проєкт із меню
ui-pins-many = У меню вміщається щонайбільше { $most } проєктів. Спершу приберіть один зі своїх.
# --- експорт та інші вигляди проєкту
ui-export = Експорт
ui-export-title = Усе про цей проєкт одним архівом: документи, таблиці, історія, файли
step-export = вивантажити проєкт архівом
ui-views = Як показати завдання
ui-view-list = Список
ui-view-role = За ролями
ui-view-calendar = Календар
ui-calendar-months = Місяці
ui-calendar-before = Попередній місяць
ui-calendar-after = Наступний місяць
ui-calendar-today = Сьогодні
ui-calendar-empty = У цьому місяці нічого немає.
ui-calendar-start = початок:
ui-calendar-due = термін:
ui-calendar-done = готово:
ui-calendar-begin = початок за планом:
ui-calendar-end = кінець за планом:
ui-calendar-promise = обіцяно:
ui-calendar-invoice = рахунок:
ui-calendar-paid = оплачено:
ui-day-mon = Пн
ui-day-tue = Вт
ui-day-wed = Ср
ui-day-thu = Чт
ui-day-fri = Пт
ui-day-sat = Сб
ui-day-sun = Нд
ui-calendar-month =
    { $month ->
        [1] Січень { $year }
        [2] Лютий { $year }
        [3] Березень { $year }
        [4] Квітень { $year }
        [5] Травень { $year }
        [6] Червень { $year }
        [7] Липень { $year }
        [8] Серпень { $year }
        [9] Вересень { $year }
        [10] Жовтень { $year }
        [11] Листопад { $year }
       *[12] Грудень { $year }
    }
