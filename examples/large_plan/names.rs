//! Vietnamese names, put together: enough of them that a thousand agencies have a name of their own.

use super::chance::Chance;

const PLACES: [&str; 20] = [
    "Đồng Xoài",
    "Bình Long",
    "Phước Long",
    "Chơn Thành",
    "Bù Đăng",
    "Bù Đốp",
    "Bù Gia Mập",
    "Đồng Phú",
    "Hớn Quản",
    "Lộc Ninh",
    "Phú Riềng",
    "Tân Lập",
    "Minh Hưng",
    "Thanh Lương",
    "Đức Liễu",
    "Long Hà",
    "Nghĩa Trung",
    "Thống Nhất",
    "Đa Kia",
    "Phước Thiện",
];

const BEARERS: [&str; 16] = [
    "Nguyễn Du",
    "Trần Hưng Đạo",
    "Lê Quý Đôn",
    "Hai Bà Trưng",
    "Võ Thị Sáu",
    "Nguyễn Trãi",
    "Chu Văn An",
    "Lý Tự Trọng",
    "Kim Đồng",
    "Nguyễn Bỉnh Khiêm",
    "Phan Bội Châu",
    "Ngô Quyền",
    "Quang Trung",
    "Bùi Thị Xuân",
    "Lê Hồng Phong",
    "Nguyễn Thị Minh Khai",
];

const SERVICES: [(&str, &str, bool); 6] = [
    ("Trường Tiểu học", "TH", true),
    ("Trường Trung học cơ sở", "THCS", true),
    ("Trường Trung học phổ thông", "THPT", true),
    ("Trạm Y tế", "TYT", false),
    ("Trung tâm Văn hóa - Thể thao", "TTVHTT", false),
    ("Trung tâm Học tập cộng đồng", "TTHTCĐ", false),
];

const DEPARTMENTS: [(&str, &str); 12] = [
    ("Sở Lao động - Thương binh và Xã hội", "Sở LĐTBXH"),
    ("Sở Nội vụ", "Sở NV"),
    ("Sở Tư pháp", "Sở TP"),
    ("Sở Kế hoạch và Đầu tư", "Sở KHĐT"),
    ("Sở Tài chính", "Sở TC"),
    ("Sở Giáo dục và Đào tạo", "Sở GDĐT"),
    ("Sở Y tế", "Sở YT"),
    ("Sở Văn hóa, Thể thao và Du lịch", "Sở VHTTDL"),
    ("Sở Thông tin và Truyền thông", "Sở TTTT"),
    ("Sở Nông nghiệp và Phát triển nông thôn", "Sở NNPTNT"),
    ("Sở Công Thương", "Sở CT"),
    ("Ban Dân tộc tỉnh", "Ban DT"),
];

const ACTS: [(&str, &str); 10] = [
    ("Tuyên truyền, phổ biến Luật Bình đẳng giới tại", "Disseminate the Law on Gender Equality in"),
    ("Tập huấn cán bộ phụ trách công tác bình đẳng giới tại", "Train gender equality staff in"),
    ("Kiểm tra việc chấp hành pháp luật về bình đẳng giới tại", "Check compliance with the Law in"),
    ("Ra mắt mô hình phòng ngừa bạo lực trên cơ sở giới tại", "Launch a model against violence in"),
    ("Khảo sát nhu cầu của nhóm yếu thế tại", "Survey the needs of vulnerable groups in"),
    ("Củng cố địa chỉ tin cậy ở cộng đồng tại", "Strengthen trusted addresses in"),
    ("Tổ chức diễn đàn trẻ em tại", "Hold a children's forum in"),
    ("Truyền thông phòng ngừa tảo hôn tại", "Talks against child marriage in"),
    ("Lồng ghép giới trong kế hoạch phát triển của", "Mainstream gender in the plan of"),
    ("Hỗ trợ tổ tiết kiệm, vay vốn tại", "Support village savings groups in"),
];

const TOPICS: [(&str, &str); 8] = [
    ("thực hiện Chiến lược quốc gia về bình đẳng giới", "on the National Strategy"),
    ("phòng ngừa bạo lực trên cơ sở giới", "on violence prevention"),
    ("truyền thông về bình đẳng giới", "on communication"),
    ("số liệu thống kê giới", "of gender statistics"),
    ("tiếp nhận, hỗ trợ người bị bạo lực", "on support of victims"),
    ("cán bộ nữ và quy hoạch", "on women staff"),
    ("mô hình tại cộng đồng", "on community models"),
    ("kinh phí thực hiện", "on spending"),
];

/// A name in Vietnamese and English.
pub(crate) type Name = (String, String);

/// The short and the whole name of the department at `place` of the list.
pub(crate) fn department(place: usize) -> (String, String) {
    let (whole, short) = DEPARTMENTS[place % DEPARTMENTS.len()];
    match place / DEPARTMENTS.len() {
        0 => (short.into(), whole.into()),
        more => (format!("{short} {}", more + 1), format!("{whole} (cơ sở {})", more + 1)),
    }
}

pub(crate) fn district(place: usize) -> (String, String) {
    let name = PLACES[place % PLACES.len()];
    match place / PLACES.len() {
        0 => (name.into(), format!("UBND huyện {name}")),
        more => (format!("{name} {}", more + 1), format!("UBND huyện {name} {}", more + 1)),
    }
}

/// A service unit: a school bears a person's name, the others their place's.
pub(crate) fn service(place: usize, chance: &mut Chance) -> (String, String) {
    let (whole, short, named) = SERVICES[place % SERVICES.len()];
    let name = if named { chance.one_of(&BEARERS) } else { chance.one_of(&PLACES) };
    let number = place / SERVICES.len() + 1;
    (format!("{short} {name} {number}"), format!("{whole} {name} {number}"))
}

pub(crate) fn task(place: usize, chance: &mut Chance) -> Name {
    let (vi, en) = ACTS[place % ACTS.len()];
    let at = chance.one_of(&PLACES);
    (format!("{vi} {at}"), format!("{en} {at}"))
}

/// A report duty: "Báo cáo tháng truyền thông về bình đẳng giới".
pub(crate) fn duty(place: usize, vi: &str, en: &str) -> Name {
    let topic = TOPICS[place % TOPICS.len()];
    (format!("Báo cáo {vi} {}", topic.0), format!("{en} report {}", topic.1))
}

pub(crate) fn campaign(place: usize) -> Name {
    let (topic, en) = TOPICS[place % TOPICS.len()];
    (format!("Đợt cao điểm {}: {topic}", place + 1), format!("Drive {}, {en}", place + 1))
}
