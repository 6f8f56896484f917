//! [`office`]: the body that reminds, by its name.

use super::MailSettings;
use crate::{
    domain::{id::AgencyId, outline::Outline},
    words::prose::whole_name,
};

/// The body that reminds: as the config says, else the agency at whose desk we sit (`seat`), else the one whose plan it is.
pub fn office(settings: &MailSettings, seat: Option<&AgencyId>, outline: &Outline, tag: &str) -> String {
    if !settings.office.is_empty() {
        return settings.office.clone();
    }
    let seat = seat.and_then(|id| outline.agency(id.as_str()));
    let owner = outline.plan.owner.as_ref().and_then(|id| outline.agency(id.as_str()));
    let agency = seat.or(owner).and_then(|index| outline.agencies.get(index as usize));
    agency.map_or_else(String::new, |agency| whole_name(agency, tag))
}
