//! The one list of what can be asked.

use axum::routing::{self, MethodRouter};
use riktig_journal::policy::Act;

use crate::pages::courses::{
    attendance, certificate, course, enrolment, follow_up, list, meetings,
};
use crate::pages::learning;
use crate::pages::mine::{data, download, goal, goals, log, not_mine, numbers, report, sharing};
use crate::pages::{advice, chain, pharmacy};
use crate::pages::{area, prescriptions, research, uptake};
use crate::pages::{group, service};
use crate::pages::{guideline, landing, operator, statements};
use crate::portal::Portal;
use crate::{assets, health, language, login};

/// Who may ask at all; about whom is the policy's question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Whoever is logged in: about their own session, nothing else.
    LoggedIn,
    /// Whoever the policy allows this act. The handler must have asked for it before it answers.
    Policy(Act),
}

/// One thing that can be asked.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// `GET` or `POST`; `HEAD` is answered wherever `GET` is.
    pub method: &'static str,
    /// The path, with `{names}` for what varies.
    pub path: &'static str,
    /// Who may ask.
    pub access: Access,
    /// The file of the handler, under `src/`.
    pub file: &'static str,
    /// Makes the handler.
    pub handler: fn() -> MethodRouter<Portal>,
}

/// `get!("/goals", Access::Policy(Act::SetGoal), "pages/goals.rs", goals::show)`.
macro_rules! route {
    ($method:ident, $path:literal, $access:expr, $file:literal, $handler:path) => {
        Route {
            method: route!(@word $method),
            path: $path,
            access: $access,
            file: $file,
            handler: || routing::$method($handler),
        }
    };
    (@word get) => { "GET" };
    (@word post) => { "POST" };
}

/// Everything that can be asked of the portal. The router is made of this list.
#[rustfmt::skip]
pub const ROUTES: &[Route] = &[
    route!(get, "/", Access::Public, "pages/landing.rs", landing::front),
    route!(get, "/about", Access::Public, "pages/statements.rs", statements::About::show),
    route!(get, "/accessibility", Access::Public, "pages/statements.rs", statements::Accessibility::show),
    route!(get, "/privacy", Access::Public, "pages/statements.rs", statements::Privacy::show),
    route!(get, "/terminology", Access::Public, "pages/statements.rs", statements::Terminology::show),
    route!(get, "/guideline", Access::Public, "pages/guideline/list.rs", guideline::list::show),
    route!(get, "/guideline/{condition}", Access::Public, "pages/guideline/condition.rs", guideline::condition::show),
    route!(get, "/guideline/{condition}/sheet", Access::Public, "pages/guideline/sheet.rs", guideline::sheet::show),
    route!(get, "/assets/{file}", Access::Public, "assets.rs", assets::serve),
    route!(get, "/login", Access::Public, "login/begin.rs", login::begin),
    route!(get, "/login/callback", Access::Public, "login/callback.rs", login::callback),
    route!(post, "/login/demo", Access::Public, "login/demo.rs", login::demo),
    route!(post, "/login/ended", Access::Public, "login/back_channel.rs", login::ended),
    route!(post, "/logout", Access::Public, "login/logout.rs", login::logout),
    route!(post, "/language", Access::Public, "language.rs", language::choose),
    route!(get, "/report", Access::Policy(Act::SeeOwn), "pages/mine/report.rs", report::show),
    route!(get, "/report/numbers", Access::Policy(Act::SeeOwn), "pages/mine/numbers.rs", numbers::show),
    route!(get, "/report/file/{kind}", Access::Policy(Act::ReadOwnReport), "pages/mine/download.rs", download::file),
    route!(get, "/report/sharing", Access::Policy(Act::SeeOwn), "pages/mine/sharing.rs", sharing::show),
    route!(post, "/report/sharing", Access::Policy(Act::GiveShare), "pages/mine/sharing.rs", sharing::give),
    route!(post, "/report/sharing/withdraw", Access::Policy(Act::WithdrawShare), "pages/mine/sharing.rs", sharing::withdraw),
    route!(get, "/report/not-mine", Access::Policy(Act::SeeOwn), "pages/mine/not_mine.rs", not_mine::show),
    route!(post, "/report/not-mine", Access::Policy(Act::FlagRows), "pages/mine/not_mine.rs", not_mine::flag),
    route!(post, "/report/not-mine/{dispute}/take-back", Access::Policy(Act::TakeBackDispute), "pages/mine/not_mine.rs", not_mine::take_back),
    route!(get, "/goals", Access::Policy(Act::SeeOwn), "pages/mine/goals.rs", goals::show),
    route!(get, "/goals/{indicator}", Access::Policy(Act::SeeOwn), "pages/mine/goal.rs", goal::show),
    route!(post, "/goals/{indicator}", Access::Policy(Act::SetGoal), "pages/mine/goal.rs", goal::set),
    route!(get, "/group", Access::Policy(Act::SeeOwn), "pages/group/list.rs", group::list::show),
    route!(get, "/group/{group}", Access::Policy(Act::SeeGroup), "pages/group/one.rs", group::one::show),
    route!(get, "/group/{group}/guide", Access::Policy(Act::SeeGroup), "pages/group/guide.rs", group::guide::show),
    route!(get, "/group/{group}/roster", Access::Policy(Act::SeeRoster), "pages/group/roster.rs", group::roster::show),
    route!(post, "/group/{group}/roster", Access::Policy(Act::KeepRoster), "pages/group/roster.rs", group::roster::enrol),
    route!(post, "/group/{group}/roster/take-out", Access::Policy(Act::KeepRoster), "pages/group/roster.rs", group::roster::take_out),
    route!(get, "/group/{group}/shared/{share}", Access::Policy(Act::ReadSharedReport), "pages/group/shared.rs", group::shared::show),
    route!(get, "/service/{service}", Access::Policy(Act::SeeService), "pages/service.rs", service::show),
    route!(get, "/service/{service}/shared/{share}", Access::Policy(Act::ReadSharedReport), "pages/service.rs", service::shared),
    route!(get, "/courses", Access::Policy(Act::SeeRoster), "pages/courses/list.rs", list::show),
    route!(post, "/courses", Access::Policy(Act::MakeCourse), "pages/courses/list.rs", list::make),
    route!(get, "/courses/{course}", Access::Policy(Act::SeeAttendance), "pages/courses/course.rs", course::show),
    route!(get, "/courses/{course}/meetings", Access::Policy(Act::SeeAttendance), "pages/courses/meetings.rs", meetings::show),
    route!(post, "/courses/{course}/meetings", Access::Policy(Act::KeepCourse), "pages/courses/meetings.rs", meetings::change),
    route!(post, "/courses/{course}/enrol", Access::Policy(Act::KeepAttendance), "pages/courses/enrolment.rs", enrolment::enrol),
    route!(post, "/courses/{course}/take-out", Access::Policy(Act::KeepAttendance), "pages/courses/enrolment.rs", enrolment::take_out),
    route!(post, "/courses/{course}/attendance", Access::Policy(Act::NoteAttendance), "pages/courses/attendance.rs", attendance::note),
    route!(post, "/courses/{course}/certificate", Access::Policy(Act::KeepAttendance), "pages/courses/certificate.rs", certificate::issue),
    route!(get, "/courses/{course}/follow-up", Access::Policy(Act::SeeFollowUp), "pages/courses/follow_up.rs", follow_up::show),
    route!(get, "/learning", Access::Policy(Act::SeeOwn), "pages/learning/list.rs", learning::list::show),
    route!(get, "/learning/{course}", Access::Policy(Act::SeeCourse), "pages/learning/course.rs", learning::course::show),
    route!(get, "/learning/{course}/module/{module}", Access::Policy(Act::SeeCourse), "pages/learning/module.rs", learning::module::show),
    route!(post, "/learning/{course}/module/{module}", Access::Policy(Act::TakeTest), "pages/learning/module.rs", learning::module::take),
    route!(get, "/learning/{course}/certificate", Access::Policy(Act::SeeCourse), "pages/learning/certificate.rs", learning::certificate::show),
    route!(get, "/learning/{course}/follow-up", Access::Policy(Act::SeeCourse), "pages/learning/follow_up.rs", learning::follow_up::show),
    route!(get, "/prescriptions", Access::Policy(Act::SeeOwnPrescriptions), "pages/prescriptions/own.rs", prescriptions::own::show),
    route!(post, "/prescriptions/choices", Access::Policy(Act::KeepOwnChoices), "pages/prescriptions/own.rs", prescriptions::own::choose),
    route!(get, "/prescriptions/ward/{patient}", Access::Policy(Act::SeeWardsPrescriptions), "pages/prescriptions/ward.rs", prescriptions::ward::show),
    route!(get, "/look-up", Access::Policy(Act::SeeOwn), "pages/prescriptions/look_up.rs", prescriptions::look_up::form),
    route!(post, "/look-up/treatment", Access::Policy(Act::LookUpForTreatment), "pages/prescriptions/look_up.rs", prescriptions::look_up::for_treatment),
    route!(post, "/look-up/consent", Access::Policy(Act::LookUpWithConsent), "pages/prescriptions/look_up.rs", prescriptions::look_up::with_consent),
    route!(post, "/look-up/emergency", Access::Policy(Act::LookUpInEmergency), "pages/prescriptions/look_up.rs", prescriptions::look_up::in_emergency),
    route!(get, "/prescribe", Access::Policy(Act::SeeOwn), "pages/chain/prescribe.rs", chain::prescribe::show),
    route!(post, "/prescribe", Access::Policy(Act::SeeOwn), "pages/chain/prescribe.rs", chain::prescribe::step),
    route!(post, "/prescribe/send", Access::Policy(Act::Prescribe), "pages/chain/send.rs", chain::send::send),
    route!(post, "/prescribe/patient", Access::Policy(Act::SeePrescribed), "pages/chain/own.rs", chain::own::show),
    route!(post, "/prescribe/recall", Access::Policy(Act::Prescribe), "pages/chain/own.rs", chain::own::recall),
    route!(get, "/pharmacy", Access::Policy(Act::SeeOwn), "pages/pharmacy/front.rs", pharmacy::front::show),
    route!(post, "/pharmacy/list", Access::Policy(Act::SeeAtPharmacy), "pages/pharmacy/front.rs", pharmacy::front::list),
    route!(post, "/pharmacy/take", Access::Policy(Act::SeeAtPharmacy), "pages/pharmacy/counter.rs", pharmacy::counter::take),
    route!(post, "/pharmacy/open", Access::Policy(Act::SeeAtPharmacy), "pages/pharmacy/counter.rs", pharmacy::counter::open),
    route!(post, "/pharmacy/dispense", Access::Policy(Act::Dispense), "pages/pharmacy/acts.rs", pharmacy::acts::dispense),
    route!(post, "/pharmacy/give-back", Access::Policy(Act::Dispense), "pages/pharmacy/acts.rs", pharmacy::acts::give_back),
    route!(post, "/pharmacy/annul", Access::Policy(Act::Dispense), "pages/pharmacy/acts.rs", pharmacy::acts::annul),
    route!(post, "/pharmacy/label", Access::Policy(Act::SeeAtPharmacy), "pages/pharmacy/label.rs", pharmacy::label::show),
    route!(get, "/log", Access::Policy(Act::ReadOwnLog), "pages/mine/log.rs", log::show),
    route!(get, "/log/data", Access::Policy(Act::ReadOwnLog), "pages/mine/data.rs", data::show),
    route!(get, "/log/data.json", Access::Policy(Act::ReadOwnLog), "pages/mine/data.rs", data::export),
    route!(post, "/log/data/language", Access::Policy(Act::KeepOwnProfile), "pages/mine/data.rs", data::keep_language),
    route!(post, "/log/data/erase", Access::Policy(Act::EraseOwnData), "pages/mine/data.rs", data::erase),
    route!(get, "/area", Access::Policy(Act::SeeCounty), "pages/area/show.rs", area::show::show),
    route!(get, "/area/figures.csv", Access::Policy(Act::SeeCounty), "pages/area/file.rs", area::file::give),
    route!(get, "/area/county/{county}", Access::Policy(Act::SeeCounty), "pages/area/show.rs", area::show::show),
    route!(get, "/area/county/{county}/figures.csv", Access::Policy(Act::SeeCounty), "pages/area/file.rs", area::file::give),
    route!(get, "/area/municipality/{municipality}", Access::Policy(Act::SeeMunicipality), "pages/area/show.rs", area::show::show),
    route!(get, "/area/municipality/{municipality}/figures.csv", Access::Policy(Act::SeeMunicipality), "pages/area/file.rs", area::file::give),
    route!(get, "/uptake", Access::Policy(Act::SeeUptake), "pages/uptake/fetched.rs", uptake::fetched::show),
    route!(get, "/uptake/courses", Access::Policy(Act::SeeCourseEffect), "pages/uptake/courses.rs", uptake::courses::show),
    route!(get, "/research", Access::Policy(Act::SeePublished), "pages/research/list.rs", research::list::show),
    route!(get, "/research/{edition}", Access::Policy(Act::SeePublished), "pages/research/edition.rs", research::edition::show),
    route!(get, "/research/{edition}/file/{name}", Access::Policy(Act::SeePublished), "pages/research/file.rs", research::file::give),
    route!(get, "/operator", Access::Policy(Act::SeeDeliveries), "pages/operator/front.rs", operator::front::show),
    route!(get, "/operator/deliveries", Access::Policy(Act::SeeDeliveries), "pages/operator/deliveries.rs", operator::deliveries::show),
    route!(get, "/operator/editions", Access::Policy(Act::SeeDeliveries), "pages/operator/editions.rs", operator::editions::show),
    route!(get, "/operator/editions/{edition}", Access::Policy(Act::SeeDeliveries), "pages/operator/edition.rs", operator::edition::show),
    route!(post, "/operator/editions/{edition}/accept", Access::Policy(Act::AcceptFinding), "pages/operator/release.rs", operator::release::accept),
    route!(post, "/operator/editions/{edition}/publish", Access::Policy(Act::KeepShelf), "pages/operator/release.rs", operator::release::publish),
    route!(post, "/operator/editions/{edition}/shelf", Access::Policy(Act::KeepShelf), "pages/operator/release.rs", operator::release::put),
    route!(post, "/operator/editions/{edition}/take-off", Access::Policy(Act::KeepShelf), "pages/operator/release.rs", operator::release::take_off),
    route!(get, "/operator/mailings", Access::Policy(Act::SeeMailings), "pages/operator/mailings.rs", operator::mailings::show),
    route!(post, "/operator/mailings/{mailing}", Access::Policy(Act::SendMailing), "pages/operator/mailings.rs", operator::mailings::make),
    route!(get, "/operator/disputes", Access::Policy(Act::SeeDisputes), "pages/operator/disputes.rs", operator::disputes::show),
    route!(get, "/operator/disputes/{dispute}", Access::Policy(Act::SeeDisputes), "pages/operator/dispute.rs", operator::dispute::show),
    route!(post, "/operator/disputes/{dispute}", Access::Policy(Act::ResolveDispute), "pages/operator/dispute.rs", operator::dispute::resolve),
    route!(get, "/operator/appointments", Access::Policy(Act::SeeAppointments), "pages/operator/appointments.rs", operator::appointments::show),
    route!(get, "/operator/appointments/propose", Access::Policy(Act::SeeAppointments), "pages/operator/propose.rs", operator::propose::show),
    route!(post, "/operator/appointments/propose", Access::Policy(Act::ProposeAppointment), "pages/operator/propose.rs", operator::propose::propose),
    route!(get, "/operator/appointments/{appointment}", Access::Policy(Act::SeeAppointments), "pages/operator/appointment.rs", operator::appointment::show),
    route!(post, "/operator/appointments/{appointment}/confirm", Access::Policy(Act::ConfirmAppointment), "pages/operator/appointment.rs", operator::appointment::confirm),
    route!(post, "/operator/appointments/{appointment}/end", Access::Policy(Act::EndAppointment), "pages/operator/appointment.rs", operator::appointment::end),
    route!(get, "/operator/advice", Access::Policy(Act::SeeAdvice), "pages/advice/show.rs", advice::show::show),
    route!(post, "/operator/advice/off", Access::Policy(Act::SwitchRuleOff), "pages/advice/switch.rs", advice::switch::off),
    route!(post, "/operator/advice/on", Access::Policy(Act::SwitchRuleOn), "pages/advice/switch.rs", advice::switch::on),
    route!(post, "/operator/advice/clients/{client}", Access::Policy(Act::ProposeClient), "pages/advice/clients.rs", advice::clients::propose),
    route!(post, "/operator/advice/clients/{client}/confirm", Access::Policy(Act::ConfirmClient), "pages/advice/clients.rs", advice::clients::confirm),
    route!(post, "/operator/advice/clients/{client}/showing", Access::Policy(Act::ProposeShowing), "pages/advice/showing.rs", advice::showing::propose),
    route!(post, "/operator/advice/clients/{client}/showing/approve", Access::Policy(Act::ApproveShowing), "pages/advice/showing.rs", advice::showing::approve),
    route!(post, "/operator/advice/clients/{client}/showing/refuse", Access::Policy(Act::RefuseShowing), "pages/advice/showing.rs", advice::showing::refuse),
    route!(post, "/operator/advice/clients/{client}/showing/withdraw", Access::Policy(Act::WithdrawShowing), "pages/advice/showing.rs", advice::showing::withdraw),
    route!(post, "/operator/advice/clients/{client}/silent", Access::Policy(Act::KeepClient), "pages/advice/showing.rs", advice::showing::hush),
    route!(post, "/operator/advice/clients/{client}/end", Access::Policy(Act::KeepClient), "pages/advice/clients.rs", advice::clients::end),
    route!(get, "/operator/groups", Access::Policy(Act::SeeAppointments), "pages/operator/groups.rs", operator::groups::show),
    route!(post, "/operator/groups/{group}", Access::Policy(Act::KeepGroups), "pages/operator/groups.rs", operator::groups::make),
    route!(post, "/operator/groups/{group}/take-over", Access::Policy(Act::KeepGroups), "pages/operator/groups.rs", operator::groups::take_over),
    route!(get, "/health/live", Access::Public, "health.rs", health::live),
    route!(get, "/health/ready", Access::Public, "health.rs", health::ready),
];

/// The page for whoever comes back to an address that answers a form: the nearest above it that can be read.
pub(crate) fn page_above(address: &str) -> String {
    let path = address.split('?').next().unwrap_or_default();
    let mut parts: Vec<&str> = path.split('/').skip(1).collect();
    while !parts.is_empty() && !is_read(&parts) {
        parts.pop();
    }
    format!("/{}", parts.join("/"))
}

fn is_read(parts: &[&str]) -> bool {
    ROUTES.iter().filter(|it| it.method == "GET").any(|route| {
        let mut names = route.path.split('/').skip(1);
        let each_fits = parts.iter().all(|part| {
            names
                .next()
                .is_some_and(|name| name == *part || name.starts_with('{'))
        });
        each_fits && names.next().is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::page_above;

    #[test]
    fn above_an_answer_to_a_form_is_the_nearest_page_that_can_be_read() {
        assert_eq!(page_above("/prescribe/send"), "/prescribe");
        assert_eq!(
            page_above("/operator/advice/clients/7/showing/approve"),
            "/operator/advice"
        );
        assert_eq!(
            page_above("/operator/editions/2025/shelf"),
            "/operator/editions/2025"
        );
        assert_eq!(page_above("/goals?period=2025"), "/goals");
        assert_eq!(page_above("/nothing/of/ours"), "/");
    }
}
