//! The frame that every page stands in: language, who is logged in, where they can go.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::Method;
use axum::http::request::Parts;
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};

use crate::assets;
use crate::config::Operator;
use crate::language::language;

/// What the server knows of a request before a page is made; its session layer puts it into the request's extensions.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// Who is logged in.
    pub reader: Option<Reader>,
    /// The demo: invented people, login without proof. Said on every page.
    pub demo: bool,
    /// Who runs the service, as configured.
    pub operator: Arc<Operator>,
}

/// Who is logged in, as far as the frame shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// Name, or what stands in for it: `HPR-nummer 1234567`.
    pub name: String,
    /// Where this person can go, in the order of [`Section`].
    pub sections: Vec<Section>,
}

/// A main page that stands in the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// The reader's own report.
    Report,
    /// Own goals and plans.
    Goals,
    /// The reader's continuing-education group.
    Group,
    /// Courses that the reader leads.
    Courses,
    /// E-learning.
    Learning,
    /// What the national guideline says.
    Guideline,
    /// Writing prescriptions, where the portal sends them.
    Prescribe,
    /// What a patient has had dispensed, where the portal has a part in the chain.
    LookUp,
    /// A pharmacist's counter.
    Pharmacy,
    /// Municipality or county.
    Area,
    /// How many have fetched their report, and what courses changed.
    Uptake,
    /// Deliveries, publication, mailings, appointments.
    Operator,
    /// Aggregates for research.
    Research,
    /// What has been looked at about the reader, and the reader's rights.
    Log,
}

impl Section {
    /// Every section, in the order of the navigation.
    pub const ALL: [Section; 14] = [
        Section::Report,
        Section::Goals,
        Section::Group,
        Section::Courses,
        Section::Learning,
        Section::Guideline,
        Section::Prescribe,
        Section::LookUp,
        Section::Pharmacy,
        Section::Area,
        Section::Uptake,
        Section::Operator,
        Section::Research,
        Section::Log,
    ];

    /// Where it is.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Section::Report => "/report",
            Section::Goals => "/goals",
            Section::Group => "/group",
            Section::Courses => "/courses",
            Section::Learning => "/learning",
            Section::Guideline => "/guideline",
            Section::Prescribe => "/prescribe",
            Section::LookUp => "/look-up",
            Section::Pharmacy => "/pharmacy",
            Section::Area => "/area",
            Section::Uptake => "/uptake",
            Section::Operator => "/operator",
            Section::Research => "/research",
            Section::Log => "/log",
        }
    }

    fn name(self) -> Key {
        match self {
            Section::Report => Key("base-nav-report"),
            Section::Goals => Key("base-nav-goals"),
            Section::Group => Key("base-nav-group"),
            Section::Courses => Key("base-nav-courses"),
            Section::Learning => Key("base-nav-learning"),
            Section::Guideline => Key("guideline-title"),
            Section::Prescribe => Key("base-nav-prescribe"),
            Section::LookUp => Key("prescriptions-find-title"),
            Section::Pharmacy => Key("base-nav-pharmacy"),
            Section::Area => Key("base-nav-area"),
            Section::Uptake => Key("base-nav-uptake"),
            Section::Operator => Key("base-nav-operator"),
            Section::Research => Key("base-nav-research"),
            Section::Log => Key("base-nav-log"),
        }
    }
}

/// The frame of one page. A template has it as its field `shell` and takes its words from it.
#[derive(Debug, Clone)]
pub struct Shell {
    /// The page's language.
    pub lang: Lang,
    /// Path and query of the page: what the language switch comes back to.
    pub here: String,
    /// The page answers a form that was sent: what was written in it would be gone in another language, and its address may be no page.
    pub answers_a_form: bool,
    /// Who is logged in.
    pub reader: Option<Reader>,
    /// Whether this is the demo.
    pub demo: bool,
    /// Who runs the service: what the statements name.
    pub operator: Arc<Operator>,
}

impl<S: Send + Sync> FromRequestParts<S> for Shell {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let surroundings = parts.extensions.get::<Surroundings>().cloned();
        let Surroundings {
            reader,
            demo,
            operator,
        } = surroundings.unwrap_or_default();
        let uri = parts.extensions.get::<OriginalUri>();
        let uri = uri.map_or(&parts.uri, |original| &original.0);
        let here = uri.path_and_query().map_or("/", |it| it.as_str());
        Ok(Shell {
            lang: language(&parts.headers),
            here: here.to_owned(),
            answers_a_form: parts.method == Method::POST,
            reader,
            demo,
            operator,
        })
    }
}

/// One link of the navigation.
#[derive(Debug)]
pub struct Link {
    /// Where it leads.
    pub path: &'static str,
    /// What it is called, in the page's language.
    pub name: String,
    /// The reader is on it, or on a page below it.
    pub here: bool,
}

impl Shell {
    /// A message without arguments: `{{ shell.say("base-skip") }}`.
    #[must_use]
    pub fn say(&self, key: &'static str) -> String {
        self.lang.say(Key(key))
    }

    /// A message with one argument of text: `{{ shell.fill("base-logged-in", "name", reader.name) }}`.
    #[must_use]
    pub fn fill(&self, key: &'static str, name: &'static str, value: &str) -> String {
        self.lang.fill(Key(key), &[(name, Arg::Text(value))])
    }

    /// The navigation of the reader.
    #[must_use]
    pub fn navigation(&self) -> Vec<Link> {
        let here = self.here.split('?').next().unwrap_or_default();
        let link = |section: &Section| {
            let path = section.path();
            let below = here.strip_prefix(path);
            Link {
                path,
                name: self.lang.say(section.name()),
                here: below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                    // A nursing home and an out-of-hours service stand on the page of groups.
                    || (*section == Section::Group && here.starts_with("/service/")),
            }
        };
        let sections = self.reader.iter().flat_map(|it| &it.sections);
        sections.map(link).collect()
    }

    /// The languages of the switch.
    #[must_use]
    pub fn languages(&self) -> [Lang; 3] {
        Lang::ALL
    }

    /// What a language calls itself: the one word on a page that is not in the page's language.
    #[must_use]
    pub fn called(&self, lang: &Lang) -> &'static str {
        match lang {
            Lang::Nb => "Bokmål",
            Lang::Nn => "Nynorsk",
            Lang::En => "English",
        }
    }

    /// Address of a built-in file: its name holds a hash of its bytes.
    #[must_use]
    pub fn asset(&self, name: &str) -> &'static str {
        assets::address(name)
    }
}
