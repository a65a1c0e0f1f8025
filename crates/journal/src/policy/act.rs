//! What can be asked for.

use super::Basis;

macro_rules! acts {
    ($(#[doc = $doc:literal] $name:ident = $word:literal, $kind:ident, $secret:ident, [$($basis:ident),*];)+) => {
        /// What can be asked for. The text of each says what is done or shown; who may is in the table.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Act {
            $(#[doc = $doc] $name,)+
        }

        impl Act {
            /// All acts, in the order of the table.
            pub const ALL: &'static [Act] = &[$(Act::$name),+];

            /// The word in the log.
            pub fn word(self) -> &'static str {
                match self { $(Act::$name => $word,)+ }
            }

            /// On which bases it is granted, the most personal first. Each must hold for what the act is about.
            pub fn bases(self) -> &'static [Basis] {
                match self { $(Act::$name => &[$(Basis::$basis),*],)+ }
            }

            /// Whether it changes the journal.
            pub fn is_write(self) -> bool {
                match self { $(Act::$name => acts!(@$kind),)+ }
            }

            /// Whether the existence of what it is about is itself a secret: then a refusal is "not there" (404).
            pub fn is_secret(self) -> bool {
                match self { $(Act::$name => acts!(@$secret),)+ }
            }

            /// What it is, in one line: the first line of its documentation.
            pub fn meaning(self) -> &'static str {
                match self { $(Act::$name => $doc.trim_ascii(),)+ }
            }
        }
    };
    (@write) => { true };
    (@read) => { false };
    (@secret) => { true };
    (@known) => { false };
}

acts! {
    /// Log in: makes the person at the first time, refreshes the HPR number.
    LogIn = "log_in", write, known, [Login];
    /// Read one's own report in an edition on the shelf.
    ReadOwnReport = "read_own_report", read, secret, [Oneself];
    /// See one's own goals, shares, disputes, memberships, courses and notices.
    SeeOwn = "see_own", read, secret, [Oneself];
    /// Note that one's own report was opened or downloaded: uptake counts it.
    FetchOwnReport = "fetch_own_report", write, secret, [Oneself];
    /// Set or change one's own goal and plan.
    SetGoal = "set_goal", write, secret, [Oneself];
    /// Share one's own report, of one edition or all, with the leader of a group or service.
    GiveShare = "give_share", write, secret, [Oneself];
    /// Take a share back; it closes at once.
    WithdrawShare = "withdraw_share", write, secret, [Oneself];
    /// Say that rows of one's own report are not one's own.
    FlagRows = "flag_rows", write, secret, [Oneself];
    /// Take one's own dispute back.
    TakeBackDispute = "take_back_dispute", write, secret, [Oneself];
    /// Say that one needs no visit, or take that back.
    WaiveVisit = "waive_visit", write, secret, [Oneself];
    /// Prescribe in one's own name, or recall what one has prescribed.
    Prescribe = "prescribe", write, secret, [Oneself];
    /// See what one has prescribed to a patient and what became of it; in the log like a change, because it is about a patient.
    SeePrescribed = "see_prescribed", write, secret, [Oneself];
    /// Ask for a patient's prescriptions at one's pharmacy, or take one to dispense; in the log like a change, because it is about a patient.
    SeeAtPharmacy = "see_at_pharmacy", write, secret, [Oneself];
    /// Dispense a prescription at one's pharmacy, give it back, or take a dispensing back.
    Dispense = "dispense", write, secret, [Oneself];
    /// Read the log about oneself.
    ReadOwnLog = "read_own_log", read, known, [Login];
    /// Change one's own language and other choices.
    KeepOwnProfile = "keep_own_profile", write, known, [Login];
    /// Take out or erase what the journal holds about oneself.
    EraseOwnData = "erase_own_data", write, known, [Login];
    /// See a group's anonymous dots and its meeting guide.
    SeeGroup = "see_group", read, secret, [Membership, GroupLeader];
    /// See who is in the group, and who has shared with its leader.
    SeeRoster = "see_roster", read, secret, [GroupLeader];
    /// Enrol a member by HPR number, or take one out.
    KeepRoster = "keep_roster", write, secret, [GroupLeader];
    /// Make a group, take its members over from the edition's course groups.
    KeepGroups = "keep_groups", write, known, [Operator];
    /// Read a report that its doctor shares with the asker.
    ReadSharedReport = "read_shared_report", read, secret, [Share];
    /// See a group's follow-up: the change after its course.
    SeeFollowUp = "see_follow_up", read, secret, [Membership, GroupLeader];
    /// See a course: meetings, dates, one's own attendance and certificate.
    SeeCourse = "see_course", read, secret, [Enrolment, GroupLeader];
    /// Make a course in the group.
    MakeCourse = "make_course", write, secret, [GroupLeader];
    /// Change a course and its meetings.
    KeepCourse = "keep_course", write, secret, [GroupLeader];
    /// See the attendance, test results and certificates of those enrolled.
    SeeAttendance = "see_attendance", read, secret, [GroupLeader];
    /// Enrol somebody, take them out, issue a course certificate.
    KeepAttendance = "keep_attendance", write, secret, [GroupLeader];
    /// Note whether another person was at a meeting; one's own attendance another leader of the group notes.
    NoteAttendance = "note_attendance", write, secret, [GroupLeader];
    /// Take the short test of a course's e-learning.
    TakeTest = "take_test", write, secret, [Enrolment];
    /// See a nursing home's or out-of-hours service's published figures.
    SeeService = "see_service", read, secret, [NursingHomeLeader, OutOfHoursLeader];
    /// See a municipality's published figures.
    SeeMunicipality = "see_municipality", read, known, [ChiefDoctor, Operator, Researcher];
    /// See a county's published figures, and its municipalities' beside each other.
    SeeCounty = "see_county", read, known, [ChiefDoctor, Operator, Researcher];
    /// See the country's published figures.
    SeeCountry = "see_country", read, known, [Professional, Operator, Researcher];
    /// See how many have fetched their report, by county and month.
    SeeUptake = "see_uptake", read, known, [Operator, Researcher];
    /// See the published tables of the editions on the shelf: every area and group, without the groups' names.
    SeePublished = "see_published", read, known, [Operator, Researcher];
    /// See the effect of courses over all groups.
    SeeCourseEffect = "see_course_effect", read, known, [Operator, Researcher];
    /// See deliveries, editions in the house and what speaks against publishing them.
    SeeDeliveries = "see_deliveries", read, known, [Operator];
    /// Answer with a name and a reason for a finding of the publish gate.
    AcceptFinding = "accept_finding", write, secret, [Operator];
    /// Publish an edition, put it on the shelf, or take it off.
    KeepShelf = "keep_shelf", write, secret, [Operator];
    /// See mailings, how many were reached, and who needs no visit.
    SeeMailings = "see_mailings", read, known, [Operator];
    /// Make and send a mailing.
    SendMailing = "send_mailing", write, known, [Operator];
    /// See the rows that doctors have flagged: indicator, month and count, no report.
    SeeDisputes = "see_disputes", read, known, [Operator];
    /// Resolve another person's dispute, with a reason.
    ResolveDispute = "resolve_dispute", write, secret, [Operator];
    /// See who is appointed to what.
    SeeAppointments = "see_appointments", read, known, [Operator];
    /// Propose another person for an appointment.
    ProposeAppointment = "propose_appointment", write, known, [Operator];
    /// Confirm an appointment that somebody else proposed for a third.
    ConfirmAppointment = "confirm_appointment", write, secret, [Operator];
    /// End an appointment before its time: one's own, or as an operator anybody's.
    EndAppointment = "end_appointment", write, secret, [Oneself, Operator];
    /// See the guideline's switches, the systems that ask for advice, and how each rule's advice was met.
    SeeAdvice = "see_advice", read, known, [Operator];
    /// Switch a rule of the guideline off: it gives no advice from then on.
    SwitchRuleOff = "switch_rule_off", write, known, [Operator];
    /// Switch a rule on again that somebody else switched off.
    SwitchRuleOn = "switch_rule_on", write, known, [Operator];
    /// Propose a system that may ask for advice.
    ProposeClient = "propose_client", write, known, [Operator];
    /// Confirm a system that somebody else proposed.
    ConfirmClient = "confirm_client", write, secret, [Operator];
    /// Let a system's advice only be measured from now on, or end that it may ask.
    KeepClient = "keep_client", write, secret, [Operator];
    /// Propose that a system's advice is shown.
    ProposeShowing = "propose_showing", write, secret, [Operator];
    /// Approve that a system's advice is shown, which somebody else proposed.
    ApproveShowing = "approve_showing", write, secret, [Operator];
    /// Refuse, with a reason, that a system's advice is shown, which somebody else proposed.
    RefuseShowing = "refuse_showing", write, secret, [Operator];
    /// Withdraw one's own proposal that a system's advice is shown.
    WithdrawShowing = "withdraw_showing", write, secret, [Operator];
    /// See one's own prescriptions with their diagnoses, and who has looked.
    SeeOwnPrescriptions = "see_own_prescriptions", read, known, [Login];
    /// Choose what guardians are not shown, and to whom one's prescriptions are closed.
    KeepOwnChoices = "keep_own_choices", write, known, [Login];
    /// See a child's or a ward's prescriptions.
    SeeWardsPrescriptions = "see_wards_prescriptions", read, secret, [Guardian];
    /// Look a patient's prescriptions up for a treatment that is under way.
    LookUpForTreatment = "look_up_for_treatment", read, known, [Professional];
    /// Look a patient's prescriptions up because the patient consents.
    LookUpWithConsent = "look_up_with_consent", read, known, [Professional];
    /// Look a patient's prescriptions up in an emergency.
    LookUpInEmergency = "look_up_in_emergency", read, known, [Professional];
    /// Appoint an operator while there are fewer than three.
    AppointFirstOperators = "appoint_first_operators", write, known, [Verb];
    /// Check the log's chain, back up, erase what is past its time, rotate keys, send what is due.
    Maintain = "maintain", write, known, [Verb];
}

impl Act {
    /// Whether it is a list of people, although it is about no single one of them.
    pub fn shows_people(self) -> bool {
        matches!(
            self,
            Act::SeeDisputes | Act::SeeAppointments | Act::SeeMailings
        )
    }

    /// The act with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|act| act.word() == word)
    }
}
