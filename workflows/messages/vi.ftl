### Tin nhắn gửi khách hàng và đội ngũ: tiếng Việt.
### Chỉ sửa phần sau dấu "=". Phần trong { } có dấu $ do hệ thống điền.
### Tiếng Việt không chia số ít/số nhiều nên chỉ có một dạng.

## Nút bấm

btn-approve = ✅ Duyệt
btn-send-back = ✏️ Yêu cầu sửa
btn-undo = Hoàn tác
btn-comment-done = Xong, hết rồi
btn-cancel = Thôi, bỏ qua
btn-fill-brief = 📝 Điền brief
btn-need-help = Tôi cần hỗ trợ
btn-open-result = Xem kết quả
btn-open-portal = Toàn bộ tài liệu
btn-invoice = Hóa đơn
btn-already-paid = Đã thanh toán
btn-question = Tôi có câu hỏi

## Khởi động và brief

welcome =
    Chào mừng Anh/Chị! Đây là nơi chúng ta cùng thực hiện dịch vụ “{ $service }”.

    Tại đây Anh/Chị sẽ biết việc gì đã bắt đầu, việc gì đã xong và việc gì đang chờ Anh/Chị quyết định. Duyệt chỉ cần một lần chạm.
    Người phụ trách: <b>{ $pm }</b>. Anh/Chị cứ nhắn vào đây, chúng tôi trả lời trong giờ làm việc ({ $hours }).

brief-request =
    Để bắt đầu, mời Anh/Chị điền: <b>{ $form }</b>. Gồm { $questions } câu hỏi, khoảng { $minutes } phút.

    Câu trả lời được lưu lại, Anh/Chị có thể dừng và làm tiếp bất cứ lúc nào.

brief-received =
    Chúng tôi đã nhận được brief, cảm ơn Anh/Chị! Nếu cần làm rõ điều gì, chúng tôi sẽ nhắn tại đây.

brief-reminder =
    Chúng tôi chưa thấy brief được điền. Có câu nào khó hiểu hoặc bất tiện không ạ?
    Anh/Chị nhắn cho chúng tôi biết để được hỗ trợ, hoặc gửi câu trả lời bằng tin nhắn thoại.

task-production-starts =
    Brief, quyền truy cập và thanh toán đã đủ. Chúng tôi bắt đầu triển khai với “{ $next }”.

## Các bước: nội dung chung

task-started =
    Chúng tôi đã bắt đầu <b>“{ $task }”</b>. Dự kiến gửi kết quả trước { $due }.

task-finished =
    Đã xong: <b>“{ $task }”</b>.

    { $result }

    Mời Anh/Chị xem. Nếu ổn, xin bấm duyệt; nếu chưa, cho chúng tôi biết cần sửa gì.

task-finished-info =
    Đã hoàn thành: <b>“{ $task }”</b>.

    { $result }

rework-finished =
    Đã chỉnh sửa: <b>“{ $task }”</b>, lần { $round }.

    { $result }

    Mời Anh/Chị kiểm tra lại xem đã đúng ý chưa.

month-starts =
    Bắt đầu kỳ mới: <b>{ $period }</b>. Còn { $tasks } bước, bước đầu tiên là “{ $next }”.

project-finished =
    Dự án “{ $project }” đã hoàn tất. Toàn bộ tài liệu vẫn nằm trong cuộc trò chuyện này.
    Cảm ơn Anh/Chị đã đồng hành!

## SMM

smm-accounts-start =
    Bước đầu là tài khoản: chúng tôi tạo mới hoặc kết nối tài khoản sẵn có.
    Nếu Anh/Chị nhận được mã xác nhận, xin chuyển tiếp vào đây.

smm-accounts-finish =
    Tài khoản đã sẵn sàng, Anh/Chị là chủ sở hữu.

    { $result }

smm-rubricator-start =
    Chúng tôi đang xây dựng bảng chủ đề, nền tảng của kế hoạch nội dung. Sẽ gửi trước { $due }.

smm-rubricator-finish =
    Bảng chủ đề đã xong.

    { $result }

    Các chủ đề đã đúng với thương hiệu chưa, có gì thừa không ạ?

smm-content-plan-start =
    Chúng tôi bắt đầu lên kế hoạch nội dung. Sẽ gửi trước { $due }.

smm-content-plan-finish =
    Kế hoạch nội dung đã xong: { $posts } bài đăng.

    { $result }

    Anh/Chị thấy phù hợp không? Nếu có chỗ sai hoặc chưa chính xác, xin gửi lại để chúng tôi sửa.

smm-profile-design-start =
    Chúng tôi đang thiết kế hồ sơ. Chỉ còn đặt logo và viết phần giới thiệu.

smm-profile-design-finish =
    Hồ sơ đã được thiết kế xong.

    { $result }

    Anh/Chị đọc thử phần giới thiệu: nghe có giống cách mình nói không?

smm-first-nine-start =
    Một hồ sơ cần ít nhất { $items } bài để trông sống động. Chúng tôi đang thực hiện.

smm-first-nine-finish =
    Những bài đầu tiên đã lên.

    { $result }

    Mời Anh/Chị xem lưới bài trên điện thoại và cho biết cảm nhận.

ads-start =
    Chúng tôi đang chuẩn bị quảng cáo: chọn bài, tạo chiến dịch, thiết lập đối tượng.

ad-launched =
    🚀 Quảng cáo đã chạy.

    { $result }

    Chúng tôi sẽ báo cáo khi chiến dịch kết thúc.

ads-finish =
    Chiến dịch quảng cáo đã kết thúc, báo cáo ở đây.

    { $result }

## Duyệt

approval-reminder =
    “{ $task }” đã chờ Anh/Chị quyết định { $days } ngày làm việc. Bước tiếp theo sẽ bắt đầu ngay khi được duyệt.

task-cancelled = Bước này đã hủy, không cần quyết định nữa.

approval-given = ✅ Đã duyệt: { $person }, { $at }

approval-by-silence =
    Chúng tôi xem “{ $task }” là đã duyệt: không có ý kiến trong { $days } ngày làm việc. Nếu có, Anh/Chị cứ nhắn, chúng tôi sẽ làm lại.

approval-deemed = ☑️ Xem như đã duyệt vì đã hết thời hạn thỏa thuận mà không có ý kiến: { $at }

sendback-ask =
    { $person }, cần sửa gì trong “{ $task }”?
    Hãy trả lời tin nhắn này, một hoặc nhiều lần, có thể gửi ảnh hay tin thoại. Sau câu trả lời đầu tiên sẽ có nút “Xong, hết rồi”.

sendback-hint = Cần sửa gì ạ?

sendback-given = ✏️ Đang sửa: { $person }, { $at }

sendback-received =
    Đã ghi nhận { $remarks } góp ý cho “{ $task }”. Chúng tôi sẽ gửi lại trước { $due }.

## Thanh toán

payment-invoice =
    Chúng tôi đã gửi hóa đơn <b>{ $amount }</b> cho kỳ { $period }. Xin thanh toán trước { $until }.

payment-invoice-reminder =
    Xin nhắc về hóa đơn <b>{ $amount }</b>: đã { $days } ngày làm việc. Nếu đã thanh toán, Anh/Chị nhắn tại đây để chúng tôi kiểm tra.

payment-reminder =
    Còn { $days } ngày làm việc là hết kỳ đã thanh toán. Để bài đăng và quảng cáo không gián đoạn, Anh/Chị vui lòng thanh toán trước phí dịch vụ và ngân sách quảng cáo: <b>{ $amount }</b>.

seo-payment-reminder =
    Còn { $days } ngày làm việc là hết kỳ đã thanh toán. Để công việc SEO cho trang web không gián đoạn, Anh/Chị vui lòng thanh toán trước: <b>{ $amount }</b>.

ppc-payment-reminder =
    Còn { $days } ngày làm việc là hết kỳ đã thanh toán. Để quảng cáo không gián đoạn, Anh/Chị vui lòng thanh toán trước phí quản lý và ngân sách quảng cáo: <b>{ $amount }</b>.

payment-received =
    Đã nhận <b>{ $amount }</b>, cảm ơn Anh/Chị! Kỳ { $period } đã được thanh toán.

payment-part-invoice =
    Chúng tôi đã gửi hóa đơn <b>{ $amount }</b>: “{ $task }”. Xin thanh toán trước { $until }.

payment-part-paid =
    Đã nhận <b>{ $amount }</b> (“{ $task }”), cảm ơn Anh/Chị!

payment-part-received =
    Đã nhận <b>{ $amount }</b>, cảm ơn Anh/Chị! Còn lại <b>{ $rest }</b> chưa thanh toán.

## Báo cáo, họp, báo giá

report-ready =
    Báo cáo kỳ { $period } đã sẵn sàng.

    { $result }

quotation-ready =
    Báo giá đã sẵn sàng: <b>{ $total }</b>.

    { $result }

    Sau khi Anh/Chị duyệt, chúng tôi gửi hợp đồng và bắt đầu thực hiện.

meeting-invite =
    Trân trọng mời Anh/Chị dự họp: “{ $task }”, <b>{ $at }</b>. Nếu giờ chưa tiện, xin báo để chúng tôi sắp xếp lại.

## Câu hỏi của khách

question-received =
    Chúng tôi đã thấy câu hỏi. { $pm } sẽ trả lời trước { $until }.

question-received-off =
    Cảm ơn Anh/Chị, câu hỏi đã được ghi lại. Hiện ngoài giờ làm việc; { $pm } sẽ trả lời { $until }.

## Cho đội ngũ

staff-task-ready =
    🆕 <b>{ $client }</b>: có thể bắt đầu “{ $task }” ({ $project }). Người làm: { $person }, dự kiến { $hours } giờ.
    Hạn { $due }.

staff-check-needed =
    👀 { $auditor } vui lòng kiểm tra: <b>{ $client }</b>, “{ $task }” ({ $project }), lần { $round }. Người làm: { $person }.

    { $result }

staff-gate-closed =
    Chưa thể hoàn thành “{ $task }”. Còn thiếu: { $missing }.

staff-brief-received =
    📝 <b>{ $client }</b>: “{ $form }” đã điền xong ({ $project }). Bấm nút để xem câu trả lời.

staff-brief-stuck =
    ⚠️ { $client } chưa điền brief sau { $times } lần nhắc. Nên gọi điện.

staff-approved =
    ✅ { $client }: “{ $task }” đã duyệt ({ $person }).

staff-sent-back =
    ✏️ <b>{ $client }</b>: “{ $task }” ({ $project }) cần sửa, lần { $round }. Người quyết định: { $person }.
    Góp ý sẽ hiện ở đây ngay khi khách gửi.

staff-rework-extra =
    💬 { $pm }: “{ $task }” ({ $client }, { $project }) bị trả lại quá số lần đã thỏa thuận: giá gồm { $included } lần sửa. Hãy thỏa thuận phụ phí trước khi bắt đầu.

staff-approval-stuck =
    ⚠️ { $client } im lặng về “{ $task }” { $days } ngày làm việc. Đã hết lượt nhắc, nên gọi điện.

staff-due-soon =
    ⏳ { $client }: “{ $task }” đến hạn { $due }.

staff-overdue =
    🔴 <b>{ $client }</b>: “{ $task }” ({ $project }) chưa xong, hạn là { $due } ({ $days ->
        [0] vừa đến hạn
       *[other] trễ { $days } ngày làm việc
    }). Người làm: { $person }.

staff-unaccepted =
    🕓 { $pm }, chưa ai nhận “{ $task }” (<b>{ $client }</b>, { $project }), đang chờ từ { $since }. Người làm: { $person }.

staff-declined =
    🙅 { $pm }, { $person } không nhận “{ $task }” (<b>{ $client }</b>, { $project }). Hãy giao cho người khác.

    Lý do: { $reason }

staff-approval-deemed =
    ☑️ { $pm }, <b>{ $client }</b>: “{ $task }” ({ $project }) được xem là đã duyệt vì khách im lặng { $days } ngày làm việc. Mẫu quy trình quy định như vậy, khách không tự duyệt.

staff-silence-put-off =
    ⚠️ { $pm }, <b>{ $client }</b>: “{ $task }” ({ $project }) không thể được xem là đã duyệt vì im lặng, do kết quả chưa đến được với khách: nhóm chat chưa kết nối hoặc bot không thể viết vào đó. Thời hạn được tính lại từ đầu.

staff-promise-missed =
    🤝 { $pm }, bước tiếp theo đã hứa với <b>{ $client }</b> ({ $project }, “{ $task }”) có hạn { $by }:

    { $text }

staff-project-paused =
    ⏸ <b>{ $client }</b>: dự án { $project } (“{ $service }”) tạm dừng, không gửi nhắc nhở. Người thực hiện: { $person }. Lý do: { $reason }

staff-project-resumed =
    ▶️ <b>{ $client }</b>: dự án { $project } (“{ $service }”) tiếp tục. Người thực hiện: { $person }.

staff-timer-dead =
    ⚠️ Một việc theo lịch đã thất bại ba lần, xin tự kiểm tra: { $timer }. Lệnh signoff timers liệt kê tất cả.

staff-templates-broken =
    ⚠️ Không thể dùng các thay đổi trong tệp <b>{ $file }</b>, dòng { $line }: { $reason }
    Các mẫu trước đó vẫn có hiệu lực, dự án vẫn tiếp tục. Lệnh signoff check cho biết mọi chỗ cần sửa.

staff-templates-mended =
    ✅ Các mẫu đã ổn trở lại: thay đổi áp dụng cho dự án mới.

staff-client-waiting =
    ⏱ { $client } đang chờ trả lời. Thời hạn cam kết là { $until }.

staff-payment-received =
    💰 { $client }: đã nhận { $amount } ({ $project }, khoản { $payment }: { $state }).

staff-payment-invoiced =
    🧾 { $client }: đã xuất hóa đơn { $number }, { $amount } ({ $project }, khoản { $payment }).

staff-payment-corrected =
    ✏️ { $client }: đã điều chỉnh khoản thu { $amount } ({ $project }, khoản { $payment }: { $state }). Người sửa: { $person }. Lý do: { $reason }

staff-payment-cancelled =
    ✖️ { $client }: khoản { $payment }, { $amount }, đã hủy ({ $project }). Người hủy: { $person }. Lý do: { $reason }

staff-ad-launched =
    🚀 { $client }: quảng cáo đã chạy, “{ $task }” ({ $project }). { $person }.

staff-payment-late =
    ⚠️ { $client } chưa thanh toán { $amount }; còn { $days } ngày làm việc là hết kỳ.

staff-payment-overdue =
    ⚠️ { $client } chưa thanh toán { $amount } (“{ $task }”), đã { $days } ngày làm việc. Xin gọi điện.

staff-undelivered =
    🔴 { $client }: tin nhắn về “{ $task }” chưa gửi được ({ $reason }). Xin liên hệ cách khác.

## Nút bấm cho đội ngũ

btn-start = ▶️ Bắt đầu
btn-pause = ⏸ Tạm dừng
btn-resume = ▶️ Tiếp tục
btn-submit = Nộp kết quả
btn-submit-locked = 🔒 Nộp kết quả
btn-accept = ✅ Chấp nhận
btn-return = ↩️ Trả lại

## Các từ tạo nên tin nhắn

word-yes = có
word-no = không
word-or = hoặc
word-quoted = “{ $text }”
word-files = { $count } tệp

status-waiting = Chờ đến lượt
status-ready = Sẵn sàng bắt đầu
status-in-progress = Đang làm
status-paused = Tạm dừng
status-in-review = Nội bộ kiểm tra
status-awaiting-approval = Chờ khách duyệt
status-rework = Đang sửa
status-completed = Hoàn thành
status-cancelled = Đã hủy

payment-state-not-invoiced = chưa xuất hóa đơn
payment-state-invoiced = đã xuất hóa đơn
payment-state-partly-paid = đã thanh toán một phần
payment-state-paid = đã thanh toán
payment-state-cancelled = đã hủy

step-start = bắt đầu công việc
step-pause = tạm dừng công việc
step-resume = tiếp tục công việc
step-submit = nộp kết quả
step-accept = chấp nhận kết quả
step-return = trả lại kết quả
step-fill = sửa trường dữ liệu
step-tick = đánh dấu mục
step-press = bấm nút
step-confirm = xác nhận điều kiện
step-confirm-chat = xác nhận nhóm chat của khách hàng
step-cancel = hủy công việc
step-open-period = mở kỳ mới
step-close = đóng dự án
step-insert = chèn công việc
step-move-version = chuyển dự án sang phiên bản khác
step-correct-payment = điều chỉnh khoản thu
step-assign = phân công người làm
step-approve = duyệt công việc
step-send-back = yêu cầu sửa
step-decline = từ chối công việc
step-promise = hứa bước tiếp theo
step-undo = hoàn tác quyết định
step-remark = thêm góp ý
step-open = mở dự án
step-client = thêm khách hàng
step-language = đổi ngôn ngữ của khách
step-link = tạo liên kết cho nhóm chat
step-approver = chỉ định người duyệt
step-person = thêm người
step-templates = thay đổi các mẫu

kind-text = văn bản
kind-long-text = văn bản
kind-link = liên kết bắt đầu bằng https://
kind-links = các liên kết, mỗi liên kết bắt đầu bằng https://
kind-file = tệp
kind-files = các tệp
kind-number = số, ví dụ 12 hoặc 12,5
kind-money = số tiền kèm đơn vị, ví dụ 24000 UAH
kind-percent = phần trăm, ví dụ 12,5
kind-date = ngày, ví dụ 2026-11-21
kind-date-range = hai ngày, ví dụ 2026-11-01..2026-11-30
kind-date-time = ngày giờ, ví dụ 2026-11-21 14:30
kind-choice = một lựa chọn trong danh sách
kind-choices = các lựa chọn, cách nhau bằng dấu phẩy
kind-yes-no = có hoặc không

missing-field = “{ $title }”
missing-more = “{ $title }” (cần ít nhất { $wanted }, hiện có { $have })
missing-form = brief “{ $form }”
missing-paid-this = thanh toán cho kỳ này
missing-paid-next = thanh toán cho kỳ sau
missing-gate = điều kiện “{ $gate }”
missing-item = mục { $item } trong danh sách kiểm tra “{ $title }”
missing-button = bấm nút “{ $title }”
missing-button-locked = { $button } [hiện ra sau khi có { $fields }]
missing-role = người cho vai trò “{ $role }”
missing-task = hoàn thành công việc “{ $title }”
missing-access = quyền truy cập “{ $item }” đã được kiểm tra
missing-approval = khách hàng duyệt “{ $title }”
missing-other-file = trong “{ $title }” đúng các tệp khách hàng đã duyệt ở “{ $approved }”
missing-outside = trong “{ $title }” ngày nằm trong giai đoạn (dòng: { $rows })
missing-audit = người kiểm tra đồng ý
missing-handoff-price = giá
missing-handoff-chat = nhóm chat của khách hàng, đã kết nối và xác nhận
missing-handoff-contact = người liên hệ của khách hàng
missing-handoff-approver = người duyệt của khách hàng
missing-handoff-pm = quản lý dự án

## Nhóm chat của khách: kết nối, quyết định, gián đoạn

chat-linked-waiting = Cảm ơn Anh/Chị! Người phụ trách sẽ sớm xác nhận nhóm chat này, sau đó tin về công việc sẽ hiện ở đây.

sendback-noted =
    Đã ghi { $remarks } góp ý. Anh/Chị còn góp ý nào nữa không? Xin trả lời tin nhắn này. Nếu đã hết, mời bấm nút.

decision-undone = ↩️ Đã hủy quyết định: { $person }, { $at }

approval-again = “{ $task }” vẫn đang chờ Anh/Chị quyết định. Mời Anh/Chị quyết định bằng các nút dưới tin nhắn này.

outage-reask =
    Từ { $from } đến { $until } chúng tôi không nhận được tin trong nhóm chat này. Nếu lúc đó Anh/Chị đã bấm nút hoặc nhắn tin, xin vui lòng làm lại.

digest-while-away = Trong lúc chúng tôi không gửi được tin vào nhóm chat này, đã có { $count } tin nhắn. Xin gửi dưới đây.

press-thanks = Đã ghi nhận, cảm ơn Anh/Chị!
press-thanks-approve = Đã duyệt, cảm ơn Anh/Chị! Anh/Chị có thể đổi ý trong 2 phút.
press-thanks-send-back = Đã ghi nhận. Anh/Chị cho biết cần sửa gì nhé.
press-done = Xong.
press-as-yourself = Xin nhấn bằng tài khoản cá nhân, không nhấn thay nhóm hay kênh.
undo-done = Đã hủy quyết định. Anh/Chị có thể quyết định lại.
undo-late = Không thể hoàn tác nữa. Anh/Chị nhắn người phụ trách để được hỗ trợ.
nothing-to-answer = Ở đây không còn gì cần trả lời. Nếu có gì chưa đúng, Anh/Chị nhắn người phụ trách.
## Thẻ công việc cho đội ngũ

staff-card =
    <b>{ $client }</b>: “{ $task }” ({ $project })
    { $status }, lần { $round }. Người làm: { $person }.
    Hạn { $due }.

    { $result }

staff-card-missing =
    <b>{ $client }</b>: “{ $task }” ({ $project })
    { $status }, lần { $round }. Người làm: { $person }.
    Hạn { $due }.

    { $result }

    Còn thiếu: { $missing }.

staff-card-rework =
    <b>{ $client }</b>: “{ $task }” ({ $project })
    { $status }, lần { $round }. Người làm: { $person }.
    Hạn { $due }.

    <b>Góp ý:</b>
    { $remarks }

    { $result }

    Còn thiếu: { $missing }.

staff-nobody = chưa có ai

staff-update-dead =
    ⚠️ Không đọc được tin số { $update } của Telegram sau ba lần thử nên đã để riêng. Các tin sau vẫn được xử lý; hãy báo số này cho người quản lý máy chủ.

staff-inputs-lost =
    ⚠️ Hệ thống ngoại tuyến từ { $from } đến { $until }. Telegram chỉ giữ dữ liệu một ngày nên có thể đã mất một số phản hồi của khách. Hãy hỏi lại những người đang chờ quyết định.

staff-accepted =
    👌 <b>{ $client }</b>: “{ $task }” ({ $project }) đã qua kiểm tra ({ $person }).

staff-check-returned =
    ↩️ <b>{ $client }</b>: “{ $task }” ({ $project }) được trả lại để sửa ({ $person }).

staff-returned =
    ↩️ { $person }, <b>{ $client }</b>: “{ $task }” ({ $project }) bị trả lại sau kiểm tra, nay là lần { $round }.

    { $remarks }

staff-remarks =
    ✏️ <b>{ $client }</b>: góp ý cho “{ $task }”.

    { $remarks }

staff-no-remarks =
    ⚠️ <b>{ $client }</b>: “{ $task }” bị yêu cầu sửa nhưng không có góp ý. Hãy hỏi lại khách cần sửa gì.

staff-undone =
    ↩️ <b>{ $client }</b>: quyết định về “{ $task }” đã được hủy ({ $person }). Đang chờ quyết định mới.

staff-gate-confirmed =
    🔓 <b>{ $client }</b>: “{ $task }”, đã xác nhận: { $gate }. Người xác nhận: { $person }.

staff-cancelled =
    ✖️ <b>{ $client }</b>: “{ $task }” ({ $project }) đã hủy. Người hủy: { $person }. Lý do: { $reason }

staff-gate-overridden =
    ⚠️ <b>{ $client }</b>: “{ $task }” ({ $project }) vẫn tiếp tục dù còn thiếu: { $gate }. Người cho phép: { $person }. Lý do: { $reason }

staff-task-inserted =
    ➕ <b>{ $client }</b>: đã thêm “{ $task }” vào { $project }, sau “{ $after }”. Người thêm: { $person }.

staff-version-moved =
    🔁 <b>{ $client }</b>: { $service } ({ $project }) tiếp tục theo phiên bản mẫu mới. Người chuyển: { $person }.

staff-project-opened =
    📁 <b>{ $client }</b>: dự án mới { $project }, dịch vụ “{ $service }”.

staff-project-finished =
    🏁 <b>{ $client }</b>: dự án { $project } (“{ $service }”) đã hoàn tất.

staff-period-began =
    📅 <b>{ $client }</b>: dự án { $project }, kỳ { $number }: { $period }.

staff-project-closed =
    🏁 <b>{ $client }</b>: dự án { $project } (“{ $service }”) đã đóng. Người đóng: { $person }. Lý do: { $reason }

staff-project-lost =
    📕 <b>{ $client }</b>: dự án { $project } (“{ $service }”) đã đóng: không có hợp đồng. Người ghi: { $person }.

## Nhóm chat của đội ngũ: sự kiện và câu hỏi

staff-chat-linked =
    🔗 <b>{ $client }</b>: nhóm chat “{ $title }” xin kết nối, người dùng liên kết: { $person }.
    Nếu đúng là khách hàng, hãy xác nhận: signoff client confirm { $id }

staff-chat-lost =
    🔴 <b>{ $client }</b>: không còn truy cập được nhóm chat ({ $reason }). Tin nhắn đang chờ. Hãy nhờ khách thêm lại bot hoặc gửi liên kết mới.

staff-chat-restored =
    🟢 <b>{ $client }</b>: đã truy cập lại được nhóm chat, tin nhắn đang được gửi.

staff-client-wrote =
    💬 <b>{ $client }</b>, { $person }:
    { $text }

staff-send-failed =
    🔴 <b>{ $client }</b>: tin nhắn về “{ $task }” chưa gửi được ({ $reason }).

staff-unknown-outcome =
    ❔ <b>{ $client }</b>: chưa rõ tin nhắn về “{ $task }” đã đến chưa ({ $reason }). Hãy xem trong nhóm chat của khách.

staff-ask-field =
    { $person }, <b>{ $client }</b>, “{ $task }”.
    Xin trả lời với “{ $field }”: { $kind }.

staff-ask-field-with-hint =
    { $person }, <b>{ $client }</b>, “{ $task }”.
    Xin trả lời với “{ $field }”: { $kind }.
    <i>{ $hint }</i>

staff-ask-return = { $person }, <b>{ $client }</b>: cần chỉnh gì trong “{ $task }”? Xin trả lời tin nhắn này.

staff-field-hint = Giá trị của trường hoặc tệp
staff-return-hint = Cần chỉnh gì?

## Nội dung đã gửi khi không có chữ

content-photo = 📎 ảnh
content-voice = 📎 tin thoại
content-video = 📎 video
content-audio = 📎 âm thanh
content-animation = 📎 ảnh động
content-sticker = 📎 nhãn dán
content-location = 📎 vị trí trên bản đồ
content-contact = 📎 liên hệ
content-poll = 📎 bình chọn
content-file = 📎 tệp
content-other = 📎 tin nhắn không có chữ

remark-aside = { $person } (không phải người duyệt): { $text }

## Vì sao không truy cập được nhóm chat và vì sao tin chưa gửi được

lost-removed = bot đã bị xóa khỏi nhóm chat
lost-blocked = bot đã bị chặn
lost-deactivated = tài khoản đã bị xóa
lost-never-started = bot chưa được khởi động ở đó
lost-restricted = bot không được phép nhắn ở đó
lost-not-found = không có nhóm chat này
lost-closed = chủ đề đã đóng

failed-file = tệp không còn nữa
failed-gone = tin nhắn đã bị xóa
failed-formatting = Telegram không nhận định dạng
failed-long = tin nhắn quá dài
failed-buttons = Telegram không nhận các nút
failed-topic = chủ đề đã đóng
failed-silence = Telegram không trả lời
failed-strange = Telegram trả lời khó hiểu

## Chủ đề, tin nhắn tự xóa, người duyệt rời nhóm

topic-chosen = Từ nay tin nhắn sẽ đến đây.

staff-topic-lost =
    ⚠️ <b>{ $client }</b>: chủ đề dành cho tin nhắn của chúng ta đã bị xóa hoặc đóng; nay tin được gửi vào phần chính của nhóm chat. Muốn chuyển đi nơi khác, hãy viết /here trong chủ đề cần dùng.

staff-topic-lost-here =
    ⚠️ Chủ đề dành cho các tin nhắn này đã bị xóa hoặc đóng; nay tin đến đây. Muốn chuyển đi nơi khác, hãy viết /here trong chủ đề cần dùng.

staff-auto-delete =
    ⚠️ <b>{ $client }</b>: tin nhắn trong nhóm chat nay tự xóa sau { $days } ngày. Khách hàng sẽ không thấy kết quả cũ ở đó. Nếu không cố ý, hãy nhờ khách tắt trong cài đặt nhóm.

staff-approver-left =
    ⚠️ <b>{ $client }</b>: người duyệt { $person } không còn trong nhóm chat. Quyền duyệt vẫn giữ; nếu đã thay đổi, hãy chỉ định người khác.

staff-approver-back =
    🟢 <b>{ $client }</b>: người duyệt { $person } đã trở lại nhóm chat.

## Từ chối: vì sao chưa được và cần làm gì

refusal-project-exists = Đã có dự án { $project }. Hãy chọn mã khác.
refusal-no-project = Không có dự án này. Hãy kiểm tra lại mã.
refusal-no-client = Không có khách hàng này. Hãy kiểm tra lại mã.
refusal-client-exists = Đã có khách hàng { $client }. Hãy chọn mã khác.
refusal-no-task = Dự án không có công việc { $task }. Hãy kiểm tra lại mã.
refusal-no-field = Công việc { $task } không có trường { $field }. Hiện có: { $known }.
refusal-no-button = Công việc { $task } không có nút { $button }. Hiện có: { $known }.
refusal-no-item = Danh sách kiểm tra của { $task } không có mục { $item }. Tổng số mục: { $have }.
refusal-no-gate = Công việc { $task } không có điều kiện { $gate } xác nhận bằng tay. Hiện có: { $known }.
refusal-no-role = Không có vai trò { $role }. Hiện có: { $known }.
refusal-no-person = Không có { $person } trong đội ngũ. Hãy thêm người này trước.
refusal-wrong-status = { $task } đang ở trạng thái “{ $status }” nên chưa thể { $wanted }.
refusal-not-its-turn = { $task } chưa đến lượt: cần hoàn thành { $before } trước.
refusal-cannot-start = Chưa thể bắt đầu { $task }. Còn thiếu: { $missing }.
refusal-cannot-finish = Chưa thể hoàn thành { $task }. Còn thiếu: { $missing }.
refusal-button-locked = Nút { $button } sẽ hiện ra khi đã điền: { $missing }.
refusal-button-used = Nút { $button } đã được bấm và chỉ dùng được một lần.
refusal-bad-value = “{ $given }” không phù hợp với trường { $field }. Cần nhập { $kind }.
refusal-bad-value-choice = “{ $given }” không phù hợp với trường { $field }. Các lựa chọn: { $known }.
refusal-two-readings = “{ $given }” ở trường { $field } có thể hiểu theo hai cách. Hãy nhập { $first } hoặc { $second }.
refusal-not-your-task = { $task } do { $people } thực hiện. Hãy liên hệ người đó hoặc nhờ quản lý phân công lại.
refusal-not-your-task-nobody = { $task } chưa được phân công. Hãy nhờ quản lý chỉ định người làm.
refusal-not-your-check = { $task } do { $people } kiểm tra. Quyết định về kết quả thuộc về người đó.
refusal-not-your-check-nobody = { $task } chưa có người kiểm tra. Hãy nhờ quản lý chỉ định.
refusal-own-work = { $task }: không ai tự kiểm tra việc của mình. Hãy nhờ người khác.
refusal-not-allowed = Chỉ quản lý dự án hoặc giám đốc mới có thể { $wanted }.
refusal-not-an-approver = Người duyệt là { $people }. Nếu đã thay đổi, xin báo cho người phụ trách.
refusal-not-an-approver-nobody = Chưa có ai được chỉ định để duyệt. Anh/Chị báo người phụ trách để chúng tôi bổ sung.
refusal-staff-as-approver = { $person } là người của agency nên không thể duyệt thay khách hàng. Hãy chọn một người bên khách hàng.
refusal-telegram-taken = Tài khoản Telegram này đã là của { $person }. Hãy kiểm tra lại số.
refusal-already-decided-approved = Đã có quyết định, đã duyệt: { $person }, { $at }.
refusal-already-decided-sent-back = Đã có quyết định, yêu cầu sửa: { $person }, { $at }.
refusal-already-decided-silence = Đã hết thời hạn thỏa thuận mà không có ý kiến nên xem như đã duyệt: { $at }. Nếu có góp ý, Anh/Chị cứ nhắn.
refusal-stale = Đây là phiên bản cũ. Bản mới ở phía dưới, xin quyết định trên bản đó.
refusal-foreign-press = Nút này không dùng được ở đây. Nếu cần, Anh/Chị nhắn người phụ trách.
refusal-undo-too-late = Chỉ có thể hoàn tác trong { $minutes } phút và thời gian đó đã hết. Anh/Chị nhắn người phụ trách để được hỗ trợ.
refusal-undo-next-started = Không thể hoàn tác nữa: “{ $next }” đã bắt đầu. Anh/Chị nhắn người phụ trách để được hỗ trợ.
refusal-undo-not-yours = Chỉ { $person } mới hoàn tác được quyết định này.
refusal-remarks-closed = Góp ý ở đây đã được ghi nhận và công việc đang tiếp tục. Góp ý mới xin gửi người phụ trách.
refusal-reason-needed = Hãy thêm lý do để { $wanted }: một câu là đủ.
refusal-project-over = Dự án đã hoàn tất, không thể thay đổi gì nữa.
refusal-project-paused = Dự án đang tạm dừng. Hãy cho tiếp tục trước.
refusal-day-is-past = { $day } đã qua, chỉ có thể hứa cho ngày sau đó.
refusal-no-payment = Dự án không có khoản thanh toán { $payment }. Hiện có: { $known }.
refusal-not-your-money = Việc thanh toán do { $people } phụ trách. Hãy liên hệ, hoặc nhờ giám đốc thực hiện.
refusal-not-your-money-nobody = Việc thanh toán do kế toán, quản lý dự án hoặc giám đốc phụ trách. Hãy liên hệ họ.
refusal-payment-closed = Khoản { $payment }: { $state }. Khoản thu ghi nhầm được sửa bằng số tiền âm kèm lý do.
refusal-other-currency = Khoản { $payment } tính bằng { $wanted }, không phải { $given }. Hãy quy đổi số tiền.
refusal-amount-needed = Hãy cho biết số tiền của khoản { $payment }, lớn hơn không.
refusal-too-much-back = Khoản { $payment } đã thu { $amount }: chỉ có thể giảm tối đa bằng số đó.
refusal-same-money = Khoản { $payment } đã được ghi { $amount } cho ngày { $day }. Nếu là cùng khoản tiền, không cần ghi lần nữa. Nếu là khoản khác, hãy xác nhận: đánh dấu “khoản khác”, hoặc --again ở dòng lệnh.
refusal-day-is-ahead = { $day } chưa tới. Hãy ghi ngày thực nhận tiền.
refusal-no-money = Không có khoản tiền chưa khớp số { $number }. Hiện có: { $known }.
refusal-money-twice = { $amount } ngày { $day } đã được ghi là số { $number }. Nếu là khoản khác, hãy xác nhận: đánh dấu “khoản khác”, hoặc --again ở dòng lệnh.
refusal-money-left = Khoản { $number } còn lại { $amount }. Không thể khớp nhiều hơn.
refusal-money-of-another = Khoản tiền này đến từ khách hàng khác: { $client }.
refusal-no-periods = Dự án này không chia theo kỳ nên không có kỳ nào để mở.
refusal-period-not-yet = Kỳ tiếp theo là { $next } và hiện chưa thể mở bằng tay: mẫu quy trình quyết định việc này.
refusal-period-not-yet-unpaid = Kỳ { $next } mở khi khoản { $payment } được thanh toán. Hãy ghi nhận thanh toán.
refusal-handoff-incomplete = Chưa thể bàn giao khách hàng. Còn thiếu: { $missing }.
refusal-no-override = Không ai mở điều kiện này bằng tay ({ $gate }): nó tự mở khi được đáp ứng.
refusal-only-the-head = Chỉ giám đốc mới cho tiếp tục khi thiếu điều này ({ $gate }), kèm lý do.
refusal-task-exists = Dự án này đã có công việc { $task }. Hãy đặt mã khác.
refusal-too-late-to-insert = Không thể chèn sau { $after } nữa: { $started } đã bắt đầu. Hãy chèn sau { $started }.
refusal-other-service = Dự án theo mẫu { $service }, không phải { $given }.
refusal-would-vanish = Phiên bản mới thiếu công việc đã bắt đầu hoặc đã xong ở đây: { $tasks }. Hãy đưa lại vào mẫu hoặc ghi mã cũ vào `was`.
refusal-out-of-order = Trong phiên bản mới { $before } đứng trước { $task }, mà ở đây { $task } đã bắt đầu. Hãy hoàn thành việc đó trước.
refusal-link-invalid = Liên kết không hợp lệ. Xin nhờ người phụ trách gửi liên kết mới.
refusal-link-expired = Liên kết đã hết hạn. Xin nhờ người phụ trách gửi liên kết mới.
refusal-no-chat-to-confirm = Chưa ai dùng liên kết nên chưa có nhóm chat để xác nhận. Hãy gửi liên kết cho khách.
refusal-chat-taken = Nhóm chat này đã thuộc khách hàng { $client }. Cần một nhóm chat riêng.
refusal-no-zone = Không có múi giờ { $zone }. Hãy viết như sau: Europe/Kyiv hoặc Asia/Ho_Chi_Minh.
refusal-no-language = Agency không dùng ngôn ngữ { $language }. Hiện có: { $known }.
refusal-bad-id = “{ $id }” không dùng làm mã được. Hãy dùng chữ Latin thường, chữ số và dấu gạch ngang.
refusal-command-id-taken = Mã lệnh “{ $id }” đã dùng cho một lệnh khác. Chưa có gì thay đổi: hãy đặt mã khác cho lệnh này.

## Brief: trang của khách hàng, tin cho đội ngũ, từ chối

btn-read-brief = Câu trả lời
btn-complete-brief = Điền nốt brief
btn-send-again = Gửi lại
brief-request-elsewhere =
    Để bắt đầu, mời Anh/Chị điền: <b>{ $form }</b>.
    Nếu có điều gì chưa rõ, hãy bấm “Tôi cần hỗ trợ”, quản lý dự án sẽ nhắn cho Anh/Chị.

brief-updated = Chúng tôi đã nhận được brief cập nhật, cảm ơn Anh/Chị! Các thay đổi sẽ được đưa vào công việc.
press-thanks-help = Cảm ơn Anh/Chị đã cho biết! Quản lý dự án sẽ sớm nhắn ở đây.
staff-brief-received-late = 📝 <b>{ $client }</b>: “{ $form }” đã điền xong, sau lời nhắc ({ $project }). Bấm nút để xem câu trả lời.
staff-brief-updated = 📝 <b>{ $client }</b>: “{ $form }” đã được điền lại, đây là phiên bản { $version } ({ $project }).
staff-brief-filled = 📝 <b>{ $client }</b>: “{ $form }” đã được điền thay khách hàng, phiên bản { $version } ({ $project }). Người điền: { $person }.
staff-brief-changed = ⚠️ <b>{ $client }</b>: “{ $form }” đã thay đổi sau khi bắt đầu làm việc ({ $project }). Hãy kiểm tra: { $tasks }.
staff-brief-incomplete = ⚠️ <b>{ $client }</b>: “{ $form }” từ biểu mẫu bên ngoài chưa đầy đủ ({ $project }). Còn thiếu: { $missing }. Phần còn lại đã được lưu. Hãy điền nốt bằng nút bên dưới hoặc chuyển liên kết của nút cho khách hàng.
staff-help-asked = 🙋 { $pm }, <b>{ $client }</b> cần hỗ trợ với “{ $form }” ({ $project }). Người hỏi: { $person }. Hãy nhắn hoặc gọi.
staff-card-conflict =
    ⚖️ <b>{ $client }</b>: hồ sơ và brief khác nhau ({ $field }).

    Trong hồ sơ: { $old }
    Trong brief: { $text }

    Hồ sơ chưa thay đổi. Hãy quyết định: signoff client resolve { $id } { $field } keep (giữ) hoặc take (lấy từ brief).

staff-form-again = { $person }, “{ $form }” đã được gửi ngày { $at }. Gửi lại cho khách hàng?
staff-card-brief-changed =
    <b>{ $client }</b>: “{ $task }” ({ $project })
    { $status }, lần { $round }. Người làm: { $person }. Hạn { $due }.

    ⚠️ Brief đã thay đổi sau khi bắt đầu làm việc.

    { $result }

word-value = { $result }
step-brief = xử lý brief của khách hàng
step-help = yêu cầu hỗ trợ
step-message = quyết định về tin nhắn bị giữ lại
step-answer = trả lời khách hàng
refusal-form-again-sent = “{ $form }” đã ở chỗ khách hàng từ { $at }, chưa có câu trả lời. Có thể gửi lại, nhưng chỉ khi thật sự muốn.
refusal-form-again-received = “{ $form }” đã được điền ngày { $at }. Có thể gửi lại, nhưng chỉ khi thật sự muốn: khách hàng sẽ trả lời lại.
refusal-no-form = Dự án này không có biểu mẫu { $form }. Hiện có: { $known }.
refusal-no-question = “{ $form }” không có câu hỏi { $question }. Hiện có: { $known }.
refusal-form-closed = “{ $form }” đã được điền hoặc đã đóng. Để thay đổi, hãy đề nghị gửi lại.
refusal-form-incomplete = “{ $form }” còn thiếu câu trả lời: { $missing }.
refusal-no-conflict = Trường { $field } không có gì cần quyết định. Đang chờ quyết định: { $known }.
page-form-for = dành cho { $client }
page-form-marked = Câu hỏi có dấu sao cần được trả lời.
page-form-required = cần trả lời
page-form-progress = Đã trả lời: { $done } trên { $total }
page-form-send = Gửi brief
page-form-save = Lưu và quay lại sau
page-form-saved = Đã lưu. Anh/Chị có thể đóng trang và quay lại bằng chính liên kết này, kể cả trên thiết bị khác.
page-form-saved-now = Đã lưu
page-form-not-saved = Chưa lưu được: hãy kiểm tra kết nối. Câu trả lời vẫn còn trên trang.
page-form-merged = Trong lúc đó, câu trả lời đã được lưu trên thiết bị khác. Chúng tôi đã gộp với câu trả lời của Anh/Chị; vui lòng xem lại.
page-form-other = Câu trả lời khác, từ thiết bị khác: { $answer }
page-form-other-now = Thiết bị khác có câu trả lời khác. Bấm “Lưu” để so sánh.
page-form-errors = Còn { $count } câu trả lời cần xem lại. Phần còn lại đã được lưu.
page-form-skip = Bỏ qua
page-form-from = từ
page-form-to = đến
page-form-hint-links = Mỗi dòng một liên kết
page-form-hint-files = Dán liên kết tới tệp (Google Drive, Dropbox, v.v.). Hoặc gửi tệp ngay trong nhóm chat.
page-form-private = Thành viên của nhóm chat này và agency “{ $agency }” xem được câu trả lời.
page-done-title = Cảm ơn Anh/Chị, chúng tôi đã nhận được brief!
page-done-next = Tiếp theo: quản lý dự án sẽ đọc câu trả lời và nhắn trong nhóm chat khi chúng tôi bắt đầu hoặc có câu hỏi.
page-done-change = Cần thay đổi? Hãy nhắn trong nhóm chat, chúng tôi sẽ gửi lại brief. Trang này đã đóng.
page-done-others = Brief đã được gửi trước đó, nên các thay đổi mới nhất trên trang của Anh/Chị không được lưu.
page-gone-title = Liên kết này không hoạt động
page-gone-text = Liên kết đã cũ hoặc chưa được sao chép đủ. Hãy mở tin nhắn mới nhất có nút “Điền brief”; nếu vẫn không được, hãy nhắn trong nhóm chat, chúng tôi sẽ gửi liên kết mới.
page-busy-title = Vui lòng đợi một lát
page-busy-text = Trang này gửi quá nhiều yêu cầu. Hãy đợi một phút rồi thử lại; nội dung đã lưu vẫn còn.
page-trouble-title = Đã có lỗi xảy ra
page-trouble-text = Lỗi từ phía chúng tôi. Hãy dùng nút “Quay lại” (câu trả lời vẫn còn trong biểu mẫu) và thử lại sau một phút. Vẫn không được? Hãy nhắn trong nhóm chat.
page-large-title = Quá nhiều nội dung
page-large-text = Không thể gửi nhiều như vậy một lần. Hãy quay lại và rút ngắn câu trả lời, hoặc gửi phần dài dưới dạng tệp trong nhóm chat.
page-over-title = Không cần brief này nữa
page-over-text = Dự án đã kết thúc nên không cần trả lời nữa. Những gì Anh/Chị đã viết vẫn được lưu. Muốn bổ sung? Hãy nhắn trong nhóm chat.
page-error-required = Câu hỏi này cần được trả lời.
page-error-too-long = Quá dài: tối đa { $most } ký tự.
page-error-more = Cần ít nhất { $wanted }, hiện có { $have }.
page-error-link = Đây không giống một liên kết. Liên kết bắt đầu bằng https://, ví dụ https://example.com
page-error-links = Có dòng không giống liên kết. Mỗi liên kết trên một dòng riêng, ví dụ https://example.com
page-error-number = Hãy nhập một số, ví dụ 12 hoặc 12,5.
page-error-money = Hãy nhập số tiền, ví dụ 5000 hoặc 5 000 { $currency }.
page-error-date = Hãy nhập ngày, ví dụ 31.12.2026.
page-error-date-range = Cần cả hai ngày, ngày đầu không muộn hơn ngày sau.
page-error-date-time = Hãy nhập ngày giờ, ví dụ 31.12.2026 10:00.
page-error-choice = Hãy chọn trong danh sách.
page-brief-title = { $client }: câu trả lời
page-brief-version = Phiên bản { $version }, { $at }
page-brief-late = sau lời nhắc
page-brief-by-staff = do đội ngũ điền
page-brief-elsewhere = từ biểu mẫu bên ngoài
page-brief-empty = không có câu trả lời
page-brief-erased = Câu trả lời không còn: đã bị xóa.

## Theo giờ: tổng quan ngày và báo cáo tháng

staff-day = ☀️ <b>{ $day }</b>: việc hôm nay
staff-day-overdue = 🔴 <b>Quá hạn</b>
staff-day-today = 📌 <b>Đến hạn hôm nay</b>
staff-day-check = 👀 <b>Chờ kiểm tra</b>
staff-day-client = ⏳ <b>Chờ khách hàng</b>
staff-day-ready = ▶️ <b>Có thể bắt đầu</b>
staff-day-unpaid = 💳 <b>Hóa đơn chưa thanh toán đủ</b>
staff-day-line-payment = • { $client }: hóa đơn { $number }, còn { $amount } ({ $project }), từ { $since }
staff-day-line = • { $client }: “{ $task }” ({ $project }), { $person }, hạn { $due }
staff-day-line-check = • { $client }: “{ $task }” ({ $project }), { $person } kiểm tra, từ { $since }
staff-day-line-client = • { $client }: “{ $task }” ({ $project }), từ { $since }
staff-month =
    📄 <b>Báo cáo { $from } – { $until }</b>
    Bản nháp: hãy xem lại trước khi gửi khách hàng.
staff-month-project = <b>{ $client }</b>: { $service } ({ $project })
staff-month-done = ✓ { $task }, { $day }
staff-month-agreed = ✓ { $task }, { $day }, người duyệt: { $person }
staff-month-open = Đang làm: { $tasks }.
staff-month-money = Đã nhận: { $amount }.

chat-after-hours = Cảm ơn, chúng tôi đã nhận được! Hiện ngoài giờ làm việc, chúng tôi sẽ trả lời chậm nhất { $until }.
staff-answer-due =
    ⏰ <b>{ $client }</b>: { $person } chờ trả lời từ { $since }. Chúng ta đã hứa trả lời trước { $until }.
    Trả lời trong nhóm của khách hàng sẽ dừng đồng hồ; sau cuộc gọi: <i>signoff client answered { $id } --how call</i>
staff-answer-late =
    🔴 <b>{ $client }</b>: { $person } chờ trả lời từ { $since }, đã quá thời hạn đã hứa ({ $hours } giờ làm việc).
    Trả lời trong nhóm của khách hàng sẽ dừng đồng hồ; sau cuộc gọi: <i>signoff client answered { $id } --how call</i>

# Các trang của đội ngũ
btn-sign-in = Đăng nhập
staff-password-set = 🔑 Một mật khẩu vào bảng vừa được đặt dưới tên bạn. Nếu không phải bạn: gửi /login cho tôi, đặt mật khẩu khác và báo cho người quản lý.
staff-sign-in = Đăng nhập vào bảng công việc. Nút dùng được một lần, trong 10 phút.
ui-skip = Đến nội dung
ui-nav = Các trang
ui-nav-today = Hôm nay
ui-nav-board = Bảng
ui-nav-new = Dự án mới
ui-live = Trực tiếp
ui-sign-out = Đăng xuất
ui-close = Đóng
ui-open = Mở công việc
ui-save = Lưu
ui-create = Tạo dự án
ui-login-title = Đăng nhập
ui-login-how = Bot sẽ gửi cho bạn một nút trong Telegram. Không cần mật khẩu.
ui-login-who = Mã của bạn hoặc @tên người dùng trong Telegram
ui-login-send = Gửi nút cho tôi
ui-login-sent-title = Hãy xem Telegram
ui-login-sent = Nếu bạn làm việc ở đây, bot vừa gửi cho bạn một nút. Nút có hiệu lực 10 phút.
ui-login-no-message = Chưa thấy gì? Hãy gửi /login cho bot, hoặc nhờ quản trị viên: signoff user link ID
ui-login-again = Yêu cầu lại
ui-login-as = Đăng nhập với tên { $name }
ui-login-go = Tiếp tục
ui-login-gone-title = Liên kết này không còn dùng được
ui-login-gone = Liên kết đã được dùng hoặc đã quá 10 phút.
ui-services = Dịch vụ
ui-columns = Cột
ui-whose = Công việc của ai
ui-all = Tất cả
ui-everybody = Mọi người
ui-mine = Của tôi
ui-by-status = Theo trạng thái
ui-by-person = Theo người
ui-column-ready = Sẵn sàng
ui-column-work = Đang làm
ui-column-check = Đang kiểm tra
ui-column-client = Chờ khách
ui-column-rework = Cần sửa
ui-column-done = Xong tuần này
ui-nobody = Chưa có ai
ui-nothing = Không có gì.
ui-round = lần { $round }
ui-card-checks = { $name } kiểm tra
ui-card-silent = Khách im lặng: hãy gọi
ui-card-locked = Đang chờ: { $missing }
ui-promises = Đã hứa với khách hàng
ui-promise-kept = Đã làm
ui-team = Nhóm
ui-team-change = Ai làm gì
ui-team-unbound = Chưa có ai giữ: { $roles }. Công việc của họ chưa thể bắt đầu.
ui-waits = { $days ->
    [0] chờ từ hôm nay
   *[other] chờ { $days } ngày
    }
ui-due = hạn { $at }
ui-was-due = quá hạn { $at }
ui-day = { $at }
ui-tasks = { $count } công việc
ui-today-free = Không có việc nào chờ bạn. Hãy xem bảng công việc.
ui-today-late = Quá hạn
ui-today-check = Cần kiểm tra
ui-today-rework = Cần sửa
ui-today-work = Cần làm
ui-today-client = Chờ khách
ui-project-tasks = Công việc
ui-done-of = Xong { $done } trên { $total }
ui-money = { $amount }
ui-result = Kết quả
ui-fill-in = hãy điền
ui-checklist = Danh sách kiểm tra
ui-remarks = Cần sửa gì
ui-return-why = Cần thay đổi gì
ui-missing = Còn thiếu: { $missing }.
ui-preview = Khách sẽ đọc
ui-preview-press = Sau “{ $button }” khách hàng sẽ đọc
ui-preview-locked = khi được mở
ui-move-to = Chuyển đến…
ui-client = Khách hàng
ui-service = Dịch vụ
ui-price = Giá (để trống: theo mẫu)
ui-roles = Ai làm gì
ui-no-clients = Chưa có khách hàng: signoff client add "Tên" --lang vi
ui-choose-service = Hãy chọn dịch vụ.
ui-choose-client = Hãy chọn khách hàng.
ui-bad-price = Giá không phải là số tiền. Hãy viết như 24000 hoặc 24 000 UAH.
ui-keys = Phím tắt
ui-key-next = thẻ sau, thẻ trước
ui-key-open = mở
ui-key-move = chuyển đến…
ui-key-new = dự án mới
ui-key-board = bảng
ui-key-today = hôm nay
ui-key-help = tất cả phím
ui-lost = Máy chủ không trả lời. Chưa có gì thay đổi; hãy thử lại sau giây lát.
ui-moves-elsewhere = Không thể chuyển đến đó từ đây: bước tiếp theo dẫn đến “{ $column }”.
ui-key-close = đóng
time-work = công việc
time-meeting = họp
time-call = gọi điện
time-data-control = theo dõi nhận dữ liệu
time-data-check = kiểm tra dữ liệu
time-offer = chào giá
time-follow-up = nhắc lại
time-road = đi lại
time-presentation = thuyết trình
btn-time = ⏱ Giờ
step-time = ghi giờ làm
staff-time-hint = 45m gọi điện
# $known giờ ở công việc này ghi cho việc gì
staff-ask-time =
    ⏱ { $person }, <b>{ $client }</b>: “{ $task }”. Bao lâu và cho việc gì? Trả lời tin này, ví dụ: <i>45m gọi điện</i> hoặc <i>1h30m họp</i>

    { $known }
# $entry số của mục, $spent tổng giờ của công việc
staff-time-added = ⏱ Đã ghi: { $amount }, { $what } ({ $person }), số { $entry }. Tổng cho “{ $task }”: { $spent }. Nhầm? signoff time cancel { $project }/{ $entry }
word-duration = { $hours ->
    [0] { $minutes } phút
   *[other] { $minutes ->
        [0] { $hours } giờ
       *[other] { $hours } giờ { $minutes } phút
    }
 }
refusal-no-time-kind = Ở { $task } giờ được ghi cho: { $known }. “{ $kind }” không thuộc về đây.
refusal-no-time-kind-unsaid = Hãy nói giờ dùng cho việc gì: { $known }. Ví dụ: 45m { $first }.
refusal-bad-time = Một mục từ 1 phút đến { $hours } giờ.
refusal-time-unread = Không rõ bao lâu: “{ $given }”. Ví dụ hãy viết 45m gọi điện hoặc 1h30m.
refusal-no-time-entry = Không có mục giờ số { $entry }; hiện có { $have } mục.

kind-topics = chủ đề với chủ đề con, mỗi dòng một chủ đề: Chủ đề: một; hai
kind-table = các dòng dán từ bảng tính (bắt đầu bằng + để thêm vào bảng)
kind-choice-for-each = một lựa chọn cho mỗi mục, ví dụ
kind-done = văn bản; để trống thì báo cáo được tập hợp lại
refusal-bad-line-no-topic = { $field }, dòng { $line }: chủ đề con “{ $given }” đứng trước mọi chủ đề. Hãy viết “Chủ đề: một; hai”.
refusal-bad-line-nothing-under = { $field }, dòng { $line }: chủ đề “{ $given }” chưa có chủ đề con. Hãy viết “{ $given }: một; hai”, hoặc ghi ở dưới, mỗi dòng sau một dấu gạch.
refusal-bad-line-too-many-cells = { $field }, dòng { $line }: ô “{ $given }” bị thừa. Các cột theo thứ tự: { $known }.
refusal-bad-line-empty-cell = { $field }, dòng { $line }: cột “{ $column }” bắt buộc mà đang trống.
refusal-bad-line-unfit = { $field }, dòng { $line }, cột “{ $column }”: “{ $given }” không phù hợp. Cần: { $known }.
refusal-bad-line-outside = { $field }, dòng { $line }, cột “{ $column }”: { $given } nằm ngoài giai đoạn { $known }. Hãy đổi ngày hoặc giai đoạn.
refusal-bad-line-no-option = { $field }, dòng { $line }: “{ $given }” không phù hợp. Có thể: { $known }.
refusal-bad-line-no-item = { $field }, dòng { $line }: ở đây không có “{ $given }”. Hãy nói lựa chọn cho mục nào: { $known }.
refusal-bad-line-too-many-lines = { $field }: nhiều nhất { $given } dòng, để khách thấy hết những gì được duyệt. Hãy chia nhỏ.
refusal-bad-line-too-long = { $field }: nhiều nhất { $given } ký tự, để khách thấy hết những gì được duyệt. Hãy rút gọn hoặc gửi tệp.
report-stage = { $stage }:
report-done = ✓ { $task }, { $day }
report-done-agreed = ✓ { $task }, { $day }, người duyệt: { $person }
report-done-yes = ✓ { $task }, { $day }, đã duyệt
report-done-deemed = ✓ { $task }, { $day }, được chấp nhận theo thỏa thuận
report-goal = ★ { $text }


## Bắt đầu công việc: quy tắc, bàn giao từ bộ phận bán hàng, quyền truy cập

working-rules =
    📘 <b>Cách chúng tôi làm việc</b>

    • Mỗi bước bắt đầu bằng một tin nhắn tại đây và kết thúc bằng kết quả để Anh/Chị duyệt hoặc yêu cầu sửa.
    • Chúng tôi trả lời trong giờ làm việc ({ $hours }). Mọi việc về “{ $project }” xin liên hệ { $pm }.
    • Từ phía Anh/Chị: brief, tư liệu, quyền truy cập và quyết định cho từng kết quả. Khi còn thiếu, thời hạn sẽ chờ cùng chúng tôi.
    • Từ phía chúng tôi: kết quả đã thống nhất, đúng hạn, và thông báo rủi ro ngay khi nhận thấy.
    • Anh/Chị có quyền yêu cầu sửa kèm nhận xét; phần chưa thống nhất được tính riêng, chỉ sau khi Anh/Chị đồng ý.

    Xin Anh/Chị đọc và bấm nút bên dưới.
rules-acknowledged = ✅ { $person } đã đồng ý với quy tắc, { $at }
rules-reminder =
    Chúng tôi chưa nhận được sự đồng ý của Anh/Chị với quy tắc làm việc nên chưa thể bắt đầu.
    Quy tắc ở phía trên trong nhóm này, có nút bên dưới. Nếu có điểm chưa rõ, xin nhắn cho chúng tôi.
staff-rules-stuck = ⚠️ { $pm }, <b>{ $client }</b> chưa đồng ý với quy tắc làm việc sau { $days } ngày làm việc ({ $project }). Hãy gọi điện.
staff-rules-acknowledged = 🤝 <b>{ $client }</b>: { $person } đã đồng ý với quy tắc làm việc ({ $project }).
btn-acknowledge = ✅ Đồng ý
btn-decline = 🙅 Không nhận
btn-give-access = 🔐 Nhập thông tin
press-thanks-acknowledge = Cảm ơn, sự đồng ý của Anh/Chị đã được ghi nhận.
missing-acknowledged = sự đồng ý của khách hàng với quy tắc làm việc
missing-handoff-accepted = bộ phận sản xuất chưa nhận bàn giao
missing-handoff-mended = bàn giao đã bị trả lại và chưa được sửa
staff-handoff =
    📨 <b>{ $client }</b>: { $service } ({ $project }). Bộ phận bán hàng bàn giao cho sản xuất.

    Đã hứa trước: { $by }
    Theo kế hoạch: { $planned }
    Số tiền đã hứa: { $sum }, giá: { $price }
    { $text }
staff-handoff-late =
    📨 <b>{ $client }</b>: { $service } ({ $project }). Bộ phận bán hàng bàn giao cho sản xuất.

    Đã hứa trước: { $by }
    ⚠️ Theo kế hoạch: { $planned }, muộn hơn { $days } ngày làm việc so với lời hứa
    Số tiền đã hứa: { $sum }, giá: { $price }
    { $text }
staff-handoff-accepted = ✅ <b>{ $client }</b>: { $service } ({ $project }). Sản xuất đã nhận: { $person }.
staff-handoff-returned =
    ↩️ <b>{ $client }</b>: { $service } ({ $project }). Trả lại bán hàng, người trả: { $person }.

    Lý do: { $reason }
staff-ask-tried = { $person }, <b>{ $client }</b>, “{ $task }”: quyền truy cập “{ $item }” hoạt động không? Nếu có, trả lời với điều bạn thấy: các việc đang chờ sẽ mở. Nếu không, đừng trả lời mà hãy xin lại. Không cần: bắt đầu bằng “-” và viết lý do.
staff-tried-hint = Đã vào được, mọi thứ ổn
staff-ask-note = { $person }, <b>{ $client }</b>, “{ $task }”: cần ghi gì cho “{ $title }”? Xin trả lời tin nhắn này.
staff-ask-decline = { $person }, <b>{ $client }</b>: vì sao không nhận “{ $task }”? Xin trả lời tin nhắn này.
staff-ask-handoff-return = { $person }, <b>{ $client }</b>: bàn giao còn thiếu gì? Xin trả lời tin nhắn này.
staff-note-hint = Đã thống nhất gì?
staff-reason-hint = Vì sao?
access-request =
    🔐 Để làm “{ $project }”, chúng tôi cần quyền truy cập: { $item }.
    Xin nhập sau nút bên dưới, đừng gửi vào nhóm: chỉ người làm việc với nó mới thấy, và khi dự án kết thúc chúng tôi sẽ xóa.
access-received = 🔐 Cảm ơn, quyền truy cập “{ $item }” đã nhận và được mã hóa.
staff-access-received = 🔐 <b>{ $client }</b>: đã nhận quyền truy cập “{ $item }” ({ $project }). Xem: <i>signoff access show { $project } { $item } --as …</i>
step-handoff = bàn giao hoặc nhận dự án
step-access = xử lý quyền truy cập của khách hàng
step-erase = xóa câu trả lời của một người
refusal-note-needed = Dòng { $item }, “{ $title }”, cần vài lời: đã thống nhất gì.
refusal-handoff-over = Công việc đã bắt đầu: “{ $started }”. Không thể trả lại bàn giao nữa.
refusal-draft-of-client = Khách hàng đã bắt đầu điền “{ $form }” (lưu lúc { $at }). Không tự ý gửi thay những câu đó: hãy xem trước hoặc chờ.
refusal-no-access = Dự án này không có quyền truy cập { $item }. Hiện có: { $known }.
refusal-access-empty = Không lưu quyền truy cập { $item }: chưa nhận hoặc đã xóa.
refusal-not-your-access = Chỉ các vai trò được nêu ({ $roles }) và người làm việc với nó được xem. Mỗi lần xem đều ghi tên.
page-access-title = Quyền truy cập: { $item }
page-access-text = Xin ghi cách đăng nhập: địa chỉ, tên, mật khẩu, mời ai. Chúng tôi lưu ở dạng mã hóa; chỉ người làm việc với nó mới thấy, mỗi lần xem đều được ghi lại, và khi dự án kết thúc sẽ xóa.
page-access-send = Gửi
page-access-none = Xin ghi cách đăng nhập.
page-access-done = Cảm ơn, đã nhận quyền truy cập. Trang này đã đóng.
page-access-nokey = Máy chủ này chưa thể lưu quyền truy cập. Xin nhắn trong nhóm, nhưng đừng gửi chính quyền truy cập vào đó.

## Quyền, con người, kiểm tra

refusal-no-right = Để { $wanted } cần một vai trò khác: { $roles }.
refusal-outside-project = Chỉ người làm trong dự án mới xem được. Hãy nhờ quản lý dự án thêm bạn vào.
step-top-role = trao hoặc thu vai trò lãnh đạo
step-look = mở trang này
ui-no-right = Không dành cho vai trò này

## Quyền truy cập đang chờ

access-reminder =
    🔐 Chúng tôi chưa nhận được quyền truy cập: { $item }. Đến bước cần dùng mà chưa có, công việc sẽ phải dừng.
    Xin Anh/Chị nhập qua nút bên dưới. Nếu không có sẵn, xin cho biết ai có thể cung cấp.
staff-access-stuck = ⚠️ { $pm }, <b>{ $client }</b> chưa cung cấp quyền truy cập “{ $item }”, đã nhắc { $times } lần ({ $project }). Hãy gọi điện.
## Khách hàng, trả lời, trao đổi, lịch sử

chat-message =
    <b>{ $person }</b>:
    { $text }
chat-next-step =
    <b>{ $person }</b>:
    { $text }

    Bước tiếp theo: trước { $by }.
refusal-no-chat = Khách chưa có nhóm chat được xác nhận, hoặc bot đã bị đưa ra khỏi nhóm. Hãy xác nhận nhóm chat hoặc gửi khách liên kết mới.
refusal-call-needs-comment = Hãy viết vài lời về điều đã thống nhất qua điện thoại: cả nhóm cũng cần biết.
ui-nav-clients = Khách hàng
ui-nav-messages = Trả lời
ui-search = Tìm
ui-clients-find = Tên hoặc một phần tên
ui-clients-none = Ở đây chưa có ai.
ui-client-projects = Dự án
ui-client-no-projects = Chưa có dự án nào.
ui-client-open = { $count ->
    [0] không có dự án đang mở
   *[other] { $count } dự án đang mở
    }
ui-client-approve = người duyệt: { $names }
ui-client-no-approver = chưa ai được duyệt
ui-client-decides = { $count ->
    [0] không có gì chờ khách
   *[other] { $count } quyết định chờ khách
    }
ui-client-asks = đang chờ trả lời
ui-chat-none = chưa có nhóm chat
ui-chat-linked = nhóm chat chờ xác nhận
ui-chat-confirmed = nhóm chat đã kết nối
ui-chat-lost = bot không viết được vào nhóm chat
ui-client-contacts = Con người
ui-client-no-contacts = Chưa biết ai: hãy gửi liên kết vào nhóm chat.
ui-client-may-approve = được duyệt
ui-client-linked-by = đã kết nối nhóm chat
ui-client-away = không còn trong nhóm
ui-client-language = Ngôn ngữ
ui-client-zone = Múi giờ
ui-client-our-zone = như của agency
ui-client-chat = Nhóm chat
ui-client-payments = Thanh toán
ui-client-total = Tổng: { $amount }
ui-client-paid = đã nhận { $amount }
ui-client-card = Theo bản brief
ui-client-conflict = Bản brief mâu thuẫn với thẻ: { $field }.
ui-client-brief = Bản brief
ui-client-answers = { $form }, phiên bản { $version }
ui-client-story = Mọi việc theo thứ tự
ui-older = Cũ hơn
ui-newest = Mới nhất
ui-confirm-chat = Xác nhận nhóm chat
ui-new-link = Liên kết mới vào nhóm chat
ui-link-once = Liên kết dùng được một lần trong một ngày. Với nhóm: thêm bot. Với chat riêng: mở và bấm Start. Gửi khách một trong hai.
ui-link-group = Cho nhóm
ui-link-private = Cho chat riêng
ui-link-token = Chưa biết tên bot. Khách có thể gửi cho bot: /start { $token }
ui-approver-add = Cho phép duyệt
ui-approver-remove = Không duyệt nữa
ui-approver-number = Số tài khoản Telegram
ui-approver-name = Tên
ui-bad-number = Số tài khoản chỉ gồm chữ số.
ui-answers-title = Đang chờ trả lời
ui-answers-none = Mọi người đã được trả lời. Mỗi câu hỏi từ nhóm chat của khách sẽ hiện ở đây.
ui-answers-rule = Đồng hồ chỉ chạy trong giờ làm việc. Cam kết trả lời trong { $hours } giờ.
ui-answer-left = { $hours ->
    [0] còn { $minutes } phút
   *[other] { $minutes ->
        [0] còn { $hours } giờ
       *[other] còn { $hours } giờ { $minutes } phút
    }
 }
ui-answer-late = { $hours ->
    [0] trễ { $minutes } phút
   *[other] { $minutes ->
        [0] trễ { $hours } giờ
       *[other] trễ { $hours } giờ { $minutes } phút
    }
 }
ui-answer-soon = sắp hết giờ
ui-answer-since = viết lúc { $at }
ui-answer-more = và { $count } tin nhắn nữa
ui-answer-before = trả lời trước { $at }
ui-reply = Trả lời khách
ui-reply-send = Gửi
ui-reply-by = Bước tiếp theo trước (không bắt buộc)
ui-reply-about = Về dự án nào
ui-reply-no-project = Chung
ui-reply-empty = Hãy viết tin nhắn.
ui-reply-long = Tin nhắn quá dài. Hãy chia nhỏ.
ui-reply-day = Không có ngày này. Hãy viết như 2026-12-09.
ui-reply-needs-project = Lời hứa thuộc về một dự án: hãy chọn dự án.
ui-call = Chúng tôi đã gọi
ui-call-said = Đã thống nhất điều gì
ui-call-save = Ghi cuộc gọi
ui-see-chat = Toàn bộ cuộc trò chuyện
ui-tabs = Các phần của dự án
ui-tab-tasks = Công việc
ui-tab-chat = Chat với khách
ui-tab-history = Lịch sử
ui-talk-empty = Chưa có trao đổi nào.
ui-talk-erased = đã xóa theo yêu cầu
ui-talk-file = tệp: { $name }
ui-talk-unsent = chưa gửi
ui-talk-edited = tin nhắn đã sửa
ui-talk-remark = nhận xét về kết quả
ui-talk-note = ghi cho nhóm
ui-talk-colleague = trong nhóm chat
ui-talk-bot = bot
ui-history-empty = Chưa có gì xảy ra.
ui-why = Vì sao: { $what }
ui-why-clock = Vì sao: đã đến lúc do mẫu hoặc lịch quy định.
ui-via-board = bảng
ui-via-chat = chat
ui-via-cli = dòng lệnh
ui-via-form = biểu mẫu
ui-via-clock = đồng hồ
ui-via-server = máy chủ
ui-who-operator = người vận hành
ui-who-clock = hệ thống, theo đồng hồ
ui-who-telegram = Telegram
ui-who-link = khách, qua liên kết
ui-who-engine = hệ thống
ui-find = Tìm hoặc làm
ui-find-hint = Dự án, khách, người hoặc lệnh
ui-find-nothing = Không có gì khớp với “{ $typed }”.
ui-find-project = dự án
ui-find-client = khách
ui-find-person = người
ui-find-command = lệnh
ui-find-mine = Việc của tôi trên bảng
ui-key-find = tìm
fact-other = Đã ghi một việc chưa có lời mô tả
fact-project-opened = Đã mở dự án
fact-role-assigned = Đã giao vai trò: { $what }
fact-task-ready = Có thể bắt đầu “{ $task }”
fact-task-started = “{ $task }”: đã bắt đầu
fact-task-paused = “{ $task }”: tạm dừng
fact-task-resumed = “{ $task }”: tiếp tục
fact-field-set = “{ $task }”: đã điền “{ $what }”
fact-field-cleared = “{ $task }”: đã xóa “{ $what }”
fact-item-ticked = “{ $task }”: mục “{ $what }”
fact-button-pressed = “{ $task }”: đã bấm “{ $what }”
fact-gate-confirmed = “{ $task }”: đã xác nhận điều kiện ({ $what })
fact-task-submitted = “{ $task }”: đã nộp kết quả, vòng { $round }
fact-task-accepted = “{ $task }”: đã qua kiểm tra
fact-task-returned = “{ $task }”: bị trả lại khi kiểm tra
fact-approval-asked = “{ $task }”: đã đề nghị khách quyết định
fact-task-approved = “{ $task }”: khách đã duyệt
fact-task-sent-back = “{ $task }”: khách trả lại để sửa
fact-remark-added = “{ $task }”: nhận xét của khách
fact-remarks-closed = “{ $task }”: đã thu đủ nhận xét
fact-decision-undone = “{ $task }”: đã hoàn tác quyết định
fact-task-completed = “{ $task }”: đã hoàn thành
fact-task-unreadied = “{ $task }” lại chờ đến lượt
fact-task-cancelled = “{ $task }”: đã hủy
fact-project-completed = Dự án đã hoàn thành
fact-reminder-sent = “{ $task }”: nhắc nhở
fact-task-overdue = “{ $task }”: quá hạn
fact-period-announced = Đã báo khách về kỳ { $what }
fact-due-moved = “{ $task }”: đã dời hạn
fact-task-unaccepted = “{ $task }”: không ai nhận kịp
fact-task-declined = “{ $task }”: người thực hiện từ chối
fact-approval-deemed = “{ $task }”: chấp nhận do im lặng
fact-silence-put-off = “{ $task }”: tính lại thời gian im lặng
fact-next-step-promised = Đã hứa với khách bước tiếp theo
fact-promise-kept = Đã giữ lời hứa
fact-promise-missed = Đã lỡ lời hứa
fact-project-paused = Dự án tạm dừng
fact-project-resumed = Dự án tiếp tục
fact-form-sent = Đã gửi biểu mẫu cho khách: { $what }
fact-form-received = Đã nhận lại biểu mẫu: { $what }
fact-help-asked = Khách nhờ giúp với biểu mẫu: { $what }
fact-period-opened = Đã mở kỳ { $what }
fact-period-began = Kỳ { $what } đã bắt đầu
fact-payment-expected = Đang chờ thanh toán { $what }
fact-payment-invoiced = Đã gửi hóa đơn: thanh toán { $what }
fact-payment-received = Đã nhận tiền: thanh toán { $what }
fact-payment-cancelled = Đã hủy thanh toán { $what }
fact-price-set = “{ $task }”: đã xác định giá dự án
fact-expense-booked = “{ $task }”: đã ghi chi phí
fact-project-closed = Dự án đã đóng
fact-gate-overridden = “{ $task }”: vượt qua điều kiện chưa đạt ({ $what })
fact-audit-overridden = “{ $task }”: bỏ qua kiểm tra
fact-task-inserted = Đã thêm công việc “{ $task }”
fact-definition-changed = Dự án chuyển sang phiên bản mẫu khác
fact-time-added = “{ $task }”: đã ghi thời gian
fact-time-cancelled = “{ $task }”: đã hủy mục thời gian
fact-rules-sent = Đã gửi quy tắc làm việc cho khách
fact-rules-acknowledged = Khách đã đồng ý quy tắc làm việc
fact-sales-promised = Bộ phận bán hàng bàn giao cam kết
fact-handoff-accepted = Sản xuất đã nhận bàn giao
fact-handoff-returned = Bàn giao trả lại bộ phận bán hàng
fact-access-asked = Đã xin khách quyền truy cập: { $what }
fact-access-received = Đã nhận quyền truy cập: { $what }
fact-access-viewed = Đã xem quyền truy cập: { $what }
fact-accesses-purged = Đã xóa các quyền truy cập của khách
fact-client-added = Đã thêm khách
fact-language-chosen = Ngôn ngữ của khách: { $what }
fact-zone-chosen = Đã chọn múi giờ của khách
fact-chat-linked = Nhóm chat được { $what } kết nối, chờ xác nhận
fact-chat-confirmed = Đã xác nhận nhóm chat
fact-chat-migrated = Nhóm đã thành siêu nhóm
fact-chat-lost = Bot không còn viết được vào nhóm chat
fact-chat-restored = Bot lại viết được vào nhóm chat
fact-approver-left = { $what } đã rời nhóm
fact-approver-returned = { $what } đã trở lại nhóm
fact-approver-named = Được duyệt từ nay: { $what }
fact-approver-removed = Không còn được duyệt: { $what }
fact-client-wrote = Khách viết
fact-staff-wrote = Đồng nghiệp viết trong nhóm chat của khách
fact-client-told = Tin nhắn gửi khách
fact-message-edited = Khách đã sửa tin nhắn
fact-answer-due = Đã nhắc nhóm: khách đang chờ trả lời
fact-client-answered = Đã trả lời khách
fact-card-field-set = Đã ghi vào thẻ: { $what }
fact-card-conflict-found = Bản brief mâu thuẫn với thẻ: { $what }
fact-card-conflict-resolved = Đã giải quyết mâu thuẫn: { $what }
fact-answers-erased = Đã xóa những gì người của khách viết

## The numbers and the timeline of a project

ui-ball-work = chúng tôi làm
ui-ball-check = chúng tôi kiểm tra
ui-ball-client = khách quyết định
ui-ball-rework = làm lại
ui-plan = kế hoạch
ui-planned = kế hoạch: từ { $from } đến { $until }
ui-hours = { $n } giờ
ui-days = { $n } ngày
ui-of = trên { $total }
ui-number-tasks = Công việc
ui-number-hours = Giờ
ui-number-income = Thu
ui-number-expenses = Chi
ui-number-profit = Lợi nhuận
ui-number-owed = Khách còn nợ
## Live

ui-live-people = Trực tiếp, { $count } người đang xem
ui-login-elsewhere = Liên kết này chỉ mở được trong trình duyệt đã yêu cầu nó. Hãy chép địa chỉ sang đó hoặc yêu cầu liên kết mới tại đây.
step-leave = cho một người nghỉ việc
refusal-has-left = { $person } không còn làm việc ở đây.
refusal-still-holds = { $person } vẫn giữ: { $held }. Hãy cho biết ai sẽ nhận.
ui-nav-checks = Kiểm tra
ui-nav-people = Nhân sự
ui-checks-mine = Của tôi
ui-checks-all = Tất cả
ui-checks-none = Không có gì chờ kiểm tra.
ui-since = chờ từ { $at }
ui-people-how = Tuần này còn { $left } giờ làm việc, tuần sau có { $next }. Số giờ lấy từ mẫu: phần còn lại, theo tốc độ của từng người.
ui-person = Người
ui-now-doing = Hiện tại
ui-this-week = Tuần này
ui-next-week = Tuần sau
ui-later = Sau đó
ui-free = rảnh
ui-more = còn { $count }
ui-done-by = xong lúc { $at }
ui-too-much = quá tải
ui-leave = Bàn giao…
ui-leave-title = { $name } nghỉ việc
ui-leave-what = Quyền vào bảng và bot chấm dứt ngay, công việc chuyển cho người khác, lịch sử vẫn giữ tên.
ui-leave-to = Chuyển tất cả cho
ui-leave-role = Chuyển vai trò “{ $role }” cho
ui-leave-same = cùng người đó
ui-leave-do = Bàn giao và khóa quyền vào
ui-leave-nothing = Người này không phụ trách gì.
ui-leave-tasks = Công việc
ui-leave-checks = Kiểm tra
ui-project = Dự án
## Mẫu quy trình trên các trang riêng
ui-nav-templates = Mẫu quy trình
ui-tpl-kind-services = Dịch vụ
ui-tpl-kind-forms = Biểu mẫu
ui-tpl-kind-messages = Tin nhắn
ui-tpl-file = Tệp
ui-tpl-version = phiên bản { $version }
ui-tpl-version-none = chưa công bố
ui-tpl-changed = Thay đổi gần nhất
ui-tpl-running = Dự án đang chạy
ui-tpl-problems = Lỗi
ui-tpl-find = Tìm
ui-tpl-replace = Thay bằng
ui-tpl-next = tiếp
ui-tpl-previous = trước
ui-tpl-all = tất cả
ui-tpl-case = phân biệt hoa thường
ui-tpl-regexp = biểu thức chính quy
ui-tpl-word = nguyên từ
ui-tpl-replace-one = thay
ui-tpl-replace-all = thay tất cả
ui-tpl-line = Đến dòng
ui-tpl-go = đi
ui-tpl-offers = Gợi ý
ui-tpl-tabs = Các cách xem tệp
ui-tpl-text = Văn bản
ui-tpl-list = Danh sách
ui-tpl-changes = Thay đổi
ui-tpl-versions = Phiên bản
ui-tpl-check = Kiểm tra
ui-tpl-try = Chạy thử
ui-tpl-publish = Công bố phiên bản { $version }
ui-tpl-why = Vì sao thay đổi?
ui-tpl-good = Không có lỗi.
ui-tpl-place = dòng { $line }, cột { $column }
ui-tpl-fix = Viết: { $text }
ui-tpl-fix-away = Bỏ đi
ui-tpl-errors = Có thể công bố khi đã sửa hết lỗi.
ui-tpl-client = Khách hàng
ui-tpl-ideal = lý tưởng
ui-tpl-typical = thông thường
ui-tpl-silent = im lặng
ui-tpl-start = Bắt đầu ngày
ui-tpl-sent = Tin nhắn cho khách hàng: { $client }, cho nhân viên: { $staff }. Không có gì được gửi đi.
ui-tpl-not-now = Chạy thử đang bận hoặc quá lâu. Hãy thử lại sau giây lát.
ui-tpl-effect = Khi công bố
ui-tpl-effect-running = Dự án mới dùng phiên bản { $version }. Các dự án đang chạy ({ $count }) giữ phiên bản của mình; từng dự án được chuyển riêng, sau khi xem điều gì thay đổi.
ui-tpl-restore = Khôi phục phiên bản { $version }
ui-tpl-inside = Các mẫu này nằm trong chương trình và không thể sửa ở đây. “signoff init” tạo một thư mục mẫu có thể sửa; sau đó đặt workflows.dir.
ui-tpl-same = Không có gì thay đổi.
ui-tpl-published = Phiên bản { $version } đang có hiệu lực.
ui-tpl-no-changes = Văn bản giống như đã công bố.
ui-tpl-by-file = sửa tệp
ui-tpl-other-file = trong tệp khác
ui-tpl-yours = Văn bản của bạn được giữ bên dưới. Đây là điểm khác với bản đang có hiệu lực; nếu vẫn đúng, hãy công bố lại.
ui-tpl-restored = từ phiên bản { $version }
ui-tpl-role = Vai trò
ui-tpl-hours = Giờ
ui-tpl-approval = Khách hàng duyệt
refusal-template-moved = { $file } đã có phiên bản { $version }; bản sửa này bắt đầu từ phiên bản { $base }. Trước hết hãy xem điều gì đã thay đổi.
## Mật khẩu và mã
ui-password = Mật khẩu
ui-password-code = Mã trong ứng dụng (6 chữ số)
ui-password-wrong = Tên, mật khẩu hoặc mã không khớp. Mỗi mã chỉ dùng một lần; sau năm lần sai hãy chờ 15 phút hoặc xin bot một liên kết.
ui-password-by-link = Đăng nhập bằng liên kết của bot
ui-password-instead = Đăng nhập bằng mật khẩu và mã
ui-me = Cài đặt của tôi
ui-look = Ngôn ngữ và giao diện
ui-look-language = Ngôn ngữ của trang
ui-look-theme = Giao diện
ui-look-system = Theo hệ thống
ui-look-light = Sáng
ui-look-dark = Tối
ui-password-again = Mật khẩu được đặt trong vòng mười phút sau khi đăng nhập: hãy đăng xuất, đăng nhập lại rồi quay lại đây.
ui-password-title = Mật khẩu của tôi
ui-password-how = Cách đăng nhập thứ hai, không cần bot: mật khẩu và mã trên điện thoại. Khi lưu xong, bạn bị đăng xuất ở mọi nơi và đăng nhập lại bằng mật khẩu mới.
ui-password-new = Mật khẩu mới
ui-password-rule = Ít nhất 12 ký tự. Tốt nhất là vài từ không ai liên hệ với bạn.
ui-password-app = Mã trên điện thoại
ui-password-scan = Quét hình bằng ứng dụng tạo mã (Google Authenticator, Aegis, 1Password) hoặc nhập dãy chữ bên dưới vào ứng dụng.
ui-password-picture = Mã QR cho ứng dụng tạo mã: { $name }
ui-password-set = Lưu mật khẩu
ui-password-no-key = Ở đây không có tệp khóa nên không thể lưu mật khẩu. Người vận hành máy chủ: signoff init tạo signoff.key.
step-password = đặt mật khẩu
refusal-password-too-easy = Mật khẩu có từ { $shortest } đến { $longest } ký tự và không dễ đoán: vài từ cách nhau là được, tên hay 123456 thì không.
refusal-wrong-code = Mã không khớp. Mỗi mã có hiệu lực nửa phút và chỉ dùng một lần: hãy lấy mã mới và kiểm tra đồng hồ điện thoại.
ui-takes = Cách ghi: { $kind }

## Quyền truy cập trên thẻ công việc

ui-access-tried = Quyền truy cập “{ $item }”: ai đã thử và thử thế nào, hoặc vì sao không cần
ui-access-works = Dùng được
ui-access-not-needed = Không cần

## Gửi từ trang khác

page-elsewhere-title = Nội dung này không được gửi từ trang của Signoff
page-elsewhere-text = Hãy mở trang ở đây, trong trình duyệt, và làm lại. Nếu đã làm đúng như vậy, hãy tải lại trang: địa chỉ máy chủ có thể khác với trong cài đặt.
## Danh sách dự án
ui-nav-projects = Dự án
ui-projects-found = { $projects } dự án của { $clients } khách hàng
ui-projects-none = Không có gì ở đây. Hãy bỏ bớt điều kiện.
ui-projects-lists = Danh sách
ui-projects-open = Đang mở
ui-projects-month = Khách hàng trong tháng
ui-projects-late = Trễ hạn
ui-projects-waits = Chờ khách hàng
ui-projects-forget = Bỏ danh sách “{ $name }”
ui-projects-state = Trạng thái
ui-projects-state-open = đang mở
ui-projects-state-over = đã xong
ui-projects-state-all = tất cả
ui-projects-service = Dịch vụ
ui-projects-client = Khách hàng
ui-projects-pm = Quản lý
ui-projects-person = Ai tham gia
ui-projects-from = Mở từ
ui-projects-until = Mở đến
ui-projects-sort = Thứ tự
ui-projects-by-due = theo hạn
ui-projects-by-client = theo khách hàng
ui-projects-by-opened = theo ngày mở
ui-projects-show = Xem
ui-projects-clear = Bỏ điều kiện
ui-projects-task = Công việc
ui-projects-ball = Ở ai
ui-projects-due = Hạn
ui-projects-price = Giá
ui-projects-opened = Ngày mở
ui-projects-unpaid = Hóa đơn chưa trả
ui-projects-many = Đã quá nhiều danh sách: hãy bỏ một danh sách của bạn rồi lưu lại.
ui-projects-pages = Trang
ui-projects-keep = Lưu danh sách này…
ui-projects-name = Tên
ui-projects-shared = Mọi người đều thấy
ui-projects-keep-do = Lưu danh sách
## Dải trên bảng
ui-strip = Việc chờ tôi
ui-strip-answers = Chờ trả lời: { $count }
ui-strip-checks = Cần kiểm tra: { $count }
ui-strip-late = Trễ hạn: { $count }
ui-strip-silent = Khách im lặng: { $count }
ui-strip-money = Hóa đơn chưa trả: { $count }
ui-by-task = Theo công việc

## Comments, files and due dates of tasks

ui-comments = Bình luận và tệp
ui-comment-add = Viết bình luận
ui-comment-file = Tệp, tối đa { $size } MB
ui-comment-client = Khách hàng cũng thấy: gửi vào chat của họ
ui-comment-sent = khách hàng thấy
ui-comment-erased = đã xóa
ui-file-too-large = Tệp lớn hơn { $size } MB. Hãy đặt lên drive và ghi liên kết.
ui-file-none = Chưa chọn tệp.
ui-file-upload = Tải lên
ui-due-set = Đặt hạn khác
ui-due-day = Đến hết ngày
ui-due-why = Lý do
fact-commented = “{ $task }”: bình luận
fact-due-set = “{ $task }”: PM đã đặt hạn khác
step-comment = bình luận
step-due = đổi hạn
task-comment =
    <b>{ $person }</b> · { $task }:
    { $text }
task-file =
    <b>{ $person }</b> · { $task }: có tệp gửi bạn ☝️
ui-key-time = ghi thời gian
ui-time-spent = Đã làm bao lâu
ui-time-kind = Cho việc gì
ui-time-note = Ghi chú

# --- tiền chưa khớp
step-money = xử lý tiền của khách hàng
fact-money-arrived = Nhận được tiền chưa khớp với khoản nào
fact-money-matched = Đã khớp tiền với một khoản thanh toán
fact-money-dismissed = Đã xóa khoản tiền chưa khớp
staff-day-unmatched = 🏦 <b>Tiền đã về nhưng chưa rõ cho khoản nào</b>
staff-day-line-unmatched = • { $client }: { $amount } ngày { $since }: <i>signoff payment match { $money } DỰ_ÁN/KHOẢN</i>
ui-money-loose = Tiền chưa khớp
ui-money-none = Mọi khoản tiền của khách này đã được khớp.
ui-money-left = còn lại { $amount }
ui-money-for = Cho khoản
ui-money-match = Khớp
ui-money-dismiss = Xóa
ui-money-why = Lý do: đã trả lại khách, ghi nhầm
ui-money-note = Ghi nhận tiền đã về
ui-money-amount = Số tiền
ui-money-on = Ngày nhận
ui-money-reference = Số giao dịch trên sao kê
ui-money-again = Đây là khoản khác với khoản đã ghi
ui-money-no-payment = Không có khoản thanh toán nào đang mở để khớp.
ui-comment-by-client = từ khách hàng
ui-priority = Ưu tiên
ui-priority-high = làm trước
ui-priority-normal = bình thường
ui-priority-low = làm sau
fact-priority-set = “{ $task }”: PM đã đổi ưu tiên
step-priority = đổi ưu tiên
staff-day-tight = ⚠️ <b>Có thể không kịp: việc nhiều hơn thời gian</b>
client-later = Công việc “{ $task }” cần nhiều thời gian hơn dự kiến. Xin lỗi về thay đổi này.
ui-tight = Còn { $hours } giờ việc, nhiều hơn thời gian làm việc trước hạn. Khách nên nghe điều này từ chúng ta trước.
ui-tight-tell = Khách hàng sẽ đọc
ui-tight-until = Khi nào xong

# --- tình trạng dự án
standing-title = 📋 <b>Dự án đang mở: { $count }</b>
standing-none = 📋 Không có dự án nào đang mở.
standing-line = { $mark } { $client } · { $service } ({ $project }) · { $stage }: { $parts }
standing-more = … và { $count } dự án nữa: { $link }
standing-stage-none = mọi công việc đã xong
standing-paused = tạm dừng
standing-late = quá hạn: { $tasks }
standing-check = chờ kiểm tra: { $tasks }
standing-client = chờ khách hàng: { $tasks }
standing-work = đang làm: { $tasks }
standing-nothing = hiện không có gì phải chờ
standing-task = “{ $task }”
standing-task-due = “{ $task }” (hạn { $due })
standing-task-approved = “{ $task }” (đã duyệt)
standing-mine = 📋 <b>{ $service }</b>: { $stage }
standing-mine-none = Hiện không có dự án nào đang mở.
standing-mine-more = … và { $count } dự án nữa
standing-mine-paused = ⏸ Dự án đang tạm dừng
standing-mine-client = ⏳ Chờ quyết định của quý khách: { $tasks }
standing-mine-work = 🛠 Đang thực hiện: { $tasks }
standing-mine-done = ✅ Đã xong { $done }/{ $total }: { $tasks }

# --- các phần của dự án: tệp và thời gian; mục đã ghim
ui-tab-files = Tệp
ui-tab-time = Thời gian
ui-files-none = Chưa có tệp nào. Tệp đến cùng kết quả, bình luận và tin nhắn.
ui-files-count = Số tệp: { $count }
ui-files-file = Tệp
ui-files-what = Là gì
ui-files-added = Ai thêm
ui-files-seen = Ai thấy
ui-files-hash = SHA-256
ui-files-comment = bình luận
ui-files-team = chỉ nhóm
ui-files-client = cả khách hàng
ui-files-later = khi bàn giao kết quả
ui-files-sent = đã gửi { $at }
ui-files-telegram = trên Telegram
ui-files-image = hình ảnh
ui-files-video = video
ui-files-sound = âm thanh
ui-files-pdf = PDF
ui-files-office = tài liệu văn phòng
ui-files-text = văn bản
ui-files-archive = tệp nén
ui-files-other = tệp
ui-time-by-task = Theo công việc
ui-time-by-person = Theo người
ui-time-entries = Các mục
ui-time-who = Ai
ui-time-noted = Giờ đã ghi
ui-time-planned = Kế hoạch
ui-time-total = Tổng cộng
ui-time-over = vượt kế hoạch { $hours }
ui-time-count = số mục: { $count }
ui-time-day = Ngày
ui-time-back = đã hủy
ui-time-take-back = Rút lại
ui-time-none = Chưa ghi thời gian nào. Ghi trong bảng của công việc hoặc trong nhóm chat nội bộ.
ui-pins = Dự án đã ghim
ui-pin = Ghim
ui-pin-why = Ghim dự án vào menu
ui-unpin = Bỏ dự án khỏi menu
ui-pins-many = Menu chứa tối đa { $most } dự án. Hãy bỏ bớt một dự án của bạn trước.
# --- xuất và các cách xem khác của dự án
ui-export = Xuất
ui-export-title = Mọi thứ về dự án này trong một tệp nén: tài liệu, bảng, lịch sử, tệp
step-export = xuất dự án thành tệp nén
ui-views = Cách hiển thị công việc
ui-view-list = Danh sách
ui-view-role = Theo vai trò
ui-view-calendar = Lịch
ui-calendar-months = Các tháng
ui-calendar-before = Tháng trước
ui-calendar-after = Tháng sau
ui-calendar-today = Hôm nay
ui-calendar-empty = Tháng này không có gì.
ui-calendar-start = bắt đầu:
ui-calendar-due = hạn:
ui-calendar-done = xong:
ui-calendar-begin = dự kiến bắt đầu:
ui-calendar-end = dự kiến xong:
ui-calendar-promise = đã hứa:
ui-calendar-invoice = hóa đơn:
ui-calendar-paid = đã trả:
ui-day-mon = T2
ui-day-tue = T3
ui-day-wed = T4
ui-day-thu = T5
ui-day-fri = T6
ui-day-sat = T7
ui-day-sun = CN
ui-calendar-month =
    { $month ->
        [1] Tháng 1 năm { $year }
        [2] Tháng 2 năm { $year }
        [3] Tháng 3 năm { $year }
        [4] Tháng 4 năm { $year }
        [5] Tháng 5 năm { $year }
        [6] Tháng 6 năm { $year }
        [7] Tháng 7 năm { $year }
        [8] Tháng 8 năm { $year }
        [9] Tháng 9 năm { $year }
        [10] Tháng 10 năm { $year }
        [11] Tháng 11 năm { $year }
       *[12] Tháng 12 năm { $year }
    }
