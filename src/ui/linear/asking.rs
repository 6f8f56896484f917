//! What is asked, as it is read: dialogs, forms, sheets, letters. One question at a time, with what is proposed.

use super::{
    super::{Look, card, choice, form as filling, sheet as paper},
    cell, is_told, numbered,
};
use crate::{
    app::{
        action::Action,
        asked::{Asked, Control},
        choices::{Choice, Label},
        dialog::{self, Kind},
        form::Form,
        linear::{self, PAGE, Tell, What},
        mail::Mail,
        model::Model,
        results,
        sheet::{self, Sheet, Slot},
    },
    domain::{item::Item, sentence::Sentence, summary::days_late},
    words::Arg,
};

/// A dialog: its name, what stands above its choices, a part of them.
pub(super) fn dialog(model: &Model, tell: Tell, look: &Look<'_>, lines: &mut Vec<String>) {
    let words = look.words;
    let Some(open) = &model.dialog else { return };
    if is_told(tell, Tell::Choices) {
        let count = dialog::choices(model).len();
        let (first, last) = (model.linear.offset + 1, (model.linear.offset + PAGE).min(count));
        let title = words.get(choice::title_word(open.kind)).into_owned();
        if count == 0 {
            let empty = if open.input.value().is_empty() { "dialog-empty" } else { "dialog-nothing-found" };
            lines.push(format!("{title}: {}", words.get(empty)));
        } else {
            let args = [("title", title.into()), ("first", first.into()), ("last", last.into())];
            lines.push(words.with("linear-list", &[&args[..], &[("count", Arg::from(count))]].concat()));
        }
        let marked = model.marks.len();
        if open.kind == Kind::Deeds && marked > 0 {
            lines.push(words.with("linear-on-marked", &[("count", marked.into())]));
        }
        for (name, pieces) in card::about(model, open.kind, u16::MAX, look) {
            let text: String = pieces.iter().map(|piece| piece.text.as_ref()).collect();
            lines.push(name.map_or_else(|| text.clone(), |name| format!("{}: {text}", name.text)));
        }
        if let Kind::Confirm(_) = open.kind {
            lines.push(words.get("question-clear-marks").into_owned());
        }
        for of in linear::numbered(model) {
            if let What::Choice(choice) = &of.what {
                lines.push(numbered(of.number, &label(choice, model, look)));
            }
        }
    }
    let ask = if open.kind.is_searched() { "linear-ask-dialog" } else { "linear-ask-menu" };
    lines.push(words.get(ask).into_owned());
}

/// What a line of a dialog says.
fn label(line: &Choice, model: &Model, look: &Look<'_>) -> String {
    let words = look.words;
    let said = match &line.label {
        Label::Action(action) => words.get(action.word().0).into_owned(),
        Label::Word(word) => cell::heading(*word, words),
        Label::Of(field, word) => format!("{}: {}", words.get(field.0), words.get(word.0)),
        Label::Named(field, text) => format!("{}: {text}", words.get(field.0)),
        Label::Impossible(action, why) => {
            let action = words.get(action.word().0).into_owned();
            words.with("linear-impossible", &[("action", action.into()), ("why", words.say(why).into())])
        }
        Label::Found(_) | Label::Command(_) | Label::Change(_) | Label::More(_) | Label::Plan(_) => {
            let (left, right) = choice::said(&line.label, None, u16::MAX, model, look);
            let said = left.iter().chain(&right).map(|piece| piece.text.trim()).filter(|said| !said.is_empty());
            said.collect::<Vec<_>>().join(", ")
        }
        Label::Became(_, sentence) => words.say(sentence),
        Label::Said(said) => {
            let at = model.zone.to_datetime(said.at);
            let day = words.short_date(at.date(), model.today.date.year());
            format!("{day} {:02}:{:02}: {}", at.hour(), at.minute(), words.say(&said.sentence))
        }
    };
    if line.on { format!("{said}, {}", words.get("linear-on")) } else { said }
}

/// A form: to what it is to be done, then its question.
pub(super) fn form(model: &Model, tell: Tell, look: &Look<'_>, lines: &mut Vec<String>) {
    let Some(form) = &model.form else { return };
    let words = look.words;
    if is_told(tell, Tell::Choices) {
        lines.push(words.get(Action::begin(form.deed).word().0).into_owned());
        lines.push(words.with("form-count", &[("count", form.targets.len().into())]));
        let snapshot = model.snapshot.as_ref();
        let items = form.targets.iter().filter_map(|id| snapshot?.item(id)).take(PAGE);
        lines.extend(items.map(|item| target(item, model, look)));
        if let Some(more) = form.targets.len().checked_sub(PAGE).filter(|more| *more > 0) {
            lines.push(words.with("linear-more", &[("count", more.into())]));
        }
        // What is said of more than are listed was said above.
        let more = words.with("form-more", &[("count", form.targets.len().saturating_sub(8).into())]);
        lines.extend(filling::remarks(form, model, look).into_iter().filter(|remark| *remark != more));
        lines.push(words.get("linear-form-ways").into_owned());
    }
    match form.asked.get(form.focus) {
        Some(asked) => field(form, asked, model, look, lines),
        None => lines.push(words.get("linear-ask-do").into_owned()),
    }
}

/// An item: its name, how late or due when.
fn target(item: &Item, model: &Model, look: &Look<'_>) -> String {
    let words = look.words;
    let name = results::item_name(model, item);
    let late = days_late(item, model.today).map(|days| words.with("linear-days-late", &[("days", days.into())]));
    let due = item.due.map(|due| {
        let date = words.short_date(due, model.today.date.year());
        words.with("form-due", &[("date", date.into())])
    });
    let beside = [due, late].into_iter().flatten().collect::<Vec<_>>();
    [&[name.to_string()][..], &beside].concat().join(", ")
}

/// A question of a form: what is wrong with the answer, what is asked, what there is to choose, what Enter takes.
fn field(form: &Form, asked: &Asked, model: &Model, look: &Look<'_>, lines: &mut Vec<String>) {
    let words = look.words;
    let (note, _) = filling::beside(form, asked, model, look);
    let place = [("place", Arg::from(form.focus + 1)), ("count", Arg::from(form.asked.len()))];
    let name = filling::name(form, asked, look);
    match &asked.control {
        Control::Line(input) => {
            if asked.wrong {
                lines.push(words.with("linear-attention", &[("said", note.clone().into())]));
            }
            let value = input.value();
            let beside = if value.is_empty() && !asked.wrong { format!(", {note}") } else { String::new() };
            let beside = if note.is_empty() { String::new() } else { beside };
            question(&format!("{name}{beside}"), &place, look, lines);
            let means = if asked.wrong || note.is_empty() { String::new() } else { format!(", {note}") };
            let proposed = if value.is_empty() { String::new() } else { format!("{value}{means}") };
            enter(&proposed, look, lines);
        }
        Control::Choice { options, selected } => {
            question(&name, &place, look, lines);
            for of in linear::numbered(model) {
                if let What::Option(choice, _) = of.what {
                    lines.push(numbered(of.number, &filling::choice_text(choice, model, look)));
                }
            }
            let chosen = options.get(*selected).map(|choice| filling::choice_text(*choice, model, look));
            enter(&chosen.unwrap_or_default(), look, lines);
        }
    }
}

/// A sheet: what it is for, the letters recorded so far, then its question.
pub(super) fn sheet(model: &Model, tell: Tell, look: &Look<'_>, lines: &mut Vec<String>) {
    let Some(open) = &model.sheet else { return };
    let words = look.words;
    if is_told(tell, Tell::Choices) {
        lines.push(paper::title(open, look));
        lines.extend(open.arrived.last().map(|letter| {
            let said = letter.became.as_ref().map(results::why_not);
            let said = said.unwrap_or_else(|| crate::domain::sentence::Word("linear-under-way").into());
            words.say(
                &Sentence::new("result-line").with("item", results::name(model, &letter.item)).with("became", said),
            )
        }));
        lines.push(words.get("linear-form-ways").into_owned());
    }
    // What somebody else put there meanwhile is told with every question, the rest once.
    let is_new = |line: &&sheet::Line| is_told(tell, Tell::Choices) || line.slot == Slot::Theirs;
    for line in open.lines.iter().filter(|line| matches!(line.control, sheet::Control::Shown(_))).filter(is_new) {
        lines.push(format!("{}: {}", words.get(line.slot.word().0), shown(&line.value(), look)));
    }
    let Some(line) = open.lines.get(open.focus) else { return };
    if let Some(wrong) = &line.wrong {
        lines.push(words.with("linear-attention", &[("said", words.say(wrong).into())]));
    }
    let asked = open.lines.iter().filter(|line| !matches!(line.control, sheet::Control::Shown(_)));
    let before = open.lines.iter().take(open.focus);
    let place = before.filter(|line| !matches!(line.control, sheet::Control::Shown(_))).count() + 1;
    let place = [("place", Arg::from(place)), ("count", Arg::from(asked.count()))];
    slot(open, line, &place, (model, look), lines);
}

fn shown(text: &str, look: &Look<'_>) -> String {
    if text.is_empty() { look.words.get("sheet-left-blank").into_owned() } else { text.to_owned() }
}

fn slot(
    open: &Sheet,
    line: &sheet::Line,
    place: &[(&'static str, Arg<'static>); 2],
    (model, look): (&Model, &Look<'_>),
    lines: &mut Vec<String>,
) {
    let words = look.words;
    let name = words.get(line.slot.word().0).into_owned();
    match &line.control {
        sheet::Control::Typed(input) => {
            let (note, _) = paper::beside(open, line, model, look);
            let note = if note.is_empty() { note } else { format!(", {note}") };
            let empty = input.value().is_empty();
            question(&format!("{name}{}", if empty { note.as_str() } else { "" }), place, look, lines);
            let needed = matches!(line.slot, Slot::Id | Slot::Title | Slot::CaseTitle | Slot::Reason);
            if empty && needed {
                lines.push(words.get("linear-needed").into_owned());
            } else {
                enter(&if empty { String::new() } else { format!("{}{note}", input.value()) }, look, lines);
            }
        }
        sheet::Control::Pick(pick) => {
            let typed = if pick.is_typed { words.get("linear-type-a-name").into_owned() } else { String::new() };
            question(&format!("{name}{typed}"), place, look, lines);
            let candidates = linear::numbered(model);
            for of in &candidates {
                if let What::Candidate(id) = &of.what {
                    lines.push(numbered(of.number, &candidate(open, line.slot, id, model, look)));
                }
            }
            if candidates.is_empty() && !pick.is_typed {
                let early = line.slot != Slot::Report || open.value(Slot::Agency).is_empty();
                lines.push(words.get(if early { "sheet-after-agency" } else { "sheet-owes-nothing" }).into_owned());
            }
            let chosen = pick.chosen().map(|chosen| candidate(open, line.slot, &chosen.id, model, look));
            match chosen {
                None if !line.slot.is_optional() => lines.push(words.get("linear-needed").into_owned()),
                chosen => enter(&chosen.unwrap_or_default(), look, lines),
            }
        }
        sheet::Control::Shown(_) => {}
    }
}

/// One of those a sheet offers.
fn candidate(open: &Sheet, slot: Slot, id: &str, model: &Model, look: &Look<'_>) -> String {
    if matches!(slot, Slot::Sure | Slot::Whose) {
        return look.words.get(paper::answer_word(id)).into_owned();
    }
    if slot == Slot::Report
        && let Some(item) = model.snapshot.as_ref().and_then(|snapshot| snapshot.item(&id.into()))
    {
        return target(item, model, look);
    }
    let line = open.line(slot);
    let label = line.and_then(|line| match &line.control {
        sheet::Control::Pick(pick) => {
            let fitting = pick.fitting().into_iter().find(|candidate| candidate.id.as_str() == id);
            fitting.map(|candidate| candidate.label.to_string())
        }
        sheet::Control::Typed(_) | sheet::Control::Shown(_) => None,
    });
    label.unwrap_or_else(|| id.to_owned())
}

fn question(name: &str, place: &[(&'static str, Arg<'static>); 2], look: &Look<'_>, lines: &mut Vec<String>) {
    let [(at, place), (of, count)] = place;
    let number = |arg: &Arg<'static>| match arg {
        Arg::Number(number) => Arg::Number(*number),
        Arg::Text(text) => Arg::Text(text.clone()),
    };
    let args = [("name", name.to_owned().into()), (*at, number(place)), (*of, number(count))];
    lines.push(look.words.with("linear-question", &args));
}

/// What Enter takes.
fn enter(proposed: &str, look: &Look<'_>, lines: &mut Vec<String>) {
    lines.push(match proposed {
        "" => look.words.get("linear-enter-blank").into_owned(),
        proposed => look.words.with("linear-enter", &[("proposed", proposed.to_owned().into())]),
    });
}

/// Letters before they are sent, whole, and whether they are to be.
pub(super) fn letters(model: &Model, tell: Tell, look: &Look<'_>, lines: &mut Vec<String>) {
    let Mail::Asking { preview, .. } = &model.mail else { return };
    let words = look.words;
    if is_told(tell, Tell::Whole) {
        for (number, letter) in (1usize..).zip(&preview.letters) {
            let count = preview.letters.len();
            lines.push(words.with("linear-letter", &[("number", number.into()), ("count", count.into())]));
            lines.extend(letter.iter().map(ToString::to_string));
        }
    }
    lines
        .push(words.with("mail-question", &[("count", preview.letters.len().into()), ("items", preview.items.into())]));
    lines.push(numbered(1, &words.get("answer-no")));
    lines.push(numbered(2, &words.get("answer-yes")));
    enter(&words.get("answer-no"), look, lines);
}

/// How far sending has come.
pub(super) fn sending(model: &Model, look: &Look<'_>, lines: &mut Vec<String>) {
    let Mail::Sending { ended, count, stopping } = &model.mail else { return };
    let word = if *stopping { "mail-stopping" } else { "mail-progress" };
    lines.push(look.words.with(word, &[("ended", (*ended).into()), ("count", (*count).into())]));
    lines.push(look.words.get("linear-ask-sending").into_owned());
}
