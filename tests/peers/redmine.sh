#!/usr/bin/env bash
# A real Redmine of its own (Debian's packages, SQLite, puma) on loopback, with a small plan in it: for tests.
# Says a line `NAME=value` for its address and each key, then "ready"; at the end of its input the server ends and everything is
# removed. Ends with 77 where Redmine cannot be had (Debian: ruby-bundler redmine-sqlite redmine puma; an own instance needs to
# write under /var/lib/redmine).
set -euo pipefail

app=/usr/share/redmine
for program in puma bundle curl setsid dpkg-query; do command -v "$program" >/dev/null || exit 77; done
{ [ -e "$app/config.ru" ] && [ -w /var/lib/redmine ]; } || exit 77
# A later bundler of Ruby's own takes Debian's gems for deleted; that of its package does not.
BUNDLER_VERSION=$(dpkg-query -W -f='${Version}' ruby-bundler | sed 's/[-+~].*//')
export BUNDLER_VERSION

folder=$(mktemp -d "${TMPDIR:-/tmp}/tiendo-redmine.XXXXXX")
instance=$(basename "$folder" | tr '.' '-')
server=
finish() {
    [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true
    rm -f "/var/lib/redmine/$instance"
    rm -rf "$folder"
}
trap finish EXIT

mkdir -p "$folder"/{config,db,files,log,public/plugin_assets,tmp/cache,tmp/pids}
ln -s "$folder" "/var/lib/redmine/$instance"
printf 'production:\n  adapter: sqlite3\n  database: %s/db/redmine.sqlite3\n  timeout: 5000\n' "$folder" >"$folder/config/database.yml"
od -An -N40 -tx1 /dev/urandom | tr -d ' \n' >"$folder/config/secret_key.txt"
unset RUBYOPT GEM_HOME GEM_PATH BUNDLE_GEMFILE X_DEBIAN_SITEID
export REDMINE_INSTANCE=$instance RAILS_ENV=production REDMINE_LANG=vi SCHEMA=/dev/null LANG=C.UTF-8 LC_ALL=C.UTF-8 TZ=UTC

cat >"$folder/seed.rb" <<'RUBY'
# Invented, as all sample data is.
Setting.rest_api_enabled = '1'
Setting.login_required = '1'
Setting.default_language = 'vi'
Setting.notified_events = []
user = lambda { |login, first, last|
  one = User.new(firstname: first, lastname: last, mail: "#{login}@example.test", language: 'vi', mail_notification: 'none')
  one.login = login
  one.password = one.password_confirmation = SecureRandom.hex(12)
  one.save!
  one.pref.time_zone = 'Hanoi'
  one.pref.save!
  one }
monitor = user.call('giam-sat', 'sát', 'Giám')
agency = user.call('so-y-te', 'mối', 'Đầu')
reader = user.call('chi-doc', 'đọc', 'Chỉ')
User.current = User.find_by_login('admin')
open_status = IssueStatus.sorted.first
trackers = ['Nhiệm vụ', 'Báo cáo'].map { |name| Tracker.create!(name: name, default_status: open_status) }
managers, workers = Role.givable.sorted.to_a.first(2)
managers.update!(issues_visibility: 'all')
trackers.product([managers, workers]).each do |tracker, role|
  statuses = IssueStatus.all.to_a
  ([nil] + statuses).product(statuses).each do |from, to|
    WorkflowTransition.create!(tracker_id: tracker.id, role_id: role.id, old_status_id: from ? from.id : 0, new_status_id: to.id) unless from == to
  end
end
looks = Role.new(name: 'Chỉ đọc', issues_visibility: 'all')
looks.permissions = [:view_issues]
looks.save!
field = lambda { |name, format, of, options = {}|
  one = IssueCustomField.new({ name: name, field_format: format, is_for_all: true, visible: true }.merge(options))
  one.trackers = of
  one.save!
  one }
received = field.call('Ngày nhận báo cáo', 'date', [trackers[1]])
seen = field.call('Đã tiếp nhận', 'bool', trackers, default_value: '0')
extended = field.call('Số lần gia hạn', 'int', trackers, default_value: '0')
start = VersionCustomField.create!(name: 'Ngày bắt đầu', field_format: 'date', is_for_all: true)
project = lambda { |identifier, name, parent|
  one = Project.new(name: name, identifier: identifier, is_public: false, inherit_members: true)
  one.enabled_module_names = %w[issue_tracking]
  one.trackers = trackers
  one.save!
  one.set_parent!(parent) if parent
  one.reload }
plan = project.call('ke-hoach', 'Kế hoạch thử', nil)
Member.create!(project: plan, principal: monitor, roles: [managers])
Member.create!(project: plan, principal: reader, roles: [looks])
bodies = [['so-tai-chinh', 'Sở Tài chính'], ['so-y-te', 'Sở Y tế']].map { |identifier, name| project.call(identifier, name, plan) }
Member.create!(project: bodies[1], principal: agency, roles: [workers])
version = Version.new(project: plan, name: 'Chiến dịch số hóa hồ sơ', sharing: 'descendants', effective_date: Date.today + 12)
version.custom_field_values = { start.id.to_s => (Date.today - 3).to_s }
version.save!
issue = lambda { |body, tracker, subject, due, more = {}|
  one = Issue.new({ project: body, tracker: tracker, author: monitor, subject: subject, start_date: Date.today - 60,
                    priority: IssuePriority.active.first, due_date: due, notify: false }.merge(more))
  one.save!
  one }
4.times { |at| issue.call(bodies[at % 2], trackers[0], "Nhiệm vụ #{at + 1}", Date.today + 10 * at - 15, at == 0 ? { fixed_version: version } : {}) }
bodies.each { |body| issue.call(body, trackers[1], "Báo cáo tiến độ tháng 10/2026 - #{body.name}", Date.today - 9) }
whole = issue.call(bodies[0], trackers[0], 'Nhiệm vụ có việc con', nil)
issue.call(bodies[0], trackers[0], 'Việc con', Date.today + 20, { parent_issue_id: whole.id })
puts "MONITOR=#{monitor.api_key}", "AGENCY=#{agency.api_key}", "READER=#{reader.api_key}"
RUBY
cd "$app"
{
    bundle exec rake db:migrate
    bundle exec rake redmine:load_default_data
} >"$folder/log/rake.log" 2>&1
bundle exec bin/rails runner "$folder/seed.rb" >"$folder/keys" 2>"$folder/log/seed.log"
setsid puma -e production -b tcp://127.0.0.1:0 -t 1:1 config.ru >"$folder/log/puma.log" 2>&1 </dev/null &
server=$!
url=
for _ in $(seq 240); do
    url=$(sed -n 's/.*Listening on \(http:[^ ]*\).*/\1/p' "$folder/log/puma.log" | head -1)
    if [ -n "$url" ] && curl -fsS -o /dev/null --max-time 5 "$url/login" 2>/dev/null; then break; fi
    kill -0 "$server" 2>/dev/null || { tail -5 "$folder/log/puma.log" >&2; exit 1; }
    sleep 0.5
done
echo "URL=$url"
cat "$folder/keys"
echo ready
cat >/dev/null
