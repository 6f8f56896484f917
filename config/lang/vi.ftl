# Lời của chương trình, tiếng Việt. Mỗi mã phải có trong mọi tệp ngôn ngữ.

## Ngày, đơn vị

weekday-monday = thứ Hai
weekday-tuesday = thứ Ba
weekday-wednesday = thứ Tư
weekday-thursday = thứ Năm
weekday-friday = thứ Sáu
weekday-saturday = thứ Bảy
weekday-sunday = Chủ nhật
days-short = { $days } ng
working-days-short = { $days } lv

## Trạng thái

base-not-started = chưa thực hiện
base-in-progress = đang thực hiện
base-awaiting-confirmation = chờ xác nhận
base-returned = trả lại, làm lại
base-paused = tạm hoãn
base-done = đã hoàn thành
base-cancelled = hủy
base-exempt = được miễn
report-not-started = chưa nộp
report-done = đã nhận
time-no-deadline = không hạn
time-in-time = trong hạn
time-due-soon = sắp đến hạn
time-overdue = quá hạn
time-on-time = đúng hạn
time-late = nộp trễ
cell-on-time = hoàn thành đúng hạn
cell-late = hoàn thành quá hạn
cell-no-deadline = không hạn
cell-in-time = trong hạn
cell-due-soon = sắp đến hạn
cell-overdue = quá hạn
cell-awaiting-confirmation = chờ xác nhận
cell-paused = tạm hoãn
kind-task = nhiệm vụ
kind-report = báo cáo
kind-milestone = mốc

## Kỳ báo cáo

period-month = tháng { $month }/{ $year }
period-quarter = quý { $quarter }/{ $year }
period-half-first = 6 tháng đầu năm { $year }
period-half-second = 6 tháng cuối năm { $year }
period-nine-months = 9 tháng năm { $year }
period-year = năm { $year }
period-case = vụ việc { $date }

## Cơ quan

agency-kind-owner = cơ quan ban hành
agency-kind-committee = ban chỉ đạo
agency-kind-department = sở, ban, ngành
agency-kind-vertical = ngành dọc
agency-kind-service = đơn vị sự nghiệp
agency-kind-party = cơ quan đảng
agency-kind-mass-organisation = đoàn thể
agency-kind-district = cấp huyện

## Việc đã làm

verb-receive = nhận
verb-submit = nộp
verb-confirm = xác nhận
verb-return = trả lại
verb-tick = đạt mốc
verb-progress = tiến độ
verb-extend = gia hạn
verb-request-extension = xin gia hạn
verb-decline = không gia hạn
verb-acknowledge = ghi nhận
verb-note = ghi chú
verb-assign = giao theo dõi
verb-snooze = hẹn lại
verb-remind = đôn đốc
verb-escalate = chuyển cấp trên
verb-exempt = miễn báo cáo
verb-pause = tạm hoãn
verb-resume = tiếp tục
verb-cancel = hủy
verb-open = mở vụ việc
verb-reverse = hoàn tác
verb-plan = ban hành, sửa kế hoạch
channel-email = thư điện tử
channel-letter = công văn
channel-telephone = điện thoại

## Dòng lệnh

cli-status = Tình hình thực hiện kế hoạch
cli-tasks = Nhiệm vụ
cli-reports = Báo cáo
cli-overdue = Báo cáo, nhiệm vụ quá hạn
cli-campaigns = Chiến dịch
cli-journal = Nhật ký
cli-count = { $count } dòng
cli-sample-data = dữ liệu minh họa
cli-sample-source = kế hoạch minh họa
cli-status-tasks = Nhiệm vụ: đã hoàn thành { $done }/{ $total } (quá hạn { $late }); chưa hoàn thành { $open } (quá hạn { $overdue })
cli-status-reports = Báo cáo: đã nhận { $done }/{ $total } (quá hạn { $late }); chưa nhận { $open } (quá hạn { $overdue })
cli-column-id = mã
cli-column-lead = chủ trì
cli-column-agency = cơ quan
cli-column-task = nhiệm vụ
cli-column-title = báo cáo, nhiệm vụ
cli-column-campaign = chiến dịch
cli-column-due = thời hạn
cli-column-status = tình trạng
cli-column-progress = tiến độ
cli-column-late = ngày trễ
cli-column-working-late = ngày lv
cli-column-reminders = đôn đốc
cli-column-from = từ ngày
cli-column-to = đến ngày
cli-column-countdown = thời gian
cli-column-milestones = mốc
cli-column-at = thời điểm
cli-column-by = người thực hiện
cli-column-item = đối tượng
cli-column-verb = việc
cli-column-on = ngày tính
cli-column-said = nội dung
cli-column-tasks-done = NV xong
cli-column-tasks-late = xong quá hạn
cli-column-tasks-due-soon = sắp đến hạn
cli-column-tasks-overdue = quá hạn
cli-column-reports-in = BC đã nhận
cli-column-reports-late = nộp trễ
cli-column-reports-due-soon = sắp đến hạn
cli-column-reports-overdue = quá hạn
cli-campaign-running = ngày thứ { $day }/{ $days }
cli-campaign-coming = còn { $days } ngày ({ $working } ngày làm việc)
cli-campaign-past = đã kết thúc
cli-taken-back = đã hoàn tác
cli-level = lần { $level }
cli-until = đến { $date }
cli-promised = hẹn nộp { $date }
cli-did-you-mean = ; có phải là “{ $name }”?
cli-config-unread = không đọc được tệp: { $reason }
cli-config-syntax = không đúng định dạng TOML: { $reason }
cli-config-unknown = không có tùy chọn “{ $option }”
cli-config-type = “{ $option }” đang là { $found }, phải là { $expected }
cli-config-value = “{ $option }” không thể là “{ $value }”: chọn một trong { $known }
cli-config-other = “{ $option }”: { $reason }
cli-config-none = không có; dùng giá trị mặc định. Nơi đặt tệp: { $path }
cli-config-nowhere = không có; hệ thống không có nơi đặt tệp. Chỉ rõ bằng --config
cli-no-such-source = cấu hình không có nguồn “{ $name }”
cli-no-data-dir = hệ thống không có nơi lưu dữ liệu: đặt data_dir trong cấu hình hoặc biến TIENDO_DATA
cli-data-empty = chưa có sổ theo dõi; nơi đặt: { $path }
cli-no-ledger = không có sổ theo dõi tại { $path }; tạo bằng `tiendo import TỆP`
cli-no-plans = sổ theo dõi chưa có kế hoạch: nạp bằng `tiendo import TỆP`
cli-which-plan = có nhiều kế hoạch, chỉ rõ bằng --plan: { $plans }
cli-no-such-plan = không có kế hoạch “{ $plan }”; hiện có: { $plans }
cli-no-such-agency = kế hoạch không có cơ quan “{ $agency }”
cli-no-such-verb = không có việc “{ $verb }”
cli-no-date = “{ $typed }” không phải là ngày: ghi 2023-06-14, 14/6/2023, 14/6 hoặc today
cli-filter-field = bộ lọc không có trường “{ $field }”
cli-filter-value = trường “{ $field }” của bộ lọc không nhận “{ $value }”
cli-no-dashboard = chưa mở được bảng theo dõi tại đây; dùng `tiendo status`
cli-read-only = từ chối: đang ở chế độ chỉ đọc (--read-only)
cli-sample-refuses = từ chối: kế hoạch minh họa chỉ nằm trong bộ nhớ
cli-check-good = đạt
cli-check-doubtful = lưu ý
cli-check-bad = lỗi
cli-check-config = cấu hình
cli-check-data = sổ theo dõi trên máy
cli-check-source = nguồn
cli-check-plan = kế hoạch
cli-check-remark = tệp kế hoạch
cli-check-mend = cách xử lý
cli-mend-config = sửa dòng trên, hoặc bỏ dòng đó để dùng giá trị mặc định
cli-mend-plan = sửa các dòng nêu trên rồi kiểm tra lại; trước đó các mục này chưa được dùng
cli-plan-counts = { $agencies } cơ quan, { $tasks } nhiệm vụ, { $duties } loại báo cáo, { $campaigns } chiến dịch
cli-plan-read = { $plan }: đã đọc, { $entries } dòng nhật ký, { $aside } mục bị loại, { $warnings } cảnh báo
cli-import-into = Nạp vào: { $path }
cli-import-new = Sổ chưa có kế hoạch này: sẽ được lập mới.
cli-import-same = Kế hoạch không thay đổi so với bản đang dùng: chỉ nạp nhật ký.
cli-import-amends = Kế hoạch đang dùng sẽ được sửa:
cli-import-counts = thêm { $new }, sửa { $changed }, bỏ { $gone }
cli-import-question = Tiếp tục? [c/K]
cli-import-nobody = không hỏi được tại đây: thêm --yes để thực hiện không cần hỏi
cli-import-declined = không có gì thay đổi
cli-imported-new = { $plan }: đã lập mới.
cli-imported-amended = { $plan }: đã sửa.
cli-imported-unchanged = { $plan }: không thay đổi.
cli-imported-entries = Nhật ký: nạp { $added } dòng, { $known } dòng đã có.
cli-list-programmes = chương trình
cli-list-agencies = cơ quan
cli-list-tasks = nhiệm vụ
cli-list-duties = loại báo cáo
cli-list-campaigns = chiến dịch
