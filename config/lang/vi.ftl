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
