//! The routes, and who may use each: the one table the router is built from, the checks are made from, the description at
//! `/openapi.json` is made from, and the tests walk. A route without its line does not compile.

use crate::domain::access::Role;

/// What can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is described by its rule")]
pub enum Route {
    Plans,
    Snapshot,
    Journal,
    Trend,
    Events,
    Post,
    LayDown,
    Metrics,
    Health,
    Ready,
    OpenApi,
}

/// How far a role reaches at a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// It may not.
    Nothing,
    /// What its agency owes, leads or coordinates; an item that is not is not there.
    Own,
    /// Everything.
    All,
}

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody, without a token.
    Open,
    /// Bearers of tokens, by role.
    Roles {
        /// What a viewer reaches.
        viewer: Reach,
        /// What an agency reaches.
        agency: Reach,
        /// What a coordinator reaches.
        coordinator: Reach,
        /// What an administrator reaches.
        administrator: Reach,
    },
}

/// A route's line in the table.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The method.
    pub method: &'static str,
    /// The address; `{plan}` is a plan's id.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
    /// What it is, for the description.
    pub summary: &'static str,
}

impl Route {
    /// All of them.
    pub const ALL: [Route; 11] = [
        Route::Plans,
        Route::Snapshot,
        Route::Journal,
        Route::Trend,
        Route::Events,
        Route::Post,
        Route::LayDown,
        Route::Metrics,
        Route::Health,
        Route::Ready,
        Route::OpenApi,
    ];

    /// Its line in the table.
    pub const fn rule(self) -> Rule {
        use Reach::{All, Nothing, Own};
        const OPEN: Access = Access::Open;
        const READS: Access = roles(All, Own, All, All);
        let (method, path, access, summary) = match self {
            Route::Plans => ("GET", "/v1/plans", READS, "The plans, and whom the server takes the asker for"),
            Route::Snapshot => ("GET", "/v1/plans/{plan}/snapshot", READS, "What is true, or was at an instant"),
            Route::Journal => {
                ("GET", "/v1/plans/{plan}/journal", READS, "What happened, from a cursor on or page by page")
            }
            Route::Trend => {
                ("GET", "/v1/plans/{plan}/trend", READS, "How things stood at the end of each week gone by")
            }
            Route::Events => {
                ("GET", "/v1/plans/{plan}/events", READS, "How far the journal has come, told as it comes")
            }
            Route::Post => (
                "POST",
                "/v1/plans/{plan}/journal",
                roles(Nothing, Own, All, Nothing),
                "Hands entries in; each is answered for itself, and once for ever",
            ),
            Route::LayDown => {
                ("PUT", "/v1/plans/{plan}", roles(Nothing, Nothing, Nothing, All), "Lays a plan down, or amends it")
            }
            Route::Metrics => ("GET", "/metrics", roles(All, Nothing, All, All), "Figures for Prometheus"),
            Route::Health => ("GET", "/healthz", OPEN, "Is the program alive?"),
            Route::Ready => ("GET", "/readyz", OPEN, "Can requests be answered?"),
            Route::OpenApi => ("GET", "/openapi.json", OPEN, "This description"),
        };
        Rule { method, path, access, summary }
    }
}

const fn roles(viewer: Reach, agency: Reach, coordinator: Reach, administrator: Reach) -> Access {
    Access::Roles { viewer, agency, coordinator, administrator }
}

impl Access {
    /// How far `role` reaches.
    pub fn reach(self, role: Role) -> Reach {
        match self {
            Access::Open => Reach::All,
            Access::Roles { viewer, agency, coordinator, administrator } => match role {
                Role::Viewer => viewer,
                Role::Agency => agency,
                Role::Coordinator => coordinator,
                Role::Administrator => administrator,
            },
        }
    }
}
