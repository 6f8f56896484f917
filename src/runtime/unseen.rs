//! [`is_unseen`]: which facts leave the screen as it is, so that an idle dashboard draws nothing.

use crate::{
    app::{model::Model, msg::Msg},
    domain::answer::Fetched,
    panels::RowKey,
};

/// Will a fact leave the screen as it is? Only where that is sure.
pub(super) fn is_unseen(msg: &Msg, model: &Model) -> bool {
    match msg {
        // What the clock shows is looked at after all facts.
        Msg::Ticked(_) | Msg::SourceChanged | Msg::Recalled(None) => true,
        // That the source answers again is said.
        Msg::Fetched { result: Ok(Fetched::Unchanged), .. } => model.feed.failure.is_none(),
        // The histories beside the one shown are fetched ahead.
        Msg::HistoryFetched { item, .. } => {
            let is_shown = matches!(&model.detail.row, Some(RowKey::Item(shown)) if shown == item);
            !is_shown && !model.pending.awaits(item)
        }
        Msg::Fetched { .. }
        | Msg::Recalled(Some(_))
        | Msg::Loading(_)
        | Msg::PlansSeen { .. }
        | Msg::Heard(_)
        | Msg::Pressed(_)
        | Msg::Pasted(_)
        | Msg::Pointed(_)
        | Msg::Answered(_)
        | Msg::Told
        | Msg::Chosen(_)
        | Msg::Resized { .. }
        | Msg::Acted { .. }
        | Msg::StepsFetched { .. }
        | Msg::JournalFetched { .. }
        | Msg::ChangesFetched { .. }
        | Msg::LookLost(_)
        | Msg::HistoryTold(_)
        | Msg::DayFetched { .. }
        | Msg::PastFetched { .. }
        | Msg::WaitingRead(_)
        | Msg::Delivered(_)
        | Msg::Withdrawn { .. }
        | Msg::Decided { .. }
        | Msg::Replied { .. }
        | Msg::Amended { .. }
        | Msg::MailComposed(_)
        | Msg::MailPosted(_)
        | Msg::MailEnded(_)
        | Msg::ViewKept { .. }
        | Msg::HandedOver { .. }
        | Msg::DetailEnds(_)
        | Msg::Failed { .. }
        | Msg::Ended => false,
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::{
        app::{msg::Ticket, settings::Settings},
        domain::{answer::Page, failure::Failure, id::ItemId, sentence::Sentence},
    };

    #[test]
    fn what_changes_nothing_draws_nothing() {
        let settings = Settings { due_soon_working_days: 3, ..Settings::default() };
        let mut model = Model::new(settings, Timestamp::UNIX_EPOCH, (120, 36));
        let unchanged = Msg::Fetched { ticket: Ticket(1), result: Ok(Fetched::Unchanged) };
        let history = |item: &str| Msg::HistoryFetched { item: item.into(), result: Ok(Page::default()) };
        model.detail.row = Some(RowKey::Item(ItemId::from("task:N1")));
        assert!(is_unseen(&Msg::Ticked(Timestamp::UNIX_EPOCH), &model));
        assert!(is_unseen(&Msg::SourceChanged, &model));
        assert!(is_unseen(&unchanged, &model));
        assert!(is_unseen(&history("task:N2"), &model));
        assert!(!is_unseen(&history("task:N1"), &model));
        assert!(!is_unseen(&Msg::Resized { width: 80, height: 24 }, &model));
        model.feed.failure = Some(Failure::Offline(Sentence::new("ledger-busy")));
        assert!(!is_unseen(&unchanged, &model));
    }
}
