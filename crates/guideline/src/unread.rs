//! What was sent and cannot be read, or contradicts itself: neither "not sent" nor "none".

use crate::finding::FindingId;

/// A part of the record that was sent and cannot be told. It is named with every answer, and nothing that it might forbid is agreed with
/// or advised.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unread {
    /// An allergy that is, or may be, grave, to a drug that is not recognised: it may be any.
    GraveAllergy,
    /// A diagnosis of the contact that is not recognised.
    Diagnosis,
    /// The newest answer about pregnancy.
    Pregnancy,
    /// The newest kidney function; or a diagnosis says that it is severely reduced and no number does.
    KidneyFunction,
    /// An answer about the kidneys that is no number to reckon with.
    KidneyAnswer(KidneyGap),
    /// A culture tells of resistance in words that no code of it says.
    Resistance,
    /// The newest answer to this finding.
    Finding(FindingId),
}

/// Why an answer about the kidneys is no number to reckon with. It is named, whatever it says; where it is the lower one, no other number is
/// believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KidneyGap {
    /// A rate under a code that is not known, or a clearance, which is not for 1.73 m².
    UnknownCode,
    /// Preliminary, or registered only.
    NotFinal,
    /// Of no day, or of one to come.
    NoDay,
    /// A creatinine of the same day that gives a materially lower rate.
    Creatinine,
}

/// A part of an order that is stated and cannot be read, or contradicts another part: different from one that is not stated. It is named,
/// and the order is not agreed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrderPart {
    /// Words and code name different drugs, or two codes do: then the order has no drug.
    Drug,
    /// The dose.
    Dose,
    /// How often.
    Frequency,
    /// For how long: the instruction, or a supply that says otherwise.
    Length,
    /// By which way.
    Route,
    /// How much is handed out: less than the course needs, or far more.
    Supply,
    /// That it may be repeated (reiterasjon).
    Repeats,
    /// Why.
    Reason,
    /// An instruction in words that says other numbers than the coded one, or stands alone.
    Wording,
    /// A mark that changes what the order means, or an order that has ended.
    Meaning,
}
