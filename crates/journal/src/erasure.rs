//! Erasure (sletting) of what a doctor wrote: goals, shares, disputes, fetches, waivers. The log stays, for its own time.

use crate::change::{self, ChangeError};
use crate::policy::Act;
use crate::store::{Acting, params, statements};
use crate::{dispute, fetch, goal, waiver};

statements! {
    /// Shares, those that were taken back too.
    SHARES: Change = "DELETE FROM share WHERE hpr = $1";
}

/// Erases all that the asker wrote as a doctor. What a leader sees through a share closes with it. Memberships, courses and
/// appointments are others' records too, and stay.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is to erase one's own data.
pub async fn written_by_oneself(acting: &mut Acting) -> Result<(), ChangeError> {
    change::about(acting.permit(), &[Act::EraseOwnData])?;
    let Some(hpr) = acting.permit().hpr() else {
        return Ok(()); // without an HPR number nothing of it can have been written
    };
    goal::erase(acting, hpr).await?;
    acting.change(SHARES, params![hpr]).await?;
    dispute::erase(acting, hpr).await?;
    fetch::erase(acting, hpr).await?;
    waiver::erase(acting, hpr).await?;
    Ok(())
}
