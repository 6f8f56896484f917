//! Tokens in memory.

use futures::{FutureExt, future::ready};
use jiff::Timestamp;

use super::MemoryLedger;
use crate::{
    domain::{access::Token, id::ActorId},
    ledger::{
        Answer,
        tokens::{Tokens, name_taken},
    },
};

impl Tokens for MemoryLedger {
    fn add_token<'a>(&'a self, token: &'a Token) -> Answer<'a, ()> {
        let mut shelf = self.shelf();
        let taken = shelf.tokens.iter().any(|known| known.revoked.is_none() && known.name == token.name);
        if taken {
            return ready(Err(name_taken(&token.name))).boxed();
        }
        shelf.tokens.push(token.clone());
        shelf.version += 1;
        ready(Ok(())).boxed()
    }

    fn tokens(&self) -> Answer<'_, Vec<Token>> {
        ready(Ok(self.shelf().tokens.clone())).boxed()
    }

    fn token<'a>(&'a self, hash: &'a str) -> Answer<'a, Option<Token>> {
        let shelf = self.shelf();
        let holds = |token: &&Token| token.revoked.is_none() && token.hash.as_str() == hash;
        ready(Ok(shelf.tokens.iter().find(holds).cloned())).boxed()
    }

    fn token_used<'a>(&'a self, hash: &'a str, now: Timestamp) -> Answer<'a, ()> {
        let mut shelf = self.shelf();
        let used = shelf.tokens.iter_mut().filter(|token| token.hash.as_str() == hash);
        used.for_each(|token| token.last_used = Some(now));
        ready(Ok(())).boxed()
    }

    fn revoke_token<'a>(&'a self, name: &'a ActorId, now: Timestamp) -> Answer<'a, bool> {
        let mut shelf = self.shelf();
        let standing = shelf.tokens.iter_mut().find(|token| token.revoked.is_none() && token.name == *name);
        let revoked = standing.map(|token| token.revoked = Some(now)).is_some();
        shelf.version += u64::from(revoked);
        ready(Ok(revoked)).boxed()
    }
}
